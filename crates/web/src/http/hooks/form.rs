//! `/quan-tri/webhook/moi` and `/quan-tri/webhook/{id}/sua`.

use std::collections::BTreeSet;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use registry::RegistryError;
use registry::hooks::{Happening, NewHook};
use vocab::{Id, Problem};

use super::super::fields::version;
use super::super::systems::said_title;
use super::super::{App, Failure, Fields, Form, GoTo, Notice, Page, Visitor, form_errors, refused};
use super::desk::Desk;
use super::show;
use crate::i18n::said;
use crate::pages::hooks::{HookForm, KindGroup};
use crate::pages::links;
use crate::pages::parts::{Choice, FormErrors};

/// The hook's fields and the form's.
const NAMES: [(&str, &str); 5] = [
    ("name", "ten"),
    ("address", "dia-chi"),
    ("account", "tai-khoan"),
    ("kinds", "loai"),
    ("happenings", "su-kien"),
];

/// A form as it was typed.
struct Typed {
    new: NewHook,
    login: String,
}

impl Typed {
    async fn take(desk: &Desk, fields: &mut Fields) -> Result<Self, Failure> {
        let login = fields.take("tai-khoan")?;
        let account = desk.app.directory.account_by_login(login.trim()).await?;
        let happenings = fields.take_all("su-kien");
        Ok(Self {
            new: NewHook {
                name: fields.take("ten")?,
                address: fields.take("dia-chi")?,
                account: account.map(|account| account.id),
                kinds: fields.take_all("loai").into_iter().collect(),
                happenings: happenings
                    .iter()
                    .filter_map(|value| Happening::lookup(value))
                    .collect(),
                whole: fields.take("noi-dung")? == "du",
            },
            login,
        })
    }
}

/// An empty form.
pub(super) async fn begin(
    State(app): State<App>,
    visitor: Visitor,
) -> Result<Page<HookForm>, Failure> {
    let desk = Desk::open(app, visitor)?;
    let typed = Typed {
        new: NewHook {
            happenings: BTreeSet::from(Happening::ALL),
            ..NewHook::default()
        },
        login: String::new(),
    };
    Ok(Page(page(&desk, None, &typed, FormErrors::default())))
}

/// Declares one, and shows its secret this once.
pub(super) async fn declare(
    State(app): State<App>,
    visitor: Visitor,
    Form(mut fields): Form,
) -> Result<Response, Failure> {
    let desk = Desk::open(app, visitor)?;
    let caller = desk.caller(&fields);
    let typed = Typed::take(&desk, &mut fields).await?;
    fields.done()?;
    let webhooks = desk.webhooks()?;
    let declared = desk.registry().declare_hook(
        &caller,
        &webhooks.key,
        &webhooks.allow,
        ::plan::HOOK_KINDS,
        &typed.new,
    );
    match declared.await {
        Ok((hook, secret)) => {
            let page = show::page(&desk, &hook, Some(secret.handed_over())).await?;
            Ok((StatusCode::CREATED, Page(page)).into_response())
        }
        Err(RegistryError::Refused(problem)) if problem.status == 422 => {
            Ok(again(&desk, None, &typed, &problem))
        }
        Err(error) => Err(error.into()),
    }
}

/// The form of one.
pub(super) async fn edit(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<Id>,
) -> Result<Page<HookForm>, Failure> {
    let desk = Desk::open(app, visitor)?;
    let hook = desk.hook(id).await?;
    let account = desk.app.directory.account(hook.account).await?;
    let version = hook.record.version;
    let typed = Typed {
        new: NewHook {
            name: hook.name,
            address: hook.address,
            account: Some(hook.account),
            kinds: hook.kinds,
            happenings: hook.happenings,
            whole: hook.whole,
        },
        login: account.map_or_else(String::new, |account| account.login),
    };
    let known = Some((id, version));
    Ok(Page(page(&desk, known, &typed, FormErrors::default())))
}

/// Keeps it as it is typed now.
pub(super) async fn save(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<Id>,
    Form(mut fields): Form,
) -> Result<Response, Failure> {
    let desk = Desk::open(app, visitor)?;
    desk.hook(id).await?;
    let read = version(&fields.take("phien-ban")?)?;
    let typed = Typed::take(&desk, &mut fields).await?;
    fields.done()?;
    let allow = &desk.webhooks()?.allow;
    let caller = desk.visitor.caller();
    let revised =
        desk.registry()
            .revise_hook(&caller, allow, ::plan::HOOK_KINDS, (id, read), &typed.new);
    match revised.await {
        Ok(_) => Ok(GoTo::link(&links::hook(&id.to_string()))
            .saying(Notice::Saved)
            .into_response()),
        Err(RegistryError::Refused(problem)) if problem.status == 422 => {
            Ok(again(&desk, Some((id, read)), &typed, &problem))
        }
        Err(error) => Err(error.into()),
    }
}

fn again(desk: &Desk, known: Option<(Id, i64)>, typed: &Typed, problem: &Problem) -> Response {
    let errors = form_errors(desk.words(), problem, &NAMES, "ten");
    refused(problem, page(desk, known, typed, errors))
}

fn page(desk: &Desk, known: Option<(Id, i64)>, typed: &Typed, errors: FormErrors) -> HookForm {
    let words = desk.words();
    let contents = [
        ("gon", "hook-contents-thin", false),
        ("du", "hook-contents-whole", true),
    ];
    HookForm {
        shell: desk.shell(),
        action: match known {
            Some((id, _)) => links::hook_step(&id.to_string(), "sua"),
            None => links::HOOK_NEW.to_owned(),
        },
        new: known.is_none(),
        version: known.map_or(0, |(_, version)| version),
        name: typed.new.name.clone(),
        address: typed.new.address.clone(),
        login: typed.login.clone(),
        groups: groups(desk, &typed.new.kinds),
        happenings: Happening::ALL
            .map(|happening| Choice {
                value: happening.value().to_owned(),
                label: desk.happening(happening),
                selected: typed.new.happenings.contains(&happening),
            })
            .into(),
        contents: contents
            .map(|(value, key, whole)| Choice {
                value: value.to_owned(),
                label: words.t(key),
                selected: typed.new.whole == whole,
            })
            .into(),
        errors,
    }
}

/// What may be told of: reports on the plan, then the systems.
fn groups(desk: &Desk, chosen: &BTreeSet<String>) -> Vec<KindGroup> {
    let words = desk.words();
    let choice = |name: &str, label: String| Choice {
        selected: chosen.contains(name),
        value: name.to_owned(),
        label,
    };
    let own = ::plan::HOOK_KINDS.iter();
    let mut groups = vec![KindGroup {
        title: words.t("hook-kinds-plan"),
        kinds: own.map(|name| choice(name, desk.kind(name))).collect(),
    }];
    let systems = desk.registry().systems();
    for kind in systems.kinds() {
        let title = said(words.lang, &systems.pack(kind).declared.pack.title);
        let one = choice(kind.name, said_title(words.lang, systems, kind));
        match groups.iter_mut().find(|group| group.title == title) {
            Some(group) => group.kinds.push(one),
            None => groups.push(KindGroup {
                title,
                kinds: vec![one],
            }),
        }
    }
    groups
}
