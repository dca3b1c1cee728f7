//! The form on a page, as a browser would send it.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What a browser leaves as it is; everything else is escaped.
const KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.');

/// The fields of the form with this id: hidden ones and those to be filled in, with what stands
/// in them. Boxes to tick and files are left out.
pub(super) fn fields(page: &str, id: &str) -> Vec<(String, String)> {
    let begin = page.find(&format!("<form id=\"{id}\""));
    let Some(form) = begin.map(|at| &page[at..]) else {
        return Vec::new();
    };
    let form = form.split("</form>").next().unwrap_or_default();
    let mut fields = Vec::new();
    for tag in form.split('<').skip(1) {
        let (tag, text) = tag.split_once('>').unwrap_or((tag, ""));
        let kind = tag.split(' ').next().unwrap_or_default();
        let Some(name) = attribute(tag, "name") else {
            continue;
        };
        let value = match kind {
            "input" if attribute(tag, "type") == Some("checkbox") => continue,
            "input" => attribute(tag, "value").unwrap_or_default(),
            "textarea" => text,
            "select" => "",
            _ => continue,
        };
        fields.push((name.to_owned(), value.to_owned()));
    }
    fields
}

fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split('"').next()
}

/// The body of a request that sends these.
pub(super) fn encoded(fields: &[(String, String)]) -> String {
    let escaped = |text: &str| utf8_percent_encode(text, KEPT).to_string();
    let pairs = fields.iter();
    let pairs = pairs.map(|(name, value)| format!("{}={}", escaped(name), escaped(value)));
    pairs.collect::<Vec<_>>().join("&")
}

/// The token that the forms of a page carry.
pub(super) fn token(page: &str) -> Option<&str> {
    let (_, rest) = page.split_once("name=\"csrf\" value=\"")?;
    rest.split('"').next()
}
