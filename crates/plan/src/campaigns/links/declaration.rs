//! What a link holds, and who makes and withdraws it.

use directory::Act;
use registry::{Declaration, Field, FieldKind, Indexed, Lifecycle, Step};

use super::{OPEN, SHEET_LINK, WITHDRAWN};

/// The longest name of whoever made one, in characters.
pub(super) const LONGEST_MAKER: usize = 200;

/// A link: open, withdrawn, and open again when it is made anew.
pub(crate) fn declaration() -> Declaration {
    Declaration {
        kind: SHEET_LINK,
        fields: vec![
            Field::required("campaign", FieldKind::Reference).indexed(Indexed::Filtered),
            Field::required("sheet", FieldKind::Reference).indexed(Indexed::Unique),
            Field::required("digest", FieldKind::Text(64)).indexed(Indexed::Unique),
            Field::required("ends_on", FieldKind::Text(10)).indexed(Indexed::Shown),
            Field::optional("email", FieldKind::Text(200)),
            Field::required("made_by", FieldKind::Text(LONGEST_MAKER)),
            Field::required("made_at", FieldKind::Whole(0, i64::MAX)),
        ],
        order: &["ends_on"],
        orders: Vec::new(),
        lifecycle: Lifecycle {
            initial: OPEN,
            editable: &[OPEN],
            editing: Act::Configure,
            steps: vec![
                Step::plain("renew", &[OPEN, WITHDRAWN], OPEN, Act::Configure),
                Step::plain("withdraw", &[OPEN], WITHDRAWN, Act::Configure),
            ],
        },
    }
}
