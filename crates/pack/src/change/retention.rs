//! How long records are kept: another rule may have many of them due at once.

use super::{Change, Pair, Side, Touch, What};
use crate::declaration::Retention;
use crate::shape::Choice;

pub(super) fn compare(pair: &Pair<'_>, changes: &mut Vec<Change>) {
    let rule = |retention: Option<&Retention>| retention.and_then(Retention::rule);
    let (old, new) = (&pair.old.declared.retention, &pair.new.declared.retention);
    let (was, is) = (rule(old.as_ref()), rule(new.as_ref()));
    if was == is {
        return;
    }
    match (new, old) {
        (Some(new), _) if is.is_some() => {
            let change = pair
                .place
                .change(What::RetentionSet, Side::New, new.legal.symbol.span);
            let after: Vec<&str> = new.after.iter().map(|state| &*state.text).collect();
            let (amount, unit) = new
                .keep
                .map_or((0, ""), |keep| (keep.amount, keep.unit.word()));
            let change = change
                .with("amount", amount)
                .with("unit", unit)
                .with("after", after.join(", "))
                .with(
                    "then",
                    new.then.as_ref().map_or("", |then| then.value.word()),
                );
            changes.push(change.touching(Touch::Due));
        }
        (_, Some(old)) => {
            let span = old.legal.symbol.span;
            changes.push(pair.place.change(What::RetentionEnded, Side::Old, span));
        }
        _ => {}
    }
}
