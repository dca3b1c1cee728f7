//! Tags of public pages: one that has not changed is not sent again, and mostly not made again.
//!
//! What a visitor without a session is shown of the plan depends on the view of the plan, the
//! address, the language and the theme, and on nothing else: the page has no token and no
//! nonce. Its tag is a digest of its bytes, so that it is the same in every process; which
//! tag belongs to which address is remembered for as long as the view is the latest.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use askama::Template;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use plan::PlanView;

use super::answer::HTML;
use super::{App, Frame, Page, Visitor, tag};
use crate::pages::Shell;
use crate::pages::shell::Section;

/// The most tags that are remembered, and the longest address that is.
const MOST: usize = 4_096;
const ADDRESS: usize = 256;

/// Which tags the pages of the latest view have.
#[derive(Debug, Default)]
pub struct PageTags(Mutex<Remembered>);

#[derive(Debug, Default)]
struct Remembered {
    view: Weak<PlanView>,
    tags: HashMap<Key, String>,
}

/// What a public page depends on beside the view.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Key {
    address: String,
    lang: &'static str,
    theme: &'static str,
}

impl Key {
    /// Nothing for addresses too long to be remembered.
    fn of(frame: &Frame) -> Option<Self> {
        let address = frame.uri.path_and_query()?.as_str();
        (address.len() <= ADDRESS).then(|| Self {
            address: address.to_owned(),
            lang: frame.lang.tag(),
            theme: frame.theme.value(),
        })
    }
}

impl PageTags {
    fn lookup(&self, view: &Arc<PlanView>, key: &Key) -> Option<String> {
        let remembered = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let latest = Weak::ptr_eq(&remembered.view, &Arc::downgrade(view));
        latest.then(|| remembered.tags.get(key).cloned()).flatten()
    }

    fn keep(&self, view: &Arc<PlanView>, key: Key, tag: String) {
        let mut remembered = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let view = Arc::downgrade(view);
        if !Weak::ptr_eq(&remembered.view, &view) || remembered.tags.len() >= MOST {
            *remembered = Remembered {
                view,
                tags: HashMap::new(),
            };
        }
        remembered.tags.insert(key, tag);
    }
}

/// A page that shows the view and nothing else: not made if the browser has it.
pub(super) fn of_view<T: Template>(
    app: &App,
    visitor: &Visitor,
    section: Section,
    view: &Arc<PlanView>,
    page: impl FnOnce(Shell) -> T,
) -> Response {
    if !visitor.is_anybody() {
        return Page(page(visitor.shell(section))).into_response();
    }
    let key = Key::of(&visitor.frame);
    if let Some(tag) = key.as_ref().and_then(|key| app.page_tags.lookup(view, key))
        && tag::knows(&visitor.frame.kept, &tag)
    {
        return not_modified(&tag);
    }
    let (tag, response) = tagged(visitor, section, page);
    if let Some((key, tag)) = key.zip(tag) {
        app.page_tags.keep(view, key, tag);
    }
    response
}

/// A public page that shows more than the view: made each time, and not sent if the browser
/// has the same.
pub(super) fn of_content<T: Template>(
    visitor: &Visitor,
    section: Section,
    page: impl FnOnce(Shell) -> T,
) -> Response {
    if visitor.is_anybody() {
        tagged(visitor, section, page).1
    } else {
        Page(page(visitor.shell(section))).into_response()
    }
}

fn tagged<T: Template>(
    visitor: &Visitor,
    section: Section,
    page: impl FnOnce(Shell) -> T,
) -> (Option<String>, Response) {
    let shell = Shell {
        csrf: String::new(),
        ..visitor.shell(section)
    };
    match Page(page(shell)).render() {
        Err(failure) => (None, failure.into_response()),
        Ok(html) => {
            // Weak: compressed it is other bytes.
            let tag = format!("W/{}", tag::of_content(html.as_bytes()));
            let response = if tag::knows(&visitor.frame.kept, &tag) {
                not_modified(&tag)
            } else {
                (headers(&tag), [(header::CONTENT_TYPE, HTML)], html).into_response()
            };
            (Some(tag), response)
        }
    }
}

fn not_modified(tag: &str) -> Response {
    (StatusCode::NOT_MODIFIED, headers(tag)).into_response()
}

/// What an answer says of how it may be kept, whether it brings the page or not (RFC 9110
/// §15.4.5).
fn headers(tag: &str) -> [(HeaderName, HeaderValue); 3] {
    [
        (
            header::ETAG,
            // Hexadecimal digits between quotation marks are always a header.
            HeaderValue::from_str(tag).unwrap_or(HeaderValue::from_static("\"\"")),
        ),
        (
            header::CACHE_CONTROL,
            HeaderValue::from_static("private, no-cache"),
        ),
        (
            header::VARY,
            HeaderValue::from_static("cookie, accept-language"),
        ),
    ]
}
