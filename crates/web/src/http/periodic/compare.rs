//! `GET /bao-cao-dinh-ky/{id}/doi-chieu`: a signed report beside the figures of today.

use axum::extract::Path;
use plan::periodic::{Difference, KeptFigure, KeptSource, Signed, SourceDifference};

use super::super::{Failure, Page};
use super::desk::Desk;
use crate::pages::links;
use crate::pages::periodic_compare::{DifferenceRow, KeptRow, PeriodicCompare, SourceRow};

/// Shows it.
pub(super) async fn show(
    desk: Desk,
    Path(id): Path<String>,
) -> Result<Page<PeriodicCompare>, Failure> {
    let report = desk.report(&id).await?;
    let differences = desk.app.plans.differences(&report).await?;
    let mut rows = Vec::with_capacity(differences.len());
    for difference in &differences {
        rows.push(row(&desk, difference).await?);
    }
    let signed = report.body.signed.as_ref();
    Ok(Page(PeriodicCompare {
        report: desk.link(&report),
        kept: kept(&desk, signed).await?,
        signed: signed.is_some(),
        rows,
        shell: desk.shell(),
    }))
}

/// The figures that say something, as they were signed.
async fn kept(desk: &Desk, signed: Option<&Signed>) -> Result<Vec<KeptRow>, Failure> {
    let mut rows = Vec::new();
    let figures = signed.into_iter().flat_map(|signed| &signed.figures);
    for figure in figures.filter(|figure| figure.value.is_some()) {
        let mut sources = Vec::with_capacity(figure.sources.len());
        for source in &figure.sources {
            let version = desk.words().t1("version", "number", source.version);
            sources.push(SourceRow {
                unit: desk.unit_name(source.unit).await?,
                what: version,
                href: way(source),
            });
        }
        rows.push(KeptRow {
            number: figure.number,
            name: figure.name.clone(),
            text: figure.text.clone(),
            sources,
        });
    }
    Ok(rows)
}

/// Where all versions of a report stand, with their evidence.
fn way(source: &KeptSource) -> String {
    let report = source.observation.to_string();
    links::report_step(&report, links::ReportStep::History)
}

async fn row(desk: &Desk, difference: &Difference) -> Result<DifferenceRow, Failure> {
    let gone = || desk.words().t("periodic-not-measured");
    let text = |figure: &Option<KeptFigure>| match figure {
        Some(figure) => (figure.text.clone(), figure.standing.clone()),
        None => (gone(), String::new()),
    };
    let (then, then_standing) = text(&difference.then);
    let (now, now_standing) = text(&difference.now);
    let mut sources = Vec::with_capacity(difference.sources.len());
    for source in &difference.sources {
        sources.extend(source_row(desk, source).await?);
    }
    let figure = difference.figure();
    Ok(DifferenceRow {
        number: figure.map_or(0, |figure| figure.number),
        name: figure.map_or_else(String::new, |figure| figure.name.clone()),
        then,
        then_standing,
        now,
        now_standing,
        sources,
    })
}

async fn source_row(desk: &Desk, source: &SourceDifference) -> Result<Option<SourceRow>, Failure> {
    let Some(known) = source.now.as_ref().or(source.then.as_ref()) else {
        return Ok(None);
    };
    let words = desk.words();
    let what = match (&source.then, &source.now) {
        (Some(then), Some(now)) => words.t_args(
            "periodic-source-changed",
            &[("then", &then.version), ("now", &now.version)],
        ),
        (Some(_), None) => words.t("periodic-source-gone"),
        (None, _) => words.t("periodic-source-new"),
    };
    Ok(Some(SourceRow {
        unit: desk.unit_name(known.unit).await?,
        what,
        href: way(known),
    }))
}
