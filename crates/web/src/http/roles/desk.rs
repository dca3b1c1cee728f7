//! What the pages about roles have in common.

use std::sync::Arc;

use directory::Act;
use directory::access::AccountName;
use directory::permission::{EVERYBODY, RoleBook, RoleGrant, RoleSpec, RoleStanding};
use jiff::civil::Date;

use super::super::rights::ROLES;
use super::super::{App, Failure, Visitor};
use crate::i18n::Translator;
use crate::pages::Shell;
use crate::pages::links;
use crate::pages::parts::Link;
use crate::pages::shell::Section;

/// Whoever may set up roles, and what they work with.
pub(super) struct Desk {
    pub app: App,
    pub visitor: Visitor,
    pub book: Arc<RoleBook>,
    pub today: Date,
}

impl Desk {
    pub(super) async fn open(app: App, visitor: Visitor) -> Result<Self, Failure> {
        visitor.require(Act::Configure, &ROLES)?;
        Ok(Self {
            book: app.directory.roles().await?,
            today: app.store().context().now().in_vietnam().date(),
            app,
            visitor,
        })
    }

    pub(super) fn words(&self) -> Translator {
        self.visitor.words()
    }

    pub(super) fn shell(&self) -> Shell {
        self.visitor.shell(Section::Admin)
    }

    pub(super) async fn standing(&self, code: &str) -> Result<RoleStanding, Failure> {
        let standing = self.app.directory.role_standing(code).await?;
        standing.ok_or_else(|| Failure::not_found("no such role"))
    }

    pub(super) fn sentences(&self, grants: &[RoleGrant]) -> Vec<String> {
        let words = self.words();
        grants.iter().map(|grant| words.role_grant(grant)).collect()
    }

    /// Whence a role comes.
    pub(super) fn origin(&self, role: &RoleSpec) -> String {
        self.words()
            .t(if role.code == EVERYBODY || is_shipped(role) {
                "roles-shipped"
            } else if shipped(&role.code).is_some() {
                "roles-changed"
            } else {
                "roles-own"
            })
    }
}

/// An account, leading to where its roles are given.
pub(super) fn account_link(account: &AccountName) -> Link {
    let href = links::account_edit(&account.id.to_string());
    Link::new(href, format!("{} ({})", account.name, account.login))
}

/// The role with this code that ships.
pub(super) fn shipped(code: &str) -> Option<RoleSpec> {
    let book = RoleBook::shipped();
    let found = book.iter().find(|role| role.code == code);
    found.map(|role| (**role).clone())
}

fn is_shipped(role: &RoleSpec) -> bool {
    shipped(&role.code).as_ref() == Some(role)
}
