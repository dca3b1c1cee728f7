//! Any bytes, as somebody may hand them in.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = office::reading::read(bytes);
});
