//! The form of a role.

use std::collections::BTreeSet;

use axum::extract::{Path, Query, State};
use directory::Act;
use directory::permission::{EVERYBODY, states};
use serde::Deserialize;
use vocab::Problem;

use super::super::{App, Failure, Page, Visitor};
use super::desk::Desk;
use super::typed::{REACHES, Typed, TypedGrant, reach_value};
use crate::pages::links;
use crate::pages::parts::{Choice, FormErrors, Link};
use crate::pages::roles::{GrantFields, RoleForm};

/// Whether the fields shall hold the role as it ships.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(rename = "ban-dau")]
    original: Option<String>,
}

pub(super) async fn begin(
    State(app): State<App>,
    visitor: Visitor,
) -> Result<Page<RoleForm>, Failure> {
    let desk = Desk::open(app, visitor).await?;
    let typed = Typed {
        grants: vec![TypedGrant::fresh()],
        ..Typed::default()
    };
    Ok(Page(form(&desk, None, &typed)))
}

pub(super) async fn edit(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Page<RoleForm>, Failure> {
    let desk = Desk::open(app, visitor).await?;
    let standing = desk.standing(&code).await?;
    if code == EVERYBODY {
        let doing = "changing what everybody may do";
        return Err(Problem::new(422, "role-everybody-fixed", doing).into());
    }
    let original = asked.original.and_then(|_| desk.given(&code));
    let role = original.as_deref().unwrap_or(&standing.role);
    let typed = Typed::of(role, standing.version);
    Ok(Page(form(&desk, Some(&code), &typed)))
}

/// The form with what was typed; `known` is the code of a role that is there already.
pub(super) fn form(desk: &Desk, known: Option<&str>, typed: &Typed) -> RoleForm {
    let words = desk.words();
    let name = known.map(|code| {
        let role = desk.book.iter().find(|role| role.code == code);
        role.map_or_else(|| code.to_owned(), |role| words.role_name(&role.name))
    });
    let grants = typed.grants.iter().enumerate();
    RoleForm {
        title: match &name {
            Some(name) => words.t1("role-edit-of", "role", name.clone()),
            None => words.t("role-new"),
        },
        back: match (known, name) {
            (Some(code), Some(name)) => Link::new(links::role(code), name),
            _ => Link::new(links::ROLES, words.t("roles-title")),
        },
        action: known.map_or_else(|| links::ROLE_NEW.to_owned(), links::role_edit),
        version: typed.version,
        seen: String::new(),
        code: typed.code.clone(),
        is_new: known.is_none(),
        name_vi: typed.name_vi.clone(),
        name_en: typed.name_en.clone(),
        from: typed.from.clone(),
        last: typed.last.clone(),
        grants: grants
            .map(|(place, grant)| fields(desk, place, grant))
            .collect(),
        preview: None,
        theirs: None,
        errors: FormErrors::default(),
        shell: desk.shell(),
    }
}

fn fields(desk: &Desk, place: usize, typed: &TypedGrant) -> GrantFields {
    let words = desk.rights();
    let choice = |value: &str, label: String, chosen: &[String]| Choice {
        value: value.to_owned(),
        label,
        selected: chosen.iter().any(|chosen| chosen == value),
    };
    // Also what was typed and nobody offers: the check names it.
    let mut kinds: BTreeSet<&str> = desk.given.kinds();
    kinds.extend(desk.book.kinds());
    kinds.extend(typed.kinds.iter().map(String::as_str));
    // Roles that the holder may give others, by the verb for it.
    let given = desk.book.givable();
    let given: Vec<(String, String)> = given
        .into_iter()
        .map(|(role, spec)| {
            (
                format!("role:{}", role.value()),
                words.role_name(&spec.name),
            )
        })
        .collect();
    kinds.extend(given.iter().map(|(kind, _)| kind.as_str()));
    let kind_name = |kind: &str| match given.iter().find(|(known, _)| known == kind) {
        Some((_, name)) => words.t1("right-kind-role-named", "role", name.clone()),
        None => words.record_kind(kind),
    };
    let mut stands: Vec<&str> = states("observation").to_vec();
    let more = typed.states.iter().map(String::as_str);
    stands.extend(more.filter(|state| !states("observation").contains(state)));
    let said = typed.grant(place).ok();
    let said = said.filter(|grant| !grant.kinds.is_empty() && !grant.verbs.is_empty());
    GrantFields {
        number: place + 1,
        prefix: format!("q{place}"),
        said: said.map_or_else(String::new, |grant| words.role_grant(&grant)),
        kinds: kinds
            .into_iter()
            .map(|kind| choice(kind, kind_name(kind), &typed.kinds))
            .collect(),
        verbs: Act::ALL
            .into_iter()
            .map(|act| choice(act.value(), words.act_name(act), &typed.verbs))
            .collect(),
        reach: REACHES
            .into_iter()
            .map(|reach| Choice {
                value: reach_value(reach).to_owned(),
                label: words.reach_name(reach),
                selected: reach_value(reach) == typed.reach,
            })
            .collect(),
        states: stands
            .into_iter()
            .map(|state| choice(state, words.state_of(&typed.kinds, state), &typed.states))
            .collect(),
        condition: typed.condition.clone(),
        masks: typed.masks.clone(),
        four_eyes: typed.four_eyes,
        dropped: typed.dropped,
    }
}
