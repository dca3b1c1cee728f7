//! One row, read for the line that it is about.

use office::grid::Content;
use unicode_normalization::UnicodeNormalization;
use vocab::fold::fold;
use vocab::{Decimal, Evidence, FieldProblem};

use super::cells::Cells;
use super::columns::{NAME, NOTE, NUMBER, PART, SHARE, VALUE, WHOLE};
use super::number::{Held, held};
use super::{SheetLine, SheetWords};
use crate::declarations::LONGEST_NOTE;
use crate::entry_known::impossible;
use crate::figure::Entered;
use crate::import::IndicatorKind;

/// What a row says about its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Said {
    pub entered: Entered,
    /// Nothing where the column of notes was taken out.
    pub note: Option<String>,
    /// The cell that the value stands in, for the preview.
    pub cell: String,
}

/// Reads it, or says everything that is wrong with it.
pub(super) fn read(
    cells: Cells<'_>,
    line: &SheetLine,
    around: &Evidence,
    words: &[SheetWords],
) -> Result<Said, Vec<FieldProblem>> {
    let mut wrong = Vec::new();
    wrong.extend(mixed(cells, line));
    wrong.extend(cells.merged());
    let entered = match line.kind {
        IndicatorKind::Ratio => ratio(cells, around),
        IndicatorKind::Count => count(cells, line, around),
        IndicatorKind::Milestone | IndicatorKind::Standing => reached(cells, words),
    };
    let entered = entered.and_then(|entered| possible(cells, line, entered));
    let entered = entered.unwrap_or_else(|problems| {
        wrong.extend(problems);
        Entered::default()
    });
    let strays = match line.kind {
        IndicatorKind::Ratio => &[VALUE][..],
        _ => &[PART, WHOLE][..],
    };
    for id in strays {
        if cells.of(id).is_some() {
            wrong.push(cells.wrong(id, FieldProblem::new("", "sheet-stray")));
        }
    }
    let note = note(cells).unwrap_or_else(|problem| {
        wrong.push(problem);
        None
    });
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let cell = match line.kind {
        IndicatorKind::Ratio => cells.name(PART),
        _ => cells.name(VALUE),
    };
    Ok(Said {
        entered,
        note,
        cell,
    })
}

/// A row whose number or name is another line's: some of its cells were moved or sorted without
/// the others.
fn mixed(cells: Cells<'_>, line: &SheetLine) -> Option<FieldProblem> {
    let number = cells.of(NUMBER).and_then(|cell| match &cell.content {
        Content::Number(number) => Some(format!("{number}")),
        Content::Text(text) => Some(text.trim().to_owned()),
        _ => None,
    });
    let mixed = || FieldProblem::new("", "sheet-row-mixed").with("number", line.number);
    if number.is_some_and(|number| number != line.number.to_string()) {
        return Some(cells.wrong(NUMBER, mixed()));
    }
    let name = cells.text(NAME)?;
    (fold(name) != fold(&line.name)).then(|| cells.wrong(NAME, mixed()))
}

/// Numerator and denominator. A share that somebody typed over the computed one must agree with
/// them, and is never turned into them.
fn ratio(cells: Cells<'_>, around: &Evidence) -> Result<Entered, Vec<FieldProblem>> {
    let part = |id: &str| -> Result<Option<i64>, FieldProblem> {
        let Some(cell) = cells.of(id) else {
            return Ok(None);
        };
        let held = held(cell, around).map_err(|problem| cells.wrong(id, problem))?;
        let Some(held) = held else {
            return Ok(None);
        };
        let wrong = |code| cells.wrong(id, FieldProblem::new("", code));
        if held.percent {
            return Err(wrong("sheet-percent-for-part"));
        }
        if held.value.scale() > 0 {
            return Err(wrong("not-whole"));
        }
        Ok(Some(held.value.mantissa()))
    };
    let (numerator, denominator) = match (part(PART), part(WHOLE)) {
        (Ok(numerator), Ok(denominator)) => (numerator, denominator),
        (one, other) => return Err([one.err(), other.err()].into_iter().flatten().collect()),
    };
    let entered = Entered {
        numerator,
        denominator,
        ..Entered::default()
    };
    match share(cells, around, entered) {
        Some(problem) => Err(vec![problem]),
        None => Ok(entered),
    }
}

fn share(cells: Cells<'_>, around: &Evidence, entered: Entered) -> Option<FieldProblem> {
    let cell = cells.of(SHARE).filter(|cell| !cell.formula)?;
    let typed = match held(cell, around) {
        Ok(typed) => typed?,
        Err(problem) => return Some(cells.wrong(SHARE, problem)),
    };
    let wrong = |code| Some(cells.wrong(SHARE, FieldProblem::new("", code)));
    let (Some(part), Some(whole)) = (entered.numerator, entered.denominator) else {
        return wrong("sheet-share-alone");
    };
    let agrees = vocab::Ratio::new(part, whole)
        .percent(2)
        .is_some_and(|percent| near(typed, percent));
    if agrees {
        None
    } else {
        wrong("sheet-share-differs")
    }
}

/// Whether a typed share is this one, as far as it was typed: 72 is near 72,27, and so is 0,72
/// where no percent sign says otherwise.
fn near(typed: Held, percent: Decimal) -> bool {
    let same =
        |value: Decimal| percent.round_half_up(value.scale().min(2)) == value.round_half_up(2);
    let hundredfold = typed.value.checked_mul(100.into());
    same(typed.value)
        || (!typed.percent && hundredfold.is_some_and(|value| same(value.normalized())))
}

fn count(
    cells: Cells<'_>,
    line: &SheetLine,
    around: &Evidence,
) -> Result<Entered, Vec<FieldProblem>> {
    let Some(cell) = cells.of(VALUE) else {
        return Ok(Entered::default());
    };
    let held = held(cell, around).map_err(|problem| vec![cells.wrong(VALUE, problem)])?;
    let Some(held) = held else {
        return Ok(Entered::default());
    };
    let wrong = |problem| Err(vec![cells.wrong(VALUE, problem)]);
    let share = line.measure_unit.as_deref() == Some("%");
    if held.percent && !share {
        return wrong(FieldProblem::new("", "sheet-percent-for-count"));
    }
    // 0,8 may be eight tenths of a percent, or eighty: only a percent sign says which.
    let unit = Decimal::from(1);
    if share && !held.percent && held.value > Decimal::ZERO && held.value <= unit {
        let hundredfold = held.value.checked_mul(100.into()).unwrap_or_default();
        let unclear = FieldProblem::new("", "sheet-share-unclear");
        let unclear = unclear.with("fraction", held.value);
        return wrong(unclear.with("whole", hundredfold.normalized()));
    }
    if held.value.scale() > registry::COLUMN_SCALE {
        return wrong(FieldProblem::new("", "too-many-decimals"));
    }
    Ok(Entered {
        count: Some(held.value),
        ..Entered::default()
    })
}

fn reached(cells: Cells<'_>, words: &[SheetWords]) -> Result<Entered, Vec<FieldProblem>> {
    let Some(cell) = cells.of(VALUE) else {
        return Ok(Entered::default());
    };
    let reached = match &cell.content {
        Content::Flag(reached) if !cell.formula => Some(*reached),
        Content::Text(text) if text.trim().is_empty() => return Ok(Entered::default()),
        Content::Text(text) if !cell.formula => {
            let text = fold(text);
            let mut flags = words.iter().flat_map(|words| &words.flags).zip(0..);
            let flag = flags.find(|(flag, _)| fold(flag) == text);
            flag.map(|(_, place)| place % 2 == 0)
        }
        _ => None,
    };
    if let Some(reached) = reached {
        return Ok(Entered {
            reached: Some(reached),
            ..Entered::default()
        });
    }
    let flags = words.first().map(|words| words.flags.join(" / "));
    let problem = FieldProblem::new("", "sheet-choice");
    let problem = problem.with("choices", flags.unwrap_or_default());
    Err(vec![cells.wrong(VALUE, problem)])
}

/// What cannot be is refused here as everywhere.
fn possible(
    cells: Cells<'_>,
    line: &SheetLine,
    entered: Entered,
) -> Result<Entered, Vec<FieldProblem>> {
    let problems = impossible(line.kind, entered);
    if problems.is_empty() {
        return Ok(entered);
    }
    let place = |field: &str| match field {
        "numerator" => PART,
        "denominator" => WHOLE,
        _ => VALUE,
    };
    let problems = problems.into_iter();
    Err(problems
        .map(|problem| cells.wrong(place(&problem.field), problem.clone()))
        .collect())
}

fn note(cells: Cells<'_>) -> Result<Option<String>, FieldProblem> {
    if cells.columns.of(NOTE).is_none() {
        return Ok(None);
    }
    let Some(cell) = cells.of(NOTE) else {
        return Ok(Some(String::new()));
    };
    let wrong = |code: &str| cells.wrong(NOTE, FieldProblem::new("", code));
    if cell.formula {
        return Err(wrong("sheet-formula-note"));
    }
    let text = match &cell.content {
        Content::Text(text) | Content::Day(text) => text.replace("\r\n", "\n").replace('\r', "\n"),
        Content::Number(number) => number.to_string(),
        Content::Flag(_) | Content::Fault | Content::Nothing => {
            return Err(wrong("sheet-fault"));
        }
    };
    if text.contains(registry::unprintable) {
        return Err(wrong("text-control"));
    }
    if text.chars().count() > LONGEST_NOTE {
        let problem = wrong("text-too-long");
        return Err(problem.with("limit", LONGEST_NOTE));
    }
    // As forms take text: composed letters.
    Ok(Some(text.trim().nfc().collect()))
}
