//! The thresholds of the checks, read from `data/entry/checks.toml`.

use std::sync::LazyLock;

use serde::Deserialize;
use vocab::fold::fold;

/// The thresholds of all checks.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    version: String,
    explanation: Explaining,
    whole: Whole,
    pub(super) fell: Fell,
    pub(super) jumped: Jumped,
    pub(super) baseline: FromBaseline,
    pub(super) magnitude: Magnitude,
    pub(super) outlier: Outlier,
}

macro_rules! tables {
    ($($(#[$doc:meta])* $name:ident { $($field:ident: $kind:ty),* $(,)? })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(super) struct $name {
            why: String,
            $(pub(super) $field: $kind,)*
        }
    )*};
}

tables! {
    /// What counts as an explanation.
    Explaining { least_letters: usize, most_characters: usize }
    /// Units of measure that are counted whole.
    Whole { units: Vec<String> }
    /// By how much what only grows may fall.
    Fell { by: i64 }
    /// How far a value may be from what the last period leads to.
    Jumped { times: i64, least_difference: i64, points: i64, denominator_times: i64 }
    /// How far a value may be from the year before.
    FromBaseline { points: i64, times: i64 }
    /// What a mistaken unit of measure looks like.
    Magnitude {
        powers: Vec<i64>,
        near_percent: i64,
        least_reference: i64,
        least_power_for_share_of_goal: i64,
        money: Vec<Money>,
    }
    /// What is unlike the rest.
    Outlier {
        least_own: usize,
        least_others: usize,
        score_tenths: i64,
        least_points: i64,
        least_log_hundredths: i64,
    }
}

/// A unit of money, and those that it is mistaken for.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Money {
    pub unit: String,
    pub mistaken: Vec<Mistaken>,
}

/// A unit of money that somebody may have meant.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Mistaken {
    /// How many of it make one of the right unit.
    pub times: i64,
    /// Its name.
    #[serde(rename = "for")]
    pub name: String,
}

static SHIPPED: LazyLock<Rules> = LazyLock::new(|| {
    let text = include_str!("../../../../data/entry/checks.toml");
    #[expect(
        clippy::expect_used,
        reason = "the file is part of the program, and a test reads it"
    )]
    Rules::parse(text).expect("data/entry/checks.toml is read by a test")
});

impl Rules {
    /// The thresholds that ship.
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    /// Reads thresholds; each table must say why it is as it is, and no threshold may be
    /// senseless.
    pub fn parse(text: &str) -> Result<Self, String> {
        let rules: Self = toml::from_str(text).map_err(|error| error.to_string())?;
        let reasons = [
            ("explanation", &rules.explanation.why),
            ("whole", &rules.whole.why),
            ("fell", &rules.fell.why),
            ("jumped", &rules.jumped.why),
            ("baseline", &rules.baseline.why),
            ("magnitude", &rules.magnitude.why),
            ("outlier", &rules.outlier.why),
        ];
        if let Some((table, _)) = reasons.iter().find(|(_, why)| why.trim().is_empty()) {
            return Err(format!("[{table}] does not say why"));
        }
        let (jumped, outlier) = (&rules.jumped, &rules.outlier);
        let at_least = [
            ("fell.by", rules.fell.by, 0),
            ("jumped.times", jumped.times, 2),
            ("jumped.least_difference", jumped.least_difference, 0),
            ("jumped.points", jumped.points, 1),
            ("jumped.denominator_times", jumped.denominator_times, 2),
            ("baseline.points", rules.baseline.points, 0),
            ("baseline.times", rules.baseline.times, 2),
            ("magnitude.near_percent", rules.magnitude.near_percent, 101),
            (
                "magnitude.least_reference",
                rules.magnitude.least_reference,
                1,
            ),
            ("outlier.score_tenths", outlier.score_tenths, 1),
            ("outlier.least_points", outlier.least_points, 1),
            (
                "outlier.least_log_hundredths",
                outlier.least_log_hundredths,
                1,
            ),
        ];
        let powers = rules.magnitude.powers.iter();
        let powers = powers.map(|power| ("magnitude.powers", *power, 10));
        let senseless = at_least
            .into_iter()
            .chain(powers)
            .find(|(_, value, least)| value < least);
        if let Some((name, value, least)) = senseless {
            return Err(format!("{name} is {value}; it must be at least {least}"));
        }
        if outlier.least_own < 3 || outlier.least_others < 3 {
            return Err("a median of fewer than three values says nothing".to_owned());
        }
        Ok(rules)
    }

    /// The version, which findings keep.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Whether somebody's words say something.
    pub fn explains(&self, text: &str) -> bool {
        let letters = text.chars().filter(|letter| letter.is_alphabetic()).count();
        letters >= self.explanation.least_letters && !self.is_too_long(text)
    }

    /// Whether somebody's words are more than a report takes.
    pub fn is_too_long(&self, text: &str) -> bool {
        text.chars().count() > self.explanation.most_characters
    }

    /// The fewest letters and the most characters of an explanation.
    pub fn lengths(&self) -> (usize, usize) {
        let rules = &self.explanation;
        (rules.least_letters, rules.most_characters)
    }

    /// Whether things of this unit of measure are counted whole.
    pub(super) fn is_whole(&self, unit: &str) -> bool {
        let unit = format!(" {} ", fold(unit));
        let mut units = self.whole.units.iter();
        units.any(|whole| unit.contains(&format!(" {} ", fold(whole))))
    }

    /// What amounts in this unit of measure may have been mistaken for.
    pub(super) fn mistaken(&self, unit: &str) -> &[Mistaken] {
        let unit = fold(unit);
        let money = self.magnitude.money.iter();
        let mut money = money.filter(|money| unit.contains(&fold(&money.unit)));
        money.next().map_or(&[], |money| &money.mistaken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ships_is_read_and_says_why() {
        let text = include_str!("../../../../data/entry/checks.toml");
        let rules = Rules::parse(text).unwrap();
        assert!(rules.is_whole("doanh nghiệp công nghệ số"));
        assert!(!rules.is_whole("triệu đồng"));
        assert!(!rules.is_whole("%"));
        assert_eq!(rules.mistaken("Triệu đồng").len(), 2);
        assert!(rules.mistaken("lượt").is_empty());
        assert!(!rules.explains("ok. 12345678901"));
        assert!(rules.explains("Kỳ trước báo thiếu xã Tân Hạnh"));
    }

    #[test]
    fn senseless_thresholds_and_missing_reasons_are_refused() {
        let text = include_str!("../../../../data/entry/checks.toml");
        for (right, wrong) in [
            ("times = 3", "times = 1"),
            ("least_own = 5", "least_own = 2"),
            ("near_percent = 150", "near_percent = 100"),
            ("by = 0", "by = 0\nhow = 1"),
        ] {
            assert!(text.contains(right), "{right}");
            let changed = text.replacen(right, wrong, 1);
            assert!(Rules::parse(&changed).is_err(), "{wrong}");
        }
        let silent = text.lines().map(|line| {
            if line.starts_with("why") {
                "why = \"\""
            } else {
                line
            }
        });
        let silent: Vec<&str> = silent.collect();
        let refused = Rules::parse(&silent.join("\n")).unwrap_err();
        assert!(refused.contains("does not say why"), "{refused}");
    }
}
