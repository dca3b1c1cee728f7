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
        ]
    };
}

type Messages = FluentBundle<FluentResource>;

static VIETNAMESE: LazyLock<Messages> = LazyLock::new(|| load(Lang::Vi, messages!("vi")));
static ENGLISH: LazyLock<Messages> = LazyLock::new(|| load(Lang::En, messages!("en")));

fn load(lang: Lang, sources: [&str; 2]) -> Messages {
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

fn part(lang: Lang, key: &str, attribute: Option<&str>, args: &[(&str, &str)]) -> Option<String> {
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
