//! What people do to sheets, one after another, and what becomes of it.

use office::grid::Content;

use super::*;

type Done = (&'static str, fn(Model) -> Model, Expected);

enum Expected {
    /// Exactly these values changed, by target number.
    Read(&'static [(u16, &'static str)]),
    /// These cells are refused for these reasons, and nothing else changes.
    Refused(&'static [(&'static str, &'static str)]),
}

use Expected::{Read, Refused};

const ALL: [u32; 14] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13];

/// 18 of 20 for the first line.
fn typed(model: Model) -> Model {
    model
        .number((FIRST, PART), 18.0)
        .number((FIRST, WHOLE), 20.0)
}

const TYPED: Expected = Read(&[(1, "18/20")]);

fn corpus() -> Vec<Done> {
    vec![
        ("nothing was done", |model| model, Read(&[])),
        ("two numbers were typed", typed, TYPED),
        (
            "a column was put in",
            |model| typed(model).with_column(4),
            TYPED,
        ),
        (
            "columns were moved",
            |model| typed(model).moved(|(row, column)| Some((row, 13 - column))),
            TYPED,
        ),
        (
            "columns that are only read were deleted",
            |model| {
                typed(model)
                    .without_column(8)
                    .without_column(7)
                    .without_column(6)
                    .without_column(4)
            },
            TYPED,
        ),
        (
            "rows were sorted the other way",
            |model| {
                typed(model).moved(|(row, column)| match row {
                    row if row >= FIRST => Some((FIRST + 6 - (row - FIRST), column)),
                    row => Some((row, column)),
                })
            },
            TYPED,
        ),
        (
            "rows and columns were hidden",
            |model| {
                let mut model = typed(model);
                model.hidden_rows = vec![FIRST, FIRST + 3];
                model.hidden_columns = vec![9, 13];
                model
            },
            TYPED,
        ),
        (
            "a row was deleted",
            |model| typed(model).without_row(FIRST + 3),
            TYPED,
        ),
        (
            "empty rows were put in",
            |model| typed(model).with_row(FIRST + 2).with_row(0),
            TYPED,
        ),
        (
            "a row was copied as it is",
            |model| typed(model).copied(FIRST, FIRST + 9),
            TYPED,
        ),
        (
            "a row was copied and changed",
            |model| {
                typed(model)
                    .copied(FIRST, FIRST + 9)
                    .number((FIRST + 9, PART), 19.0)
            },
            Refused(&[("J16", "sheet-line-twice")]),
        ),
        (
            "the names out of sight were deleted",
            |model| typed(model).without_row(IDS),
            TYPED,
        ),
        (
            "the sheet that says what it is was deleted",
            |model| {
                let mut model = typed(model);
                model.sheets.truncate(1);
                model
            },
            TYPED,
        ),
        (
            "what the lines said before was deleted",
            |model| typed(model).without_column(1),
            TYPED,
        ),
        (
            "a formula came to a number",
            |model| typed(model).formula((FIRST + 2, VALUE), Content::Number(12.0)),
            Read(&[(1, "18/20"), (3, "count=12")]),
        ),
        (
            "a formula came to words",
            |model| model.formula((FIRST + 2, VALUE), Content::Text("mười hai".to_owned())),
            Refused(&[("M9", "sheet-formula-words")]),
        ),
        (
            "a formula came to nothing",
            |model| model.formula((FIRST + 2, VALUE), Content::Fault),
            Refused(&[("M9", "sheet-fault")]),
        ),
        (
            "numbers are words in Vietnamese form",
            |model| {
                model
                    .words((FIRST, PART), "1.655")
                    .words((FIRST, WHOLE), "2.290")
                    .words((FIRST + 6, VALUE), "1.234,5")
            },
            Read(&[(1, "1655/2290"), (7, "count=1234.5")]),
        ),
        (
            "numbers are words in English form",
            |model| {
                model
                    .words((FIRST, PART), "1,655")
                    .words((FIRST, WHOLE), "2,290")
                    .words((FIRST + 6, VALUE), "1,234.5")
            },
            Read(&[(1, "1655/2290"), (7, "count=1234.5")]),
        ),
        (
            "nothing tells in which form a word is written",
            |model| model.words((FIRST + 6, VALUE), "3,000"),
            Refused(&[("M13", "sheet-two-numbers")]),
        ),
        (
            "words of both forms stand side by side",
            |model| {
                model
                    .words((FIRST + 6, VALUE), "1.234,5")
                    .words((FIRST + 2, VALUE), "1,234.5")
                    .words((FIRST, PART), "1,655")
                    .words((FIRST, WHOLE), "2290")
            },
            Refused(&[("J7", "sheet-two-numbers")]),
        ),
        (
            "80 of a share",
            |model| model.number((FIRST + 3, VALUE), 80.0),
            Read(&[(4, "count=80")]),
        ),
        (
            "\"80%\" of a share",
            |model| model.words((FIRST + 3, VALUE), "80%"),
            Read(&[(4, "count=80")]),
        ),
        (
            "80% as a format",
            |model| model.percent((FIRST + 3, VALUE), 0.8),
            Read(&[(4, "count=80")]),
        ),
        (
            "\"0,8%\" is eight tenths of a percent",
            |model| model.words((FIRST + 3, VALUE), "0,8 %"),
            Read(&[(4, "count=0.8")]),
        ),
        (
            "0,8 of a share is 80 or 0,8",
            |model| model.number((FIRST + 3, VALUE), 0.8),
            Refused(&[("M10", "sheet-share-unclear")]),
        ),
        (
            "\"0.8\" of a share is no better",
            |model| model.words((FIRST + 3, VALUE), "0.8"),
            Refused(&[("M10", "sheet-share-unclear")]),
        ),
        (
            "a share where a numerator is asked for",
            |model| {
                model
                    .percent((FIRST, PART), 0.8)
                    .number((FIRST, WHOLE), 20.0)
            },
            Refused(&[("J7", "sheet-percent-for-part")]),
        ),
        (
            "0,8 where a numerator is asked for",
            |model| {
                model
                    .number((FIRST, PART), 0.8)
                    .number((FIRST, WHOLE), 20.0)
            },
            Refused(&[("J7", "not-whole")]),
        ),
        (
            "a share alone",
            |model| model.words((FIRST, SHARE), "80%"),
            Refused(&[("L7", "sheet-share-alone")]),
        ),
        (
            "a share that agrees",
            |model| typed(model).percent((FIRST, SHARE), 0.9),
            TYPED,
        ),
        (
            "a share that disagrees",
            |model| typed(model).words((FIRST, SHARE), "80%"),
            Refused(&[("L7", "sheet-share-differs")]),
        ),
        (
            "percent where things are counted",
            |model| model.words((FIRST + 2, VALUE), "80%"),
            Refused(&[("M9", "sheet-percent-for-count")]),
        ),
        (
            "a day where a number is asked for",
            |model| {
                model
                    .set((FIRST + 2, VALUE), Content::Day(String::new()))
                    .words((FIRST + 6, VALUE), "31/12/2023")
            },
            Refused(&[("M9", "sheet-day"), ("M13", "sheet-day")]),
        ),
        (
            "words where a number is asked for",
            |model| model.words((FIRST + 2, VALUE), "12 lớp"),
            Refused(&[("M9", "number-malformed")]),
        ),
        (
            "a part above the whole",
            |model| {
                model
                    .number((FIRST, PART), 21.0)
                    .number((FIRST, WHOLE), 20.0)
            },
            Refused(&[("J7", "numerator-above-denominator")]),
        ),
        (
            "less than none",
            |model| model.number((FIRST + 2, VALUE), -3.0),
            Refused(&[("M9", "number-range")]),
        ),
        (
            "cells of two rows were merged",
            |model| {
                model
                    .merge((FIRST + 2, VALUE), (FIRST + 3, VALUE))
                    .number((FIRST + 2, VALUE), 12.0)
            },
            Refused(&[("M9", "sheet-merged"), ("M10", "sheet-merged")]),
        ),
        (
            "numerator and denominator were merged",
            |model| {
                model
                    .merge((FIRST, PART), (FIRST, WHOLE))
                    .number((FIRST, PART), 12.0)
            },
            Refused(&[("J7", "sheet-merged")]),
        ),
        (
            "a wide note",
            |model| {
                typed(model)
                    .merge((FIRST, NOTE), (FIRST, NOTE + 2))
                    .words((FIRST, NOTE), "Dài")
            },
            TYPED,
        ),
        (
            "yes and no in both languages",
            |model| {
                model
                    .words((FIRST + 4, VALUE), "có")
                    .words((FIRST + 5, VALUE), "NO")
            },
            Read(&[(5, "reached=true"), (6, "reached=false")]),
        ),
        (
            "a cross instead of a word",
            |model| model.words((FIRST + 4, VALUE), "x"),
            Refused(&[("M11", "sheet-choice")]),
        ),
        (
            "some columns were sorted without the others",
            |model| {
                typed(model).swapped(FIRST, FIRST + 1, &[2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13])
            },
            Refused(&[("C7", "sheet-row-mixed"), ("C8", "sheet-row-mixed")]),
        ),
        (
            "whole rows were swapped",
            |model| typed(model).swapped(FIRST, FIRST + 1, &ALL),
            TYPED,
        ),
        (
            "a row was added by hand",
            |model| typed(model).number((FIRST + 8, PART), 4.0),
            Refused(&[("J15", "sheet-row-without-key")]),
        ),
        (
            "a number stands in the wrong column",
            |model| model.number((FIRST, VALUE), 80.0),
            Refused(&[("M7", "sheet-stray")]),
        ),
        (
            "a formula in a note",
            |model| model.formula((FIRST, NOTE), Content::Text("x".to_owned())),
            Refused(&[("N7", "sheet-formula-note")]),
        ),
        (
            "words that look like a formula in a note",
            |model| typed(model).words((FIRST, NOTE), "=HYPERLINK(\"http://x\")"),
            TYPED,
        ),
        (
            "a value was taken out",
            |model| model.clear((FIRST + 6, VALUE)),
            Read(&[(7, "none")]),
        ),
        (
            "half a value was taken out",
            |model| model.clear((FIRST + 1, WHOLE)),
            Read(&[(2, "45/-")]),
        ),
        (
            "machine noise",
            |model| model.number((FIRST + 6, VALUE), 0.1 + 0.2),
            Read(&[(7, "count=0.3")]),
        ),
        (
            "more places than are kept",
            |model| model.number((FIRST + 6, VALUE), 1.0 / 3.0),
            Refused(&[("M13", "too-many-decimals")]),
        ),
    ]
}

#[test]
fn each_is_read_right_or_refused_with_its_cell() {
    let corpus = corpus();
    assert!(corpus.len() >= 50, "{}", corpus.len());
    for (what, done, expected) in corpus {
        let reading = back(&done(made())).unwrap_or_else(|error| panic!("{what}: {error}"));
        let changed = reading
            .changes
            .iter()
            .filter(|change| change.before != change.after);
        let changed: Vec<(u16, String)> = changed
            .map(|change| (change.number, mark::value(change.after)))
            .collect();
        let refused: Vec<(&str, &str)> = reading
            .refusals
            .iter()
            .map(|refusal| {
                (
                    refusal.problem.field.as_str(),
                    refusal.problem.code.as_str(),
                )
            })
            .collect();
        match expected {
            Read(values) => {
                assert_eq!(refused, [], "{what}");
                let values: Vec<(u16, String)> = values
                    .iter()
                    .map(|(number, value)| (*number, (*value).to_owned()))
                    .collect();
                assert_eq!(changed, values, "{what}");
            }
            Refused(cells) => {
                assert_eq!(refused, cells, "{what}");
                for refusal in &reading.refusals {
                    let key = refusal.key.as_ref();
                    let moves = reading
                        .changes
                        .iter()
                        .any(|change| Some(&change.key) == key);
                    assert!(!moves, "{what}: a refused line changes nothing");
                }
            }
        }
    }
}
