//! Whom an edit of a role concerns, shown before it is applied.

use directory::access::RoleChange;
use directory::permission::RoleSpec;
use sha2::{Digest, Sha256};
use vocab::hex;

use super::super::Failure;
use super::desk::{Desk, account_link};
use crate::pages::roles::{PreviewDay, RolePreview};

/// Names a role exactly as it was previewed.
pub(super) fn digest(role: &RoleSpec, version: i64) -> Result<String, Failure> {
    let text = serde_json::to_string(&(role, version));
    let text = text.map_err(|error| Failure::internal(format!("writing a role: {error}")))?;
    Ok(hex::encode(Sha256::digest(text).as_slice()))
}

/// Who gains and who loses today, and on the role's first day if that is to come.
pub(super) async fn preview(
    desk: &Desk,
    role: &RoleSpec,
    again: bool,
) -> Result<RolePreview, Failure> {
    let first = role.valid_from.filter(|first| desk.today < *first);
    let mut days = Vec::new();
    for day in [Some(desk.today), first].into_iter().flatten() {
        let change = desk.app.directory.role_change(role, day).await?;
        days.push(shown(desk, &change));
    }
    Ok(RolePreview {
        again,
        days,
        grants: desk.sentences(&role.grants),
    })
}

fn shown(desk: &Desk, change: &RoleChange) -> PreviewDay {
    let words = desk.words();
    let named = |list: &[directory::access::AccountName]| list.iter().map(account_link).collect();
    PreviewDay {
        counts: words.t_args(
            "role-preview-counts",
            &[
                ("date", &words.date(&change.day)),
                ("gain", &change.gain.len()),
                ("lose", &change.lose.len()),
            ],
        ),
        gain: named(&change.gain),
        lose: named(&change.lose),
        cut: change
            .cut_at
            .map_or_else(String::new, |count| words.t1("rights-cut", "count", count)),
    }
}
