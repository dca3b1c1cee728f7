//! Periods in words.

use super::{Period, PeriodKind};
use crate::Lang;

const ROMAN: [&str; 4] = ["I", "II", "III", "IV"];
const ORDINAL: [&str; 4] = ["first", "second", "third", "fourth"];

impl Period {
    /// The period as people write it within a sentence: `quý I/2023`, `first quarter of
    /// 2023`.
    pub fn label(self, lang: Lang) -> String {
        match lang {
            Lang::Vi => self.vietnamese(),
            Lang::En => self.english(),
        }
    }

    fn vietnamese(self) -> String {
        let year = self.start.year();
        let month = self.start.month();
        match self.kind {
            PeriodKind::Day => format!("ngày {}/{month}/{year}", self.start.day()),
            PeriodKind::Month => format!("tháng {month}/{year}"),
            PeriodKind::Quarter => format!("quý {}/{year}", self.nth(ROMAN)),
            PeriodKind::HalfYear if month == 1 => format!("6 tháng đầu năm {year}"),
            PeriodKind::HalfYear => format!("6 tháng cuối năm {year}"),
            PeriodKind::NineMonths => format!("9 tháng đầu năm {year}"),
            PeriodKind::Year => format!("năm {year}"),
        }
    }

    fn english(self) -> String {
        let year = self.start.year();
        match self.kind {
            PeriodKind::Day => self.start.strftime("%-d %B %Y").to_string(),
            PeriodKind::Month => self.start.strftime("%B %Y").to_string(),
            PeriodKind::Quarter => format!("{} quarter of {year}", self.nth(ORDINAL)),
            PeriodKind::HalfYear => format!("{} half of {year}", self.nth(ORDINAL)),
            PeriodKind::NineMonths => format!("first nine months of {year}"),
            PeriodKind::Year => year.to_string(),
        }
    }

    fn nth(self, names: [&'static str; 4]) -> &'static str {
        let at = usize::try_from(self.number() - 1).unwrap_or(0);
        names.get(at).copied().unwrap_or_default()
    }
}
