//! Names of bodies and groups in lists such as `Sở TT&TT, UBND cấp huyện và cấp xã`.
//!
//! Official names hold commas and «và» themselves, so a list is not cut at its separators:
//! at each place the longest name that the table knows is taken. What the table does not
//! know is kept as written up to the next comma, semicolon or line.

use std::cell::Cell;
use std::collections::BTreeMap;

use super::bodies::{Body, BodyAliases, BodyList, Match, NamedBody};
use super::words::{self, Word, distance, key};

/// Longer lists are kept as one name: no list of bodies is that long.
const LONGEST_LIST: usize = 4_000;
/// How many unknown names of one document are compared with all known ones.
const NEAR_SEARCHES: u32 = 2_000;
/// Shorter names are too alike to be compared.
const SHORTEST_NEAR: usize = 8;
/// One letter in so many may differ.
const LETTERS_PER_SLIP: usize = 5;

/// The names that can be understood at one place of a document.
#[derive(Debug)]
pub(crate) struct Names {
    /// By key: the alias as the table writes it, and what it stands for.
    known: BTreeMap<String, (String, Body)>,
    group: Option<(String, Body)>,
    most_words: usize,
    near_searches: Cell<u32>,
}

impl Names {
    /// Outside any group.
    pub(crate) fn new(aliases: &BodyAliases) -> Self {
        let mut names = Self {
            known: aliases.fixed.clone(),
            group: None,
            most_words: 0,
            near_searches: Cell::new(NEAR_SEARCHES),
        };
        names.measure();
        names
    }

    /// Inside a group, whose name `{unit}` stands for.
    pub(crate) fn within(aliases: &BodyAliases, group: &str) -> Self {
        let mut names = Self::new(aliases);
        names.group = names
            .known
            .get(&key(group))
            .map(|(_, body)| (key(group), body.clone()));
        let mut letters = group.chars();
        let unit: String = letters
            .next()
            .into_iter()
            .flat_map(char::to_lowercase)
            .chain(letters)
            .collect();
        for (alias, body) in &aliases.by_unit {
            let alias = alias.replace("{unit}", &unit);
            let body = Body {
                name: body.name.replace("{unit}", &unit),
                kind: body.kind,
            };
            names.known.entry(key(&alias)).or_insert((alias, body));
        }
        names.measure();
        names
    }

    fn measure(&mut self) {
        let words = self.known.keys().map(|key| key.split(' ').count());
        self.most_words = words.max().unwrap_or(0);
    }

    /// Reads a cell that lists bodies.
    pub(crate) fn list(&self, cell: &office::Cell) -> BodyList {
        BodyList {
            text: cell.text.clone(),
            line: cell.line,
            names: self.names(&cell.text),
        }
    }

    /// Reads the names in a text.
    pub(crate) fn names(&self, text: &str) -> Vec<NamedBody> {
        let words = without_repeats(text);
        if text.len() > LONGEST_LIST {
            return named(text, &words, Match::Unknown, None)
                .into_iter()
                .collect();
        }
        let mut names = Vec::new();
        let mut rest: &[Word] = &words;
        while let [first, others @ ..] = rest {
            if first.key == "và" {
                rest = others;
                continue;
            }
            let before = names.last().map(|named: &NamedBody| match &named.body {
                Some(body) => key(&body.name),
                None => named.key.clone(),
            });
            let (count, matched, body) = self.longest(text, before.as_deref(), rest);
            names.extend(named(text, &rest[..count], matched, body));
            rest = &rest[count..];
        }
        names
    }

    /// The first known name anywhere in running text.
    pub(crate) fn first_in(&self, text: &str) -> Option<NamedBody> {
        let words = without_repeats(text);
        (0..words.len()).find_map(|start| {
            let rest = &words[start..];
            (1..=self.most_words.min(rest.len()))
                .rev()
                .find_map(|count| {
                    let (_, body) = self.known.get(&joined(&rest[..count]))?;
                    named(text, &rest[..count], Match::Exact, Some(body.clone()))
                })
        })
    }

    fn longest(
        &self,
        text: &str,
        before: Option<&str>,
        rest: &[Word],
    ) -> (usize, Match, Option<Body>) {
        let most = self.most_words.min(rest.len());
        let ends: Vec<usize> = (1..=most)
            .rev()
            .filter(|n| ends_at(text, rest, *n))
            .collect();
        for &count in &ends {
            if let Some((_, body)) = self.known.get(&joined(&rest[..count])) {
                return (count, Match::Exact, Some(body.clone()));
            }
        }
        let separated = (1..rest.len())
            .find(|n| separated_at(text, rest, *n))
            .unwrap_or(rest.len());
        if let Some((name, body)) = &self.group
            && name.starts_with(&format!("{} ", joined(&rest[..separated])))
        {
            return (separated, Match::WithinGroup, Some(body.clone()));
        }
        if let Some((count, body)) = before.and_then(|before| self.sharing(before, rest, &ends)) {
            return (count, Match::Exact, Some(body));
        }
        let left = self.near_searches.get();
        self.near_searches.set(left.saturating_sub(1));
        let nearest = ends.iter().filter(|_| left > 0).find_map(|&count| {
            let (alias, body) = self.nearest(&joined(&rest[..count]))?;
            Some((count, Match::Near(alias.clone()), Some(body.clone())))
        });
        nearest.unwrap_or((separated, Match::Unknown, None))
    }

    /// «Sở» written once for two: `Sở Công Thương, Nông nghiệp và PTNT`. The first word of the
    /// name before makes a known name of this one.
    fn sharing(&self, before: &str, rest: &[Word], ends: &[usize]) -> Option<(usize, Body)> {
        let first = before.split(' ').next()?;
        ends.iter().find_map(|&count| {
            let shared = format!("{first} {}", joined(&rest[..count]));
            let (_, body) = self.known.get(&shared)?;
            Some((count, body.clone()))
        })
    }

    /// The one alias that is nearest, if there is one near enough.
    fn nearest(&self, written: &str) -> Option<&(String, Body)> {
        let letters = written.chars().count();
        if letters < SHORTEST_NEAR {
            return None;
        }
        let mut best: Option<(usize, &(String, Body))> = None;
        let mut tied = false;
        let count = written.split(' ').count();
        // A slip changes letters, not how many words there are: «cơ Sở Giáo dục» is no «Sở».
        for (known, entry) in &self.known {
            if known.split(' ').count() != count {
                continue;
            }
            let most = best.map_or(letters / LETTERS_PER_SLIP, |(least, _)| least);
            let Some(found) = distance(written, known, most) else {
                continue;
            };
            tied = best.is_some_and(|(least, other)| least == found && other.1 != entry.1);
            best = Some((found, entry));
        }
        best.filter(|_| !tied).map(|(_, entry)| entry)
    }
}

fn named(text: &str, words: &[Word], matched: Match, body: Option<Body>) -> Option<NamedBody> {
    let (first, last) = (words.first()?, words.last()?);
    let written = &text[first.span.start..last.span.end];
    Some(NamedBody {
        written: written.split_whitespace().collect::<Vec<_>>().join(" "),
        key: joined(words),
        body,
        matched,
    })
}

fn joined(words: &[Word]) -> String {
    let keys: Vec<&str> = words.iter().map(|word| word.key.as_str()).collect();
    keys.join(" ")
}

/// A word written twice in a row names nothing new.
fn without_repeats(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = words::words(text);
    words.dedup_by(|next, word| {
        let repeated =
            next.key == word.key && text[word.span.end..next.span.start].trim().is_empty();
        if repeated {
            word.span.end = next.span.end;
        }
        repeated
    });
    words
}

/// A separator stands before the n-th word, or it is «và», or there is none.
fn ends_at(text: &str, words: &[Word], n: usize) -> bool {
    words.get(n).is_none_or(|next| next.key == "và") || separated_at(text, words, n)
}

fn separated_at(text: &str, words: &[Word], n: usize) -> bool {
    let (before, next) = (&words[n - 1], &words[n]);
    text[before.span.end..next.span.start].contains([',', ';', '\n'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(names: &Names, text: &str) -> Vec<(String, String)> {
        let shown = |named: NamedBody| {
            let body = named.body.map_or("?".to_owned(), |body| body.name);
            (named.written, body)
        };
        names.names(text).into_iter().map(shown).collect()
    }

    fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
        let owned = |(a, b): &(&str, &str)| ((*a).to_owned(), (*b).to_owned());
        expected.iter().map(owned).collect()
    }

    #[test]
    fn names_with_commas_inside_stay_whole() {
        let names = Names::new(&BodyAliases::shipped());
        assert_eq!(
            read(
                &names,
                "Các sở, ban, ngành tỉnh tỉnh; UBND cấp huyện, cấp xã và\nSở Lao động, Thương binh và xã hội,"
            ),
            pairs(&[
                ("Các sở, ban, ngành tỉnh tỉnh", "Các sở, ban, ngành tỉnh"),
                ("UBND cấp huyện", "UBND cấp huyện"),
                ("cấp xã", "UBND cấp xã"),
                (
                    "Sở Lao động, Thương binh và xã hội",
                    "Sở Lao động, Thương binh và Xã hội"
                ),
            ])
        );
    }

    #[test]
    fn unknown_names_are_kept_and_near_ones_proposed() {
        let names = Names::new(&BodyAliases::shipped());
        let read = names.names("Sở NN&PNTN, Hội Người mù, Các ở, ban, ngành tỉnh");
        let matched: Vec<_> = read.iter().map(|named| named.matched.clone()).collect();
        assert_eq!(
            matched,
            [
                Match::Near("Sở NN&PTNT".to_owned()),
                Match::Unknown,
                Match::Near("Các sở, ban, ngành tỉnh".to_owned()),
            ]
        );
        assert_eq!(read[1].written, "Hội Người mù");
    }

    #[test]
    fn a_group_completes_the_names_inside_it() {
        let aliases = BodyAliases::shipped();
        let office = Names::within(&aliases, "Văn phòng UBND tỉnh");
        assert_eq!(
            read(&office, "Văn phòng"),
            pairs(&[("Văn phòng", "Văn phòng UBND tỉnh")])
        );
        let district = Names::within(&aliases, "Huyện Bình Tân");
        assert_eq!(
            read(
                &district,
                "Phòng TC-KH; Văn phòng HĐND & UBND huyện Bình Tân"
            ),
            pairs(&[
                ("Phòng TC-KH", "Phòng Tài chính - Kế hoạch huyện Bình Tân"),
                (
                    "Văn phòng HĐND & UBND huyện Bình Tân",
                    "Văn phòng HĐND và UBND huyện Bình Tân"
                ),
            ])
        );
    }
}
