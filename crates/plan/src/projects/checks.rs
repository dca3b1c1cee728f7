//! What looks wrong with an entry. Nothing of it is refused: it is explained in words that stay
//! with the entry, or corrected.

use std::collections::BTreeMap;

use vocab::Vnd;

use super::{Amounts, EntryBody, EntryKind, Source};
use crate::entry::{Code, Finding};
use crate::records::Budget;

/// A thousand times less than listed: đồng and triệu đồng, or nghìn đồng, were mistaken.
const MISTAKEN_UNIT: i64 = 1_000;

/// What is known around an entry: of the same project, without the entry itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Known {
    /// What the annex lists.
    pub listed: Budget,
    /// The estimate that counts.
    pub estimate: Option<Amounts>,
    /// What all contracts that count are worth; without the one that this entry replaces.
    pub contracted: Option<Amounts>,
    /// What was paid, approved or not.
    pub paid: Amounts,
    /// How far it was at last.
    pub percent: Option<i64>,
    /// Whether it was accepted.
    pub accepted: bool,
}

/// What looks wrong.
pub(super) fn check(entry: &EntryBody, known: &Known) -> Vec<Finding> {
    let mut found = Vec::new();
    let kind = entry.kind;
    if kind.has_money() && !entry.amounts.is_zero() {
        money(entry, known, &mut found);
    }
    if kind == EntryKind::Progress
        && let (Some(now), Some(before)) = (entry.percent, known.percent)
        && now < before
    {
        found.push(finding(
            Code::ProgressFell,
            "percent",
            &[("value", now.to_string()), ("before", before.to_string())],
        ));
    }
    let no_contract = known.contracted.is_none();
    let early = match kind {
        EntryKind::Acceptance => no_contract,
        EntryKind::Settlement => !known.accepted,
        _ => false,
    };
    if early {
        found.push(finding(Code::StepTooEarly, "kind", &[]));
    }
    found
}

fn money(entry: &EntryBody, known: &Known, found: &mut Vec<Finding>) {
    let total = entry.amounts.total();
    let listed = known.listed.total.filter(|listed| listed.dong() > 0);
    let whole = matches!(
        entry.kind,
        EntryKind::InPrinciple | EntryKind::Estimate | EntryKind::Settlement
    );
    if let Some(listed) = listed {
        if whole && total > listed {
            found.push(against(Code::AboveListed, total, listed));
        }
        let tiny = total.dong().checked_mul(MISTAKEN_UNIT);
        if whole && tiny.is_some_and(|tiny| tiny <= listed.dong()) {
            found.push(against(Code::FarBelowListed, total, listed));
        }
    }
    match entry.kind {
        EntryKind::Contract => {
            let before = known.contracted.unwrap_or_default();
            let contracted = before.plus(entry.amounts).total();
            above(found, Code::AboveEstimate, contracted, known.estimate);
        }
        EntryKind::Payment => {
            let paid = known.paid.plus(entry.amounts).total();
            // What a contract does not cover, the estimate does not cover either.
            if known.contracted.is_some() {
                above(found, Code::PaidAboveContract, paid, known.contracted);
            } else {
                above(found, Code::AboveEstimate, paid, known.estimate);
            }
        }
        EntryKind::Settlement => {
            above(found, Code::AboveEstimate, total, known.estimate);
        }
        _ => {}
    }
    // Where the annex states a total alone, it lists no source that could be another.
    let listed = [
        (Source::Recurrent, known.listed.recurrent),
        (Source::Capital, known.listed.capital),
    ];
    let sources = listed.iter().any(|(_, listed)| listed.is_some());
    for (source, listed) in listed {
        let unlisted = listed.is_none_or(|listed| listed == Vnd::ZERO);
        if sources && unlisted && entry.amounts.of(source) > Vnd::ZERO {
            found.push(of_source(Code::SourceUnlisted, source, entry));
        }
    }
    if entry.amounts.other > Vnd::ZERO {
        found.push(of_source(Code::SourceOther, Source::Other, entry));
    }
}

fn of_source(code: Code, source: Source, entry: &EntryBody) -> Finding {
    finding(
        code,
        source.name(),
        &[
            ("against", format!("source-{}", source.name())),
            ("value", entry.amounts.of(source).to_string()),
        ],
    )
}

/// More than what stands behind it, or nothing behind it at all.
fn above(found: &mut Vec<Finding>, code: Code, amount: Vnd, behind: Option<Amounts>) {
    match behind {
        None => found.push(finding(
            Code::NothingBehind,
            "amount",
            &[("value", amount.to_string())],
        )),
        Some(behind) if amount > behind.total() => {
            found.push(against(code, amount, behind.total()));
        }
        Some(_) => {}
    }
}

fn against(code: Code, amount: Vnd, limit: Vnd) -> Finding {
    let figures = [
        ("value", amount.to_string()),
        ("reference", limit.to_string()),
    ];
    finding(code, "amount", &figures)
}

fn finding(code: Code, field: &'static str, figures: &[(&str, String)]) -> Finding {
    let mut told: BTreeMap<String, String> = figures
        .iter()
        .map(|(name, figure)| ((*name).to_owned(), figure.clone()))
        .collect();
    if told.contains_key("value") {
        let share = code == Code::ProgressFell;
        let unit = if share { "%" } else { "đồng" };
        told.insert("unit".to_owned(), unit.to_owned());
    }
    Finding {
        code,
        field,
        figures: told,
    }
}

#[cfg(test)]
mod tests {
    use vocab::Id;

    use super::*;

    fn entry(kind: EntryKind, recurrent: i64, capital: i64) -> EntryBody {
        EntryBody {
            project: Id::NIL,
            key: String::new(),
            kind,
            on: None,
            symbol: String::new(),
            party: String::new(),
            until: None,
            percent: None,
            milestone: String::new(),
            period: None,
            amounts: Amounts {
                recurrent: Vnd::new(recurrent),
                capital: Vnd::new(capital),
                other: Vnd::ZERO,
            },
            other_source: String::new(),
            note: String::new(),
            evidence: Vec::new(),
            checks: Vec::new(),
        }
    }

    fn known() -> Known {
        let amounts = |dong| Amounts {
            recurrent: Vnd::new(dong),
            ..Amounts::default()
        };
        Known {
            listed: Budget {
                total: Some(Vnd::new(750_000_000)),
                recurrent: Some(Vnd::new(750_000_000)),
                capital: None,
            },
            estimate: Some(amounts(700_000_000)),
            contracted: Some(amounts(680_000_000)),
            paid: amounts(400_000_000),
            percent: Some(60),
            accepted: false,
        }
    }

    fn codes(entry: &EntryBody, known: &Known) -> Vec<Code> {
        check(entry, known).iter().map(|found| found.code).collect()
    }

    #[test]
    fn what_stays_within_what_stands_behind_it_is_not_asked_about() {
        let known = known();
        for entry in [
            entry(EntryKind::Estimate, 750_000_000, 0),
            entry(EntryKind::Payment, 280_000_000, 0),
            entry(EntryKind::Contract, 20_000_000, 0),
        ] {
            assert_eq!(codes(&entry, &known), [], "{entry:?}");
        }
    }

    #[test]
    fn one_dong_more_is_asked_about() {
        let known = known();
        for (entry, code) in [
            (
                entry(EntryKind::Estimate, 750_000_001, 0),
                Code::AboveListed,
            ),
            (
                entry(EntryKind::Payment, 280_000_001, 0),
                Code::PaidAboveContract,
            ),
            (
                entry(EntryKind::Contract, 20_000_001, 0),
                Code::AboveEstimate,
            ),
        ] {
            assert_eq!(codes(&entry, &known), [code], "{entry:?}");
        }
    }

    #[test]
    fn money_without_anything_behind_it_or_of_another_source_is_asked_about() {
        let bare = Known {
            estimate: None,
            contracted: None,
            ..known()
        };
        let paid = entry(EntryKind::Payment, 1_000_000, 0);
        assert_eq!(codes(&paid, &bare), [Code::NothingBehind]);
        let other = entry(EntryKind::Payment, 0, 1_000_000);
        assert_eq!(codes(&other, &known()), [Code::SourceUnlisted]);
        // The annex states a total and no source.
        let total = Known {
            listed: Budget {
                total: Some(Vnd::new(750_000_000)),
                ..Budget::default()
            },
            ..known()
        };
        assert_eq!(codes(&other, &total), []);
    }

    #[test]
    fn a_mistaken_unit_and_steps_out_of_their_order_are_asked_about() {
        let known = known();
        let mistaken = entry(EntryKind::Estimate, 750, 0);
        assert_eq!(codes(&mistaken, &known), [Code::FarBelowListed]);
        let settled = entry(EntryKind::Settlement, 600_000_000, 0);
        assert_eq!(codes(&settled, &known), [Code::StepTooEarly]);
        let mut fell = entry(EntryKind::Progress, 0, 0);
        fell.percent = Some(59);
        assert_eq!(codes(&fell, &known), [Code::ProgressFell]);
    }
}
