//! How a target stands, and the counts of a set of targets.

/// How a target stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Status {
    /// The goal is reached.
    Done,
    /// The goal will be reached as things go.
    OnTrack,
    /// The goal may be missed.
    AtRisk,
    /// The goal will be missed, or a report is overdue.
    OffTrack,
    /// Nothing consolidated yet.
    #[default]
    NoData,
    /// A standing duty, done in the latest period reported on.
    DutyKept,
    /// A standing duty, not done in the latest period reported on.
    DutyMissed,
}

impl Status {
    /// All statuses, in the order that pages count them.
    pub const ALL: [Self; 7] = [
        Self::Done,
        Self::OnTrack,
        Self::AtRisk,
        Self::OffTrack,
        Self::NoData,
        Self::DutyKept,
        Self::DutyMissed,
    ];

    /// The value in queries and the API.
    pub const fn value(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::OnTrack => "on_track",
            Self::AtRisk => "at_risk",
            Self::OffTrack => "off_track",
            Self::NoData => "no_data",
            Self::DutyKept => "duty_kept",
            Self::DutyMissed => "duty_missed",
        }
    }

    /// The status with this value.
    pub fn lookup(value: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.value() == value)
    }

    /// The end of its class names, and the id of its shape.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::OnTrack => "track",
            Self::AtRisk => "risk",
            Self::OffTrack => "off",
            Self::NoData => "none",
            Self::DutyKept => "standing",
            Self::DutyMissed => "missed",
        }
    }

    /// The key of its name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Done => "status-done",
            Self::OnTrack => "status-on-track",
            Self::AtRisk => "status-at-risk",
            Self::OffTrack => "status-off-track",
            Self::NoData => "status-no-data",
            Self::DutyKept => "status-duty-kept",
            Self::DutyMissed => "status-duty-missed",
        }
    }
}

/// How many targets stand how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StatusCounts([u32; 7]);

/// One layer of a stacked bar, in percent of its width.
#[derive(Clone, Debug, PartialEq)]
pub struct Stratum {
    /// The end of its class name: `fill-…`.
    pub class: &'static str,
    /// Left edge.
    pub x: String,
    /// Width.
    pub width: String,
}

impl FromIterator<Status> for StatusCounts {
    fn from_iter<I: IntoIterator<Item = Status>>(statuses: I) -> Self {
        let mut counts = Self::default();
        for status in statuses {
            counts.0[status as usize] += 1;
        }
        counts
    }
}

impl StatusCounts {
    /// Counts in the order of [`Status::ALL`].
    pub const fn new(counts: [u32; 7]) -> Self {
        Self(counts)
    }

    /// How many stand so.
    pub fn of(&self, status: Status) -> u32 {
        self.0[status as usize]
    }

    /// Each status with its count.
    pub fn each(&self) -> [(Status, u32); 7] {
        Status::ALL.map(|status| (status, self.of(status)))
    }

    /// All of them.
    pub fn total(&self) -> u32 {
        self.0.iter().sum()
    }

    /// At risk, off track, and duties that were missed.
    pub fn attention(&self) -> u32 {
        self.of(Status::AtRisk) + self.of(Status::OffTrack) + self.of(Status::DutyMissed)
    }

    /// The layers of the stacked bar.
    pub fn strata(&self) -> Vec<Stratum> {
        strata(
            self.each()
                .map(|(status, count)| (status.class(), i64::from(count))),
        )
    }
}

/// Layers in proportion to amounts; layers of nothing are left out.
pub fn strata<const N: usize>(amounts: [(&'static str, i64); N]) -> Vec<Stratum> {
    let total: i64 = amounts.iter().map(|(_, amount)| *amount).sum();
    let mut from = 0_i64;
    let mut layers = Vec::with_capacity(N);
    for (class, amount) in amounts {
        if amount > 0 {
            let share = |part: i64| i128::from(part) * 10_000 / i128::from(total);
            let (left, right) = (share(from), share(from + amount));
            layers.push(Stratum {
                class,
                x: hundredths(left),
                width: hundredths(right - left),
            });
            from += amount;
        }
    }
    layers
}

fn hundredths(value: i128) -> String {
    format!("{}.{:02}", value / 100, value % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layers_fill_the_bar() {
        let layers = StatusCounts::new([1, 1, 0, 1, 0, 0, 0]).strata();
        let edges: Vec<_> = layers
            .iter()
            .map(|l| (l.class, l.x.as_str(), l.width.as_str()))
            .collect();
        assert_eq!(
            edges,
            [
                ("done", "0.00", "33.33"),
                ("track", "33.33", "33.33"),
                ("off", "66.66", "33.34")
            ]
        );
        assert!(StatusCounts::default().strata().is_empty());
    }

    #[test]
    fn values_lead_back_to_their_status() {
        for status in Status::ALL {
            assert_eq!(Status::lookup(status.value()), Some(status));
        }
        assert_eq!(Status::lookup("Done"), None);
        let counts: StatusCounts = [Status::AtRisk, Status::OffTrack, Status::Done]
            .into_iter()
            .collect();
        assert_eq!((counts.attention(), counts.total()), (2, 3));
    }
}
