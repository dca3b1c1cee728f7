//! A signed report beside the figures of today: what was corrected since is a difference, and
//! never a change of what was signed.

use std::collections::BTreeMap;

use vocab::Id;

use super::figures::Figures;
use super::read::Periodic;
use super::records::{KeptFigure, KeptSource};
use crate::error::PlanError;
use crate::plans::Plans;

/// A figure that says something else now, or rests on other reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// As it was signed; nothing if the target is measured otherwise since.
    pub then: Option<KeptFigure>,
    /// As it is now; nothing if it is not measured any more.
    pub now: Option<KeptFigure>,
    /// The reports behind it that differ.
    pub sources: Vec<SourceDifference>,
}

/// A report behind a figure that is not the one of then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceDifference {
    /// As it was signed.
    pub then: Option<KeptSource>,
    /// As it is now.
    pub now: Option<KeptSource>,
}

impl Difference {
    /// What measures it.
    pub fn figure(&self) -> Option<&KeptFigure> {
        self.then.as_ref().or(self.now.as_ref())
    }

    /// Whether it reads otherwise now.
    pub fn reads_otherwise(&self) -> bool {
        let reads = |figure: &KeptFigure| (figure.text.clone(), figure.standing.clone());
        self.then.as_ref().map(reads) != self.now.as_ref().map(reads)
    }
}

impl Plans {
    /// What differs between a signed report and the figures of its period as they are now.
    /// Nothing for a report that is not signed: it follows the figures.
    pub async fn differences(&self, report: &Periodic) -> Result<Vec<Difference>, PlanError> {
        let Some(signed) = &report.body.signed else {
            return Ok(Vec::new());
        };
        let view = self.view_of(report.body.plan, report.body.period).await?;
        let figures = Figures::at(&view, report.body.period);
        let now = figures.kept(&report.body.layout.words);
        Ok(differences(&signed.figures, &now))
    }
}

fn differences(then: &[KeptFigure], now: &[KeptFigure]) -> Vec<Difference> {
    type Place = (u16, usize, Id);
    let mut pairs: BTreeMap<Place, [Option<&KeptFigure>; 2]> = BTreeMap::new();
    for (side, figures) in [then, now].into_iter().enumerate() {
        for figure in figures {
            let place = (figure.number, figure.place, figure.indicator);
            pairs.entry(place).or_default()[side] = Some(figure);
        }
    }
    let pairs = pairs.into_values().filter(|[then, now]| {
        let shown = |figure: &KeptFigure| {
            (
                figure.text.clone(),
                figure.standing.clone(),
                figure.sources.clone(),
            )
        };
        then.map(shown) != now.map(shown)
    });
    pairs
        .map(|[then, now]| Difference {
            sources: sources(
                then.map_or(&[], |figure| &figure.sources),
                now.map_or(&[], |figure| &figure.sources),
            ),
            then: then.cloned(),
            now: now.cloned(),
        })
        .collect()
}

fn sources(then: &[KeptSource], now: &[KeptSource]) -> Vec<SourceDifference> {
    let mut pairs: BTreeMap<Id, [Option<&KeptSource>; 2]> = BTreeMap::new();
    for (side, sources) in [then, now].into_iter().enumerate() {
        for source in sources {
            pairs.entry(source.unit).or_default()[side] = Some(source);
        }
    }
    pairs
        .into_values()
        .filter(|[then, now]| then != now)
        .map(|[then, now]| SourceDifference {
            then: then.cloned(),
            now: now.cloned(),
        })
        .collect()
}
