//! Invitations: an administrator says who shall come and with which grants; the person chooses
//! login and password by a link that ends.
//!
//! An invitation is a record, so that who invited whom stands in the audit. Its link's secret
//! is made when the link is handed over or mailed; each makes the one before void.

use serde::{Deserialize, Serialize};
use store::{Actor, ColumnKind, Expect, ListQuery, NewJob, Op, Record, RecordPut, Scope};
use store::{StoreError, TableSpec, Write};
use vocab::{Id, Instant, Lang, Problem, collate};

use super::create::Along;
use super::reset::link_void;
use super::{Account, NewAccount, rules};
use crate::permission::{Giver, Taking, reach};
use crate::sessions::{Device, secret, too_many};
use crate::{
    Act, Directory, DirectoryError, Grant, Person, Principal, Subject, digest, error, may,
};

const TABLE: &str = "invitation";
const OPEN: &str = "open";
const SECONDS: i64 = 7 * 24 * 60 * 60;

pub(super) fn table() -> TableSpec {
    TableSpec::new(TABLE)
        .unique("digest", ColumnKind::Bytes)
        .filter("state")
}

#[derive(Clone, Serialize, Deserialize)]
struct Body {
    name: String,
    email: String,
    grants: Vec<Grant>,
    ends: Instant,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    person: Option<Id>,
}

#[derive(Serialize, Deserialize)]
struct Mailing {
    invitation: Id,
    lang: String,
}

/// Who shall come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewInvitation {
    /// The name to show.
    pub name: String,
    /// The mail address; empty where the link is handed over.
    pub email: String,
    /// What the account shall be able to do where, besides what the person holds.
    pub grants: Vec<Grant>,
}

/// An invitation that nobody has taken up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// Its identity.
    pub id: Id,
    /// The version of the record.
    pub version: i64,
    /// The name.
    pub name: String,
    /// The mail address.
    pub email: String,
    /// The grants.
    pub grants: Vec<Grant>,
    /// When its link ends, or has ended.
    pub ends: Instant,
    /// The person whose account it shall be, if one was named.
    pub person: Option<Id>,
}

/// What a mail with an invitation says.
#[derive(Clone, PartialEq, Eq)]
pub struct InvitationLetter {
    /// The address.
    pub to: String,
    /// The name.
    pub name: String,
    /// The language of whoever invites.
    pub lang: Lang,
    /// The link's secret.
    pub token: String,
}

impl Directory {
    /// The kind of job that sends an invitation.
    pub const INVITATION_MAIL: &str = "mail-invitation";

    /// Notes whom to invite; nobody is told yet. Refused with `name-invalid`, `email-invalid`,
    /// and as [`Self::change_account`] refuses to give.
    pub async fn invite(
        &self,
        actor: &Actor,
        new: NewInvitation,
    ) -> Result<Invitation, DirectoryError> {
        let context = self.store().context();
        let mut giver = self.giver(actor.account).await?;
        self.require_gives(&mut giver, &new.grants, None, "unit", "inviting somebody")
            .await?;
        let invitation = Invitation {
            id: context.new_id(),
            version: 0,
            name: rules::name(&new.name)?,
            email: rules::email(&new.email)?,
            grants: new.grants,
            ends: context.now(),
            person: None,
        };
        self.put_invitation(actor, &invitation, OPEN, None, "create")
            .await
    }

    /// Notes that a person shall get an account, which acts by what the person holds; what was
    /// noted of them already is given back. Refused with `person-unknown`, `person-left`,
    /// `person-has-account`, and with `account-above` where the person holds what whoever
    /// invites could not give them.
    pub async fn invite_person(
        &self,
        actor: &Actor,
        person: Id,
    ) -> Result<Invitation, DirectoryError> {
        let mut giver = self.giver(actor.account).await?;
        let known = self.require_invitable(&mut giver, person).await?;
        let open = self.open_invitations(Scope::units([person])).await?;
        if let Some(open) = open.into_iter().next() {
            return Ok(open);
        }
        let context = self.store().context();
        let invitation = Invitation {
            id: context.new_id(),
            version: 0,
            name: known.draft.name,
            email: known.draft.email.unwrap_or_default(),
            grants: Vec::new(),
            ends: context.now(),
            person: Some(person),
        };
        self.put_invitation(actor, &invitation, OPEN, None, "create")
            .await
    }

    /// The person whom an invitation names, while they may be invited.
    async fn require_invitable(
        &self,
        giver: &mut Giver,
        person: Id,
    ) -> Result<Person, DirectoryError> {
        let doing = "inviting a person";
        let refuse = |status, code| DirectoryError::from(Problem::new(status, code, doing));
        let known = self.person(person).await?;
        let known = known.filter(|known| giver.keeps_all() || giver.keeps(known.owner()));
        let known = known.ok_or_else(|| refuse(404, "person-unknown"))?;
        if known.draft.account.is_some() {
            return Err(refuse(409, "person-has-account"));
        }
        if !known.is_there(self.today()) {
            return Err(refuse(409, "person-left"));
        }
        let but = |grant: &Grant| giver.passes_over(grant, Taking::Over);
        let held = self.ever_held_by(person, &but).await?;
        if self.is_above(giver, &held, Taking::Over).await? {
            return Err(refuse(403, "account-above"));
        }
        Ok(known)
    }

    /// A fresh link of an invitation, told this once; the one before is void. Refused with
    /// `invitation-gone`.
    pub async fn invitation_link(&self, actor: &Actor, id: Id) -> Result<String, DirectoryError> {
        let mut invitation = self.invitation(id).await?.ok_or_else(gone)?;
        self.require_invites(actor, &invitation).await?;
        let context = self.store().context();
        let (token, _) = secret::fresh(context);
        invitation.ends = context.now().plus_seconds(SECONDS);
        self.put_invitation(actor, &invitation, OPEN, Some(&token), "send")
            .await?;
        Ok(token)
    }

    /// Has a fresh link of an invitation mailed. Refused with `invitation-gone`, and with
    /// `email-missing` where there is no address.
    pub async fn mail_invitation(
        &self,
        actor: &Actor,
        id: Id,
        lang: Lang,
    ) -> Result<(), DirectoryError> {
        let invitation = self.invitation(id).await?.ok_or_else(gone)?;
        self.require_invites(actor, &invitation).await?;
        if invitation.email.is_empty() {
            let about = "mailing an invitation without an address";
            return Err(Problem::new(422, "email-missing", about).into());
        }
        let payload = Mailing {
            invitation: id,
            lang: lang.tag().to_owned(),
        };
        let job = NewJob {
            kind: Self::INVITATION_MAIL.to_owned(),
            payload: error::body("a mailing", &payload)?,
            unique_key: Some(format!("invitation {id}")),
            run_at: None,
        };
        self.store()
            .commit(Write::by(actor.clone()).op(Op::Enqueue(job)))
            .await?;
        Ok(())
    }

    /// What the job of that kind shall send; none where the invitation is gone.
    pub async fn invitation_letter(
        &self,
        payload: &str,
    ) -> Result<Option<InvitationLetter>, DirectoryError> {
        let mailing: Mailing = error::read_body("a mailing", payload)?;
        let Some(invitation) = self.invitation(mailing.invitation).await? else {
            return Ok(None);
        };
        let actor = Principal::system().actor("job", self.store().context().new_id());
        let token = self.invitation_link(&actor, invitation.id).await?;
        Ok(Some(InvitationLetter {
            to: invitation.email,
            name: invitation.name,
            lang: Lang::lookup(&mailing.lang).unwrap_or_default(),
            token,
        }))
    }

    /// Refuses whoever would hand over more than they may give themselves.
    async fn require_invites(
        &self,
        actor: &Actor,
        invitation: &Invitation,
    ) -> Result<(), DirectoryError> {
        let mut giver = self.giver(actor.account).await?;
        let doing = "inviting somebody";
        self.require_gives(&mut giver, &invitation.grants, None, "unit", doing)
            .await?;
        match invitation.person {
            Some(person) => self.require_invitable(&mut giver, person).await.map(|_| ()),
            None => Ok(()),
        }
    }

    /// Takes an invitation back; false if it is gone.
    pub async fn withdraw_invitation(&self, actor: &Actor, id: Id) -> Result<bool, DirectoryError> {
        let Some(invitation) = self.invitation(id).await? else {
            return Ok(false);
        };
        let mut giver = self.giver(actor.account).await?;
        let doing = "taking an invitation back";
        self.require_gives(&mut giver, &invitation.grants, None, "unit", doing)
            .await?;
        self.put_invitation(actor, &invitation, "withdrawn", None, "withdraw")
            .await?;
        Ok(true)
    }

    /// The invitations that nobody has taken up, by name; at most 1,000.
    pub async fn invitations(&self) -> Result<Vec<Invitation>, DirectoryError> {
        self.open_invitations(Scope::bypass("administrators see every invitation"))
            .await
    }

    /// Those of them that somebody may send and take back: all, or those of the people whom
    /// their units keep.
    pub async fn invitations_for(
        &self,
        principal: &Principal,
    ) -> Result<Vec<Invitation>, DirectoryError> {
        let every = Subject {
            kind: "account",
            unit: Id::NIL,
            state: "",
            author: None,
        };
        if may(principal, Act::Configure, &every).is_allowed() {
            return self.invitations().await;
        }
        self.open_invitations(reach(principal, Act::Configure, "person"))
            .await
    }

    async fn open_invitations(&self, scope: Scope) -> Result<Vec<Invitation>, DirectoryError> {
        let query = ListQuery::new(TABLE, scope)
            .filter("state", OPEN)
            .limit(1_000);
        let page = self.store().list_records(&query).await?;
        page.items.iter().map(read).collect()
    }

    /// The invitation that a link leads to, while both last. Refused with `too-many-tries`
    /// after many links that are none from one place.
    pub async fn invitation_of_link(
        &self,
        token: &str,
        from: &Device,
    ) -> Result<Option<Invitation>, DirectoryError> {
        let now = self.store().context().now();
        let attempt = self
            .throttle()
            .begin_lookup(&from.address, now)
            .map_err(too_many)?;
        if secret::key(token).is_none() {
            return Ok(None);
        }
        let digest = digest::of_secret(token).to_vec();
        let record = self
            .store()
            .fetch_by(
                TABLE,
                &Scope::bypass("an invitation is opened by its secret"),
                "digest",
                digest,
            )
            .await?;
        let invitation = record.as_ref().map(read).transpose()?;
        let invitation = invitation.filter(|invitation| invitation.ends > now);
        if invitation.is_some() {
            self.throttle().forgive(&attempt);
        }
        Ok(invitation)
    }

    /// Makes the account of an invitation, which ends with it. Refused with `link-void`, and as
    /// [`Self::create_account`] refuses. Of two at once, one wins.
    pub async fn accept_invitation(
        &self,
        token: &str,
        login: &str,
        password: &str,
        from: &Device,
        request: Id,
    ) -> Result<Account, DirectoryError> {
        let invitation = self.invitation_of_link(token, from).await?;
        let invitation = invitation.ok_or_else(link_void)?;
        let new = NewAccount {
            login: login.to_owned(),
            name: invitation.name.clone(),
            password: password.to_owned(),
            grants: invitation.grants.clone(),
            demo: false,
        };
        let used = put(&invitation, "used", None, "accept")?;
        let person = match invitation.person {
            None => None,
            // Whoever left meanwhile, or got an account in another way, needs none.
            Some(id) => {
                let person = self.person(id).await?;
                let open = |person: &Person| {
                    person.draft.account.is_none() && person.is_there(self.today())
                };
                Some(person.filter(open).ok_or_else(link_void)?)
            }
        };
        let along = Along {
            email: invitation.email,
            ops: vec![Op::Put(used)],
            person,
            ..Along::default()
        };
        let actor = Principal::public().actor("page", request);
        match self.add_account(&actor, new, along).await {
            Err(DirectoryError::Store(StoreError::Conflict { .. })) => Err(link_void()),
            made => made,
        }
    }

    async fn invitation(&self, id: Id) -> Result<Option<Invitation>, DirectoryError> {
        let record = self
            .store()
            .fetch(
                TABLE,
                &Scope::bypass("administrators deal with every invitation"),
                id,
            )
            .await?;
        let open = record.filter(|record| record.head.state == OPEN);
        open.as_ref().map(read).transpose()
    }

    async fn put_invitation(
        &self,
        actor: &Actor,
        invitation: &Invitation,
        state: &str,
        token: Option<&str>,
        action: &str,
    ) -> Result<Invitation, DirectoryError> {
        let put = put(invitation, state, token, action)?;
        let write = Write::by(actor.clone()).op(Op::Put(put));
        self.store().commit(write).await?;
        Ok(Invitation {
            version: invitation.version + 1,
            ..invitation.clone()
        })
    }
}

fn put(
    invitation: &Invitation,
    state: &str,
    token: Option<&str>,
    action: &str,
) -> Result<RecordPut, DirectoryError> {
    let body = Body {
        name: invitation.name.clone(),
        email: invitation.email.clone(),
        grants: invitation.grants.clone(),
        ends: invitation.ends,
        person: invitation.person,
    };
    Ok(RecordPut {
        table: TABLE.to_owned(),
        id: invitation.id,
        expect: match invitation.version {
            0 => Expect::New,
            version => Expect::Version(version),
        },
        action: action.to_owned(),
        // It belongs to whom it invites: whoever keeps them deals with it.
        unit: invitation.person.unwrap_or(invitation.id),
        state: state.to_owned(),
        sort_key: collate::sort_key_cut(&invitation.name, 200),
        columns: vec![token.map(|token| digest::of_secret(token).to_vec()).into()],
        body: error::body("an invitation", &body)?,
        schema: String::new(),
        tokens: Vec::new(),
        files: Vec::new(),
    })
}

fn read(record: &Record) -> Result<Invitation, DirectoryError> {
    let body: Body = error::read_body("an invitation", &record.body)?;
    Ok(Invitation {
        id: record.head.id,
        version: record.head.version,
        name: body.name,
        email: body.email,
        grants: body.grants,
        ends: body.ends,
        person: body.person,
    })
}

fn gone() -> DirectoryError {
    Problem::new(404, "invitation-gone", "sending an invitation that is gone").into()
}
