//! What the reader of TOML says, as words of both languages.

/// How its messages begin, and the word for each; longer beginnings first.
const MESSAGES: [(&str, &str); 24] = [
    ("duplicate key", "~toml-twice"),
    ("cannot extend value", "~toml-twice"),
    ("string values must be quoted", "~toml-unquoted"),
    ("invalid basic string", "~toml-quote"),
    ("invalid literal string", "~toml-quote"),
    ("invalid multi-line", "~toml-quote"),
    ("missing opening quote", "~toml-quote"),
    ("key with no value", "~toml-no-value"),
    ("missing value", "~toml-no-value"),
    ("missing assignment", "~toml-no-equals"),
    ("extra assignment", "~toml-extra"),
    ("extra `=`", "~toml-extra"),
    ("extra comma", "~toml-extra"),
    ("missing comma", "~toml-no-comma"),
    ("unclosed inline table", "~toml-brace"),
    ("unclosed", "~toml-bracket"),
    ("invalid unquoted key", "~toml-key"),
    ("unquoted keys cannot be empty", "~toml-key"),
    ("missing key", "~toml-key"),
    ("unexpected leading zero", "~toml-number"),
    ("`_` may only go between digits", "~toml-number"),
    ("missing escaped value", "~toml-escape"),
    ("cannot recurse further", "~toml-deep"),
    ("recursion limit", "~toml-deep"),
];

/// The word for a message of the reader of TOML; the message itself where there is none.
pub(crate) fn word(message: &str) -> String {
    let known = MESSAGES
        .iter()
        .find(|(start, _)| message.starts_with(start));
    known.map_or_else(
        || message.replace('\n', "; "),
        |(_, word)| (*word).to_owned(),
    )
}
