//! What was probably meant: the nearest name to one that is not known.

use vocab::fold;

/// Words that people bring from elsewhere, and ours for the same.
const OTHERWISE: [(&str, &str); 26] = [
    ("string", "text"),
    ("chu", "text"),
    ("textarea", "paragraph"),
    ("integer", "number"),
    ("int", "number"),
    ("so", "number"),
    ("float", "decimal"),
    ("currency", "money"),
    ("tien", "money"),
    ("ngay", "date"),
    ("boolean", "flag"),
    ("bool", "flag"),
    ("enum", "code"),
    ("select", "code"),
    ("choice", "code"),
    ("link-to", "reference"),
    ("image", "photo"),
    ("anh", "photo"),
    ("tep", "file"),
    ("bang", "table"),
    ("update", "edit"),
    ("write", "edit"),
    ("view", "read"),
    ("name", "title"),
    ("len", "size"),
    ("condition", "when"),
];

/// The nearest of the known names, if one is near enough that it may have been meant.
pub(crate) fn nearest<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let folded = plain(wrong);
    let known: Vec<&str> = known.into_iter().collect();
    let ours = OTHERWISE.iter().find(|(theirs, _)| *theirs == folded);
    if let Some((_, ours)) = ours
        && known.contains(ours)
    {
        return Some((*ours).to_owned());
    }
    let limit = (folded.chars().count() / 3).clamp(1, 3);
    known
        .into_iter()
        .filter(|name| !name.is_empty() && *name != wrong)
        .map(|name| (strsim::damerau_levenshtein(&folded, &plain(name)), name))
        .filter(|(distance, name)| *distance <= limit && *distance < name.chars().count())
        .min()
        .map(|(_, name)| name.to_owned())
}

/// Hyphens, underscores, capitals and tone marks are what people mix up first.
fn plain(name: &str) -> String {
    let short: String = name.chars().take(60).collect();
    fold::fold(&short).replace(['_', ' '], "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_near_is_offered_and_what_is_far_is_not() {
        let known = ["required", "personal", "area_ha"];
        assert_eq!(nearest("requird", known).as_deref(), Some("required"));
        assert_eq!(nearest("area-ha", known).as_deref(), Some("area_ha"));
        assert_eq!(nearest("crop", known), None);
        assert_eq!(nearest("x", ["y"]), None);
        assert_eq!(
            nearest("String", ["text", "stripe"]).as_deref(),
            Some("text")
        );
        assert_eq!(nearest("tiền", ["text", "money"]).as_deref(), Some("money"));
    }
}
