//! A decision's text cut into pages that a phone can hold: parts and annexes, long ones at
//! their headings, what is still long between its paragraphs.

use super::outline::Heading;

/// The most lines that a page shows.
const MOST: u32 = 300;
/// How far a cut looks for a place between two paragraphs.
const SEEK: u32 = 40;
/// A beginning as short as this stays with the heading that follows it.
const SHORT: u32 = 30;

/// The lines of one page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Section {
    /// The first line, from 1.
    pub first: u32,
    /// The last line.
    pub last: u32,
    /// The part or annex, and the heading within it that the page begins under; none before
    /// the first part.
    pub title: Vec<String>,
    /// Which piece of what has this title, and of how many.
    pub piece: (u32, u32),
    /// The headings on the page that it is not named by.
    pub headings: Vec<Heading>,
}

/// The sections, in order; together they are all the lines.
pub(super) fn sections(lines: &[String], outline: &[Heading]) -> Vec<Section> {
    let Ok(total @ 1..) = u32::try_from(lines.len()) else {
        return Vec::new();
    };
    let opens: Vec<&Heading> = outline.iter().filter(|heading| heading.opens).collect();
    let starts = std::iter::once(1).chain(opens.iter().map(|heading| heading.line));
    let mut sections = Vec::new();
    for (first, last) in ranges(starts, total) {
        let part = opens.iter().find(|heading| heading.line == first);
        let title: Vec<String> = part.iter().map(|heading| heading.text.clone()).collect();
        let within = |heading: &&Heading| !heading.opens && (first..=last).contains(&heading.line);
        let within: Vec<&Heading> = outline.iter().filter(within).collect();
        if last - first < MOST {
            sections.extend(pieces(lines, first, last, &title, &within));
            continue;
        }
        let starts = within.iter().map(|heading| heading.line);
        let starts = starts.filter(|start| start - first > SHORT);
        for (begin, end) in ranges(std::iter::once(first).chain(starts), last) {
            let mut title = title.clone();
            let under = within
                .iter()
                .find(|heading| (begin..=begin + SHORT).contains(&heading.line));
            title.extend(under.map(|heading| heading.text.clone()));
            sections.extend(pieces(lines, begin, end, &title, &[]));
        }
    }
    sections
}

/// From each start to before the next one, the last range to `last`.
fn ranges(starts: impl Iterator<Item = u32>, last: u32) -> Vec<(u32, u32)> {
    let mut starts: Vec<u32> = starts.collect();
    starts.dedup();
    let ends = starts.iter().skip(1).map(|next| next - 1).chain([last]);
    starts.iter().copied().zip(ends).collect()
}

/// One section, or several of about the same length where one would be too long.
fn pieces(
    lines: &[String],
    first: u32,
    last: u32,
    title: &[String],
    headings: &[&Heading],
) -> Vec<Section> {
    let count = (last - first + 1).div_ceil(MOST);
    let length = (last - first + 1).div_ceil(count);
    let starts = (0..count).map(|piece| match piece {
        0 => first,
        piece => between_paragraphs(lines, first + piece * length),
    });
    let ranges = ranges(starts.filter(|start| *start <= last), last);
    let count = u32::try_from(ranges.len()).unwrap_or(u32::MAX);
    (1..)
        .zip(ranges)
        .map(|(piece, (first, last))| Section {
            first,
            last,
            title: title.to_vec(),
            piece: (piece, count),
            headings: headings
                .iter()
                .filter(|heading| (first..=last).contains(&heading.line))
                .map(|heading| (*heading).clone())
                .collect(),
        })
        .collect()
}

/// The line after the next empty one, or this one if none is near.
fn between_paragraphs(lines: &[String], near: u32) -> u32 {
    let after_empty = |line: &u32| {
        let before = usize::try_from(*line)
            .ok()
            .and_then(|line| line.checked_sub(2));
        let before = before.and_then(|before| lines.get(before));
        before.is_some_and(|line| line.trim().is_empty() && !line.contains('\t'))
    };
    (near..near + SEEK).find(after_empty).unwrap_or(near)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::outline::outline;
    use super::*;

    #[test]
    fn short_parts_are_one_page_and_long_ones_are_cut_at_their_headings() {
        let mut lines = vec!["QUYẾT ĐỊNH".to_owned(), "Phần I".to_owned()];
        lines.extend(["TÌNH HÌNH", "I. NHẬN THỨC", "chữ", "II. THỂ CHẾ", "chữ"].map(str::to_owned));
        lines.push("PHỤ LỤC 1".to_owned());
        lines.push("I. CHÍNH QUYỀN SỐ".to_owned());
        lines.extend(vec!["\tô".to_owned(); 200]);
        lines.push("II. KINH TẾ SỐ".to_owned());
        lines.extend(vec!["\tô".to_owned(); 350]);
        let found = sections(&lines, &outline(&lines));
        let found: Vec<_> = found
            .iter()
            .map(|section| (section.first, section.title.join(" · "), section.piece))
            .collect();
        assert_eq!(
            found,
            [
                (1, String::new(), (1, 1)),
                (2, "Phần I. Tình hình".to_owned(), (1, 1)),
                (8, "Phụ lục 1 · I. Chính quyền số".to_owned(), (1, 1)),
                (210, "Phụ lục 1 · II. Kinh tế số".to_owned(), (1, 2)),
                (386, "Phụ lục 1 · II. Kinh tế số".to_owned(), (2, 2)),
            ]
        );
    }

    proptest! {
        /// Whatever a document looks like, each line is on one page and no page is endless.
        #[test]
        fn every_line_is_on_one_page(
            kinds in prop::collection::vec((0_u8..60, 1_usize..30), 0..200),
        ) {
            let mut lines = Vec::new();
            for (kind, times) in kinds {
                match kind {
                    0 => lines.push("Phần I".to_owned()),
                    1 => lines.push("PHỤ LỤC 2".to_owned()),
                    2 | 3 => lines.push("I. KINH TẾ SỐ".to_owned()),
                    4..=20 => lines.push(String::new()),
                    _ => lines.extend(vec!["\tmột ô".to_owned(); times]),
                }
            }
            let found = sections(&lines, &outline(&lines));
            let mut next = 1;
            for section in &found {
                prop_assert_eq!(section.first, next);
                prop_assert!(section.last >= section.first);
                prop_assert!(section.last - section.first < MOST + SEEK);
                next = section.last + 1;
            }
            prop_assert_eq!(next as usize, lines.len() + 1);
        }
    }
}
