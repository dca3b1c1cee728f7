//! `GET /bao-cao-dinh-ky/{id}/xem`: the report as it reads, to be looked at before it is
//! signed.

use axum::extract::Path;
use plan::periodic::{
    Headings, PERIODIC_REPORT, Paper, PaperAnnex, PaperRow, PaperSection, Periodic, Piece,
};

use super::super::{Failure, Page};
use super::desk::Desk;
use crate::pages::links;
use crate::pages::parts::{Choice, FormErrors};
use crate::pages::periodic_paper::{PaperPart, PaperPiece, PaperTable, PeriodicPaper};

/// Shows it.
pub(super) async fn show(
    desk: Desk,
    Path(id): Path<String>,
) -> Result<Page<PeriodicPaper>, Failure> {
    let report = desk.report(&id).await?;
    Ok(Page(page(&desk, &report).await?))
}

/// The page of a report as it reads.
pub(super) async fn page(desk: &Desk, report: &Periodic) -> Result<PeriodicPaper, Failure> {
    let paper = desk.app.plans.paper(report).await?;
    let steps =
        desk.registry()
            .open_steps(&desk.visitor.principal, PERIODIC_REPORT, &report.record);
    let mut headings = Headings::of(&report.body.layout);
    let head = &report.body.layout.head;
    let digest = paper.digest()?;
    let Paper {
        around,
        sections,
        annexes,
    } = paper;
    let lines = |text: &str| text.lines().map(str::to_owned).collect();
    Ok(PeriodicPaper {
        id: report.record.id.to_string(),
        version: report.record.version,
        digest,
        signs: steps.contains(&"sign"),
        country: head.country.clone(),
        motto: head.motto.clone(),
        kind: head.kind.clone(),
        sections: sections
            .into_iter()
            .map(|section| part(&mut headings, section))
            .collect(),
        recipients_word: head.recipients_word.clone(),
        recipients: lines(&around.recipients),
        capacity: lines(&around.capacity),
        annexes: (1..)
            .zip(annexes)
            .map(|(place, annex)| table(place, annex))
            .collect(),
        superior: around.superior,
        issuer: around.issuer,
        symbol: around.symbol,
        place_date: around.place_date,
        subject: around.subject,
        signer: around.signer,
        errors: FormErrors::default(),
        shell: desk.shell(),
    })
}

fn part(headings: &mut Headings, section: PaperSection) -> PaperPart {
    let paragraphs = section.paragraphs.into_iter();
    PaperPart {
        title: headings.next(section.level, &section.title),
        under: section.level > 1,
        paragraphs: paragraphs
            .map(|pieces| pieces.into_iter().map(piece).collect())
            .collect(),
    }
}

fn piece(piece: Piece) -> PaperPiece {
    match piece {
        Piece::Text(text) => PaperPiece {
            text,
            figure: false,
            href: String::new(),
        },
        Piece::Figure { text, target, .. } => PaperPiece {
            text,
            figure: true,
            href: target.map_or_else(String::new, links::target),
        },
    }
}

fn table(place: usize, annex: PaperAnnex) -> PaperTable {
    let heads = annex.columns.iter().map(|column| Choice {
        value: if column.value.is_money() {
            "number"
        } else {
            ""
        }
        .to_owned(),
        label: column.title.clone(),
        selected: false,
    });
    let rows = annex.rows.iter().map(|row| match row {
        PaperRow::Heading(words) => vec![words.clone()],
        PaperRow::Cells(cells) => cells.iter().map(plan::periodic::PaperCell::text).collect(),
    });
    PaperTable {
        place,
        heads: heads.collect(),
        rows: rows.collect(),
        number: annex.number,
        title: annex.title,
        note: annex.note,
    }
}
