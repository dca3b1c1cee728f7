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
