//! A small pack to begin with, which checks.

/// The files of a new pack of this name, by their path in its folder.
pub fn files(id: &str) -> Vec<(&'static str, String)> {
    let named = |text: &str| text.replace("example-pack", id);
    vec![
        ("pack.toml", named(include_str!("../starter/pack.toml"))),
        (
            "request.toml",
            named(include_str!("../starter/request.toml")),
        ),
        (
            "lists/kinds.csv",
            named(include_str!("../starter/lists/kinds.csv")),
        ),
        (
            "print/answer.typ",
            named(include_str!("../starter/print/answer.typ")),
        ),
    ]
}
