//! The parts of a decision's body by their headings: what was reached, on what it rests, what
//! is to be done and by whom.

use office::Paragraph;
use vocab::fold::{fold, name_key};

/// What a part of the body is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Topic {
    /// What was reached before.
    Results,
    /// The documents that the plan rests on.
    Grounds,
    Goals,
    Tasks,
    Measures,
    Budget,
    Organisation,
}

/// A paragraph of the body with the headings above it.
#[derive(Debug)]
pub(crate) struct Placed<'d> {
    pub(crate) paragraph: &'d Paragraph,
    pub(crate) topic: Option<Topic>,
    /// The headings above, the widest first.
    pub(crate) under: Vec<&'d str>,
    /// It is a heading itself.
    pub(crate) heading: bool,
}

/// Longer paragraphs are no headings, in characters.
const LONGEST_HEADING: usize = 260;

/// How deep a heading stands: `Phần II`, `III.`, `2.`, `a)`.
fn level(text: &str) -> Option<usize> {
    if text.chars().count() > LONGEST_HEADING || text.ends_with([';', ',']) {
        return None;
    }
    let (code, rest) = text.split_once([' ', '.', ')', ':'])?;
    let titled = rest
        .trim_start_matches([' ', '.', ')'])
        .starts_with(char::is_uppercase);
    let mark = text[code.len()..].chars().next();
    let roman = !code.is_empty() && code.chars().all(|ch| "IVXLC".contains(ch));
    match (name_key(code).as_str(), mark) {
        // «Phần II», not «Phần mềm dùng chung …».
        ("phần" | "chương", _) if counted(rest) => Some(0),
        _ if roman && titled && mark != Some(' ') => Some(1),
        _ if code.parse::<u8>().is_ok() && mark == Some('.') && titled => Some(2),
        _ if code.chars().count() == 1 && mark == Some(')') => Some(3),
        _ => None,
    }
}

/// It begins with a number, `II` or `2`, or with a word for one, `thứ nhất`.
fn counted(text: &str) -> bool {
    let first = text.split([' ', '.', ':', ')']).next().unwrap_or("");
    let roman = !first.is_empty() && first.chars().all(|ch| "IVXLC".contains(ch));
    roman || first.parse::<u8>().is_ok() || name_key(first) == "thứ"
}

fn topic(heading: &str) -> Option<Topic> {
    const WORDS: [(&str, Topic); 12] = [
        ("ket qua thuc hien", Topic::Results),
        ("tinh hinh thuc hien", Topic::Results),
        ("danh gia", Topic::Results),
        ("to chuc thuc hien", Topic::Organisation),
        ("phan cong", Topic::Organisation),
        ("can cu", Topic::Grounds),
        ("co so phap ly", Topic::Grounds),
        ("giai phap", Topic::Measures),
        ("kinh phi", Topic::Budget),
        ("nhiem vu", Topic::Tasks),
        ("muc tieu", Topic::Goals),
        ("muc dich", Topic::Goals),
    ];
    let folded = fold(heading);
    WORDS
        .iter()
        .find_map(|(words, topic)| folded.contains(words).then_some(*topic))
}

/// The body's paragraphs, each with its place.
pub(crate) fn placed<'d>(body: &[&'d Paragraph]) -> Vec<Placed<'d>> {
    let mut placed: Vec<Placed<'d>> = Vec::with_capacity(body.len());
    let mut above: [Option<&'d str>; 4] = [None; 4];
    let mut current: Option<Topic> = None;
    let deepest_topic = if body.iter().any(|own| level(&own.text) == Some(1)) {
        1
    } else {
        2
    };
    let mut titles_part = false;
    for paragraph in body.iter().copied() {
        let text = paragraph.text.as_str();
        let level = level(text);
        // «Phần I» has its title on the next line, in capitals.
        let title = std::mem::replace(&mut titles_part, level == Some(0));
        let capitals = !text.chars().any(char::is_lowercase);
        if let Some(level) = level {
            above[level] = Some(text);
            above[level + 1..].fill(None);
            if level <= deepest_topic {
                // A heading without a topic of its own stays in its part, if that is of results.
                let kept = current.filter(|now| level > 0 && *now == Topic::Results);
                current = topic(text).or(kept);
            }
        } else if title && capitals {
            current = topic(text);
        }
        let heading = level.is_some() || (title && capitals);
        placed.push(Placed {
            paragraph,
            topic: current,
            under: above
                .iter()
                .flatten()
                .copied()
                .filter(|own| *own != text)
                .collect(),
            heading,
        });
    }
    placed
}
