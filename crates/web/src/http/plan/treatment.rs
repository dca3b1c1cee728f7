//! What the product does with each kind of finding, and which heading it stands under.

/// Headings of the page of findings, in its order: the ends of their keys.
pub(super) const TOPICS: [&str; 6] = ["money", "goals", "bodies", "documents", "layout", "wording"];

/// The codes of `plan::import::FindingCode`, each with its heading and its treatment.
const KINDS: [(&str, &str, &str); 50] = [
    ("annex-total-differs", "money", "both-sums"),
    ("annex-total-rounded", "money", "rounded"),
    ("annex-sources-differ", "money", "both-sums"),
    ("group-total-differs", "money", "both-sums"),
    ("group-total-rounded", "money", "rounded"),
    ("project-sources-differ", "money", "both-sums"),
    ("budget-differs-from-annexes", "money", "both-sums"),
    ("budget-differs-from-projects", "money", "both-sums"),
    ("budget-sources-differ", "money", "both-sums"),
    ("requested-amount-differs", "money", "table"),
    ("requested-unit-differs", "money", "table"),
    ("group-without-projects", "money", "group-kept"),
    ("amount-unreadable", "money", "not-added"),
    ("number-style-undecided", "money", "not-added"),
    ("goal-differs-from-name", "goals", "goal-column"),
    ("further-figure-in-name", "goals", "goal-column"),
    ("duplicate-target", "goals", "both-targets"),
    ("similar-target-other-goal", "goals", "both-targets"),
    ("goal-names-bodies", "goals", "milestone"),
    ("count-without-unit", "goals", "count"),
    ("goal-missing", "goals", "not-measured"),
    ("lead-missing", "bodies", "nobody"),
    ("partner-missing", "bodies", "blank"),
    ("legal-basis-missing", "documents", "blank"),
    ("legal-basis-unreadable", "documents", "as-written"),
    ("legal-basis-without-kind", "documents", "as-written"),
    ("numbering-broken", "layout", "as-written"),
    ("row-unreadable", "layout", "left-out"),
    ("name-unresolved", "bodies", "unresolved"),
    ("name-spelled-differently", "bodies", "understood"),
    ("stray-separator", "wording", "as-written"),
    ("repeated-word", "wording", "as-written"),
    ("unusual-spelling", "wording", "as-written"),
    ("unbalanced-brackets", "wording", "as-written"),
    ("date-impossible", "documents", "as-written"),
    ("date-after-decision", "documents", "as-written"),
    ("symbol-irregular", "documents", "understood"),
    ("symbol-with-several-dates", "documents", "as-written"),
    ("decision-named-differently", "documents", "as-written"),
    ("column-missing", "layout", "blank"),
    ("annex-total-missing", "money", "blank"),
    ("money-unit-inferred", "money", "understood"),
    ("money-unit-undecided", "money", "understood"),
    ("total-unexplained", "money", "both-sums"),
    ("total-differs-in-groups", "money", "both-sums"),
    ("percent-above-whole", "goals", "goal-column"),
    ("part-above-whole", "goals", "goal-column"),
    ("bound-differs-from-name", "goals", "goal-column"),
    ("duty-due-before-decision", "documents", "as-written"),
    ("duty-repeated", "wording", "as-written"),
];

/// The heading and the treatment of a kind of finding; one that an older program kept and
/// this one does not know stands last and as written.
pub(super) fn of(code: &str) -> (&'static str, &'static str) {
    let known = KINDS.iter().find(|(known, ..)| *known == code);
    known.map_or(("wording", "as-written"), |(_, topic, treatment)| {
        (topic, treatment)
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use vocab::Lang;

    use super::*;
    use crate::i18n::Translator;

    /// The codes as the importer's source declares them: `AnnexTotalDiffers: Error,`.
    fn declared() -> BTreeSet<String> {
        let source = include_str!("../../../../plan/src/import/finding.rs");
        let list = &source[source.find("finding_codes! {").unwrap()..];
        let list = &list[..list.find("\n}").unwrap()];
        let lines = list.lines().map(str::trim);
        let codes = lines.filter(|line| !line.starts_with("///"));
        codes
            .filter_map(|line| line.split_once(": "))
            .map(|(name, _)| {
                let mut code = String::new();
                for ch in name.chars() {
                    if ch.is_uppercase() && !code.is_empty() {
                        code.push('-');
                    }
                    code.extend(ch.to_lowercase());
                }
                code
            })
            .collect()
    }

    #[test]
    fn every_kind_of_finding_is_placed_treated_and_worded() {
        let placed: BTreeSet<String> = KINDS.iter().map(|(code, ..)| (*code).to_owned()).collect();
        assert_eq!(placed, declared());
        for lang in Lang::ALL {
            let words = Translator::new(lang);
            for (code, topic, treatment) in KINDS {
                assert!(TOPICS.contains(&topic), "{code} stands nowhere");
                for key in [
                    format!("finding-topic-{topic}"),
                    format!("finding-treatment-{treatment}"),
                ] {
                    assert!(!words.t(&key).contains('⟦'), "{key} has no words");
                }
                // A sentence without its values is marked, and names the key twice.
                let sentence = words.t(&format!("finding-{code}"));
                let missing = format!("⟦finding-{code}⟧");
                assert_ne!(sentence, missing, "{code} has no words");
            }
        }
    }
}
