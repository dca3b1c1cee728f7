//! How a document looks: measures and styles, given by whoever has it written.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::numerals::{letter, roman};

/// A length on paper, kept in twentieths of a point as the format has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Length(u32);

impl Length {
    /// So many tenths of a millimetre.
    pub const fn tenths_mm(tenths: u32) -> Self {
        // 25,4 mm are 1 440 twentieths of a point; the half rounds.
        Self((tenths * 1_440 + 127) / 254)
    }

    /// So many points.
    pub const fn points(points: u32) -> Self {
        Self(points * 20)
    }

    /// In twentieths of a point.
    pub const fn twips(self) -> u32 {
        self.0
    }

    /// So many hundredths of it.
    #[must_use]
    pub const fn percent(self, percent: u32) -> Self {
        Self(self.0 * percent / 100)
    }

    /// What is left of it without another; nothing below nothing.
    #[must_use]
    pub const fn minus(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

/// The paper and its margins, upright.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paper {
    /// Its shorter side.
    pub width: Length,
    /// Its longer side.
    pub height: Length,
    /// Free above the text.
    pub top: Length,
    /// Free below it.
    pub bottom: Length,
    /// Free on its left.
    pub left: Length,
    /// Free on its right.
    pub right: Length,
}

/// Which way the paper lies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Orientation {
    /// Its longer side stands.
    #[default]
    Portrait,
    /// Its longer side lies, for wide tables.
    Landscape,
}

impl Paper {
    /// How wide lines of text are.
    pub const fn text_width(&self, orientation: Orientation) -> Length {
        let width = match orientation {
            Orientation::Portrait => self.width,
            Orientation::Landscape => self.height,
        };
        width.minus(self.left).minus(self.right)
    }
}

/// How lines stand between the margins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Align {
    /// At the left.
    #[default]
    Left,
    /// In the middle.
    Center,
    /// At the right.
    Right,
    /// Between both margins.
    Justify,
}

impl Align {
    pub(super) const fn value(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Center => "center",
            Self::Right => "right",
            Self::Justify => "both",
        }
    }
}

/// How paragraphs of one style look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// The letters' size in half points: 28 is 14 points.
    pub half_points: u16,
    /// Heavy letters.
    pub bold: bool,
    /// Slanting letters.
    pub italic: bool,
    /// Where lines stand.
    pub align: Align,
    /// How far the first line is moved in.
    pub first_line: Length,
    /// Free above.
    pub before: Length,
    /// Free below.
    pub after: Length,
    /// The distance of lines in hundredths of single spacing: 100 to 150.
    pub line_percent: u16,
    /// Whether it stays on the page of what follows.
    pub with_next: bool,
}

impl Default for Look {
    fn default() -> Self {
        Self {
            half_points: 28,
            bold: false,
            italic: false,
            align: Align::Left,
            first_line: Length::default(),
            before: Length::default(),
            after: Length::default(),
            line_percent: 100,
            with_next: false,
        }
    }
}

macro_rules! styles {
    ($($(#[$doc:meta])* $name:ident = $id:literal, $words:literal, $outline:expr;)*) => {
        /// The styles that a document has, by what they are for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum Style {
            $($(#[$doc])* $name,)*
        }

        impl Style {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// Its identity in the file.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$name => $id),* }
            }

            /// Its name in an office program. The names of headings and captions are those
            /// by which the programs know them.
            pub(super) const fn words(self) -> &'static str {
                match self { $(Self::$name => $words),* }
            }

            /// Its level among headings, from 0.
            pub(super) const fn outline(self) -> Option<u8> {
                match self { $(Self::$name => $outline),* }
            }
        }
    };
}

styles! {
    /// Running text.
    Body = "BodyText", "Body Text", None;
    /// A heading of the first level, numbered.
    Heading1 = "Heading1", "heading 1", Some(0);
    /// A heading of the second level, numbered.
    Heading2 = "Heading2", "heading 2", Some(1);
    /// A heading of the third level, numbered.
    Heading3 = "Heading3", "heading 3", Some(2);
    /// The kind of document.
    Title = "Title", "Title", None;
    /// What the document is about.
    Subtitle = "Subtitle", "Subtitle", None;
    /// The name of an annex.
    AnnexTitle = "AnnexTitle", "Annex Title", Some(0);
    /// Words above a table.
    Caption = "Caption", "caption", None;
    /// Text in a table.
    Table = "TableText", "Table Text", None;
    /// The heading row of a table.
    TableHead = "TableHead", "Table Head", None;
    /// The name of the country.
    Country = "Country", "Country", None;
    /// The country's motto.
    Motto = "Motto", "Motto", None;
    /// The agency above the one that issues.
    Superior = "Superior", "Superior Agency", None;
    /// The agency that issues.
    Issuer = "Issuer", "Issuing Agency", None;
    /// Number and symbol.
    Symbol = "Symbol", "Document Symbol", None;
    /// Place and day.
    PlaceDate = "PlaceDate", "Place And Date", None;
    /// The position of whoever signs.
    Capacity = "Capacity", "Signing Capacity", None;
    /// The name of whoever signs.
    Signer = "Signer", "Signer", None;
    /// The word above those who get it.
    RecipientsWord = "RecipientsWord", "Recipients Word", None;
    /// Those who get it.
    Recipients = "Recipients", "Recipients", None;
    /// The number of a page.
    PageNumber = "PageNumber", "header", None;
}

/// How the numbers of a level of headings are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NumberForm {
    /// I, II, III
    UpperRoman,
    /// 1, 2, 3
    Decimal,
    /// a, b, c
    LowerLetter,
    /// A, B, C
    UpperLetter,
}

impl NumberForm {
    pub(super) const fn value(self) -> &'static str {
        match self {
            Self::UpperRoman => "upperRoman",
            Self::Decimal => "decimal",
            Self::LowerLetter => "lowerLetter",
            Self::UpperLetter => "upperLetter",
        }
    }

    /// A number as an office program shows it.
    pub fn write(self, number: u32) -> String {
        match self {
            Self::UpperRoman => roman(number),
            Self::Decimal => number.to_string(),
            Self::LowerLetter => letter(number, b'a'),
            Self::UpperLetter => letter(number, b'A'),
        }
    }
}

/// The numbers of one level of headings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Numbers {
    /// How they are written.
    pub form: NumberForm,
    /// What stands after them: `.` or `)`.
    pub after: char,
}

/// How a document looks as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setup {
    /// The paper.
    pub paper: Paper,
    /// The typeface.
    pub font: String,
    /// How each style looks; one that is missing looks like running text.
    pub looks: BTreeMap<Style, Look>,
    /// The numbers of the three levels of headings.
    pub numbers: [Numbers; 3],
}

impl Setup {
    /// How paragraphs of a style look.
    pub fn look(&self, style: Style) -> Look {
        let known = self.looks.get(&style).or(self.looks.get(&Style::Body));
        known.copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_those_of_the_format() {
        assert_eq!(Length::tenths_mm(2_100).twips(), 11_906);
        assert_eq!(Length::tenths_mm(2_970).twips(), 16_838);
        assert_eq!(Length::points(6).twips(), 120);
        assert_eq!(Length::tenths_mm(127).twips(), 720);
    }
}
