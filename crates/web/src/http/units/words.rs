//! Spans, shares and days in words.

use directory::{Resolution, Share, Unit};
use jiff::civil::Date;

use crate::i18n::Translator;

/// A span of days.
pub(super) fn span(words: Translator, unit: &Unit) -> String {
    let from = words.date(&unit.valid_from);
    match unit.valid_to {
        None => words.t1("unit-span-open", "from", from),
        Some(to) => words.t_args("unit-span-of", &[("from", &from), ("to", &words.date(&to))]),
    }
}

/// How much of a unit.
pub(super) fn share(words: Translator, share: Share) -> String {
    match share.exact() {
        _ if share == Share::WHOLE => words.t("unit-share-whole"),
        _ if share == Share::UNKNOWN => words.t("unit-share-unknown"),
        Some(exact) => exact.to_string(),
        None => words.t_args(
            "unit-share-range",
            &[
                ("least", &share.least.to_string()),
                ("most", &share.most.to_string()),
            ],
        ),
    }
}

/// What ordered something.
pub(super) fn order(words: Translator, by: &Resolution) -> String {
    match (&by.symbol, by.source.as_str()) {
        (Some(symbol), _) => symbol.clone(),
        (None, "") => words.t("unit-order-unknown"),
        (None, source) => source.to_owned(),
    }
}

/// A day as a form or an address writes it; the other one where it is none.
pub(super) fn day(text: &str, other: Date) -> Date {
    text.trim().parse().unwrap_or(other)
}
