//! Demonstration accounts: one for each role, their people made up and marked as such.

mod password;
mod people;

use directory::permission::RoleBook;
use directory::{Account, Directory, Grant, NewAccount, PersonDraft, PositionDraft, PositionKind};
use store::Actor;
use vocab::Id;

use self::people::{PEOPLE, Person};
use crate::failure::Failure;
use crate::province::Province;
use crate::settings::Settings;
use crate::words::Words;

/// Where the password stands that the accounts were last given.
const PASSWORD_FILE: &str = "demo-password";

/// The accounts as they can be used now.
pub(crate) struct Demo {
    password: String,
    /// Whether the password was made up just now and stands nowhere else yet.
    made_up: bool,
}

impl Demo {
    /// What the terminal shows of them. A password that was made up is shown this once.
    pub(crate) fn said(&self, words: Words) -> String {
        let mut lines = vec![words.t(if self.made_up {
            "demo-password-made"
        } else {
            "demo-password-known"
        })];
        if self.made_up {
            lines.push(format!("  {}", self.password));
        }
        let shipped = RoleBook::shipped();
        lines.extend(PEOPLE.iter().map(|person| {
            let role = words.pages.role(&shipped, person.role());
            format!("  {:<14} {role} · {}", person.login, person.unit_name())
        }));
        lines.join("\n")
    }

    /// What the sign-in page shows of them.
    pub(crate) fn into_web(self) -> web::http::Demo {
        web::http::Demo {
            password: self.password,
            accounts: PEOPLE
                .iter()
                .map(|person| web::http::DemoLogin {
                    login: person.login.to_owned(),
                    role: person.role(),
                    unit: person.unit_name().to_owned(),
                })
                .collect(),
        }
    }
}

/// Makes the accounts that are not there, and gives all the password that holds now.
pub(crate) async fn prepare(province: &Province, settings: &Settings) -> Result<Demo, Failure> {
    let directory = &province.directory;
    let caller = province.caller();
    let actor = &caller.principal.actor(caller.via, caller.request);
    let file = settings.data.join(PASSWORD_FILE);
    let before = password::read(&file)?;
    let made_up = settings.demo_password.is_none() && before.is_none();
    let password = settings
        .demo_password
        .clone()
        .or_else(|| before.clone())
        .unwrap_or_else(|| password::made_up(directory.store().context()));
    let changed = before.as_ref() != Some(&password);
    let tree = directory.units().await?;
    for person in &PEOPLE {
        let Some(unit) = person.unit(&tree) else {
            tracing::warn!(
                login = person.login,
                "no demonstration account: its unit is not in the tree"
            );
            continue;
        };
        match directory.account_by_login(person.login).await? {
            None => {
                let account = make(directory, actor, person, unit, &password).await?;
                place(directory, actor, person, &account, unit).await?;
            }
            Some(account) if account.demo => {
                if changed {
                    directory.set_password(actor, account.id, &password).await?;
                }
                place(directory, actor, person, &account, unit).await?;
            }
            Some(_) => {
                tracing::warn!(
                    login = person.login,
                    "no demonstration account: somebody real has this login"
                );
            }
        }
    }
    if changed {
        password::keep(&file, &password)?;
    }
    Ok(Demo { password, made_up })
}

async fn make(
    directory: &Directory,
    actor: &Actor,
    person: &Person,
    unit: Id,
    password: &str,
) -> Result<Account, Failure> {
    let new = NewAccount {
        login: person.login.to_owned(),
        name: person.name.to_owned(),
        password: password.to_owned(),
        grants: person
            .roles()
            .into_iter()
            .map(|role| Grant::new(role, unit))
            .collect(),
        demo: true,
    };
    Ok(directory.create_account(actor, new).await?)
}

/// Puts the person behind an account where the account's role is held: made up, and marked so.
/// Somebody who is there already stays as they are.
async fn place(
    directory: &Directory,
    actor: &Actor,
    person: &Person,
    account: &Account,
    unit: Id,
) -> Result<(), Failure> {
    if directory.person_of_account(account.id).await?.is_some() {
        return Ok(());
    }
    let context = directory.store().context();
    let draft = PersonDraft {
        name: person.name.to_owned(),
        account: Some(account.id),
        demo: true,
        ..PersonDraft::default()
    };
    let made = directory
        .create_person(actor, context.new_id(), draft)
        .await?;
    let position = PositionDraft {
        unit,
        title: person.title().to_owned(),
        roles: person.roles(),
        kind: PositionKind::Regular,
        primary: true,
        valid_from: context.now().in_vietnam().date(),
        valid_to: None,
    };
    directory
        .add_position(actor, context.new_id(), made.id, position)
        .await?;
    Ok(())
}
