//! Numbers that a text document does not hold but shows: `I.`, `1.`, `a)` before paragraphs of
//! a list.

use std::collections::HashMap;

use quick_xml::events::Event;

use super::ReadError;
use super::xml::{attribute, damaged, reader};
use crate::numerals::{letter, roman};

/// Levels of a list.
const LEVELS: usize = 9;

/// How a level of a list is numbered.
#[derive(Debug, Clone, Default)]
struct Level {
    form: String,
    /// Such as `%1.%2`.
    text: String,
    start: u32,
}

/// A document's lists, and how far each has come.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    lists: HashMap<String, [Level; LEVELS]>,
    /// From the number of a use to the list it uses.
    uses: HashMap<String, String>,
    /// From a paragraph's style to the use and the level that come with it.
    styles: HashMap<String, (String, usize)>,
    reached: HashMap<String, [Option<u32>; LEVELS]>,
}

impl Numbering {
    pub(super) fn read(numbering: &str, styles: &str) -> Result<Self, ReadError> {
        let mut all = Self::default();
        all.read_lists(numbering)?;
        all.read_styles(styles)?;
        Ok(all)
    }

    fn read_lists(&mut self, text: &str) -> Result<(), ReadError> {
        let mut reader = reader(text);
        let (mut list, mut using, mut level) = (String::new(), String::new(), 0);
        loop {
            let element = match reader.read_event().map_err(damaged)? {
                Event::Start(element) => element,
                Event::Eof => return Ok(()),
                _ => continue,
            };
            let value = || attribute(&element, "val").unwrap_or_default();
            let mut change = |apply: &dyn Fn(&mut Level)| {
                if let Some(level) = self
                    .lists
                    .get_mut(&list)
                    .and_then(|levels| levels.get_mut(level))
                {
                    apply(level);
                }
            };
            match element.local_name().as_ref() {
                "abstractNum" => {
                    list = attribute(&element, "abstractNumId").unwrap_or_default();
                    self.lists.insert(list.clone(), Default::default());
                }
                "lvl" => {
                    let number = attribute(&element, "ilvl");
                    level = number.and_then(|level| level.parse().ok()).unwrap_or(0);
                }
                "start" => change(&|level| level.start = value().parse().unwrap_or(1)),
                "numFmt" => change(&|level| level.form = value()),
                "lvlText" => change(&|level| level.text = value()),
                "num" => {
                    using = attribute(&element, "numId").unwrap_or_default();
                    list.clear();
                }
                "abstractNumId" => {
                    self.uses.insert(using.clone(), value());
                }
                _ => {}
            }
        }
    }

    fn read_styles(&mut self, text: &str) -> Result<(), ReadError> {
        let mut reader = reader(text);
        let (mut style, mut level) = (String::new(), 0);
        loop {
            let element = match reader.read_event().map_err(damaged)? {
                Event::Start(element) => element,
                Event::Eof => return Ok(()),
                _ => continue,
            };
            let value = || attribute(&element, "val").unwrap_or_default();
            match element.local_name().as_ref() {
                "style" => {
                    style = attribute(&element, "styleId").unwrap_or_default();
                    level = 0;
                }
                "ilvl" => level = value().parse().unwrap_or(0),
                "numId" => {
                    self.styles.insert(style.clone(), (value(), level));
                }
                _ => {}
            }
        }
    }

    /// The next number of a paragraph's list, if it stands in one.
    pub(super) fn next(
        &mut self,
        using: Option<&str>,
        level: Option<usize>,
        style: Option<&str>,
    ) -> Option<String> {
        let styled = style.and_then(|style| self.styles.get(style));
        let using = using.or(styled.map(|(using, _)| using.as_str()))?;
        let level = level.or(styled.map(|(_, level)| *level)).unwrap_or(0);
        let list = self.uses.get(using)?;
        let levels = self.lists.get(list)?;
        let own = levels.get(level)?;
        if own.form == "bullet" {
            return Some("-".to_owned());
        }
        if own.form == "none" || own.text.is_empty() {
            return None;
        }
        let reached = self.reached.entry(list.clone()).or_default();
        let start = |level: &Level| level.start;
        reached[level] = Some(reached[level].map_or(start(own), |at| at.saturating_add(1)));
        for below in &mut reached[level + 1..] {
            *below = None;
        }
        let mut text = own.text.clone();
        for (at, (reached, of)) in reached.iter().zip(levels).enumerate().take(level + 1) {
            let number = reached.unwrap_or_else(|| start(of));
            text = text.replace(&format!("%{}", at + 1), &written(number, &of.form));
        }
        Some(text)
    }
}

fn written(number: u32, form: &str) -> String {
    match form {
        "upperRoman" => roman(number),
        "lowerRoman" => roman(number).to_lowercase(),
        "upperLetter" => letter(number, b'A'),
        "lowerLetter" => letter(number, b'a'),
        "decimalZero" => format!("{number:02}"),
        _ => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_the_list_says() {
        for (number, form, expected) in [
            (4, "upperRoman", "IV"),
            (1, "lowerLetter", "a"),
            (27, "upperLetter", "A"),
            (7, "decimalZero", "07"),
            (12, "decimal", "12"),
        ] {
            assert_eq!(written(number, form), expected);
        }
    }
}
