//! Making, changing and removing roles, and how a role stood before.

use store::{Actor, Expect, Op, RecordPut, Remove, Scope, StoreError, Write};
use vocab::{Id, Instant, Problem, collate};

use super::edited::EditedRole;
use super::role::RoleSpec;
use super::stored::{EPOCH, TABLE, check};
use super::{Act, Decision, Giver, may};
use crate::digest::named_id;
use crate::{Directory, DirectoryError, Principal, Role, Subject, sessions};

/// So many versions of a role are told.
const MOST_VERSIONS: usize = 100;

/// A role as it stands, and the version that an edit of it follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleStanding {
    /// The record in which an administrator's version of it is kept.
    pub record: Id,
    /// 0 for a role that stands as it ships, or as packs bring it.
    pub version: i64,
    /// The role.
    pub role: RoleSpec,
    /// Whether one with its code ships, or comes with a pack.
    pub ships: bool,
}

/// How a role stood from one edit to the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleVersion {
    /// The version.
    pub version: i64,
    /// When it was written.
    pub at: Instant,
    /// Who wrote it.
    pub account: Id,
    /// What it said; none where the role was removed.
    pub role: Option<RoleSpec>,
}

impl Directory {
    /// A role as it stands, whether it ships, comes with a pack or was made here.
    pub async fn role_standing(&self, code: &str) -> Result<Option<RoleStanding>, DirectoryError> {
        let given = self.given_roles();
        let ships = given.iter().find(|role| role.code == code).cloned();
        let kept = self.kept_role(code).await?;
        Ok(match (kept, ships) {
            (Some((record, version, edited)), ships) => Some(RoleStanding {
                record,
                version,
                role: edited.completed(&given),
                ships: ships.is_some(),
            }),
            (None, Some(ships)) => Some(RoleStanding {
                record: named_id(&format!("role/{code}")),
                version: 0,
                role: (*ships).clone(),
                ships: true,
            }),
            (None, None) => None,
        })
    }

    /// The versions of the record of a role, newest first.
    pub async fn role_history(&self, record: Id) -> Result<Vec<RoleVersion>, DirectoryError> {
        let why = Scope::bypass("whoever configures roles reads how they stood");
        let versions = self
            .store()
            .history(TABLE, &why, record, MOST_VERSIONS)
            .await?;
        let told = versions.into_iter().map(|version| RoleVersion {
            version: version.version,
            at: version.at,
            account: version.actor,
            role: version
                .body
                .as_deref()
                .and_then(|body| Some(EditedRole::read(body).ok()?.role)),
        });
        Ok(told.collect())
    }

    /// Makes a role or changes one, whatever version it stands at; see [`Self::change_role`].
    pub async fn put_role(
        &self,
        principal: &Principal,
        actor: &Actor,
        role: &RoleSpec,
    ) -> Result<(), DirectoryError> {
        let known = self.kept_role(&role.code).await?;
        let version = known.map_or(0, |(_, version, _)| version);
        self.change_role(principal, actor, version, role).await
    }

    /// Makes a role or changes one that stands at a version (0: as it ships, or not there
    /// yet), for somebody who may. Refused with `role-invalid` at the field that is wrong,
    /// `role-everybody-fixed`, `role-above`, `role-raises-itself` or `role-gives-more` where
    /// it grants or would grant what whoever edits it does not hold, `role-locks-out` and
    /// `last-administrator` where nobody could set up roles and accounts any more;
    /// [`StoreError::Conflict`] when it was changed meanwhile.
    pub async fn change_role(
        &self,
        principal: &Principal,
        actor: &Actor,
        version: i64,
        role: &RoleSpec,
    ) -> Result<(), DirectoryError> {
        configures(principal, "changing a role")?;
        check(role, &self.store().tables())?;
        let known = self.kept_role(&role.code).await?;
        let mut giver = self.giver(principal.account.unwrap_or(Id::NIL)).await?;
        self.check_change(&mut giver, role).await?;
        if version == 0
            && let Some((record, current, _)) = &known
        {
            return Err(StoreError::Conflict {
                table: TABLE.to_owned(),
                id: *record,
                expected: None,
                current: Some(*current),
            }
            .into());
        }
        let put = RecordPut {
            table: TABLE.to_owned(),
            id: match &known {
                Some((record, _, _)) => *record,
                None => self.record_of_new_role(&role.code).await?,
            },
            expect: match version {
                0 => Expect::New,
                version => Expect::Version(version),
            },
            action: if known.is_some() { "edit" } else { "create" }.to_owned(),
            unit: Id::NIL,
            state: "active".to_owned(),
            sort_key: collate::sort_key_cut(&role.name.vi, 200),
            columns: vec![role.code.as_str().into()],
            body: EditedRole::now(role, &self.given_roles()).body()?,
            schema: String::new(),
            tokens: Vec::new(),
            files: Vec::new(),
        };
        self.commit_role(actor, Op::Put(put), None, &giver).await
    }

    /// Whether somebody may have a role grant this, as [`Self::change_role`] asks once more.
    /// Refused as that is.
    pub async fn try_role(
        &self,
        principal: &Principal,
        role: &RoleSpec,
    ) -> Result<(), DirectoryError> {
        configures(principal, "changing a role")?;
        check(role, &self.store().tables())?;
        let mut giver = self.giver(principal.account.unwrap_or(Id::NIL)).await?;
        self.check_change(&mut giver, role).await
    }

    /// Refuses an edit by somebody who does not hold what the role grants or shall grant, and
    /// one after which nobody could set up roles and accounts any more.
    async fn check_change(&self, giver: &mut Giver, role: &RoleSpec) -> Result<(), DirectoryError> {
        let book = self.roles().await?;
        let before = book.iter().find(|known| known.code == role.code);
        self.require_role(
            giver,
            before.map(|role| &**role),
            Some(role),
            "changing a role",
        )
        .await?;
        if let (Some(before), Some(own)) = (before, Role::coded(&role.code))
            && !giver.is_program()
        {
            let after = book.with([role.clone()]);
            self.keep_administrator_by(before, &after, own).await?;
        }
        Ok(())
    }

    /// Removes a role that was made here. Refused with `role-unknown`, `role-ships` for one
    /// that ships, and `role-held` where an account, an invitation, a position or a
    /// delegation names it, today or on a later day.
    pub async fn remove_role(
        &self,
        principal: &Principal,
        actor: &Actor,
        version: i64,
        code: &str,
    ) -> Result<(), DirectoryError> {
        let doing = "removing a role";
        configures(principal, doing)?;
        // Whoever is given the role meanwhile moves it on.
        let epoch = self.store().epoch(sessions::EPOCH).await?;
        let standing = self.role_standing(code).await?;
        let standing = standing.ok_or_else(|| Problem::new(404, "role-unknown", doing))?;
        if standing.ships {
            return Err(Problem::new(409, "role-ships", doing).into());
        }
        let role = Role::coded(code);
        let holders = match role {
            Some(role) => self.named_holders(role).await?,
            None => Vec::new(),
        };
        if !holders.is_empty() {
            let (count, first) = (holders.len(), holders.into_iter().take(3));
            let names = first.collect::<Vec<_>>().join(", ");
            let problem = Problem::new(409, "role-held", doing);
            return Err(problem.with("count", count).with("names", names).into());
        }
        let remove = Remove {
            table: TABLE.to_owned(),
            id: standing.record,
            version,
            action: "remove".to_owned(),
        };
        let mut giver = self.giver(principal.account.unwrap_or(Id::NIL)).await?;
        self.require_role(&mut giver, Some(&standing.role), None, doing)
            .await?;
        self.commit_role(actor, Op::Remove(remove), Some(epoch), &giver)
            .await
    }

    async fn commit_role(
        &self,
        actor: &Actor,
        op: Op,
        holders: Option<i64>,
        giver: &Giver,
    ) -> Result<(), DirectoryError> {
        let mut write = Write::by(actor.clone())
            .op(op)
            .op(Op::Bump(EPOCH.to_owned()));
        if let Some(epoch) = holders {
            write.epochs.push((sessions::EPOCH.to_owned(), epoch));
        }
        giver.hold(&mut write);
        self.store().commit(write).await?;
        self.epochs().forget();
        Ok(())
    }

    async fn kept_role(&self, code: &str) -> Result<Option<(Id, i64, EditedRole)>, DirectoryError> {
        let why = Scope::bypass("what roles grant is derived for everybody");
        let record = self.store().fetch_by(TABLE, &why, "code", code).await?;
        record
            .map(|record| {
                let role = EditedRole::read(&record.body)?;
                Ok((record.head.id, record.head.version, role))
            })
            .transpose()
    }

    /// The same identity whoever makes it, so that of two who make it at once the second
    /// hears of the first; another where a role with this code was removed.
    async fn record_of_new_role(&self, code: &str) -> Result<Id, DirectoryError> {
        let named = named_id(&format!("role/{code}"));
        let why = Scope::bypass("whether a role was removed decides where a new one is kept");
        let before = self.store().history(TABLE, &why, named, 1).await?;
        Ok(if before.is_empty() {
            named
        } else {
            self.store().context().new_id()
        })
    }
}

fn configures(principal: &Principal, doing: &str) -> Result<(), DirectoryError> {
    let subject = Subject {
        kind: TABLE,
        unit: Id::NIL,
        state: "",
        author: None,
    };
    match may(principal, Act::Configure, &subject) {
        Decision::Allowed => Ok(()),
        Decision::Denied(reason) => Err(Problem::new(403, reason.code(), doing).into()),
    }
}
