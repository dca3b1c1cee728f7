//! How documents of a layout look, as the writer of documents takes it.

use office::docx::{Length, Look, NumberForm, Numbers, Paper, Setup, Style};

use super::{Layout, Level, Shape};

impl Layout {
    /// How documents of this layout look.
    pub fn setup(&self) -> Setup {
        let mm = |mm: u32| Length::tenths_mm(mm * 10);
        let page = &self.page;
        let look = |shape: &Shape, style: Style| Look {
            half_points: shape.size_pt * 2,
            bold: shape.bold,
            italic: shape.italic,
            align: shape.align,
            first_line: Length::tenths_mm(shape.first_line_tenths_mm),
            before: Length::points(shape.before_pt),
            after: Length::points(shape.after_pt),
            line_percent: shape.line_percent,
            with_next: matches!(
                style,
                Style::Heading1 | Style::Heading2 | Style::Heading3 | Style::AnnexTitle
            ),
        };
        let looks = self.style.iter();
        let level = |at: usize| {
            let level = self.numbers.get(at).copied().unwrap_or(Level {
                form: NumberForm::Decimal,
                after: '.',
            });
            Numbers {
                form: level.form,
                after: level.after,
            }
        };
        Setup {
            paper: Paper {
                width: mm(page.width_mm),
                height: mm(page.height_mm),
                top: mm(page.top_mm),
                bottom: mm(page.bottom_mm),
                left: mm(page.left_mm),
                right: mm(page.right_mm),
            },
            font: page.font.clone(),
            looks: looks
                .map(|(style, shape)| (*style, look(shape, *style)))
                .collect(),
            numbers: [level(0), level(1), level(2)],
        }
    }
}
