//! `GET /van-ban`: the decision's text, line by line, a part or annex at a time. The page
//! without a query begins with the contents; `?dong=477` is the page that line 477 is on, and
//! `?den=477`, which a form sends, leads to the line on it.

mod outline;
mod sections;

use std::collections::HashSet;

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use plan::PlanView;

use super::super::{App, Failure, GoTo, Visitor, page_tag};
use super::headings::sentence_case;
use super::no_plan;
use super::query::Asked;
use crate::pages::document::{Contents, DocumentLine, DocumentPage};
use crate::pages::parts::{Link, Pager};
use crate::pages::shell::Section;
use crate::pages::{Shell, links};

/// Shows it.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let Some(view) = app.plans.view_for(&visitor.principal).await? else {
        return Ok(no_plan(visitor.shell(Section::Document)));
    };
    let sections = sections::sections(&view.lines, &outline::outline(&view.lines));
    let on = |line: String| {
        let line: Option<u32> = line.parse().ok();
        line.and_then(|line| Some((line, holding(&sections, line)?)))
            .ok_or_else(|| Failure::not_found("no such line of the document"))
    };
    if let Some((line, _)) = asked.choice("den").map(on).transpose()? {
        return Ok(GoTo::link(&links::document_line(line)).into_response());
    }
    let chosen = asked.choice("dong").map(on).transpose()?;
    let chosen = chosen.map(|(_, place)| place);
    let section = Section::Document;
    Ok(page_tag::of_view(&app, &visitor, section, &view, |shell| {
        page(&view, &sections, chosen, shell)
    }))
}

fn holding(sections: &[sections::Section], line: u32) -> Option<usize> {
    let holds = |section: &sections::Section| (section.first..=section.last).contains(&line);
    sections.iter().position(holds)
}

fn page(
    view: &PlanView,
    sections: &[sections::Section],
    chosen: Option<usize>,
    shell: Shell,
) -> DocumentPage {
    let title = view.body.title.as_deref().unwrap_or(&view.body.symbol);
    let findings = view.body.findings.iter();
    let noted: HashSet<u32> = findings.flat_map(|finding| finding.lines.clone()).collect();
    let contents = |section: &sections::Section| Contents {
        page: Link::new(
            links::document_line(section.first),
            section_title(&shell, section),
        ),
        first: section.first,
        last: section.last,
        noted: (section.first..=section.last)
            .filter(|line| noted.contains(line))
            .count(),
        headings: section
            .headings
            .iter()
            .map(|heading| Link::new(links::document_line(heading.line), &heading.text))
            .collect(),
    };
    let place = chosen.unwrap_or(0);
    let shown = sections.get(place);
    let lines = (1_u32..).zip(&view.lines);
    let lines = lines.filter(|(number, _)| {
        shown.is_some_and(|section| (section.first..=section.last).contains(number))
    });
    let neighbour = |place: Option<usize>| {
        let section = place.and_then(|place| sections.get(place));
        section.map(|section| links::document_line(section.first))
    };
    DocumentPage {
        title: sentence_case(title),
        symbol: view.body.symbol.clone(),
        signed: view.date,
        part: shown
            .filter(|_| chosen.is_some())
            .map(|section| section_title(&shell, section)),
        contents: sections.iter().map(contents).collect(),
        shown: place,
        lines: lines
            .map(|(number, text)| DocumentLine {
                number,
                text: text.clone(),
                noted: noted.contains(&number),
            })
            .collect(),
        total: view.lines.len(),
        pager: Pager {
            previous: neighbour(place.checked_sub(1)),
            next: neighbour(Some(place + 1)),
        },
        shell,
    }
}

fn section_title(shell: &Shell, section: &sections::Section) -> String {
    let title = if section.title.is_empty() {
        shell.t("document-opening")
    } else {
        section.title.join(" · ")
    };
    match section.piece {
        (_, 1) => title,
        (piece, of) => format!("{title} ({piece}/{of})"),
    }
}
