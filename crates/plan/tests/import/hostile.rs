//! Input that is no decision, not all of one, or made to hurt.

use std::time::{Duration, Instant};

use office::ReadError;
use office::text::TextError;
use plan::import::{ImportError, read_decision};

use super::SHIPPED;

fn cut_at_line(line: usize) -> String {
    SHIPPED.split_inclusive('\n').take(line).collect()
}

#[test]
fn what_is_no_decision_is_refused_with_what_to_try() {
    assert_eq!(read_decision(""), Err(ImportError::Empty));
    assert_eq!(read_decision(" \n\t \n"), Err(ImportError::Empty));
    for page in [" <html lang=vi>", "\u{feff}<HTML>"] {
        assert_eq!(read_decision(page), Err(ImportError::Empty));
    }
    assert!(matches!(
        read_decision("PK\u{3}\u{4}\0\0"),
        Err(ImportError::File(ReadError::Package(_)))
    ));
    assert_eq!(
        read_decision("a\nb\0"),
        Err(ImportError::Text(TextError::Binary { line: 2 }))
    );
    assert_eq!(
        read_decision("\tTên\n\tSố lượng\n\n\t1\n\t2\n"),
        Err(ImportError::NoTargets {
            tables: 1,
            looked_for: "Mục tiêu",
        })
    );
    let message = read_decision("Kính gửi").unwrap_err().to_string();
    assert!(
        message.contains("«Mục tiêu»") && message.contains("check"),
        "{message}"
    );
}

#[test]
fn a_text_that_is_cut_off_says_where() {
    // Inside annex 1, before annex 2, inside annex 2, inside a row of annex 3.
    for (line, annex) in [(500, 2), (1489, 2), (1900, 3), (2115, 3), (2300, 3)] {
        let error = read_decision(&cut_at_line(line)).unwrap_err();
        match error {
            ImportError::AnnexMissing { annex: found, .. }
            | ImportError::AnnexCutOff { annex: found, .. } => assert_eq!(found, annex, "{line}"),
            other => panic!("cut at {line}: {other}"),
        }
    }
    assert!(read_decision(&cut_at_line(2511)).is_ok());
}

#[test]
fn a_heading_without_a_column_and_a_text_without_its_symbol_are_named() {
    let no_lead = SHIPPED.replace("\tCơ quan chủ trì", "\tCơ quan");
    assert_eq!(
        read_decision(&no_lead),
        Err(ImportError::NoColumn {
            annex: 1,
            line: 380,
            looked_for: "Chủ trì",
        })
    );
    let no_symbol = SHIPPED.replace("Kèm theo", "Theo");
    assert!(matches!(
        read_decision(&no_symbol),
        Err(ImportError::NoSymbol { .. })
    ));
}

#[test]
fn a_hundred_megabytes_are_refused_at_once() {
    let start = Instant::now();
    let huge = "x".repeat(100 << 20);
    assert!(matches!(
        read_decision(&huge),
        Err(ImportError::Text(TextError::TooLong { .. }))
    ));
    assert!(start.elapsed() < Duration::from_secs(5));
}
