//! Looking messages up.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use vocab::{Decimal, Lang};

/// The message files of one language, in the order they are loaded.
macro_rules! messages {
    ($lang:literal) => {
        &[
            include_str!(concat!("../../locales/", $lang, "/common.ftl")),
            include_str!(concat!("../../locales/", $lang, "/plan.ftl")),
            include_str!(concat!("../../locales/", $lang, "/digests.ftl")),
            include_str!(concat!("../../locales/", $lang, "/looks.ftl")),
            include_str!(concat!("../../locales/", $lang, "/retention.ftl")),
            include_str!(concat!("../../locales/", $lang, "/maps.ftl")),
            include_str!(concat!("../../locales/", $lang, "/progress.ftl")),
            include_str!(concat!("../../locales/", $lang, "/findings.ftl")),
            include_str!(concat!("../../locales/", $lang, "/figures.ftl")),
            include_str!(concat!("../../locales/", $lang, "/manual.ftl")),
            include_str!(concat!("../../locales/", $lang, "/measures.ftl")),
            include_str!(concat!("../../locales/", $lang, "/intake.ftl")),
            include_str!(concat!("../../locales/", $lang, "/reports.ftl")),
            include_str!(concat!("../../locales/", $lang, "/entry-checks.ftl")),
            include_str!(concat!("../../locales/", $lang, "/excel.ftl")),
            include_str!(concat!("../../locales/", $lang, "/campaigns.ftl")),
            include_str!(concat!("../../locales/", $lang, "/sheet-links.ftl")),
            include_str!(concat!("../../locales/", $lang, "/obstacles.ftl")),
            include_str!(concat!("../../locales/", $lang, "/opinions.ftl")),
            include_str!(concat!("../../locales/", $lang, "/amendments.ftl")),
            include_str!(concat!("../../locales/", $lang, "/account.ftl")),
            include_str!(concat!("../../locales/", $lang, "/access.ftl")),
            include_str!(concat!("../../locales/", $lang, "/admin.ftl")),
            include_str!(concat!("../../locales/", $lang, "/jobs.ftl")),
            include_str!(concat!("../../locales/", $lang, "/hooks.ftl")),
            include_str!(concat!("../../locales/", $lang, "/audit-findings.ftl")),
            include_str!(concat!("../../locales/", $lang, "/audit.ftl")),
            include_str!(concat!("../../locales/", $lang, "/people.ftl")),
            include_str!(concat!("../../locales/", $lang, "/design.ftl")),
            include_str!(concat!("../../locales/", $lang, "/api.ftl")),
            include_str!(concat!("../../locales/", $lang, "/problems.ftl")),
            include_str!(concat!("../../locales/", $lang, "/rights.ftl")),
            include_str!(concat!("../../locales/", $lang, "/units.ftl")),
            include_str!(concat!("../../locales/", $lang, "/unit-pages.ftl")),
            include_str!(concat!("../../locales/", $lang, "/periodic.ftl")),
            include_str!(concat!("../../locales/", $lang, "/systems.ftl")),
            include_str!(concat!("../../locales/", $lang, "/imports.ftl")),
            include_str!(concat!("../../locales/", $lang, "/giving.ftl")),
            include_str!(concat!("../../locales/", $lang, "/projects.ftl")),
            include_str!(concat!("../../locales/", $lang, "/own-plans.ftl")),
            include_str!(concat!("../../locales/", $lang, "/prints.ftl")),
        ]
    };
}

/// The source text of every message file of a language.
pub(super) const fn sources(lang: Lang) -> &'static [&'static str] {
    match lang {
        Lang::Vi => messages!("vi"),
        Lang::En => messages!("en"),
    }
}

static VIETNAMESE: LazyLock<Messages> =
    LazyLock::new(|| Messages::load(Lang::Vi, sources(Lang::Vi)));
static ENGLISH: LazyLock<Messages> = LazyLock::new(|| Messages::load(Lang::En, sources(Lang::En)));

/// The messages of one language. The command line has messages of its own beside the pages'.
pub struct Messages(FluentBundle<FluentResource>);

impl Messages {
    /// Reads the texts of message files.
    pub fn load(lang: Lang, sources: &[&str]) -> Self {
        let tag = lang.tag().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(match lang {
            Lang::Vi => |value, _| number(value, Lang::Vi),
            Lang::En => |value, _| number(value, Lang::En),
        }));
        for source in sources {
            // What parses of a file with mistakes is still used; the tests refuse the mistakes.
            let resource = match FluentResource::try_new((*source).to_owned()) {
                Ok(resource) | Err((resource, _)) => resource,
            };
            bundle.add_resource_overriding(resource);
        }
        Self(bundle)
    }

    /// The message with this key and these variables; none if no message has the key. A
    /// variable that is missing leaves its mark: `⟦key: …⟧`.
    pub fn lookup(&self, key: &str, args: &[(&str, &dyn ToArg)]) -> Option<String> {
        let pattern = self.0.get_message(key)?.value()?;
        let args: FluentArgs<'_> = args
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.to_arg()))
            .collect();
        let mut errors = Vec::new();
        let text = self.0.format_pattern(pattern, Some(&args), &mut errors);
        Some(if errors.is_empty() {
            text.into_owned()
        } else {
            format!("⟦{key}: {text}⟧")
        })
    }
}

/// Whole numbers inside messages, with the language's thousands separator.
fn number(value: &FluentValue<'_>, lang: Lang) -> Option<String> {
    let FluentValue::Number(number) = value else {
        return None;
    };
    let whole: i64 = number.as_string().parse().ok()?;
    Some(Decimal::from(whole).format(lang))
}

/// What can stand for a variable of a message: text as it is, whole numbers (which also choose
/// the plural form in English).
pub trait ToArg {
    /// The value as Fluent wants it.
    fn to_arg(&self) -> FluentValue<'_>;
}

impl<T: ToArg + ?Sized> ToArg for &T {
    fn to_arg(&self) -> FluentValue<'_> {
        (**self).to_arg()
    }
}

impl ToArg for str {
    fn to_arg(&self) -> FluentValue<'_> {
        FluentValue::from(self)
    }
}

impl ToArg for String {
    fn to_arg(&self) -> FluentValue<'_> {
        FluentValue::from(self.as_str())
    }
}

macro_rules! whole_numbers {
    ($($kind:ty),*) => {$(
        impl ToArg for $kind {
            fn to_arg(&self) -> FluentValue<'_> {
                FluentValue::from(*self)
            }
        }
    )*};
}
whole_numbers!(u16, u32, u64, i32, i64, usize);

/// One language's wording.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Translator {
    /// The language spoken.
    pub lang: Lang,
}

impl Translator {
    /// The wording of a language.
    pub const fn new(lang: Lang) -> Self {
        Self { lang }
    }

    /// The message with this key.
    pub fn t(self, key: &str) -> String {
        self.t_args(key, &[])
    }

    /// The message with this key and one variable.
    pub fn t1(self, key: &str, name: &str, value: impl ToArg) -> String {
        self.t_args(key, &[(name, &value)])
    }

    /// The message with this key and these variables.
    pub fn t_args(self, key: &str, args: &[(&str, &dyn ToArg)]) -> String {
        self.lookup(key, args).unwrap_or_else(|| format!("⟦{key}⟧"))
    }

    /// The message with a key that was put together, if there is one. Variables that it does
    /// not use are left out.
    pub fn lookup(self, key: &str, args: &[(&str, &dyn ToArg)]) -> Option<String> {
        let messages = match self.lang {
            Lang::Vi => &*VIETNAMESE,
            Lang::En => &*ENGLISH,
        };
        messages.lookup(key, args)
    }
}
