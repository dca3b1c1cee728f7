//! What a link opens for whoever holds its secret and no account: `data/roles/link.toml`, compiled
//! as roles are, over what the link was made for. One compiler answers for accounts and links.

use std::sync::{Arc, LazyLock};

use jiff::civil::Date;
use vocab::Id;

use super::role::RoleSpec;
use super::{Compiled, Ground, Permissions};
use crate::{Directory, DirectoryError, Grant, Principal, Role};

/// What a link was made for: the sheet of a unit in a call for reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkReach {
    /// The link: what is done through it is done by this identity.
    pub link: Id,
    /// Whose sheet it is, in words.
    pub name: String,
    /// Whose sheet it is.
    pub unit: Id,
    /// The call for reports.
    pub campaign: Id,
    /// The code of its period: `2023Q3`.
    pub period: String,
    /// The measures that the sheet asks for.
    pub measures: Vec<Id>,
}

static SHIPPED: LazyLock<Arc<RoleSpec>> = LazyLock::new(|| {
    let text = include_str!("../../../../data/roles/link.toml");
    Arc::new(toml::from_str(text).expect("what links open is read by a test"))
});

impl Directory {
    /// Whoever comes by a link, with what it opens today: what everybody may see, and its sheet.
    /// They hold no role, so nothing that is asked of roles is theirs.
    pub async fn link_principal(&self, reach: &LinkReach) -> Result<Principal, DirectoryError> {
        let day = self.store().context().now().in_vietnam().date();
        let permissions = self.compile_link(reach, day).await?;
        Ok(Principal {
            account: Some(reach.link),
            name: reach.name.clone(),
            compiled: Compiled::of(Arc::new(permissions.1)),
            grants: permissions.0,
            ..Principal::public()
        })
    }

    async fn compile_link(
        &self,
        reach: &LinkReach,
        day: Date,
    ) -> Result<(Arc<[Grant]>, Permissions), DirectoryError> {
        let book = self.roles().await?;
        let succession = self.succession().await?;
        let tables = self.store().tables();
        let ground = Ground {
            day,
            succession: Some(&succession),
            tables: &tables,
            link: Some(reach),
            ..Ground::BARE
        };
        let none: Arc<[Grant]> = Arc::from([]);
        let mut permissions = Permissions::compile(Some(reach.link), &none, &book, &ground);
        let spec = &*SHIPPED;
        let held = Role::coded(&spec.code).map(|role| Grant::new(role, reach.unit));
        permissions.add(spec, held, &ground);
        Ok((none, permissions))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::permission::{RoleBook, condition};

    #[test]
    fn what_links_open_is_no_role_that_can_be_given() {
        assert_eq!(RoleBook::shipped().find(&SHIPPED.code), None);
    }

    #[test]
    fn what_was_not_made_for_a_link_knows_none_of_its_names() {
        let spec = store::TableSpec::new("campaign");
        let names = |link| condition::Names {
            account: Id::NIL,
            units: Vec::new(),
            today: Date::MAX,
            link,
        };
        let text = "id == link.campaign";
        let error = condition::compile(text, &spec, &names(None)).unwrap_err();
        assert_eq!(error.code, "condition-unknown-field");
        let reach = LinkReach {
            link: Id::NIL,
            name: String::new(),
            unit: Id::NIL,
            campaign: Id::NIL,
            period: "2023Q3".to_owned(),
            measures: Vec::new(),
        };
        assert!(condition::compile(text, &spec, &names(Some(reach))).is_ok());
    }
}
