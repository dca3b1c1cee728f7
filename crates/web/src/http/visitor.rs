//! Who is asking, and how to answer them.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::FromRequestParts;
use axum::http::Method;
use axum::http::request::Parts;
use directory::{Act, Along, Decision, Device, Principal, Reason, Session, Subject, TokenUse, may};
use registry::Caller;
use store::Actor;
use store::reads::Reading;
use vocab::Id;

use super::{App, Failure, Fields, Frame, admin, bearer, csrf};
use crate::i18n::Translator;
use crate::pages::Shell;
use crate::pages::shell::{Section, SignedIn};

/// How long an error page waits to learn whose it is: the store may be what is away.
const WORDS_TIME: Duration = Duration::from_secs(1);
/// How far the tasks that wait are counted for the top bar.
const MOST_TASKS: usize = 100;

/// Whoever sent the request: a person with a session, a program with a token (on `/api/`
/// only), or anybody.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// The request's frame: language, id, where it comes from.
    pub frame: Arc<Frame>,
    /// Who acts.
    pub principal: Principal,
    /// The session, for a person who is signed in.
    pub session: Option<Session>,
    /// From what forms prove where they come from, for whoever came by a link.
    link: Option<String>,
    /// The unit that the top bar names.
    unit: String,
    demo: bool,
    tasks: u32,
}

impl Visitor {
    /// The visitor of a request; found out once for each request.
    pub(super) async fn of(app: &App, parts: &mut Parts) -> Result<Self, Failure> {
        if let Some(known) = parts.extensions.get::<Self>() {
            return Ok(known.clone());
        }
        let frame = parts.extensions.get::<Arc<Frame>>();
        let frame = frame.ok_or_else(|| Failure::internal("a route outside of the face"))?;
        let frame = Arc::clone(frame);
        let safe = matches!(parts.method, Method::GET | Method::HEAD | Method::OPTIONS);
        let visitor = if let Some(used) = parts.extensions.get::<TokenUse>() {
            Self::program(app, frame, used.clone(), parts.uri.path(), !safe)?
        } else {
            let mut along = parts.extensions.remove::<Along>();
            let person = Self::person(app, frame, along.as_mut()).await?;
            if let Some(along) = along {
                parts.extensions.insert(along);
            }
            person
        };
        if visitor.frame.api && visitor.session.is_some() && !safe {
            let token = parts.headers.get("x-csrf-token");
            let token = token.and_then(|token| token.to_str().ok());
            csrf::check(&visitor.frame, visitor.secret(), token)?;
        }
        // Whoever reads a body asks again; others ask once.
        if !safe {
            parts.extensions.insert(visitor.clone());
        }
        Ok(visitor)
    }

    fn program(
        app: &App,
        frame: Arc<Frame>,
        used: TokenUse,
        path: &str,
        writes: bool,
    ) -> Result<Self, Failure> {
        bearer::within(&used.scope, path, writes)?;
        // No page of another site can make a browser send this header.
        frame.trust();
        Ok(Self {
            principal: used.principal,
            ..Self::anybody(app, frame)
        })
    }

    async fn person(
        app: &App,
        frame: Arc<Frame>,
        along: Option<&mut Along>,
    ) -> Result<Self, Failure> {
        let mut visitor = Self::anybody(app, frame);
        if let Some(token) = &visitor.frame.session
            && let Some(session) = app.directory.session_along(token, along).await?
        {
            visitor.principal = session.principal.clone();
            visitor.session = Some(session);
        }
        // Programs are shown no top bar.
        let page = !visitor.frame.api;
        if page && let Some(grant) = visitor.principal.grants.first() {
            let units = app.directory.units().await?;
            visitor.unit = units
                .get(grant.unit)
                .map_or_else(String::new, |unit| unit.name.clone());
            let registry = app.plans.registry();
            let tasks = registry.count_tasks(&visitor.principal, MOST_TASKS).await?;
            visitor.tasks = u32::try_from(tasks).unwrap_or(u32::MAX);
        }
        Ok(visitor)
    }

    /// The visitor that an error is explained to: anybody, if asking who it is fails too.
    pub(super) async fn for_words(app: &App, frame: &Arc<Frame>) -> Self {
        match tokio::time::timeout(WORDS_TIME, Self::person(app, Arc::clone(frame), None)).await {
            Ok(Ok(visitor)) => visitor,
            _ => Self::anybody(app, Arc::clone(frame)),
        }
    }

    pub(super) fn anybody(app: &App, frame: Arc<Frame>) -> Self {
        Self {
            frame,
            principal: Principal::public(),
            session: None,
            link: None,
            unit: String::new(),
            demo: app.settings.demo.is_some(),
            tasks: 0,
        }
    }

    /// Whoever came by a link, whatever session their browser holds; `secret` is what
    /// [`directory::form_secret`] derives from it.
    pub(super) fn by_link(
        app: &App,
        frame: Arc<Frame>,
        principal: Principal,
        secret: String,
    ) -> Self {
        Self {
            principal,
            link: Some(secret),
            ..Self::anybody(app, frame)
        }
    }

    /// The token of forms behind a link; empty for who did not come by one.
    pub(super) fn link_token(&self) -> String {
        let token = |secret: &String| csrf::token(secret, self.frame.mask);
        self.link.as_ref().map_or_else(String::new, token)
    }

    /// The wording of the visitor's language.
    pub fn words(&self) -> Translator {
        Translator::new(self.frame.lang)
    }

    /// The visitor's account; nobody signed in is a failure that leads to the sign-in form.
    pub fn account(&self) -> Result<Id, Failure> {
        self.principal.account.ok_or_else(Failure::sign_in_needed)
    }

    /// Refuses what the visitor may not do. What one may not even read is not there.
    pub fn require(&self, act: Act, subject: &Subject<'_>) -> Result<(), Failure> {
        let about = || {
            format!(
                "{act:?} of {} {} in {:?}",
                subject.kind, subject.unit, subject.state
            )
        };
        match may(&self.principal, act, subject) {
            Decision::Allowed => Ok(()),
            Decision::Denied(Reason::SignInRequired) => Err(Failure::sign_in_needed()),
            Decision::Denied(_) if act == Act::Read => Err(Failure::not_found(about())),
            Decision::Denied(reason) => Err(Failure::denied(
                &format!("denied-{}", reason.code()),
                about(),
            )),
        }
    }

    /// Who writes, through what, for the audit.
    pub fn actor(&self) -> Actor {
        self.principal.actor(self.via(), self.frame.request)
    }

    /// Who writes, for engines that ask what they may.
    pub fn caller(&self) -> Caller {
        Caller::new(self.principal.clone(), self.via(), self.frame.request)
    }

    /// The way in: `api`, `link` or `page`.
    pub fn via(&self) -> &'static str {
        match &self.link {
            _ if self.frame.api => "api",
            Some(_) => "link",
            None => "page",
        }
    }

    /// Counts that the visitor is shown somebody's personal data unmasked: `subject` is the
    /// account or person whose it is, `fields` names what is shown, in a fixed order. It
    /// costs microseconds; call it wherever such fields go out.
    pub fn saw_personal(
        &self,
        app: &App,
        kind: &'static str,
        record: Id,
        subject: Id,
        fields: &'static [&'static str],
    ) {
        if let Some(reader) = self.principal.account {
            app.store().note_reading(Reading {
                reader,
                subject,
                kind,
                record,
                fields,
                via: self.via(),
            });
        }
    }

    /// What the visitor signs in from.
    pub(super) fn device(&self) -> Device {
        Device {
            agent: self.frame.agent.clone(),
            address: self.frame.address.clone(),
            known: self.frame.device.clone(),
        }
    }

    /// The frame of a page in this section.
    pub fn shell(&self, section: Section) -> Shell {
        let words = self.words();
        Shell {
            translator: words,
            theme: self.frame.theme,
            account: self.session.as_ref().map(|_| SignedIn {
                name: self.principal.name.clone(),
                unit: self.unit.clone(),
                tasks: self.tasks,
                admin: admin::pages(&self.principal),
            }),
            csrf: csrf::token(self.secret(), self.frame.mask),
            section,
            flash: self.frame.notice.map(|notice| notice.flash(words)),
            demo: self.demo,
            path: self.frame.path.as_str().to_owned(),
        }
    }

    /// Whether the visitor is shown what everybody is: by no session, with nothing to say
    /// once.
    pub(super) fn is_anybody(&self) -> bool {
        self.frame.session.is_none() && self.frame.notice.is_none()
    }

    /// Takes the token out of a form that changes nothing but what the visitor's own browser
    /// remembers. Public pages have no token for those without a session: they are believed
    /// unless the browser says that a page of another site asked.
    pub(super) fn check_choice(&self, fields: &mut Fields) -> Result<(), Failure> {
        let token = fields.lookup("csrf")?;
        if token.is_none() && self.session.is_none() && !self.frame.from_elsewhere {
            self.frame.trust();
            return Ok(());
        }
        csrf::check(&self.frame, self.secret(), token.as_deref())
    }

    /// Takes the token out of a form and refuses the form if it is not ours.
    pub(super) fn check_form(&self, fields: &mut Fields) -> Result<String, Failure> {
        let token = fields.lookup("csrf")?;
        let secret = self.link.as_deref().unwrap_or_else(|| self.secret());
        csrf::check(&self.frame, secret, token.as_deref())?;
        Ok(token.unwrap_or_default())
    }

    fn secret(&self) -> &str {
        match &self.session {
            Some(session) => &session.csrf,
            None => &self.frame.visit.secret,
        }
    }
}

impl FromRequestParts<App> for Visitor {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        Self::of(app, parts).await
    }
}
