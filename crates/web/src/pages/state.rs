//! Where a report stands on its way.

/// The states of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReportState {
    /// Being written.
    Draft,
    /// Waiting for the head of the unit.
    Submitted,
    /// Approved, waiting for the coordinator.
    Approved,
    /// Part of the public figure.
    Consolidated,
    /// Back with its writer, with a reason.
    SentBack,
}

impl ReportState {
    /// All states, in the order of the way.
    pub const ALL: [Self; 5] = [
        Self::Draft,
        Self::Submitted,
        Self::Approved,
        Self::Consolidated,
        Self::SentBack,
    ];

    /// The value in queries and the API, and the end of its class name.
    pub const fn value(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::Approved => "approved",
            Self::Consolidated => "consolidated",
            Self::SentBack => "sent_back",
        }
    }

    /// The state with this value.
    pub fn lookup(value: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.value() == value)
    }

    /// The key of its name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Draft => "state-draft",
            Self::Submitted => "state-submitted",
            Self::Approved => "state-approved",
            Self::Consolidated => "state-consolidated",
            Self::SentBack => "state-sent-back",
        }
    }
}
