//! What the program says at the terminal.

use std::sync::LazyLock;

use vocab::Lang;
use web::i18n::{Messages, ToArg, Translator};

/// The message files of one language.
macro_rules! messages {
    ($lang:literal) => {
        [
            include_str!(concat!("../locales/", $lang, "/help.ftl")),
            include_str!(concat!("../locales/", $lang, "/said.ftl")),
            include_str!(concat!("../locales/", $lang, "/failures.ftl")),
            include_str!(concat!("../locales/", $lang, "/difference.ftl")),
            include_str!(concat!("../locales/", $lang, "/pack-tools.ftl")),
        ]
    };
}

static VIETNAMESE: LazyLock<Messages> =
    LazyLock::new(|| Messages::load(Lang::Vi, &messages!("vi")));
static ENGLISH: LazyLock<Messages> = LazyLock::new(|| Messages::load(Lang::En, &messages!("en")));

/// The wording of one language: the terminal's own, and the pages' where that says it already.
#[derive(Clone, Copy)]
pub(crate) struct Words {
    /// How pages say it, numbers and dates included.
    pub pages: Translator,
}

impl Words {
    pub(crate) const fn new(lang: Lang) -> Self {
        Self {
            pages: Translator::new(lang),
        }
    }

    pub(crate) fn t(self, key: &str) -> String {
        self.t_args(key, &[])
    }

    pub(crate) fn t_args(self, key: &str, args: &[(&str, &dyn ToArg)]) -> String {
        self.lookup(key, args).unwrap_or_else(|| format!("⟦{key}⟧"))
    }

    /// The message, if either has it.
    pub(crate) fn lookup(self, key: &str, args: &[(&str, &dyn ToArg)]) -> Option<String> {
        let messages = match self.pages.lang {
            Lang::Vi => &*VIETNAMESE,
            Lang::En => &*ENGLISH,
        };
        messages
            .lookup(key, args)
            .or_else(|| self.pages.lookup(key, args))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};
    use std::path::Path;

    use super::*;

    /// Beginnings of keys that are put together when something is said.
    const COMPOSED: [&str; 1] = ["help-"];

    fn texts(files: [&'static str; 5]) -> BTreeMap<&'static str, &'static str> {
        let mut texts = BTreeMap::new();
        for file in files {
            for part in file
                .split("\n\n")
                .flat_map(|part| part.split_inclusive('\n'))
            {
                if let Some((key, text)) = part.split_once(" =")
                    && !part.starts_with([' ', '#'])
                {
                    let before = texts.insert(key, text.trim());
                    assert!(before.is_none(), "{key} is there twice");
                }
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
        assert!(vi.len() > 120, "{}", vi.len());
        assert_eq!(vi.keys().collect::<Vec<_>>(), en.keys().collect::<Vec<_>>());
        let mut used = BTreeSet::new();
        quoted(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
            &mut used,
        );
        for (key, text) in vi {
            assert!(
                text.is_empty() || text != en[key],
                "{key} reads the same in both"
            );
            let next = key.strip_suffix("-next").unwrap_or(key);
            let known = used.contains(next) || COMPOSED.iter().any(|start| key.starts_with(start));
            assert!(known, "{key} is never used");
        }
    }

    #[test]
    fn every_key_that_a_failure_or_a_command_names_is_worded() {
        let mut used = BTreeSet::new();
        quoted(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
            &mut used,
        );
        let starts = [
            "failure-",
            "decision-",
            "usage-",
            "serve-",
            "doctor-",
            "import-",
        ];
        let keys = used.iter().filter(|text| {
            starts
                .iter()
                .any(|start| text.len() > start.len() && text.starts_with(start))
                && text
                    .bytes()
                    .all(|byte| byte == b'-' || byte.is_ascii_lowercase())
        });
        for key in keys {
            for lang in Lang::ALL {
                let words = Words::new(lang);
                assert!(
                    words.lookup(key, &[]).is_some(),
                    "{key} has no words in {}",
                    lang.tag()
                );
            }
        }
    }
}
