//! Askings and opinions as whoever may see them sees them.

use std::collections::BTreeSet;

use directory::Principal;
use registry::RegistryError;
use vocab::Id;

use super::{OPINION, OPINION_ROUND, Opinion, Round, round_id};
use crate::error::PlanError;
use crate::plans::Plans;

impl Plans {
    /// The asking for opinions on a report, if there was one and this reader may see it.
    pub async fn opinion_round(
        &self,
        reader: &Principal,
        report: Id,
    ) -> Result<Option<Round>, PlanError> {
        let found = self.registry().get(reader, OPINION_ROUND, round_id(report));
        match found.await {
            Ok(record) => Round::of(record).map(Some),
            Err(RegistryError::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// The same of several reports: one question.
    pub(crate) async fn opinion_rounds(
        &self,
        reader: &Principal,
        reports: impl Iterator<Item = Id>,
    ) -> Result<Vec<Round>, PlanError> {
        if reader.account.is_none() {
            return Ok(Vec::new());
        }
        let ids: BTreeSet<Id> = reports.map(round_id).collect();
        let registry = self.registry();
        let found = registry.get_these(reader, OPINION_ROUND, ids).await?;
        found.into_iter().map(Round::of).collect()
    }

    /// The asking with this identity, if this reader may see it.
    pub async fn opinion_round_by_id(
        &self,
        reader: &Principal,
        id: Id,
    ) -> Result<Round, PlanError> {
        Round::of(self.registry().get(reader, OPINION_ROUND, id).await?)
    }

    /// The opinion with this identity, if this reader may see it.
    pub async fn opinion(&self, reader: &Principal, id: Id) -> Result<Opinion, PlanError> {
        Opinion::of(self.registry().get(reader, OPINION, id).await?)
    }

    /// An opinion as somebody read it.
    pub(super) async fn opinion_at(
        &self,
        reader: &Principal,
        id: Id,
        version: i64,
    ) -> Result<Opinion, PlanError> {
        let known = self.opinion(reader, id).await?;
        if known.record.version == version {
            return Ok(known);
        }
        Err(conflict(OPINION, version, known.record))
    }

    /// The asking on a report, whoever asks.
    pub(super) async fn round_of(&self, report: Id) -> Result<Option<Round>, PlanError> {
        let found = self.registry().find(OPINION_ROUND, round_id(report));
        found.await?.map(Round::of).transpose()
    }

    /// The askings on some reports, whoever asks: one question.
    pub(super) async fn rounds_of(
        &self,
        reports: impl Iterator<Item = Id>,
    ) -> Result<Vec<Round>, PlanError> {
        let ids: Vec<Id> = reports.map(round_id).collect();
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let found = self.registry().find_these(OPINION_ROUND, ids).await?;
        found.into_iter().map(Round::of).collect()
    }

    /// The opinions of an asking, whoever asks.
    pub(super) async fn opinions_of(&self, round: &Round) -> Result<Vec<Opinion>, PlanError> {
        let ids = round.body.asked.iter().map(|heard| heard.opinion);
        let found = self.registry().find_these(OPINION, ids).await?;
        found.into_iter().map(Opinion::of).collect()
    }
}

pub(super) fn conflict(kind: &str, expected: i64, current: registry::Record) -> PlanError {
    RegistryError::Conflict {
        kind: kind.to_owned(),
        expected,
        current: Box::new(current),
    }
    .into()
}
