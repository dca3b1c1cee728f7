//! Following a link: from its secret to whoever acts through it.

use directory::permission::LinkReach;
use directory::{Device, Principal};
use registry::{Record, RegistryError};
use vocab::Id;

use super::{LinkStanding, SHEET_LINK, SheetLink};
use crate::campaigns::{SHEET, SheetBody};
use crate::error::PlanError;
use crate::plans::Plans;

/// Somebody who came by a link.
#[derive(Clone, Debug)]
pub struct LinkVisit {
    /// Who acts: the link, with its own sheet and no role.
    pub principal: Principal,
    /// The link.
    pub link: SheetLink,
    /// The campaign.
    pub campaign: Id,
    /// The body whose sheet it is.
    pub unit: Id,
}

impl Plans {
    /// Whoever holds this secret. Looking uses nothing up.
    ///
    /// Refused with `sheet-link-void` (410) for whatever opens nothing, and never told apart: a
    /// secret that is none, a link that has ended, was withdrawn or was made anew. Refused with
    /// `too-many-tries` after many of them from one place.
    pub async fn follow_sheet_link(
        &self,
        secret: &str,
        from: &Device,
    ) -> Result<LinkVisit, PlanError> {
        let directory = self.registry().directory();
        let followed = directory.follow_link(secret, from)?;
        let Some(digest) = followed.digest.as_deref() else {
            return Err(void());
        };
        let found = self
            .registry()
            .find_by(SHEET_LINK, "digest", digest)
            .await?;
        let link = SheetLink::of(found.ok_or_else(void)?)?;
        let now = self.registry().store().context().now();
        if link.standing(now) != LinkStanding::Open {
            return Err(void());
        }
        let sheet = self.registry().find(SHEET, link.body.sheet).await?;
        let sheet = sheet.ok_or_else(void)?;
        directory.found_link(&followed);
        let principal = self.link_principal(&link.record, &sheet).await?;
        Ok(LinkVisit {
            principal,
            campaign: link.body.campaign,
            unit: sheet.unit,
            link,
        })
    }

    async fn link_principal(&self, link: &Record, sheet: &Record) -> Result<Principal, PlanError> {
        let body: SheetBody = sheet.read()?;
        let directory = self.registry().directory();
        let reach = LinkReach {
            link: link.id,
            name: self.name_of(sheet.unit).await?,
            unit: sheet.unit,
            campaign: body.campaign,
            period: body.period.code(),
            measures: body.lines,
        };
        Ok(directory.link_principal(&reach).await?)
    }

    /// Whether whoever answers for a record came by a link.
    pub(crate) async fn is_of_link(&self, record: &Record) -> Result<bool, PlanError> {
        match record.author {
            Some(author) => Ok(self.body_of_link(author).await?.is_some()),
            None => Ok(false),
        }
    }

    /// The body for which something was done, if it was done through a link.
    pub async fn body_of_link(&self, actor: Id) -> Result<Option<Id>, PlanError> {
        let link = self.registry().find(SHEET_LINK, actor).await?;
        Ok(link.map(|link| link.unit))
    }
}

fn void() -> PlanError {
    let about = "following a link to a sheet that opens nothing";
    RegistryError::refused(410, "sheet-link-void", about).into()
}
