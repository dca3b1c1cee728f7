//! Writing a sheet.

use office::Value;
use office::fill_in::{Column, Field, FillIn, Line, Takes};
use office::xlsx::XlsxWriteError;
use vocab::{Decimal, Ratio};

use super::columns::{self, BASE, KEY};
use super::ours::PROOF;
use super::{COLUMNS, SheetHead, SheetLine, SheetWords, mark};
use crate::declarations::LARGEST;
use crate::figure::Entered;
use crate::import::IndicatorKind;

/// The name of the sheet that says what the file is.
const PROOF_SHEET: &str = "phusa";

/// The share of a row, computed where it is filled in.
const SHARE: &str = "IF(AND(ISNUMBER({phusa:tu-so}),ISNUMBER({phusa:mau-so})),IF({phusa:mau-so}>0,{phusa:tu-so}/{phusa:mau-so},\"\"),\"\")";

/// The widths of the columns, in characters; 0 keeps one out of sight.
const WIDTHS: [f64; 14] = [
    0.0, 0.0, 6.0, 52.0, 13.0, 13.0, 16.0, 12.0, 16.0, 14.0, 14.0, 10.0, 16.0, 40.0,
];

/// The whole file. Lines whose report was handed in are locked.
pub fn write(
    head: &SheetHead,
    lines: &[SheetLine],
    words: &SheetWords,
) -> Result<Vec<u8>, XlsxWriteError> {
    let mut above = vec![Line {
        text: &words.title,
        loud: false,
    }];
    if head.made_up {
        above.push(Line {
            text: &words.made_up,
            loud: true,
        });
    }
    above.extend(
        words
            .instructions
            .iter()
            .map(|text| Line { text, loud: false }),
    );
    let titles = words.titles.iter().map(String::as_str);
    let titles = titles.chain(std::iter::repeat(""));
    let columns: Vec<Column<'_>> = COLUMNS
        .iter()
        .zip(titles)
        .zip(WIDTHS)
        .map(|((id, title), width)| Column { id, title, width })
        .collect();
    let texts: Vec<Texts> = lines.iter().map(|line| Texts::of(head, line)).collect();
    let choices = [words.flags[0].as_str(), words.flags[1].as_str()];
    let rows: Vec<Vec<Field<'_>>> = lines
        .iter()
        .zip(&texts)
        .map(|(line, texts)| row(line, texts, words, &choices))
        .collect();
    let proof = [
        (PROOF, String::new()),
        ("campaign", head.campaign.clone()),
        ("unit", head.unit.to_string()),
        ("unit-name", head.unit_name.clone()),
        ("period", head.period.code()),
    ];
    FillIn {
        name: &words.sheet,
        made: head.made,
        head: &above,
        columns: &columns,
        rows: &rows,
        proof: (PROOF_SHEET, &proof),
    }
    .write()
}

/// The texts that a row borrows.
struct Texts {
    key: String,
    base: String,
    name: String,
    last: String,
}

impl Texts {
    fn of(head: &SheetHead, line: &SheetLine) -> Self {
        Self {
            key: mark::key_cell(head, &line.key),
            base: mark::base(line.entered, &line.note),
            name: line.name.clone(),
            last: match (line.last.numerator, line.last.denominator) {
                (Some(part), Some(whole)) => {
                    let number = |value: i64| Decimal::from(value).format(vocab::Lang::Vi);
                    format!("{} / {}", number(part), number(whole))
                }
                _ => String::new(),
            },
        }
    }
}

fn row<'a>(
    line: &'a SheetLine,
    texts: &'a Texts,
    words: &'a SheetWords,
    choices: &'a [&'a str; 2],
) -> Vec<Field<'a>> {
    let text = |text: &'a str| match text {
        "" => Field::Locked(Value::Empty),
        text => Field::Locked(Value::Text(text)),
    };
    COLUMNS
        .iter()
        .map(|id| match *id {
            KEY => text(&texts.key),
            BASE => text(&texts.base),
            columns::NUMBER => Field::Locked(Value::Number(i64::from(line.number).into())),
            columns::NAME => text(&texts.name),
            columns::KIND => text(&words.kinds[kind(line)]),
            columns::MEASURE_UNIT => text(line.measure_unit.as_deref().unwrap_or_default()),
            columns::GOAL => text(&line.goal),
            columns::BASELINE => match line.baseline {
                Some(value) => Field::Locked(Value::Number(value)),
                None => Field::Locked(Value::Empty),
            },
            columns::LAST => last(line, texts, words),
            _ => entry(id, line, words, choices),
        })
        .collect()
}

const fn kind(line: &SheetLine) -> usize {
    match line.kind {
        IndicatorKind::Ratio => 0,
        IndicatorKind::Count => 1,
        IndicatorKind::Milestone => 2,
        IndicatorKind::Standing => 3,
    }
}

/// What was reported before, as it is read.
fn last<'a>(line: &'a SheetLine, texts: &'a Texts, words: &'a SheetWords) -> Field<'a> {
    match line.last {
        Entered {
            count: Some(count), ..
        } => Field::Locked(Value::Number(count)),
        Entered {
            reached: Some(reached),
            ..
        } => Field::Locked(Value::Text(flag(words, reached))),
        _ if texts.last.is_empty() => Field::Locked(Value::Empty),
        _ => Field::Locked(Value::Text(&texts.last)),
    }
}

fn flag(words: &SheetWords, reached: bool) -> &str {
    &words.flags[usize::from(!reached)]
}

/// A cell that is entered in; locked where the line asks for another one, or was handed in.
fn entry<'a>(
    id: &str,
    line: &'a SheetLine,
    words: &'a SheetWords,
    choices: &'a [&'a str; 2],
) -> Field<'a> {
    let ratio = line.kind == IndicatorKind::Ratio;
    let number =
        |value: Option<i64>| value.map_or(Value::Empty, |value| Value::Number(value.into()));
    let whole = |least| Takes::Whole {
        least,
        most: LARGEST,
        otherwise: &words.whole,
    };
    let (value, takes) = match id {
        columns::PART if ratio => (number(line.entered.numerator), whole(0)),
        columns::WHOLE if ratio => (number(line.entered.denominator), whole(1)),
        columns::SHARE if ratio => {
            let share = share(line.entered);
            return Field::Computed {
                formula: SHARE,
                result: share,
                format: "0.00%",
            };
        }
        columns::VALUE if line.kind == IndicatorKind::Count => {
            let takes = Takes::Decimal {
                least: 0,
                most: LARGEST,
                otherwise: &words.decimal,
            };
            let value = line.entered.count.map_or(Value::Empty, Value::Number);
            (value, takes)
        }
        columns::VALUE if !ratio => {
            let value = line.entered.reached;
            let value = value.map_or(Value::Empty, |reached| Value::Text(flag(words, reached)));
            (value, Takes::OneOf(choices, &words.choice))
        }
        columns::NOTE if line.note.is_empty() => (Value::Empty, Takes::Text),
        columns::NOTE => (Value::Text(&line.note), Takes::Text),
        _ => return Field::Locked(Value::Empty),
    };
    if line.open {
        Field::Open(value, takes)
    } else {
        Field::Locked(value)
    }
}

/// A share as a spreadsheet keeps it: 0.75.
fn share(entered: Entered) -> Option<f64> {
    let (part, whole) = (entered.numerator?, entered.denominator?);
    let percent = Ratio::new(part, whole).percent(6)?;
    let percent: f64 = percent.to_string().parse().ok()?;
    Some(percent / 100.0)
}
