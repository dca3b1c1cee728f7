//! What the pages about people have in common.

use std::sync::Arc;

use axum::response::{IntoResponse, Response};
use directory::permission::{RoleBook, reach};
use directory::{
    Act, DirectoryError, Hierarchy, Person, Position, PositionKind, Role, ShownPerson, Succession,
    UnitTree, read_day,
};
use jiff::civil::Date;
use store::Scope;
use vocab::{FieldProblem, Id, Problem, fold};

use super::super::account::itself;
use super::super::admin::{PEOPLE, PERSON};
use super::super::{App, Failure, Fields, GoTo, Notice, Visitor, form_errors, refused};
use super::NAMES;
use crate::i18n::Translator;
use crate::pages::Shell;
use crate::pages::links;
use crate::pages::parts::Choice;
use crate::pages::people_form::PeopleForm;
use crate::pages::shell::Section;

/// Whoever may see and change people, and what they work with.
pub(super) struct Desk {
    pub app: App,
    pub visitor: Visitor,
    section: Section,
    /// What is done to the people that are asked for.
    act: Act,
    pub today: Date,
    pub units: Arc<UnitTree>,
    /// The units of the sector line.
    pub line: Arc<UnitTree>,
    pub succession: Arc<Succession>,
    /// The roles as they stand.
    pub book: Arc<RoleBook>,
    /// The roles that the visitor may give; none where every role is offered.
    offered: Option<Vec<Role>>,
}

impl Desk {
    /// For whoever may see some of them.
    pub(super) async fn reading(app: App, visitor: Visitor) -> Result<Self, Failure> {
        Self::doing(app, visitor, Act::Read).await
    }

    /// For whoever may change some of them.
    pub(super) async fn open(app: App, visitor: Visitor) -> Result<Self, Failure> {
        Self::doing(app, visitor, Act::Configure).await
    }

    /// Whether the visitor keeps the people of every unit, and not of some alone.
    pub(super) fn keeps_all(&self) -> bool {
        self.visitor.principal.permissions().keep_all()
    }

    /// Whether the visitor keeps the people of a unit.
    pub(super) fn keeps_unit(&self, unit: Id) -> bool {
        self.visitor.principal.permissions().keep_unit(unit)
    }

    async fn doing(app: App, visitor: Visitor, act: Act) -> Result<Self, Failure> {
        let some = visitor.principal.account.is_some()
            && visitor.principal.permissions().ever(act, PERSON);
        if !some {
            visitor.require(Act::Configure, &PEOPLE)?;
        }
        let mut desk = Self::of(app, visitor, Section::Admin, act).await?;
        if act == Act::Configure && !desk.keeps_all() {
            desk.offered = Some(roles_to_give(&desk.app, &desk.visitor).await?);
        }
        Ok(desk)
    }

    /// For whoever looks after their own affairs, and the person that they are.
    pub(super) async fn own(
        app: App,
        visitor: Visitor,
        act: Act,
    ) -> Result<(Self, Option<Person>), Failure> {
        let account = visitor.account()?;
        visitor.require(act, &itself(account))?;
        let person = app.directory.person_of_account(account).await?;
        Ok((Self::of(app, visitor, Section::Other, act).await?, person))
    }

    async fn of(app: App, visitor: Visitor, section: Section, act: Act) -> Result<Self, Failure> {
        let today = app.store().context().now().in_vietnam().date();
        Ok(Self {
            units: app.directory.units().await?,
            line: app.directory.units_in(Hierarchy::Sector, today).await?,
            succession: app.directory.succession().await?,
            book: app.directory.roles().await?,
            offered: None,
            app,
            visitor,
            section,
            act,
            today,
        })
    }

    pub(super) fn words(&self) -> Translator {
        self.visitor.words()
    }

    pub(super) fn shell(&self) -> Shell {
        self.visitor.shell(self.section)
    }

    /// A person, with what is hidden from the visitor; none that they do not reach.
    pub(super) async fn shown(&self, id: Id) -> Result<ShownPerson, Failure> {
        let directory = &self.app.directory;
        let found = directory.person_for(&self.visitor.principal, self.act, id);
        found
            .await?
            .ok_or_else(|| Failure::not_found("no such person"))
    }

    pub(super) async fn person(&self, id: Id) -> Result<Person, Failure> {
        Ok(self.shown(id).await?.person)
    }

    /// Whether the visitor may change a person.
    pub(super) async fn may_change(&self, id: Id) -> Result<bool, Failure> {
        let directory = &self.app.directory;
        let found = directory.person_for(&self.visitor.principal, Act::Configure, id);
        Ok(found.await?.is_some())
    }

    /// On to a person's page after a change; to the list, if it took them out of what the visitor
    /// sees.
    pub(super) async fn changed(&self, person: Id) -> Result<Response, Failure> {
        let directory = &self.app.directory;
        let now = directory.permitted(self.visitor.principal.clone()).await?;
        let seen = directory.person_for(&now, Act::Read, person).await?;
        Ok(match seen {
            Some(_) => saved(person),
            None => GoTo::link(links::PEOPLE)
                .saying(Notice::Saved)
                .into_response(),
        })
    }

    /// A unit's name: as it is today, or as it was last called.
    pub(super) fn unit_name(&self, unit: Id) -> String {
        match self.units.get(unit).or_else(|| self.line.get(unit)) {
            Some(unit) => unit.name.clone(),
            None => self.succession.name(unit).to_owned(),
        }
    }

    /// The unit that a position names, and what became of it.
    pub(super) fn unit_of(&self, position: &Position) -> String {
        let named = position.draft.unit;
        let name = self.unit_name(named);
        let now = self.succession.successors(named, self.today);
        if now == [named] || now.is_empty() {
            return name;
        }
        let now: Vec<String> = now.iter().map(|unit| self.unit_name(*unit)).collect();
        let became = self
            .words()
            .t1("position-inherited", "unit", now.join(", "));
        format!("{name} ({became})")
    }

    pub(super) fn position_words(&self, position: &Position) -> String {
        format!("{}, {}", position.draft.title, self.unit_of(position))
    }

    pub(super) fn roles(&self, roles: &[Role]) -> String {
        let words = self.words();
        let all = roles.iter().map(|role| words.role(&self.book, *role));
        let all: Vec<String> = all.collect();
        all.join(", ")
    }

    /// A half-open span of days, told by its last day.
    pub(super) fn span(&self, from: Date, to: Option<Date>) -> String {
        let words = self.words();
        let from = words.date(&from);
        match to.and_then(|end| end.yesterday().ok()) {
            None => words.t1("span-open", "from", from),
            Some(last) => {
                let last = words.date(&last);
                words.t_args("span-closed", &[("from", &from), ("last", &last)])
            }
        }
    }

    /// The roles that somebody can be given, with those that are chosen.
    pub(super) fn role_choices(&self, chosen: &[String]) -> Vec<Choice> {
        let offered = |role: Role| match &self.offered {
            None => true,
            Some(offered) => {
                offered.contains(&role) || chosen.iter().any(|code| code == role.value())
            }
        };
        self.choices_of(offered, chosen)
    }

    /// Those of them that fit, with those that are chosen.
    pub(super) fn choices_of(&self, fits: impl Fn(Role) -> bool, chosen: &[String]) -> Vec<Choice> {
        let words = self.words();
        let all = self.book.givable().into_iter();
        let all = all.filter(|(role, _)| fits(*role));
        let choices = all.map(|(role, spec)| Choice {
            value: role.value().to_owned(),
            label: words.role_name(&spec.name),
            selected: chosen.iter().any(|code| code == role.value()),
        });
        choices.collect()
    }

    /// The roles of a form's boxes.
    pub(super) fn read_roles(&self, codes: &[String]) -> Result<Vec<Role>, DirectoryError> {
        let role = |code: &String| {
            let known = self.book.find(code);
            known.ok_or_else(|| at("roles", "choice-unknown").into())
        };
        codes.iter().map(role).collect()
    }

    pub(super) fn kind_choices(&self, chosen: PositionKind) -> Vec<Choice> {
        let words = self.words();
        PositionKind::ALL
            .map(|kind| Choice {
                value: kind.value().to_owned(),
                label: words.t(kind.key()),
                selected: kind == chosen,
            })
            .to_vec()
    }

    /// The person whom a name or a login means. Whoever keeps the people of some units finds
    /// theirs alone: what is held there stays there.
    pub(super) async fn named(&self, text: &str, field: &str) -> Result<Person, DirectoryError> {
        let directory = &self.app.directory;
        let principal = &self.visitor.principal;
        let anybody = self.section != Section::Admin || self.keeps_all();
        if let Some(account) = directory.account_by_login(text).await?
            && let Some(person) = directory.person_of_account(account.id).await?
            && (anybody
                || directory
                    .person_for(principal, Act::Read, person.id)
                    .await?
                    .is_some())
        {
            return Ok(person);
        }
        let key = fold::name_key(text);
        let scope = if anybody {
            Scope::bypass("whoever is named in full is found, and told to nobody")
        } else {
            reach(principal, Act::Read, PERSON)
        };
        let mut found = directory.find_people(scope, text, 200).await?;
        found.retain(|person| fold::name_key(&person.draft.name) == key);
        let code = if found.len() > 1 {
            "person-ambiguous"
        } else {
            "person-unknown"
        };
        match (found.pop(), found.is_empty()) {
            (Some(person), true) => Ok(person),
            _ => Err(at(field, code).into()),
        }
    }

    /// The form again, with what is wrong with it; the failure for what no form can mend.
    pub(super) fn again(
        &self,
        form: PeopleForm,
        error: DirectoryError,
    ) -> Result<Response, Failure> {
        again(self.words(), form, error)
    }
}

/// The roles that whoever keeps the people of some units may give in one of them.
pub(in super::super) async fn roles_to_give(
    app: &App,
    visitor: &Visitor,
) -> Result<Vec<Role>, Failure> {
    let permissions = visitor.principal.permissions();
    let held = visitor.principal.grants.iter().map(|grant| grant.unit);
    let units: Vec<Id> = held.filter(|unit| permissions.keep_unit(*unit)).collect();
    Ok(app
        .directory
        .roles_to_give(&visitor.actor(), &units)
        .await?)
}

/// The form again, with what is wrong with it.
pub(super) fn again(
    words: Translator,
    form: PeopleForm,
    error: DirectoryError,
) -> Result<Response, Failure> {
    match error {
        DirectoryError::Refused(problem) if problem.status != 404 => {
            let first = form.fields.first().map_or("", |field| field.name);
            let errors = form_errors(words, &problem, NAMES, first);
            Ok(refused(&problem, PeopleForm { errors, ..form }))
        }
        error => Err(error.into()),
    }
}

/// A field that cannot be read.
pub(super) fn at(field: &str, code: &str) -> Problem {
    Problem::new(422, code, "a form about people").at(FieldProblem::new(field, code))
}

/// A day that must be there.
pub(super) fn day(text: &str, field: &str) -> Result<Date, DirectoryError> {
    if text.trim().is_empty() {
        return Err(at(field, "date-missing").into());
    }
    read_day(text.trim()).ok_or_else(|| at(field, "date-invalid").into())
}

/// The last day, if one was given, as the first day after it.
pub(super) fn end(text: &str, field: &str) -> Result<Option<Date>, DirectoryError> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let last = day(text, field)?;
    last.tomorrow()
        .map(Some)
        .map_err(|_| at(field, "date-invalid").into())
}

pub(super) fn kind(value: &str) -> Result<PositionKind, DirectoryError> {
    let known = PositionKind::from_value(value);
    known.ok_or_else(|| at("kind", "choice-unknown").into())
}

/// The version that a form was made from.
pub(super) fn version(fields: &mut Fields) -> Result<i64, Failure> {
    super::super::fields::version(&fields.take("phien-ban")?)
}

/// On to a person's page, where what was saved shows.
pub(super) fn saved(person: Id) -> Response {
    GoTo::link(&links::person(&person.to_string()))
        .saying(Notice::Saved)
        .into_response()
}
