//! Numbers, money and dates as each language writes them.

use jiff::civil::{Date, DateTime};
use vocab::{Decimal, Lang, Period};

use super::Translator;

/// A whole number of any width; above the range of `i64` it is held at the end.
pub trait Whole {
    /// The number.
    fn whole(&self) -> i64;
}

impl<T: Whole> Whole for &T {
    fn whole(&self) -> i64 {
        (**self).whole()
    }
}

macro_rules! whole {
    ($($kind:ty),*) => {$(
        impl Whole for $kind {
            fn whole(&self) -> i64 {
                i64::try_from(*self).unwrap_or(i64::MAX)
            }
        }
    )*};
}
whole!(u16, u32, u64, i32, i64, usize);

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl Translator {
    /// A decimal number: `1.234,5` or `1,234.5`, with a true minus sign.
    pub fn decimal(self, value: &Decimal) -> String {
        value.format(self.lang).replace('-', "−")
    }

    /// A whole number: `1.234.567` or `1,234,567`.
    pub fn number(self, value: impl Whole) -> String {
        self.decimal(&Decimal::from(value.whole()))
    }

    /// A percentage: `79,2 %` (with a space that does not break) or `79.2%`.
    pub fn percent(self, value: &Decimal) -> String {
        match self.lang {
            Lang::Vi => format!("{}\u{a0}%", self.decimal(value)),
            Lang::En => format!("{}%", self.decimal(value)),
        }
    }

    /// An amount in đồng: `48.855.719.072 đồng` or `VND 48,855,719,072`.
    pub fn money(self, amount_vnd: impl Whole) -> String {
        let amount_vnd = amount_vnd.whole();
        match self.lang {
            Lang::Vi => format!("{}\u{a0}đồng", self.number(amount_vnd)),
            Lang::En => format!("VND\u{a0}{}", self.number(amount_vnd)),
        }
    }

    /// An amount in đồng as a number of millions, as the annexes count: `6.927` or `912,912`.
    pub fn millions(self, amount_vnd: impl Whole) -> String {
        self.decimal(
            &Decimal::new(amount_vnd.whole(), 6)
                .unwrap_or_default()
                .normalized(),
        )
    }

    /// A day: `14/04/2023` or `14 April 2023`.
    pub fn date(self, date: &Date) -> String {
        match self.lang {
            Lang::Vi => format!("{:02}/{:02}/{:04}", date.day(), date.month(), date.year()),
            Lang::En => {
                let month = usize::try_from(date.month() - 1)
                    .ok()
                    .and_then(|index| MONTHS.get(index))
                    .unwrap_or(&"");
                format!("{} {month} {}", date.day(), date.year())
            }
        }
    }

    /// A day with the time on the wall clock: `05/10/2023 09:14`.
    pub fn moment(self, moment: &DateTime) -> String {
        let (hour, minute) = (moment.hour(), moment.minute());
        format!("{} {hour:02}:{minute:02}", self.date(&moment.date()))
    }

    /// A period at the beginning of a line: `Quý I/2023`.
    pub fn period_title(self, period: Period) -> String {
        let label = period.label(self.lang);
        let mut letters = label.chars();
        let first = letters.next().into_iter().flat_map(char::to_uppercase);
        first.chain(letters).collect()
    }

    /// The size of a file: `1,4 MB`.
    pub fn file_size(self, bytes: impl Whole) -> String {
        let bytes = bytes.whole();
        let (unit, name) = match bytes {
            ..1_000 => return format!("{bytes}\u{a0}B"),
            1_000..1_000_000 => (100, "kB"),
            1_000_000..1_000_000_000 => (100_000, "MB"),
            _ => (100_000_000, "GB"),
        };
        let value = self.decimal(
            &Decimal::new(bytes / unit, 1)
                .unwrap_or_default()
                .normalized(),
        );
        format!("{value}\u{a0}{name}")
    }
}
