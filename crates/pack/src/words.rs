//! How findings are worded, in both languages.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use vocab::Lang;

/// The message files of one language.
macro_rules! messages {
    ($lang:literal) => {
        [
            include_str!(concat!("../locales/", $lang, "/frame.ftl")),
            include_str!(concat!("../locales/", $lang, "/codes.ftl")),
            include_str!(concat!("../locales/", $lang, "/changes.ftl")),
        ]
    };
}

type Messages = FluentBundle<FluentResource>;

static VIETNAMESE: LazyLock<Messages> = LazyLock::new(|| load(Lang::Vi, messages!("vi")));
static ENGLISH: LazyLock<Messages> = LazyLock::new(|| load(Lang::En, messages!("en")));

fn load(lang: Lang, sources: [&str; 3]) -> Messages {
    let mut bundle = Messages::new_concurrent(vec![lang.tag().parse().unwrap_or_default()]);
    bundle.set_use_isolating(false);
    for source in sources {
        // What parses of a file with mistakes is still used; the tests refuse the mistakes.
        let resource = match FluentResource::try_new(source.to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// The message of a key; a variable or message that is missing leaves its mark `⟦…⟧`.
pub(crate) fn say(lang: Lang, key: &str, args: &[(&str, &str)]) -> String {
    part(lang, key, None, args).unwrap_or_else(|| format!("⟦{key}⟧"))
}

/// The second sentence of a key: what to do.
pub(crate) fn advice(lang: Lang, key: &str, args: &[(&str, &str)]) -> Option<String> {
    part(lang, key, Some("do"), args)
}

/// One word of the language's own, such as a shape or a type, in the reader's language; ids
/// and other words stay as they are.
pub(crate) fn term(lang: Lang, word: &str) -> String {
    part(lang, word, None, &[]).unwrap_or_else(|| word.to_owned())
}

/// A message, or the sentence of it that is called so.
pub(crate) fn part(
    lang: Lang,
    key: &str,
    attribute: Option<&str>,
    args: &[(&str, &str)],
) -> Option<String> {
    let bundle = match lang {
        Lang::Vi => &*VIETNAMESE,
        Lang::En => &*ENGLISH,
    };
    let message = bundle.get_message(key)?;
    let pattern = match attribute {
        None => message.value()?,
        Some(name) => message.get_attribute(name)?.value(),
    };
    let args: FluentArgs<'_> = args.iter().map(|(name, value)| (*name, *value)).collect();
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, Some(&args), &mut errors);
    Some(if errors.is_empty() {
        text.into_owned()
    } else {
        format!("⟦{key}: {text}⟧")
    })
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};
    use std::path::Path;

    use super::*;
    use crate::Code;

    fn texts(files: [&'static str; 3]) -> BTreeMap<&'static str, &'static str> {
        let mut texts = BTreeMap::new();
        for line in files.iter().flat_map(|file| file.lines()) {
            if let Some((key, text)) = line.split_once(" = ")
                && !line.starts_with([' ', '#'])
            {
                assert!(texts.insert(key, text).is_none(), "{key} is there twice");
            }
        }
        texts
    }

    /// Everything in quotes in the sources.
    fn quoted(folder: &Path, found: &mut BTreeSet<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                quoted(&path, found);
            } else {
                let text = std::fs::read_to_string(&path).unwrap();
                found.extend(text.split('"').map(str::to_owned));
            }
        }
    }

    #[test]
    fn both_languages_say_the_same_things_and_every_one_is_used() {
        let (vi, en) = (texts(messages!("vi")), texts(messages!("en")));
        assert_eq!(vi.keys().collect::<Vec<_>>(), en.keys().collect::<Vec<_>>());
        let mut used = BTreeSet::new();
        quoted(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
            &mut used,
        );
        for (key, text) in &vi {
            assert_ne!(*text, en[key], "{key} reads the same in both");
            let composed = key.starts_with("name-") || Code::lookup(key).is_some();
            let known = used.contains(*key) || used.contains(&format!("~{key}"));
            assert!(composed || known, "{key} is never used");
        }
        let is_key = |word: &&str| word.len() > 3 && !word.contains(['{', ' ']);
        let words = used.iter().filter_map(|word| word.strip_prefix('~'));
        for word in words.filter(is_key) {
            assert!(
                vi.contains_key(word) || word == "name-",
                "{word} is not worded"
            );
        }
    }

    #[test]
    fn every_code_says_what_is_wrong_and_what_to_do() {
        for lang in Lang::ALL {
            for code in Code::ALL {
                // Values that are missing leave their mark; the sentence itself must be there.
                assert!(say(lang, code.number(), &[]).len() > 10, "{code}");
                assert!(advice(lang, code.number(), &[]).is_some(), "{code}");
            }
        }
    }
}
