//! Whether a file is a sheet of ours at all, and this one.

use office::grid::{Content, GridSheet, cell_name};

use super::columns::{Columns, PART, VALUE, WHOLE};
use super::read::SheetError;
use super::{SheetHead, SheetLine, SheetWords};
use crate::import::IndicatorKind;

/// Refuses a sheet that was made for something else.
pub(super) fn demand_ours(sheets: &[GridSheet], head: &SheetHead) -> Result<(), SheetError> {
    let Some(proof) = sheets.iter().find(|sheet| is_proof(sheet)) else {
        // Its rows say themselves whose they are.
        return Ok(());
    };
    let said = |name: &str| {
        let mut rows = proof.cells.iter();
        let row = rows.find_map(|((row, column), cell)| {
            let named = *column == 0 && cell.content == Content::Text(name.to_owned());
            named.then_some(*row)
        });
        match &proof.cells.get(&(row?, 1))?.content {
            Content::Text(text) => Some(text.as_str()),
            _ => None,
        }
    };
    let (unit, period) = (head.unit.to_string(), head.period.code());
    for (what, shown, expected) in [
        ("unit", "unit-name", unit.as_str()),
        ("period", "period", &period),
        ("campaign", "campaign", &head.campaign),
    ] {
        if let Some(found) = said(what)
            && found != expected
        {
            let found = said(shown).unwrap_or(found).to_owned();
            return Err(SheetError::Other { what, found });
        }
    }
    Ok(())
}

/// The first cell of the sheet that says what a file is.
pub(super) const PROOF: &str = "phusa sheet 1";

pub(super) fn is_proof(sheet: &GridSheet) -> bool {
    let first = sheet.cells.get(&(0, 0));
    first.is_some_and(|cell| cell.content == Content::Text(PROOF.to_owned()))
}

/// Refuses a sheet in which a column is there twice, or one that its lines need is not there.
pub(super) fn demand_columns(
    sheet: &GridSheet,
    columns: &Columns,
    lines: &[SheetLine],
    words: &[SheetWords],
    qualified: bool,
) -> Result<(), SheetError> {
    if let Some(place) = columns.twice {
        let cell = if qualified {
            format!("{}!{}", sheet.name, cell_name(place))
        } else {
            cell_name(place)
        };
        return Err(SheetError::ColumnTwice { cell });
    }
    let ratio = |line: &SheetLine| line.kind == IndicatorKind::Ratio;
    let needed = [
        (PART, lines.iter().any(ratio)),
        (WHOLE, lines.iter().any(ratio)),
        (VALUE, !lines.iter().all(ratio)),
    ];
    let missing = needed
        .into_iter()
        .find(|(id, needed)| *needed && columns.of(id).is_none());
    match missing {
        None => Ok(()),
        Some((id, _)) => {
            let at = super::COLUMNS.iter().position(|known| *known == id);
            let titles = words.first().map(|words| &words.titles);
            let title = at.and_then(|at| titles?.get(at));
            Err(SheetError::ColumnMissing {
                column: title.cloned().unwrap_or_default(),
            })
        }
    }
}
