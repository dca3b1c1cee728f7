//! Who is asking, and how to answer them.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use super::{App, Failure, Fields, Frame, csrf};
use crate::i18n::Translator;
use crate::pages::Shell;
use crate::pages::shell::Section;

/// Whoever sent the request: a person with a session, a program with a token, or anybody.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// The request's frame: language, id, where it comes from.
    pub frame: Frame,
    mask: [u8; 32],
}

impl Visitor {
    /// The visitor of a request.
    pub(super) async fn of(app: &App, parts: &mut Parts) -> Result<Self, Failure> {
        let frame = parts.extensions.get::<Frame>();
        let frame = frame.ok_or_else(|| Failure::internal("a route outside of the face"))?;
        Ok(Self::anybody(app, frame.clone()))
    }

    /// The visitor that an error is explained to: anybody, if asking who it is fails too.
    pub(super) async fn for_words(app: &App, frame: &Frame) -> Self {
        Self::anybody(app, frame.clone())
    }

    /// The visitor as anybody.
    pub(super) fn anybody(app: &App, frame: Frame) -> Self {
        Self {
            frame,
            mask: app.store().context().random(),
        }
    }

    /// The wording of the visitor's language.
    pub fn words(&self) -> Translator {
        Translator::new(self.frame.lang)
    }

    /// The frame of a page in this section.
    pub fn shell(&self, section: Section) -> Shell {
        let words = self.words();
        Shell {
            translator: words,
            theme: self.frame.theme,
            account: None,
            csrf: csrf::token(self.secret(), self.mask),
            section,
            nonce: self.frame.nonce.clone(),
            flash: self.frame.notice.map(|notice| notice.flash(words)),
            demo: false,
            path: self.frame.path.as_str().to_owned(),
        }
    }

    /// Takes the token out of a form and refuses the form if it is not ours.
    pub(super) fn check_form(&self, fields: &mut Fields) -> Result<(), Failure> {
        let token = fields.lookup("csrf")?;
        csrf::check(&self.frame, self.secret(), token.as_deref())
    }

    fn secret(&self) -> &str {
        &self.frame.visit.secret
    }
}

impl FromRequestParts<App> for Visitor {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        Self::of(app, parts).await
    }
}
