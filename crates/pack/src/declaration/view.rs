//! How records are shown and printed.

use crate::expression::Expression;
use crate::shape::{Key, Name, Word, Wording, choice, shape};
use crate::source::Located;

choice! {
    /// What a view is.
    pub enum ViewKind {
        /// A table of rows.
        List = "list",
        /// A column for each state or code.
        Board = "board",
        /// Shapes on a map.
        Map = "map",
        /// A chart, with its table beside it.
        Chart = "chart",
        /// Days.
        Calendar = "calendar",
    }
}

choice! {
    /// What a chart is drawn as.
    pub enum ChartKind {
        /// Bars.
        Bar = "bar",
        /// A line through time.
        Line = "line",
        /// Shares of a whole.
        Pie = "pie",
    }
}

shape! {
    /// A way to look at records.
    pub struct View in "[[view]]" {
        /// Its id.
        needed id: Name,
        /// Its title.
        needed title: Wording,
        /// What it is.
        needed kind: Located<ViewKind>,
        /// Which records.
        maybe when: Expression,
        /// The fields of a list's columns, or of a card.
        many columns: Key,
        /// The fields that a list is ordered by.
        many order: Key,
        /// What a board has columns for, or a chart a bar for: `state` or a field.
        maybe by: Key,
        /// The field of a map's shapes.
        maybe shape: Key,
        /// What a map's shapes are coloured by: `state` or a field.
        maybe colour: Key,
        /// What a chart is drawn as.
        maybe chart: Located<ChartKind>,
        /// The field that a chart adds up; it counts records if none.
        maybe sum: Key,
        /// The day of a calendar's entries.
        maybe date: Key,
        /// The last day of them.
        maybe until: Key,
    }
}

choice! {
    /// A size of paper.
    pub enum Paper {
        /// 210 × 297 mm.
        A4 = "a4",
        /// 148 × 210 mm.
        A5 = "a5",
    }
}

shape! {
    /// A print-out.
    pub struct Print in "[[print]]" {
        /// Its id.
        needed id: Name,
        /// Its title.
        needed title: Wording,
        /// Its Typst template: `print/certificate.typ`.
        needed template: Word,
        /// The paper.
        maybe paper: Located<Paper>,
        /// In which states it can be printed; in any if none is named.
        many states: Name,
        /// Whether it carries a QR code by which anyone can verify it.
        maybe qr: Located<bool>,
    }
}
