//! Whatever of what may be done to a sheet is done to it, it says the same.

use std::collections::HashMap;

use office::grid::{Content, GridSheet};
use proptest::prelude::*;

use super::*;

/// What may be done without changing what a sheet says. Numbers choose where.
#[derive(Clone, Debug)]
enum Done {
    PutColumnIn(u32),
    DeleteReadOnlyColumn(u32),
    ReverseColumns,
    PutRowIn(u32),
    SwapRows(u32, u32),
    CopyRow(u32),
    DeleteRow(u32),
    DeleteNames,
    DeleteProof,
    NumbersToWords,
    NumbersToFormulas,
    Hide(u32, u16),
    AddSheet,
    CopySheet,
    Rename,
}

fn done() -> impl Strategy<Value = Done> {
    prop_oneof![
        (0_u32..16).prop_map(Done::PutColumnIn),
        (0_u32..5).prop_map(Done::DeleteReadOnlyColumn),
        Just(Done::ReverseColumns),
        (0_u32..16).prop_map(Done::PutRowIn),
        (0_u32..7, 0_u32..7).prop_map(|(one, other)| Done::SwapRows(one, other)),
        (0_u32..7).prop_map(Done::CopyRow),
        (0_u32..7).prop_map(Done::DeleteRow),
        Just(Done::DeleteNames),
        Just(Done::DeleteProof),
        Just(Done::NumbersToWords),
        Just(Done::NumbersToFormulas),
        (0_u32..16, 0_u16..14).prop_map(|(row, column)| Done::Hide(row, column)),
        Just(Done::AddSheet),
        Just(Done::CopySheet),
        Just(Done::Rename),
    ]
}

/// Where the columns and lines of a model stand now.
struct Place {
    header: u32,
    columns: HashMap<&'static str, u32>,
    rows: Vec<u32>,
}

fn place(model: &Model) -> Option<Place> {
    let columns = columns::Columns::find(&model.sheets[0], &languages())?;
    let key = columns.of(columns::KEY)?;
    let cells = &model.sheets[0].cells;
    let rows = cells.iter().filter(|((_, column), cell)| {
        *column == key
            && matches!(&cell.content, Content::Text(text) if mark::key_of(text).is_some())
    });
    Some(Place {
        header: columns.header,
        rows: rows.map(|((row, _), _)| *row).collect(),
        columns: COLUMNS
            .iter()
            .filter_map(|id| Some((*id, columns.of(id)?)))
            .collect(),
    })
}

impl Done {
    fn to(&self, model: Model) -> Model {
        let Some(place) = place(&model) else {
            return model;
        };
        let row = |nth: &u32| place.rows.get(*nth as usize).copied();
        let last = model.sheets[0].cells.keys().map(|(row, _)| *row).max();
        let last = last.unwrap_or_default();
        match self {
            Self::PutColumnIn(at) => model.with_column(*at),
            Self::DeleteReadOnlyColumn(nth) => {
                let ids = [
                    columns::KIND,
                    columns::GOAL,
                    columns::LAST,
                    columns::SHARE,
                    columns::NAME,
                ];
                match place.columns.get(ids[*nth as usize]) {
                    Some(column) => model.without_column(*column),
                    None => model,
                }
            }
            Self::ReverseColumns => {
                let cells = &model.sheets[0].cells;
                let most = cells.keys().map(|(_, column)| *column).max();
                let most = most.unwrap_or_default();
                model.moved(|(row, column)| Some((row, most - column)))
            }
            Self::PutRowIn(at) => {
                // Between the names and the titles nobody sees a place to put one.
                let at = if *at == place.header + 1 {
                    *at + 1
                } else {
                    *at
                };
                model.with_row(at)
            }
            Self::SwapRows(one, other) => match (row(one), row(other)) {
                (Some(one), Some(other)) => {
                    let every: Vec<u32> = (0..64).collect();
                    model.swapped(one, other, &every)
                }
                _ => model,
            },
            Self::CopyRow(nth) => match row(nth) {
                Some(row) => model.copied(row, last + 2),
                None => model,
            },
            Self::DeleteRow(nth) => match row(nth) {
                Some(row) => model.without_row(row),
                None => model,
            },
            Self::DeleteNames => {
                let names = model.sheets[0].cells.iter().any(|((row, _), cell)| {
                    *row == place.header && cell.content == Content::Text(columns::KEY.to_owned())
                });
                if names {
                    model.without_row(place.header)
                } else {
                    model
                }
            }
            Self::DeleteProof => {
                let mut model = model;
                model.sheets.retain(|sheet| sheet.name != "phusa");
                model
            }
            Self::NumbersToWords | Self::NumbersToFormulas => {
                let mut model = model;
                let entry = [columns::PART, columns::WHOLE, columns::VALUE];
                let entry: Vec<u32> = entry
                    .iter()
                    .filter_map(|id| place.columns.get(id).copied())
                    .collect();
                let words = matches!(self, Self::NumbersToWords);
                for ((row, column), cell) in &mut model.sheets[0].cells {
                    if !place.rows.contains(row) || !entry.contains(column) || cell.formula {
                        continue;
                    }
                    if let Content::Number(number) = cell.content {
                        if words {
                            let text = number.to_string().replace('.', ",");
                            cell.content = Content::Text(text);
                        } else {
                            cell.formula = true;
                        }
                    }
                }
                model
            }
            Self::Hide(row, column) => {
                let mut model = model;
                model.hidden_rows.push(*row);
                model.hidden_columns.push(*column);
                model
            }
            Self::AddSheet => {
                let mut model = model;
                model.sheets.push(GridSheet {
                    name: free_name(&model, "Nháp"),
                    visible: true,
                    ..GridSheet::default()
                });
                model
            }
            Self::CopySheet => {
                let mut model = model;
                let copy = GridSheet {
                    name: free_name(&model, "Bản sao"),
                    ..model.sheets[0].clone()
                };
                model.sheets.push(copy);
                model
            }
            Self::Rename => {
                let mut model = model;
                model.sheets[0].name = "Sheet1".to_owned();
                model
            }
        }
    }
}

fn typed() -> impl Strategy<Value = Vec<Option<Entered>>> {
    let part = (0_i64..5_000, 0_i64..5_000)
        .prop_map(|(one, other)| ratio(one.min(other), one.max(other).max(1)));
    let amount = (0_i64..1_000_000).prop_map(|cents| Entered {
        count: Some(Decimal::new(cents, 2).unwrap()),
        ..Entered::default()
    });
    let share = (2_i64..100).prop_map(|percent| count(&percent.to_string()));
    let things = (0_i64..900).prop_map(|things| count(&things.to_string()));
    let maybe = |strategy: BoxedStrategy<Entered>| prop::option::of(strategy);
    (
        maybe(part.clone().boxed()),
        maybe(part.boxed()),
        maybe(things.boxed()),
        maybe(share.boxed()),
        maybe(any::<bool>().prop_map(reached).boxed()),
        maybe(any::<bool>().prop_map(reached).boxed()),
        maybe(amount.boxed()),
    )
        .prop_map(|(a, b, c, d, e, f, g)| vec![a, b, c, d, e, f, g])
}

/// Types values into the cells of the lines.
fn enter(mut model: Model, values: &[Option<Entered>]) -> Model {
    for (row, value) in (FIRST..).zip(values) {
        let Some(value) = value else {
            continue;
        };
        let number = |model: Model, column, number: String| {
            model.number((row, column), number.parse().unwrap())
        };
        model = match *value {
            Entered {
                numerator: Some(part),
                denominator: Some(whole),
                ..
            } => {
                let model = number(model, PART, part.to_string());
                number(model, WHOLE, whole.to_string())
            }
            Entered {
                count: Some(count), ..
            } => number(model, VALUE, count.to_string()),
            Entered {
                reached: Some(reached),
                ..
            } => model.words((row, VALUE), if reached { "Có" } else { "Không" }),
            _ => model,
        };
    }
    model
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn whatever_is_done_the_values_are_the_same(
        values in typed(),
        doings in prop::collection::vec(done(), 0..8),
    ) {
        let mut model = enter(made(), &values);
        for doing in &doings {
            model = doing.to(model);
        }
        let reading = back(&model).unwrap();
        prop_assert_eq!(&reading.refusals, &[]);
        for (line, typed) in lines().iter().zip(&values) {
            if reading.absent.contains(&line.key) {
                prop_assert!(doings.iter().any(|doing| matches!(doing, Done::DeleteRow(_))));
                continue;
            }
            let change = reading.changes.iter().find(|change| change.key == line.key);
            let after = change.map_or(line.entered, |change| change.after);
            let expected = typed.unwrap_or(line.entered);
            prop_assert_eq!(mark::value(after), mark::value(expected), "{}", line.key);
        }
        let counted = reading.changes.len() + reading.same + reading.absent.len();
        prop_assert_eq!(counted, lines().len());
    }

    /// Nobody's bytes stop the reader.
    #[test]
    fn damaged_files_are_read_or_refused(at in 0_usize..20_000, byte in any::<u8>()) {
        let mut file = made().file();
        let at = at % file.len();
        file[at] = byte;
        let _ = read(&file, &head(), &lines(), &languages());
    }
}

/// A name that no sheet has yet, in whatever case: sheets come and go.
fn free_name(model: &Model, stem: &str) -> String {
    let taken = |name: &String| {
        let lower = name.to_lowercase();
        model
            .sheets
            .iter()
            .any(|sheet| sheet.name.to_lowercase() == lower)
    };
    let mut names = (1..).map(|number| format!("{stem} {number}"));
    names.find(|name| !taken(name)).unwrap()
}
