//! Days that differ from their weekday, and the list that ships them.

use jiff::civil::Date;

/// How a day differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DayKind {
    /// A day off.
    Off,
    /// Off in the morning alone.
    OffMorning,
    /// Off in the afternoon alone.
    OffAfternoon,
    /// A make-up day (làm bù).
    Work,
}

/// How sure a day is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// Confirmed by an official notice: `yes`.
    Official,
    /// Carried by a published calendar, without the notice: `per_holidays_pkg`.
    Reported,
    /// Not checked: `unverified` or `no`.
    Unverified,
    /// Computed ahead of the notice: `projected`.
    Projected,
}

/// A day that differs from its weekday.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Day {
    /// The date.
    pub date: Date,
    /// How it differs.
    pub kind: DayKind,
    /// Its name, in Vietnamese.
    pub name: String,
    /// How sure it is.
    pub standing: Standing,
    /// Where it comes from and what to know; may be empty.
    pub note: String,
}

/// Why a list of days cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DaysError {
    /// The first line is not the expected one.
    #[error("the list of days must begin with the line {COLUMNS}")]
    Columns,
    /// A row is at fault.
    #[error("line {line} of the list of days: {problem}")]
    Row {
        /// The line, from 1.
        line: u64,
        /// What is wrong with it.
        problem: String,
    },
}

const COLUMNS: &str = "date,kind,name,official,note";

/// Reads days from CSV with the columns `date,kind,name,official,note`: an ISO date;
/// `off`, `off_morning`, `off_afternoon` or `work`; a name; a [`Standing`]; a note.
pub fn read_days(csv: &str) -> Result<Vec<Day>, DaysError> {
    // With two characters at the end of a line the reader counts lines one short.
    let csv = csv.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_reader(csv.as_bytes());
    if !reader
        .headers()
        .is_ok_and(|columns| columns.iter().eq(COLUMNS.split(',')))
    {
        return Err(DaysError::Columns);
    }
    reader
        .records()
        .map(|record| {
            let record = record.map_err(|error| DaysError::Row {
                line: error.position().map_or(0, csv::Position::line),
                problem: "expected five columns".to_owned(),
            })?;
            day(&record).map_err(|problem| DaysError::Row {
                line: record.position().map_or(0, csv::Position::line),
                problem,
            })
        })
        .collect()
}

fn day(record: &csv::StringRecord) -> Result<Day, String> {
    let column = |at: usize| record.get(at).unwrap_or_default();
    let date = column(0)
        .parse()
        .map_err(|_| format!("{:?} is not a date; write it as 2023-09-02", column(0)))?;
    let kind = match column(1) {
        "off" => DayKind::Off,
        "off_morning" => DayKind::OffMorning,
        "off_afternoon" => DayKind::OffAfternoon,
        "work" => DayKind::Work,
        other => {
            return Err(format!(
                "{other:?} is neither off, off_morning, off_afternoon nor work"
            ));
        }
    };
    let standing = match column(3) {
        "yes" => Standing::Official,
        "per_holidays_pkg" => Standing::Reported,
        "unverified" | "no" => Standing::Unverified,
        "projected" => Standing::Projected,
        other => {
            return Err(format!(
                "{other:?} does not say how sure the day is; write yes, per_holidays_pkg, unverified, no or projected"
            ));
        }
    };
    if column(2).is_empty() {
        return Err("the day has no name".to_owned());
    }
    Ok(Day {
        date,
        kind,
        name: column(2).to_owned(),
        standing,
        note: column(4).to_owned(),
    })
}
