//! Plain text: every cell points at a line that is there.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let Ok(document) = office::text::read(&text) else {
        return;
    };
    let lines = text.lines().count();
    for cell in document.tables().flat_map(|table| &table.rows).flat_map(|row| &row.cells) {
        assert!((1..=lines).contains(&(cell.line as usize)));
    }
});
