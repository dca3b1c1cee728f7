//! The code that leads from a paper back to what is kept: drawn, not painted, so that it is
//! sharp at any size.

use std::fmt::Write as _;

use qrcode::{Color, EcLevel, QrCode};

use crate::PrintError;

/// Free around the code, in its own squares: readers need four.
const QUIET: usize = 4;

/// The code of a text as an SVG picture. A sixth of it may be covered or torn (level M).
pub(crate) fn svg(text: &str) -> Result<String, PrintError> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M)
        .map_err(|_| PrintError::CodeTooLong)?;
    let width = code.width();
    let whole = width + 2 * QUIET;
    let mut path = String::new();
    for (row, line) in code.to_colors().chunks(width).enumerate() {
        let mut at = 0;
        // One rectangle for each run of dark squares: no seams between them.
        for run in line.chunk_by(|one, other| one == other) {
            if run.first() == Some(&Color::Dark) {
                let (x, y, length) = (at + QUIET, row + QUIET, run.len());
                let _ = write!(path, "M{x} {y}h{length}v1h-{length}z");
            }
            at += run.len();
        }
    }
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {whole} {whole}\" \
         width=\"{whole}\" height=\"{whole}\"><path fill=\"#fff\" d=\"M0 0h{whole}v{whole}h-{whole}z\"/>\
         <path fill=\"#000\" d=\"{path}\"/></svg>"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_of_an_address_is_small_and_whole() {
        let svg = svg("https://phusa.vinhlong.gov.vn/xac-thuc/1").unwrap();
        // The upper left finder: seven dark squares at the first row.
        assert!(svg.contains("M4 4h7v1h-7z"), "{svg}");
        assert!(svg.len() < 40_000);
        assert!(matches!(
            super::svg(&"x".repeat(5_000)),
            Err(PrintError::CodeTooLong)
        ));
    }
}
