//! A report as a paper: what its template ([`TEMPLATE`], in Typst) is given. Whoever has a
//! compiler of such templates makes the file.

use office::docx::{Align, Style};
use serde_json::{Map, Value, json};

use super::docx::Marks;
use super::headings::Headings;
use super::layout::{Layout, Shape};
use super::paper::{Paper, PaperAnnex, PaperRow};
use super::placeholder::Piece;

/// The template of the paper. It finds what [`print_data`] gives as `report`.
pub const TEMPLATE: &str = include_str!("report.typ");

/// A row with fewer letters than that stays on one page.
const WHOLE_ROW: usize = 900;
/// A word with more letters than that may be cut where a cell ends.
const LONGEST_WORD: usize = 24;

/// What the file is called inside: the kind of paper and what it is about.
pub fn print_title(layout: &Layout, paper: &Paper) -> String {
    format!("{} {}", layout.head.kind, paper.around.subject)
}

/// What the template is given: measures in millimetres (`page`), points (sizes and distances of
/// `styles`) and tenths of a millimetre (`first_line`); everything else are words as they read.
pub fn print_data(layout: &Layout, paper: &Paper, marks: &Marks) -> Value {
    let around = &paper.around;
    let page = &layout.page;
    let styles = layout.style.iter();
    let styles: Map<String, Value> = styles
        .filter_map(|(style, shape)| Some((name(*style)?, look(shape))))
        .collect();
    let mut headings = Headings::of(layout);
    let sections = paper.sections.iter().map(|section| {
        let paragraphs = section.paragraphs.iter();
        let paragraphs =
            paragraphs.map(|pieces| pieces.iter().map(Piece::text).collect::<String>());
        json!({
            "level": section.level.clamp(1, 3),
            "title": headings.next(section.level, &section.title),
            "paragraphs": paragraphs.collect::<Vec<_>>(),
        })
    });
    let sections: Vec<Value> = sections.collect();
    let said = |text: &str| {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    json!({
        "page": {
            "width": page.width_mm,
            "height": page.height_mm,
            "top": page.top_mm,
            "bottom": page.bottom_mm,
            "left": page.left_mm,
            "right": page.right_mm,
        },
        "styles": styles,
        "marks": marks.above,
        "country": layout.head.country,
        "motto": layout.head.motto,
        "kind": layout.head.kind,
        "superior": around.superior,
        "issuer": around.issuer,
        "symbol": around.symbol,
        "place_date": around.place_date,
        "subject": around.subject,
        "sections": sections,
        "recipients_word": layout.head.recipients_word,
        "recipients": said(&around.recipients),
        "capacity": said(&around.capacity),
        "signer": around.signer,
        "annexes": paper.annexes.iter().map(annex).collect::<Vec<_>>(),
    })
}

/// The style's name in files of layouts.
fn name(style: Style) -> Option<String> {
    let named = serde_json::to_value(style).ok()?;
    named.as_str().map(str::to_owned)
}

fn look(shape: &Shape) -> Value {
    json!({
        "size": shape.size_pt,
        "bold": shape.bold,
        "italic": shape.italic,
        "align": align(shape.align),
        "first_line": shape.first_line_tenths_mm,
        "before": shape.before_pt,
        "after": shape.after_pt,
        "line_percent": shape.line_percent,
    })
}

const fn align(align: Align) -> &'static str {
    match align {
        Align::Left => "left",
        Align::Center => "center",
        Align::Right => "right",
        Align::Justify => "justify",
    }
}

fn annex(annex: &PaperAnnex) -> Value {
    let columns = annex.columns.iter().map(|column| {
        json!({
            "title": column.title,
            "share": column.share,
            "align": align(column.align),
        })
    });
    let rows = annex.rows.iter().map(|row| match row {
        PaperRow::Heading(words) => json!({ "heading": words }),
        PaperRow::Cells(cells) => {
            let words: Vec<String> = cells.iter().map(|cell| yielding(&cell.text())).collect();
            let letters: usize = words.iter().map(|words| words.chars().count()).sum();
            json!({ "cells": words, "whole": letters < WHOLE_ROW })
        }
    });
    json!({
        "number": annex.number,
        "title": annex.title,
        "attached": annex.attached,
        "note": annex.note,
        "landscape": annex.landscape,
        "columns": columns.collect::<Vec<_>>(),
        "rows": rows.collect::<Vec<_>>(),
    })
}

/// Words that fit into any column: one that is longer than most columns are wide may be cut.
fn yielding(text: &str) -> String {
    let mut said = String::with_capacity(text.len());
    let mut letters = 0;
    for ch in text.chars() {
        letters = if ch.is_whitespace() { 0 } else { letters + 1 };
        if letters > LONGEST_WORD {
            said.push('\u{200b}');
            letters = 1;
        }
        said.push(ch);
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_words_may_be_cut_and_others_stay() {
        assert_eq!(yielding("Sở Tài chính\nnăm 2023"), "Sở Tài chính\nnăm 2023");
        let long = "a".repeat(LONGEST_WORD + 1);
        assert_eq!(yielding(&long).matches('\u{200b}').count(), 1);
        assert_eq!(yielding(&long).replace('\u{200b}', ""), long);
    }

    #[test]
    fn every_style_of_the_layout_is_given_by_its_name() {
        let layout = Layout::shipped().unwrap();
        for style in Style::ALL {
            let name = name(*style).unwrap();
            // The template names them; each that it names must be one.
            assert!(
                name.chars()
                    .all(|ch| ch.is_ascii_lowercase() || ch.is_ascii_digit() || ch == '-')
            );
            assert!(layout.style.contains_key(style));
        }
        let known: Vec<String> = Style::ALL.iter().filter_map(|style| name(*style)).collect();
        for named in TEMPLATE.split("set-in(\"").skip(1) {
            let named = named.split('"').next().unwrap();
            assert!(known.iter().any(|known| known == named), "{named}");
        }
    }
}
