//! Words for roles, grants and why something is allowed or not, on pages and in the terminal.

use std::ops::Deref;
use std::slice::from_ref;

use directory::access::{AccessAnswer, AccessRecord, Basis, Hold, Missing, Near, Through};
use directory::permission::{Reach, RoleBook, RoleGrant, RoleName};
use directory::{Act, Role};
use jiff::civil::Date;
use pack::RecordType;
use registry::Systems;
use vocab::Lang;

use super::Translator;
use super::declared::{said, said_state};

/// Words for rights, with what systems call their records, where those stand and what they say.
#[derive(Clone, Copy)]
pub struct RightsWords<'a> {
    words: Translator,
    systems: &'a Systems,
}

impl Deref for RightsWords<'_> {
    type Target = Translator;

    fn deref(&self) -> &Translator {
        &self.words
    }
}

impl Translator {
    /// The words for rights over records of these systems too.
    pub fn rights(self, systems: &Systems) -> RightsWords<'_> {
        RightsWords {
            words: self,
            systems,
        }
    }

    /// A role's name.
    pub fn role_name(self, name: &RoleName) -> String {
        match self.lang {
            Lang::Vi => name.vi.clone(),
            Lang::En => name.en.clone(),
        }
    }

    /// What a role is called: by the name that it has as data, else by its code.
    pub fn role(self, book: &RoleBook, role: Role) -> String {
        match book.get(role) {
            Some(spec) => self.role_name(&spec.name),
            None => role.value().to_owned(),
        }
    }

    /// What one does: `see`, `approve`.
    pub fn act_name(self, act: Act) -> String {
        self.t(match act {
            Act::Read => "right-act-read",
            Act::Draft => "right-act-draft",
            Act::Submit => "right-act-submit",
            Act::Approve => "right-act-approve",
            Act::SendBack => "right-act-send-back",
            Act::Consolidate => "right-act-consolidate",
            Act::Comment => "right-act-comment",
            Act::Configure => "right-act-configure",
            Act::Operate => "right-act-operate",
            Act::Audit => "right-act-audit",
            Act::Create => "right-act-create",
            Act::Edit => "right-act-edit",
            Act::Step => "right-act-step",
            Act::Import => "right-act-import",
            Act::Export => "right-act-export",
            Act::Unmask => "right-act-unmask",
            Act::Delete => "right-act-delete",
            Act::Give => "right-act-give",
        })
    }

    /// A place in a lifecycle; one that has no words stands as it is.
    pub fn record_state(self, state: &str) -> String {
        self.lookup(&format!("state-{}", state.replace('_', "-")), &[])
            .unwrap_or_else(|| state.to_owned())
    }

    /// How far a grant goes.
    pub fn reach_name(self, reach: Reach) -> String {
        self.t(match reach {
            Reach::Own => "right-reach-own",
            Reach::Unit => "right-reach-unit",
            Reach::Subtree => "right-reach-subtree",
            Reach::Line => "right-reach-line",
            Reach::All => "right-reach-all",
        })
    }

    /// Why not, in a word; empty where it is allowed.
    pub fn access_reason(self, answer: &AccessAnswer) -> String {
        let key = answer.reason.map(|reason| format!("right-reason-{reason}"));
        key.map_or_else(String::new, |key| self.t(&key))
    }

    /// Between two days, each of which may be missing.
    pub fn span(self, from: Option<Date>, last: Option<Date>) -> String {
        let from = from.map(|day| self.date(&day));
        let last = last.map(|day| self.date(&day));
        match (from, last) {
            (None, None) => self.t("right-span-always"),
            (Some(from), None) => self.t1("right-span-from", "from", from),
            (None, Some(last)) => self.t1("right-span-until", "last", last),
            (Some(from), Some(last)) => {
                self.t_args("right-span-both", &[("from", &from), ("last", &last)])
            }
        }
    }

    fn through(self, hold: &Hold) -> String {
        match &hold.through {
            Through::Account => self.t("right-through-account"),
            Through::Position { title } => {
                self.t1("right-through-position", "title", title.clone())
            }
            Through::Delegation { giver } => {
                self.t1("right-through-delegation", "giver", giver.clone())
            }
        }
    }
}

impl<'a> RightsWords<'a> {
    /// How a system declares this kind of record.
    fn declared(self, kind: &str) -> Option<&'a RecordType> {
        let kind = self.systems.kind(kind)?;
        Some(self.systems.record(kind))
    }

    /// A place in the lifecycle of one of these kinds; one that has no words stands as it is.
    pub fn state_of(self, kinds: &[String], state: &str) -> String {
        let mut declared = kinds.iter().filter_map(|kind| self.declared(kind));
        let title = declared.find_map(|kind| said_state(self.lang, &kind.declared, state));
        title.unwrap_or_else(|| self.record_state(state))
    }

    /// A kind of record: by the title that its system gives it; one that has no words stands as it is.
    pub fn record_kind(self, kind: &str) -> String {
        let kind = match kind {
            "*" => "any",
            "role:*" => "role-within",
            kind => kind,
        };
        if let Some(code) = kind.strip_prefix("role:") {
            let book = RoleBook::shipped();
            let role = Role::coded(code);
            let name = role.map_or_else(|| code.to_owned(), |role| self.role(&book, role));
            return self.t1("right-kind-role-named", "role", name);
        }
        if let Some(declared) = self.declared(kind) {
            return said(self.lang, &declared.declared.record.title);
        }
        self.lookup(&format!("right-kind-{kind}"), &[])
            .unwrap_or_else(|| kind.to_owned())
    }

    /// What a grant of a role allows.
    pub fn role_grant(self, grant: &RoleGrant) -> String {
        let verbs: Vec<_> = grant
            .verbs
            .iter()
            .map(|verb| self.act_name(*verb))
            .collect();
        let kinds: Vec<_> = grant
            .kinds
            .iter()
            .map(|kind| self.record_kind(kind))
            .collect();
        let (verbs, kinds) = (verbs.join(", "), kinds.join(", "));
        let reach = self.reach_name(grant.reach);
        let mut said = self.t_args(
            "right-grant",
            &[("verbs", &verbs), ("kinds", &kinds), ("reach", &reach)],
        );
        if !grant.states.is_empty() {
            let states = self.states(grant);
            said = self.t_args(
                "right-grant-states",
                &[("grant", &said), ("states", &states)],
            );
        }
        if let Some(condition) = &grant.condition {
            let args = [("grant", &said as _), ("condition", condition as _)];
            said = self.t_args("right-grant-condition", &args);
        }
        if !grant.masks.is_empty() {
            let masks = grant
                .masks
                .iter()
                .map(|field| self.field_name(grant, field));
            let masks = masks.collect::<Vec<_>>().join(", ");
            said = self.t_args("right-grant-masks", &[("grant", &said), ("masks", &masks)]);
        }
        if grant.four_eyes {
            said = self.t1("right-grant-four-eyes", "grant", said);
        }
        said
    }

    /// A field that a grant hides, as readers call it; one that has no words stands as it is.
    fn field_name(self, grant: &RoleGrant, field: &str) -> String {
        let mut declared = grant.kinds.iter().filter_map(|kind| self.declared(kind));
        if let Some(field) = declared.find_map(|declared| declared.field(field)) {
            return format!("“{}”", said(self.lang, &field.title));
        }
        let key = format!("personal-{}", field.replace('_', "-"));
        let name = self.lookup(&key, &[]);
        name.map_or_else(|| field.to_owned(), |name| format!("“{name}”"))
    }

    fn states(self, grant: &RoleGrant) -> String {
        let states: Vec<_> = grant
            .states
            .iter()
            .map(|at| self.state_of(&grant.kinds, at))
            .collect();
        states.join(", ")
    }

    /// A record: what it is, what it is called, whose it is and where it stands.
    pub fn access_record(self, record: &AccessRecord) -> String {
        let kind = self.record_kind(&record.kind);
        let id = record.id.to_string();
        let (key, label) = if record.label.is_empty() {
            ("right-record-bare", &id)
        } else {
            ("right-record", &record.label)
        };
        let mut said = self.t_args(key, &[("kind", &kind), ("label", label)]);
        if !record.unit_name.is_empty() && record.unit_name != record.label {
            let unit = &record.unit_name;
            said = self.t_args("right-record-unit", &[("record", &said), ("unit", unit)]);
        }
        let states = directory::permission::states(&record.kind);
        let known = states.contains(&&*record.state) || self.declared(&record.kind).is_some();
        if known && !record.state.is_empty() {
            let state = self.state_of(from_ref(&record.kind), &record.state);
            said = self.t_args(
                "right-record-state",
                &[("record", &said), ("state", &state)],
            );
        }
        said
    }

    /// Yes or no: who, what, to what, when.
    pub fn access_verdict(self, answer: &AccessAnswer) -> String {
        let key = if answer.allowed {
            "right-allowed"
        } else {
            "right-refused"
        };
        self.t_args(
            key,
            &[
                ("date", &self.date(&answer.day)),
                ("name", &answer.account.name),
                ("act", &self.act_name(answer.act)),
                ("record", &self.access_record(&answer.record)),
            ],
        )
    }

    /// A grant, and how its role is held.
    pub fn access_basis(self, basis: &Basis) -> String {
        let role = self.role_name(&basis.name);
        let grant = self.role_grant(&basis.grant);
        match &basis.hold {
            Some(hold) => self.t_args(
                "right-basis",
                &[
                    ("role", &role),
                    ("unit", &hold.unit_name),
                    ("span", &self.span(hold.from, hold.last)),
                    ("through", &self.through(hold)),
                    ("grant", &grant),
                ],
            ),
            None if basis.role == directory::permission::EVERYBODY => {
                self.t1("right-basis-everybody", "grant", grant)
            }
            None => self.t_args("right-basis-missing", &[("role", &role), ("grant", &grant)]),
        }
    }

    /// What keeps a grant from allowing it, each with what would have to change.
    pub fn access_missing(self, near: &Near, answer: &AccessAnswer) -> Vec<String> {
        let each = near.missing.iter();
        each.map(|missing| self.missing(missing, &near.basis, answer))
            .collect()
    }

    fn missing(self, missing: &Missing, basis: &Basis, answer: &AccessAnswer) -> String {
        let grant = &basis.grant;
        let (role, unit) = (self.role_name(&basis.name), &answer.record.unit_name);
        match missing {
            Missing::RoleNotHeld if grant.reach == Reach::All || unit.is_empty() => {
                self.t1("right-missing-role", "role", role)
            }
            Missing::RoleNotHeld => self.t_args(
                "right-missing-role-in-unit",
                &[("role", &role), ("unit", unit)],
            ),
            Missing::NotYet { from } => self.t1("right-missing-not-yet", "date", self.date(from)),
            Missing::NoLonger { last } => {
                self.t1("right-missing-no-longer", "date", self.date(last))
            }
            Missing::RoleNotValid { .. } => self.t("right-missing-role-not-valid"),
            Missing::OtherUnit => match &basis.hold {
                Some(hold) if grant.reach != Reach::Own && !unit.is_empty() => self.t_args(
                    "right-missing-other-unit",
                    &[("held", &hold.unit_name), ("unit", unit)],
                ),
                _ => self.t("right-missing-other-owner"),
            },
            Missing::WrongState => self.t_args(
                "right-missing-wrong-state",
                &[
                    ("states", &self.states(grant)),
                    (
                        "state",
                        &self.state_of(from_ref(&answer.record.kind), &answer.record.state),
                    ),
                ],
            ),
            Missing::Condition => {
                let condition = grant.condition.clone().unwrap_or_default();
                self.t1("right-missing-condition", "condition", condition)
            }
            Missing::OwnSubmission => self.t("right-missing-own-submission"),
        }
    }
}
