//! How a sheet that is filled in looks.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

/// How the cells of a sheet look.
pub(super) struct Looks {
    pub title: Format,
    pub plain: Format,
    pub loud: Format,
    pub header: Format,
    pub locked: Format,
    pub open: Format,
}

impl Looks {
    pub(super) fn new() -> Self {
        let cell = Format::new()
            .set_border(FormatBorder::Thin)
            .set_align(FormatAlign::Top)
            .set_text_wrap();
        Self {
            title: Format::new().set_bold().set_font_size(14),
            plain: Format::new(),
            loud: Format::new()
                .set_bold()
                .set_font_color(Color::RGB(0x9C_00_06)),
            header: cell
                .clone()
                .set_bold()
                .set_background_color(Color::RGB(0xE9_E1_D3)),
            locked: cell.clone().set_background_color(Color::RGB(0xF4_F1_EB)),
            open: cell.set_unlocked(),
        }
    }
}
