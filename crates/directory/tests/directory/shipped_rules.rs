//! What the shipped roles must grant, said a second time and in another form: who may do which
//! act to which kind of thing in which state.

use directory::{Act, Principal, Role};
use vocab::Id;

/// Who may do an act to a kind of thing in a state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Rule {
    /// Everybody, signed in or not.
    everybody: bool,
    /// Holders of these roles, in whichever unit.
    anywhere: &'static [Role],
    /// Holders of these roles in the thing's unit.
    in_unit: &'static [Role],
    /// The account that the thing is.
    oneself: bool,
    /// Not whoever submitted it.
    four_eyes: bool,
}

impl Rule {
    const NOBODY: Self = Self {
        everybody: false,
        anywhere: &[],
        in_unit: &[],
        oneself: false,
        four_eyes: false,
    };
    const EVERYBODY: Self = Self {
        everybody: true,
        ..Self::NOBODY
    };

    const fn anywhere(roles: &'static [Role]) -> Self {
        Self {
            anywhere: roles,
            ..Self::NOBODY
        }
    }

    const fn in_unit(roles: &'static [Role]) -> Self {
        Self {
            in_unit: roles,
            ..Self::NOBODY
        }
    }

    const fn and_anywhere(self, roles: &'static [Role]) -> Self {
        Self {
            anywhere: roles,
            ..self
        }
    }

    const fn four_eyes(self) -> Self {
        Self {
            four_eyes: true,
            ..self
        }
    }
}

/// The rules, one row for each kind and act.
#[expect(
    clippy::match_same_arms,
    reason = "one row for each kind, though some read alike today"
)]
fn rule(kind: &str, act: Act, state: &str) -> Rule {
    use Role::{Administrator, Coordinator, Head, Officer, Viewer};
    match (kind, act) {
        (_, Act::Operate | Act::Audit) | ("account", Act::Configure) => {
            Rule::anywhere(&[Administrator])
        }
        ("plan" | "target" | "project" | "indicator" | "duty" | "unit", Act::Read) => {
            Rule::EVERYBODY
        }
        (
            "plan" | "target" | "project" | "indicator" | "duty" | "body_name" | "feed" | "unit",
            Act::Configure,
        ) => Rule::anywhere(&[Coordinator, Administrator]),
        ("observation", Act::Read) if state == "consolidated" => Rule::EVERYBODY,
        ("observation", Act::Read | Act::Comment) => match state {
            "draft" => Rule::in_unit(&[Officer, Head]),
            "submitted" | "approved" | "sent_back" => {
                Rule::in_unit(&[Officer, Head]).and_anywhere(&[Viewer, Coordinator, Administrator])
            }
            _ => Rule::NOBODY,
        },
        ("observation", Act::Draft | Act::Submit) if matches!(state, "draft" | "sent_back") => {
            Rule::in_unit(&[Officer])
        }
        ("observation", Act::Approve | Act::SendBack) if state == "submitted" => {
            Rule::in_unit(&[Head]).four_eyes()
        }
        ("observation", Act::Consolidate | Act::SendBack) if state == "approved" => {
            Rule::anywhere(&[Coordinator]).four_eyes()
        }
        // A public figure that turns out wrong goes back to whoever reported it.
        ("observation", Act::SendBack) if state == "consolidated" => {
            Rule::anywhere(&[Coordinator]).four_eyes()
        }
        ("task", Act::Read | Act::Comment) => {
            Rule::in_unit(&[Officer, Head]).and_anywhere(&[Viewer, Coordinator, Administrator])
        }
        ("task", Act::Draft | Act::Submit) => Rule::in_unit(&[Officer, Head]),
        ("task", Act::Approve | Act::SendBack) => Rule::in_unit(&[Head]).four_eyes(),
        ("task", Act::Configure) => Rule::anywhere(&[Coordinator, Administrator]),
        // A call for reports is for all units; a sheet is one unit's own.
        ("campaign", Act::Read) => {
            Rule::anywhere(&[Viewer, Officer, Head, Coordinator, Administrator])
        }
        ("campaign" | "sheet", Act::Configure) => Rule::anywhere(&[Coordinator]),
        // Whoever runs a call makes links for bodies without accounts.
        ("sheet_link", Act::Read | Act::Configure) => Rule::anywhere(&[Coordinator]),
        ("sheet", Act::Read) => {
            Rule::in_unit(&[Officer, Head]).and_anywhere(&[Viewer, Coordinator, Administrator])
        }
        ("sheet", Act::Draft | Act::Submit) => Rule::in_unit(&[Officer]),
        ("sheet", Act::Approve | Act::SendBack) => Rule::in_unit(&[Head]).four_eyes(),
        ("sheet", Act::Consolidate) => Rule::anywhere(&[Coordinator]).four_eyes(),
        // An asking is of the unit that reports, an opinion of the unit that is asked.
        ("opinion_round" | "opinion", Act::Read) => {
            Rule::in_unit(&[Officer, Head]).and_anywhere(&[Viewer, Coordinator, Administrator])
        }
        ("opinion_round", Act::Draft) => {
            Rule::in_unit(&[Officer, Head]).and_anywhere(&[Coordinator])
        }
        ("opinion_round", Act::Configure) => Rule::anywhere(&[Coordinator]),
        ("opinion", Act::Submit) if matches!(state, "asked" | "answered") => {
            Rule::in_unit(&[Officer, Head])
        }
        ("periodic_report" | "report_section", Act::Read) => {
            Rule::in_unit(&[Officer, Head]).and_anywhere(&[Viewer, Coordinator])
        }
        ("periodic_report" | "report_section", Act::Draft) if state == "draft" => {
            Rule::in_unit(&[Officer]).and_anywhere(&[Coordinator])
        }
        ("periodic_report" | "report_section", Act::Submit) if state == "draft" => {
            Rule::anywhere(&[Coordinator])
        }
        ("periodic_report" | "report_section", Act::Approve) if state == "under_review" => {
            Rule::in_unit(&[Head]).four_eyes()
        }
        // Before it is signed, whoever coordinates may take it back to write on.
        ("periodic_report" | "report_section", Act::SendBack) if state == "under_review" => {
            Rule::in_unit(&[Head]).and_anywhere(&[Coordinator])
        }
        ("report_layout", Act::Read | Act::Configure) => {
            Rule::anywhere(&[Coordinator, Administrator])
        }
        ("person", Act::Read | Act::Draft | Act::Configure) => Rule::anywhere(&[Administrator]),
        // Notices belong to the account that they are for, imports to whoever began them.
        ("account" | "notice" | "record_import", Act::Read | Act::Draft) => Rule {
            oneself: true,
            ..Rule::anywhere(&[Administrator])
        },
        // What somebody has mailed to themselves is their own affair.
        ("digest", Act::Read | Act::Draft) => Rule {
            oneself: true,
            ..Rule::NOBODY
        },
        _ => Rule::NOBODY,
    }
}

/// Whether the rules let a principal do this, four eyes aside.
pub(crate) fn allows(who: &Principal, act: Act, kind: &str, state: &str, unit: Id) -> bool {
    let rule = rule(kind, act, state);
    let Some(account) = who.account else {
        return rule.everybody;
    };
    rule.everybody
        || rule.anywhere.iter().any(|role| who.holds(*role))
        || rule
            .in_unit
            .iter()
            .any(|role| who.units(*role).contains(&unit))
        || (rule.oneself && unit == account)
}
