//! Pages for a browser.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let page = [b"<html>", bytes].concat();
    if let Ok(read) = office::reading::read(&page) {
        let lines = read.text.lines().count();
        for row in read.document.tables().flat_map(|table| &table.rows) {
            assert!((1..=lines).contains(&(row.line as usize)));
        }
    }
});
