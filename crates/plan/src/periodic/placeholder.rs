//! Figures inside the text of a section: `[[mt12.2]]` stands for the second figure of target
//! 12, whatever it says at the moment.

use serde::{Deserialize, Serialize};

use super::figures::{Figures, standing_words};
use super::layout::{Words, fill};
use crate::standing::Standing;

/// What a text is made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Piece {
    /// Words.
    Text(String),
    /// A figure.
    Figure {
        /// What it is called between the brackets.
        code: String,
        /// What it says.
        text: String,
        /// The target that it belongs to.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        target: Option<u16>,
    },
}

impl Piece {
    /// What it reads.
    pub fn text(&self) -> &str {
        match self {
            Self::Text(text) | Self::Figure { text, .. } => text,
        }
    }
}

/// What a code asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Asked {
    Measure { number: u16, place: usize },
    Standing(u16),
    Count(Option<Standing>, Option<String>),
    UnitsReporting,
    UnitsWithReport,
    UnitsWithout,
    UnitsWithoutNamed,
    Money(Source),
    Findings,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Source {
    Total,
    Recurrent,
    Capital,
}

impl Asked {
    fn read(code: &str) -> Option<Self> {
        if let Some(rest) = code.strip_prefix("mt") {
            let (number, place) = rest.split_once('.').unwrap_or((rest, "1"));
            return Some(Self::Measure {
                number: number.parse().ok()?,
                place: place.parse().ok()?,
            });
        }
        if let Some(number) = code.strip_prefix("tt") {
            return Some(Self::Standing(number.parse().ok()?));
        }
        let (what, group) = match code.split_once('/') {
            Some((what, group)) => (what, Some(group.to_owned())),
            None => (code, None),
        };
        let count = |standing| Some(Self::Count(standing, group.clone()));
        match what {
            "sl" => count(None),
            "sl.dat" => count(Some(Standing::Done)),
            "sl.dung" => count(Some(Standing::OnTrack)),
            "sl.nguyco" => count(Some(Standing::AtRisk)),
            "sl.cham" => count(Some(Standing::OffTrack)),
            "sl.chuaco" => count(Some(Standing::NoData)),
            "sl.tx" => count(Some(Standing::DutyKept)),
            "sl.txkhong" => count(Some(Standing::DutyMissed)),
            _ if group.is_some() => None,
            "dv.phai" => Some(Self::UnitsReporting),
            "dv.co" => Some(Self::UnitsWithReport),
            "dv.chua" => Some(Self::UnitsWithout),
            "dv.ds" => Some(Self::UnitsWithoutNamed),
            "kp" => Some(Self::Money(Source::Total)),
            "kp.sn" => Some(Self::Money(Source::Recurrent)),
            "kp.dt" => Some(Self::Money(Source::Capital)),
            "dk" => Some(Self::Findings),
            _ => None,
        }
    }

    /// What the figures say to it; nothing if there is no such target, measure or heading.
    fn answer(&self, figures: &Figures, words: &Words) -> Option<String> {
        let known = |group: &String| figures.targets.iter().any(|target| &target.group == group);
        Some(match self {
            Self::Measure { number, place } => {
                let target = figures.target(*number)?;
                let mut measures = target.measures.iter();
                match measures.find(|measure| measure.place == *place) {
                    Some(measure) => measure.text(words),
                    // A target without a figure of its own is one all the same.
                    None if *place == 1 => words.nothing.clone(),
                    None => return None,
                }
            }
            Self::Standing(number) => {
                standing_words(words, figures.target(*number)?.standing).to_owned()
            }
            Self::Count(standing, group) => {
                if !group.as_ref().is_none_or(known) {
                    return None;
                }
                figures.count(*standing, group.as_deref()).to_string()
            }
            Self::UnitsReporting => figures.units.len().to_string(),
            Self::UnitsWithReport => {
                (figures.units.len() - figures.without_report().count()).to_string()
            }
            Self::UnitsWithout => figures.without_report().count().to_string(),
            Self::UnitsWithoutNamed => figures.late(words),
            Self::Money(source) => {
                let amount = match source {
                    Source::Total => figures.money.total,
                    Source::Recurrent => figures.money.recurrent,
                    Source::Capital => figures.money.capital,
                };
                amount.map_or_else(
                    || words.no_amount.clone(),
                    |amount| {
                        let millions = amount.to_million().normalized();
                        let millions = millions.format(vocab::Lang::Vi);
                        fill(&words.millions, &[("amount", &millions)])
                    },
                )
            }
            Self::Findings => figures.findings.to_string(),
        })
    }

    const fn target(&self) -> Option<u16> {
        match self {
            Self::Measure { number, .. } | Self::Standing(number) => Some(*number),
            _ => None,
        }
    }
}

/// A text in pieces, each figure with what it says now. A code that asks for nothing there is
/// stays as it was typed.
pub(super) fn resolve(text: &str, figures: &Figures, words: &Words) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let say = |pieces: &mut Vec<Piece>, words: &str| match pieces.last_mut() {
        Some(Piece::Text(text)) => text.push_str(words),
        _ if words.is_empty() => {}
        _ => pieces.push(Piece::Text(words.to_owned())),
    };
    for (words_before, code) in parts(text) {
        say(&mut pieces, words_before);
        let Some(code) = code else { continue };
        let asked = Asked::read(code.trim());
        let answer = asked
            .as_ref()
            .and_then(|asked| Some((asked.answer(figures, words)?, asked.target())));
        match answer {
            Some((text, target)) => pieces.push(Piece::Figure {
                code: code.trim().to_owned(),
                text,
                target,
            }),
            None => say(&mut pieces, &format!("[[{code}]]")),
        }
    }
    pieces
}

/// The codes of a text that ask for nothing there is, each once.
pub(super) fn unknown(text: &str, figures: &Figures, words: &Words) -> Vec<String> {
    let mut unknown = Vec::new();
    for code in parts(text).filter_map(|(_, code)| code) {
        let answer = Asked::read(code.trim()).and_then(|asked| asked.answer(figures, words));
        if answer.is_none() && !unknown.iter().any(|known| known == code) {
            unknown.push(code.to_owned());
        }
    }
    unknown
}

/// A text as words, each followed by the code of a figure. Brackets that do not close on their
/// line are words.
fn parts(text: &str) -> impl Iterator<Item = (&str, Option<&str>)> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let mut from = 0;
        while let Some(open) = text[from..].find("[[").map(|at| from + at) {
            let inside = &text[open + 2..];
            let line = inside.lines().next().unwrap_or_default();
            if let Some(close) = line.find("]]") {
                rest = Some(&inside[close + 2..]);
                return Some((&text[..open], Some(&inside[..close])));
            }
            from = open + 2;
        }
        rest = None;
        Some((text, None))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(&str, Option<&str>)> {
        parts(text).collect()
    }

    #[test]
    fn codes_stand_between_brackets_on_one_line() {
        assert_eq!(read("a [[mt1]]b"), [("a ", Some("mt1")), ("b", None)]);
        assert_eq!(
            read("[[mt1\n]] [[x]]"),
            [("[[mt1\n]] ", Some("x")), ("", None)]
        );
        assert_eq!(read("a [[ b"), [("a [[ b", None)]);
        assert_eq!(read(""), [("", None)]);
    }

    #[test]
    fn codes_mean_one_thing() {
        let measure = |number, place| Some(Asked::Measure { number, place });
        assert_eq!(Asked::read("mt12"), measure(12, 1));
        assert_eq!(Asked::read("mt12.2"), measure(12, 2));
        assert_eq!(Asked::read("mt99999"), None);
        assert_eq!(
            Asked::read("sl.dat/II"),
            Some(Asked::Count(Some(Standing::Done), Some("II".to_owned())))
        );
        assert_eq!(Asked::read("dk/II"), None);
        assert_eq!(Asked::read(""), None);
    }
}
