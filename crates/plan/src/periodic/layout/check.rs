//! Whether documents can be made with a layout: what does not hold is named, with what would.

use std::collections::BTreeSet;

use super::sentences::names;
use super::{Layout, LayoutError};

impl Layout {
    pub(super) fn check(&self) -> Result<(), LayoutError> {
        let wrong = |at: &str, what: &str| {
            Err(LayoutError::Wrong {
                at: at.to_owned(),
                what: what.to_owned(),
            })
        };
        let page = &self.page;
        let sides = [page.width_mm, page.height_mm];
        if sides.iter().any(|side| !(100..=600).contains(side)) {
            return wrong("page", "width_mm, height_mm: 100–600");
        }
        let margins = [page.top_mm, page.bottom_mm, page.left_mm, page.right_mm];
        if margins.iter().any(|margin| !(5..=45).contains(margin)) {
            return wrong("page", "top_mm, bottom_mm, left_mm, right_mm: 5–45");
        }
        if self.numbers.len() != 3 {
            return wrong("numbers", "3 × [[numbers]]");
        }
        for (style, shape) in &self.style {
            let at = format!("style.{}", style.id());
            if !(6..=40).contains(&shape.size_pt) {
                return wrong(&at, "size_pt: 6–40");
            }
            if !(80..=300).contains(&shape.line_percent) {
                return wrong(&at, "line_percent: 80–300");
            }
            if shape.first_line_tenths_mm > 500 || shape.before_pt > 100 || shape.after_pt > 100 {
                return wrong(&at, "first_line_tenths_mm ≤ 500; before_pt, after_pt ≤ 100");
            }
        }
        if self.section.is_empty() || self.section.len() > 40 {
            return wrong("section", "1–40 × [[section]]");
        }
        let mut keys = BTreeSet::new();
        for section in &self.section {
            let parts = section.part.iter();
            let own = parts.map(|part| format!("{}/{}", section.key, part.key));
            for key in std::iter::once(section.key.clone()).chain(own) {
                let plain = |ch: char| ch.is_ascii_lowercase() || ch.is_ascii_digit();
                if key.len() > 60 || !key.chars().all(|ch| plain(ch) || "-/".contains(ch)) {
                    return wrong(&key, "key: a-z, 0-9, - (≤ 60)");
                }
                if !keys.insert(key.clone()) {
                    return wrong(&key, "key: ×2");
                }
            }
        }
        for annex in &self.annex {
            let at = format!("annex «{}»", annex.title);
            let shares: u32 = annex.column.iter().map(|column| column.share).sum();
            if annex.column.is_empty() || annex.column.len() > 20 || shares != 100 {
                return wrong(&at, "Σ share = 100; 1–20 × [[annex.column]]");
            }
            for column in &annex.column {
                if column.share == 0 || !column.value.of().contains(&annex.source) {
                    return wrong(&at, &format!("column «{}»", column.title));
                }
            }
        }
        self.check_sentences()
    }

    fn check_sentences(&self) -> Result<(), LayoutError> {
        const AROUND: &[&str] = &[
            "unit", "short", "province", "place", "plan", "title", "period", "day", "month", "year",
        ];
        let head = &self.head;
        let around = [
            ("head.superior", &head.superior),
            ("head.issuer", &head.issuer),
            ("head.symbol", &head.symbol),
            ("head.place_date", &head.place_date),
            ("head.place_date_open", &head.place_date_open),
            ("head.subject", &head.subject),
            ("head.capacity", &head.capacity),
        ];
        let around = around.map(|(at, text)| (at.to_owned(), text.as_str(), AROUND));
        let drafts = self.drafts.each().into_iter();
        let drafts = drafts.map(|(key, text, known)| (format!("drafts.{key}"), text, known));
        let words = self.words.each().into_iter();
        let words = words.map(|(key, text, known)| (format!("words.{key}"), text, known));
        let obstacles = self.obstacles.each().into_iter();
        let obstacles =
            obstacles.map(|(key, text, known)| (format!("obstacles.{key}"), text, known));
        let all = around.into_iter().chain(drafts).chain(words);
        for (at, text, known) in all.chain(obstacles) {
            if let Some(name) = names(text).find(|name| !known.contains(name)) {
                let what = format!("{{{name}}}: {}", known.join(", "));
                return Err(LayoutError::Wrong { at, what });
            }
        }
        Ok(())
    }
}
