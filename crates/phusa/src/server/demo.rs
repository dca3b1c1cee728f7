//! Demonstration accounts: one for each role, their people made up and marked as such.

use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use directory::{Account, Directory, Grant, NewAccount, Reading, Role, UnitTree};
use store::Actor;
use vocab::{Context, Id};

use crate::failure::Failure;
use crate::province::Province;
use crate::settings::Settings;
use crate::words::Words;

/// Where the password stands that the accounts were last given.
const PASSWORD_FILE: &str = "demo-password";

struct Person {
    login: &'static str,
    name: &'static str,
    role: Role,
    /// The body's name in the decision; none for the province itself.
    body: Option<&'static str>,
}

const PROVINCE: &str = "UBND tỉnh Vĩnh Long";
const HOME_AFFAIRS: Option<&str> = Some("Sở Nội vụ");
const INDUSTRY_AND_TRADE: Option<&str> = Some("Sở Công Thương");
const INFORMATION: Option<&str> = Some("Sở Thông tin và Truyền thông");

const PEOPLE: [Person; 9] = [
    Person::new(
        "canbo.snv",
        "Nguyễn Thị Bích Ngọc (giả lập)",
        Role::Officer,
        HOME_AFFAIRS,
    ),
    Person::new(
        "lanhdao.snv",
        "Trần Văn Phước (giả lập)",
        Role::Head,
        HOME_AFFAIRS,
    ),
    Person::new(
        "canbo.sct",
        "Lê Hoàng Nam (giả lập)",
        Role::Officer,
        INDUSTRY_AND_TRADE,
    ),
    Person::new(
        "lanhdao.sct",
        "Phạm Thị Thu Hà (giả lập)",
        Role::Head,
        INDUSTRY_AND_TRADE,
    ),
    Person::new(
        "canbo.sttt",
        "Võ Minh Khang (giả lập)",
        Role::Officer,
        INFORMATION,
    ),
    Person::new(
        "lanhdao.sttt",
        "Huỳnh Quốc Dũng (giả lập)",
        Role::Head,
        INFORMATION,
    ),
    Person::new(
        "dieuphoi.sttt",
        "Đặng Thị Kim Loan (giả lập)",
        Role::Coordinator,
        INFORMATION,
    ),
    Person::new("lanhdaotinh", "Mai Hữu Lộc (giả lập)", Role::Viewer, None),
    Person::new(
        "quantri",
        "Dương Gia Bảo (giả lập)",
        Role::Administrator,
        None,
    ),
];

impl Person {
    const fn new(
        login: &'static str,
        name: &'static str,
        role: Role,
        body: Option<&'static str>,
    ) -> Self {
        Self {
            login,
            name,
            role,
            body,
        }
    }

    fn unit_name(&self) -> &'static str {
        self.body.unwrap_or(PROVINCE)
    }

    fn unit(&self, tree: &UnitTree) -> Option<Id> {
        match self.body {
            None => Some(directory::province()),
            Some(body) => match tree.resolve(body, None)? {
                Reading::Unit(id) => Some(id),
                Reading::Group(_) => None,
            },
        }
    }
}

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
        lines.extend(PEOPLE.iter().map(|person| {
            let role = words.t(person.role.key());
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
                    role: person.role,
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
    let before = read(&file)?;
    let made_up = settings.demo_password.is_none() && before.is_none();
    let password = settings
        .demo_password
        .clone()
        .or_else(|| before.clone())
        .unwrap_or_else(|| made_up_password(directory.store().context()));
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
                make(directory, actor, person, unit, &password).await?;
            }
            Some(account) if account.demo && changed => {
                directory.set_password(actor, account.id, &password).await?;
            }
            Some(account) if !account.demo => {
                tracing::warn!(
                    login = person.login,
                    "no demonstration account: somebody real has this login"
                );
            }
            Some(_) => {}
        }
    }
    if changed {
        keep(&file, &password)?;
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
        grants: vec![Grant {
            role: person.role,
            unit,
        }],
        demo: true,
    };
    Ok(directory.create_account(actor, new).await?)
}

/// 20 letters and digits that are not mistaken for each other, in groups of five.
fn made_up_password(context: &Context) -> String {
    const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz023456789";
    let letters: Vec<char> = context
        .random::<20>()
        .iter()
        .map(|byte| char::from(LETTERS[usize::from(byte % 32)]))
        .collect();
    let groups: Vec<String> = letters
        .chunks(5)
        .map(|group| group.iter().collect())
        .collect();
    groups.join("-")
}

fn read(file: &Path) -> Result<Option<String>, Failure> {
    match std::fs::read_to_string(file) {
        Ok(text) => Ok(Some(text.trim().to_owned()).filter(|text| !text.is_empty())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(unreadable(file, error)),
    }
}

/// Readable by the program's own user alone.
fn keep(file: &Path, password: &str) -> Result<(), Failure> {
    std::fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(file)
        .and_then(|mut file| writeln!(file, "{password}"))
        .map_err(|error| unreadable(file, error))
}

fn unreadable(file: &Path, error: std::io::Error) -> Failure {
    Failure::new("failure-store-file").with("why", format!("{}: {error}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_is_marked_as_made_up_and_every_role_is_there() {
        for role in Role::ALL {
            assert!(PEOPLE.iter().any(|person| person.role == role), "{role:?}");
        }
        for person in &PEOPLE {
            assert!(person.name.ends_with("(giả lập)"), "{}", person.name);
        }
    }

    #[test]
    fn a_password_is_made_of_plain_letters_and_is_another_each_time() {
        let context = vocab::context::fixed::context(7);
        let (one, other) = (made_up_password(&context), made_up_password(&context));
        assert_ne!(one, other);
        assert_eq!(one.len(), 23);
        assert!(
            one.chars()
                .all(|ch| ch == '-' || ch.is_ascii_alphanumeric()),
            "{one}"
        );
    }
}
