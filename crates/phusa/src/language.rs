//! Which language to speak.

use std::ffi::OsString;

use vocab::Lang;

/// What the command line asks for comes first, then `LC_ALL`, `LC_MESSAGES` and `LANG`. Without
/// any, or where they name no language (`C`), Vietnamese; in another language's place, English.
pub(crate) fn choose(given: &[OsString], variable: impl Fn(&str) -> Option<String>) -> Lang {
    if let Some(lang) = asked_for(given) {
        return lang;
    }
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(variable)
        .find(|value| !value.is_empty())
        .map_or(Lang::default(), |locale| of_locale(&locale))
}

/// Read before anything else, because the help that follows is already in that language. A
/// wrong value is refused later, with the other arguments.
fn asked_for(given: &[OsString]) -> Option<Lang> {
    let mut words = given.iter().skip(1).map(|word| word.to_string_lossy());
    while let Some(word) = words.next() {
        if word == "--" {
            return None;
        }
        let value = match word.strip_prefix("--lang") {
            Some("") => words.next()?.into_owned(),
            Some(rest) if rest.starts_with('=') => rest[1..].to_owned(),
            _ => continue,
        };
        return Lang::lookup(&value);
    }
    None
}

/// A locale such as `vi_VN.UTF-8`.
fn of_locale(locale: &str) -> Lang {
    let tag = locale.split(['.', '@']).next().unwrap_or_default();
    match tag {
        "C" | "POSIX" => Lang::default(),
        _ => Lang::lookup(tag).unwrap_or(Lang::En),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(arguments: &[&str], variables: &[(&str, &str)]) -> Lang {
        let given: Vec<OsString> = std::iter::once(&"phusa")
            .chain(arguments)
            .map(OsString::from)
            .collect();
        choose(&given, |name| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn the_command_line_comes_before_the_environment() {
        let english = [("LANG", "en_GB.UTF-8")];
        assert_eq!(chosen(&["--lang", "vi", "doctor"], &english), Lang::Vi);
        assert_eq!(chosen(&["doctor", "--lang=vi"], &english), Lang::Vi);
        assert_eq!(chosen(&["doctor"], &english), Lang::En);
        assert_eq!(chosen(&["backup", "--", "--lang=vi"], &english), Lang::En);
        assert_eq!(chosen(&["--language=vi"], &english), Lang::En);
        assert_eq!(chosen(&["doctor", "--lang"], &english), Lang::En);
    }

    #[test]
    fn the_first_variable_that_is_set_decides() {
        assert_eq!(chosen(&[], &[]), Lang::Vi);
        assert_eq!(chosen(&[], &[("LANG", "C.UTF-8")]), Lang::Vi);
        assert_eq!(chosen(&[], &[("LANG", "fr_FR.UTF-8")]), Lang::En);
        assert_eq!(chosen(&[], &[("LC_ALL", ""), ("LANG", "en")]), Lang::En);
        let both = [("LC_ALL", "vi_VN.UTF-8"), ("LANG", "en_US.UTF-8")];
        assert_eq!(chosen(&[], &both), Lang::Vi);
    }
}
