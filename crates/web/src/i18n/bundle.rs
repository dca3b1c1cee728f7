//! Looking messages up.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use vocab::{Decimal, Lang};

/// The message files of one language, in the order they are loaded.
macro_rules! messages {
    ($lang:literal) => {
        [
            include_str!(concat!("../../locales/", $lang, "/common.ftl")),
            include_str!(concat!("../../locales/", $lang, "/plan.ftl")),
            include_str!(concat!("../../locales/", $lang, "/reports.ftl")),
            include_str!(concat!("../../locales/", $lang, "/account.ftl")),
            include_str!(concat!("../../locales/", $lang, "/admin.ftl")),
            include_str!(concat!("../../locales/", $lang, "/design.ftl")),
            include_str!(concat!("../../locales/", $lang, "/api.ftl")),
            include_str!(concat!("../../locales/", $lang, "/problems.ftl")),
        ]
    };
}

/// The source text of every message file of a language.
pub(super) const fn sources(lang: Lang) -> [&'static str; 8] {
    match lang {
        Lang::Vi => messages!("vi"),
        Lang::En => messages!("en"),
    }
}

static VIETNAMESE: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| load(Lang::Vi));
static ENGLISH: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| load(Lang::En));

fn load(lang: Lang) -> FluentBundle<FluentResource> {
    let tag = lang.tag().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![tag]);
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match lang {
        Lang::Vi => |value, _| number(value, Lang::Vi),
        Lang::En => |value, _| number(value, Lang::En),
    }));
    for source in sources(lang) {
        // What parses of a file with mistakes is still used; the tests refuse the mistakes.
        let resource = match FluentResource::try_new(source.to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        bundle.add_resource_overriding(resource);
    }
    bundle
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
        self.format(key, None)
    }

    /// The message with this key and one variable.
    pub fn t1(self, key: &str, name: &str, value: impl ToArg) -> String {
        self.t_args(key, &[(name, &value)])
    }

    /// The message with this key and these variables.
    pub fn t_args(self, key: &str, args: &[(&str, &dyn ToArg)]) -> String {
        self.format(key, Some(&fluent(args)))
    }

    /// The message with a key that was put together, if there is one. Variables that it does
    /// not use are left out.
    pub fn lookup(self, key: &str, args: &[(&str, &dyn ToArg)]) -> Option<String> {
        self.bundle()
            .has_message(key)
            .then(|| self.format(key, Some(&fluent(args))))
    }

    fn bundle(self) -> &'static FluentBundle<FluentResource> {
        match self.lang {
            Lang::Vi => &VIETNAMESE,
            Lang::En => &ENGLISH,
        }
    }

    fn format(self, key: &str, args: Option<&FluentArgs<'_>>) -> String {
        let bundle = self.bundle();
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            return format!("⟦{key}⟧");
        };
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, args, &mut errors);
        if errors.is_empty() {
            text.into_owned()
        } else {
            format!("⟦{key}: {text}⟧")
        }
    }
}

fn fluent<'a>(args: &'a [(&'a str, &'a dyn ToArg)]) -> FluentArgs<'a> {
    args.iter()
        .map(|(name, value)| (*name, value.to_arg()))
        .collect()
}
