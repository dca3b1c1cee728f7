//! What looks wrong with a value that was entered, in words.

use std::collections::BTreeMap;

use plan::entry::Kept;
use vocab::{Decimal, Period};

use super::{ToArg, Translator};

/// The figures that are in the indicator's own unit of measure.
const OWN: [&str; 9] = [
    "value",
    "before",
    "expected",
    "likely",
    "reference",
    "baseline",
    "median",
    "low",
    "high",
];

impl Translator {
    /// A finding that a report keeps, as one sentence.
    pub fn kept_finding(self, kept: &Kept) -> String {
        let sentence = self.entry_finding(&kept.code, &kept.figures);
        sentence.unwrap_or_else(|| self.t("field-wrong"))
    }

    /// A finding by its name and figures; nothing where no message has the name.
    pub fn entry_finding(self, code: &str, figures: &BTreeMap<String, String>) -> Option<String> {
        let unit = figures.get("unit").map_or("", String::as_str);
        let worded = figures
            .iter()
            .map(|(name, figure)| (name.as_str(), self.figure(name, figure, unit)));
        let worded: Vec<(&str, String)> = worded.collect();
        let args: Vec<(&str, &dyn ToArg)> = worded
            .iter()
            .map(|(name, text)| (*name, text as &dyn ToArg))
            .collect();
        // Shares are told otherwise than counts.
        let share = figures.contains_key("part-before") || figures.contains_key("part");
        let year = code == "entry-behind-baseline" || code == "entry-above-baseline";
        let ending = match (share, year && !figures.contains_key("year")) {
            (true, _) => "-share",
            (_, true) => "-undated",
            _ => "",
        };
        self.lookup(&format!("field-{code}{ending}"), &args)
    }

    fn figure(self, name: &str, figure: &str, unit: &str) -> String {
        match name {
            "period" => figure
                .parse::<Period>()
                .map_or_else(|_| figure.to_owned(), |period| period.label(self.lang)),
            "against" => self.t(&format!("entry-against-{figure}")),
            // A year is no amount: it has no thousands to set apart.
            "year" | "money" | "unit" => figure.to_owned(),
            _ => match figure.parse::<Decimal>() {
                Ok(value) if OWN.contains(&name) => self.in_unit(&value, unit),
                Ok(value) => self.decimal(&value),
                Err(_) => figure.to_owned(),
            },
        }
    }

    /// A value with its unit of measure: `72,5 %`, `1.234 lớp`.
    pub fn in_unit(self, value: &Decimal, unit: &str) -> String {
        match unit {
            "%" => self.percent(value),
            "" => self.decimal(value),
            unit => format!("{}\u{a0}{unit}", self.decimal(value)),
        }
    }
}

#[cfg(test)]
mod tests {
    use plan::entry::Code;
    use vocab::Lang;

    use super::*;

    fn all_figures() -> BTreeMap<String, String> {
        let plain = ["part", "whole", "whole-before", "times", "points", "units"];
        let figures = OWN.iter().chain(&plain).map(|name| (*name, "1234.5"));
        let words = [
            ("period", "2023Q2"),
            ("against", "before"),
            ("money", "đồng"),
            ("unit", "triệu đồng"),
            ("year", "2022"),
            ("least", "0"),
            ("most", "9"),
        ];
        let all = figures.chain(words);
        all.map(|(name, figure)| (name.to_owned(), figure.to_owned()))
            .collect()
    }

    #[test]
    fn every_finding_is_worded_in_both_languages() {
        for code in Code::ALL {
            for lang in Lang::ALL {
                for left_out in [&["part"][..], &["part", "year"], &[]] {
                    let mut figures = all_figures();
                    figures.retain(|name, _| !left_out.contains(&name.as_str()));
                    if left_out.is_empty() {
                        figures.insert("part-before".to_owned(), "80".to_owned());
                    }
                    let words = Translator::new(lang).entry_finding(code.name(), &figures);
                    if left_out.is_empty() && code != Code::Fell {
                        continue;
                    }
                    let words = words.unwrap_or_else(|| panic!("{code:?} {left_out:?}"));
                    assert!(!words.contains('⟦'), "{words}");
                }
            }
        }
    }

    #[test]
    fn numbers_are_written_as_the_reader_writes_them() {
        let vi = Translator::new(Lang::Vi);
        let mut figures = all_figures();
        figures.remove("part");
        let words = vi.entry_finding("entry-money-unit", &figures).unwrap();
        assert!(words.contains("1.234,5\u{a0}triệu đồng"), "{words}");
        figures.insert("unit".to_owned(), "%".to_owned());
        figures.insert("value".to_owned(), "72.5".to_owned());
        let words = vi.entry_finding("entry-other-units", &figures).unwrap();
        assert!(words.contains("72,5\u{a0}%"), "{words}");
        let english = Translator::new(Lang::En);
        let words = english.entry_finding("entry-jumped", &figures).unwrap();
        assert!(words.contains("1,234.5%"), "{words}");
    }
}
