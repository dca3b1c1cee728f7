//! What the pages about roles have in common.

use std::sync::Arc;

use directory::Act;
use directory::access::AccountName;
use directory::permission::{EVERYBODY, RoleBook, RoleGrant, RoleSpec, RoleStanding};
use jiff::civil::Date;

use super::super::rights::ROLES;
use super::super::{App, Failure, Visitor};
use crate::i18n::{RightsWords, Translator};
use crate::pages::Shell;
use crate::pages::links;
use crate::pages::parts::Link;
use crate::pages::shell::Section;

/// Whoever may set up roles, and what they work with.
pub(super) struct Desk {
    pub app: App,
    pub visitor: Visitor,
    pub book: Arc<RoleBook>,
    /// Roles as they come, whatever was changed here.
    pub given: Arc<RoleBook>,
    pub today: Date,
}

impl Desk {
    pub(super) async fn open(app: App, visitor: Visitor) -> Result<Self, Failure> {
        visitor.require(Act::Configure, &ROLES)?;
        Ok(Self {
            book: app.directory.roles().await?,
            given: app.directory.given_roles(),
            today: app.store().context().now().in_vietnam().date(),
            app,
            visitor,
        })
    }

    pub(super) fn words(&self) -> Translator {
        self.visitor.words()
    }

    /// Words for grants, over records of systems too.
    pub(super) fn rights(&self) -> RightsWords<'_> {
        self.words().rights(self.app.plans.registry().systems())
    }

    pub(super) fn shell(&self) -> Shell {
        self.visitor.shell(Section::Admin)
    }

    pub(super) async fn standing(&self, code: &str) -> Result<RoleStanding, Failure> {
        let standing = self.app.directory.role_standing(code).await?;
        standing.ok_or_else(|| Failure::not_found("no such role"))
    }

    pub(super) fn sentences(&self, grants: &[RoleGrant]) -> Vec<String> {
        let words = self.rights();
        grants.iter().map(|grant| words.role_grant(grant)).collect()
    }

    /// The role with this code as it ships, or as packs bring it.
    pub(super) fn given(&self, code: &str) -> Option<Arc<RoleSpec>> {
        let mut given = self.given.iter();
        given.find(|role| role.code == code).cloned()
    }

    /// Whence a role comes.
    pub(super) fn origin(&self, role: &RoleSpec) -> String {
        let given = self.given(&role.code);
        self.words().t(match given {
            _ if role.code == EVERYBODY => "roles-shipped",
            Some(given) if *given == *role => "roles-shipped",
            Some(_) => "roles-changed",
            None => "roles-own",
        })
    }
}

/// An account, leading to where its roles are given.
pub(super) fn account_link(account: &AccountName) -> Link {
    let href = links::account_edit(&account.id.to_string());
    Link::new(href, format!("{} ({})", account.name, account.login))
}
