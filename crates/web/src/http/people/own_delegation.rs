//! `/tai-khoan/uy-quyen`: delegating what one holds oneself, and ending that.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use directory::{Act, Delegation, Person, Position, Role};
use vocab::Id;

use super::super::{App, Failure, Form, GoTo, Notice, Page, Visitor};
use super::delegation::{Typed, form};
use super::desk::{Desk, version};
use super::person::delegation_rows;
use crate::pages::links;
use crate::pages::my_delegations::MyDelegations;
use crate::pages::people_form::PeopleForm;

/// The giver and what he can pass on.
struct Giver {
    person: Person,
    positions: Vec<Position>,
    roles: Vec<Role>,
}

impl Giver {
    async fn of(desk: &Desk, person: Person, received: &[Delegation]) -> Result<Self, Failure> {
        let positions = desk.app.directory.positions_of(person.id).await?;
        let lasting = positions
            .iter()
            .filter(|position| position.draft.valid_to.is_none_or(|end| desk.today < end))
            .flat_map(|position| &position.draft.roles);
        let passed = received
            .iter()
            .filter(|given| given.draft.may_pass_on && desk.today < given.draft.valid_to)
            .flat_map(|given| &given.draft.roles);
        let roles = lasting.chain(passed).copied().collect();
        Ok(Self {
            person,
            positions,
            roles,
        })
    }

    fn form(&self, desk: &Desk, typed: &Typed) -> PeopleForm {
        let roles = Some(self.roles.as_slice());
        form(desk, &self.person, &self.positions, roles, typed)
    }
}

/// Whoever delegates; an account without a person has nothing to give.
async fn giving(app: App, visitor: Visitor) -> Result<(Desk, Giver), Failure> {
    let (desk, person) = Desk::own(app, visitor, Act::Draft).await?;
    let person = person.ok_or_else(|| Failure::not_found("an account without a person"))?;
    let (_, received) = desk.app.directory.delegations_of(person.id).await?;
    let giver = Giver::of(&desk, person, &received).await?;
    Ok((desk, giver))
}

pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
) -> Result<Page<MyDelegations>, Failure> {
    let (desk, person) = Desk::own(app, visitor, Act::Read).await?;
    let mut page = MyDelegations {
        shell: desk.shell(),
        can: false,
        given: Vec::new(),
        received: Vec::new(),
    };
    if let Some(person) = person {
        let (given, received) = desk.app.directory.delegations_of(person.id).await?;
        page.given = delegation_rows(
            &desk,
            &given,
            |known| known.draft.receiver,
            links::end_my_delegation,
        )
        .await?;
        page.received = delegation_rows(
            &desk,
            &received,
            |known| known.draft.giver,
            |_| String::new(),
        )
        .await?;
        page.can = !Giver::of(&desk, person, &received).await?.roles.is_empty();
    }
    Ok(Page(page))
}

pub(super) async fn begin(
    State(app): State<App>,
    visitor: Visitor,
) -> Result<Page<PeopleForm>, Failure> {
    let (desk, giver) = giving(app, visitor).await?;
    Ok(Page(giver.form(&desk, &Typed::from(desk.today))))
}

pub(super) async fn create(
    State(app): State<App>,
    visitor: Visitor,
    Form(mut fields): Form,
) -> Result<Response, Failure> {
    let (desk, giver) = giving(app, visitor).await?;
    let own = fields.identity();
    version(&mut fields)?;
    let typed = Typed::take(&mut fields)?;
    fields.done()?;
    let actor = desk.visitor.actor();
    let made = match typed.draft(&desk, giver.person.id).await {
        Ok(draft) => desk.app.directory.delegate(&actor, own, draft).await,
        Err(error) => Err(error),
    };
    match made {
        Ok(_) => Ok(back()),
        Err(error) => desk.again(giver.form(&desk, &typed), error),
    }
}

/// From today on it does not hold any more; only by whoever gave it.
pub(super) async fn end(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<Id>,
    Form(mut fields): Form,
) -> Result<Response, Failure> {
    let (desk, person) = Desk::own(app, visitor, Act::Draft).await?;
    let version = version(&mut fields)?;
    fields.done()?;
    let directory = &desk.app.directory;
    let known = directory.delegation(id).await?;
    let is_own = known
        .zip(person)
        .is_some_and(|(known, person)| known.draft.giver == person.id);
    if !is_own {
        return Err(Failure::not_found("a delegation of somebody else"));
    }
    let actor = desk.visitor.actor();
    directory
        .end_delegation(&actor, id, version, desk.today)
        .await?;
    Ok(back())
}

fn back() -> Response {
    GoTo::link(links::MY_DELEGATIONS)
        .saying(Notice::Saved)
        .into_response()
}
