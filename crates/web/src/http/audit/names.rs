//! What accounts, actions and ways in are called.

use std::collections::HashMap;

use vocab::Id;

use super::super::{App, Failure};
use crate::i18n::{Translator, said};

/// The ways in, with the keys of their names.
pub(super) const WAYS: [(&str, &str); 7] = [
    ("page", "via-page"),
    ("link", "via-link"),
    ("api", "via-api"),
    ("cli", "via-cli"),
    ("job", "via-job"),
    ("import", "via-import"),
    ("webhook", "via-webhook"),
];

/// The actions that one can ask for.
pub(super) const ACTIONS: [&str; 21] = [
    "create",
    "edit",
    "replace",
    "end",
    "submit",
    "approve",
    "send-back",
    "consolidate",
    "comment",
    "import",
    "remove",
    "grant",
    "enable",
    "disable",
    "set-password",
    "reset",
    "end-sessions",
    "delegate",
    "revoke",
    "leave",
    "task",
];

/// Names of accounts, each looked up once.
pub(in super::super) struct Names<'a> {
    app: &'a App,
    words: Translator,
    known: HashMap<Id, String>,
}

impl<'a> Names<'a> {
    pub(in super::super) fn new(app: &'a App, words: Translator) -> Self {
        Self {
            app,
            words,
            known: HashMap::new(),
        }
    }

    /// The name of an account, of the program itself, or of an account that is gone.
    pub(in super::super) async fn of(&mut self, account: Id) -> Result<String, Failure> {
        if let Some(name) = self.known.get(&account) {
            return Ok(name.clone());
        }
        let name = if account.is_nil() {
            self.words.t("actor-system")
        } else {
            match self.app.directory.account(account).await? {
                Some(account) => account.name,
                None => self.without_account(account).await?,
            }
        };
        self.known.insert(account, name.clone());
        Ok(name)
    }
}

impl Names<'_> {
    /// What was done to a record, as the reader calls it: as the button said, where a pack declares
    /// it as a step.
    pub(super) fn act(&self, table: &str, action: &str) -> String {
        let systems = self.app.plans.registry().systems();
        let declared = systems
            .kind(table)
            .map(|kind| &systems.record(kind).declared);
        let mut steps = declared
            .into_iter()
            .flat_map(|declared| declared.lifecycle.iter().flat_map(|life| &life.steps));
        match steps.find(|step| step.id.text == action) {
            Some(step) => said(self.words.lang, &step.title),
            None => self::action(self.words, action),
        }
    }

    /// The body that came by a link, or that it is known no more.
    async fn without_account(&self, actor: Id) -> Result<String, Failure> {
        let Some(unit) = self.app.plans.body_of_link(actor).await? else {
            return Ok(self.words.t("actor-unknown"));
        };
        let units = self.app.directory.succession().await?;
        Ok(self.words.t1("actor-by-link", "unit", units.name(unit)))
    }
}

/// An action as the reader calls it; one that has no words stands as it is.
pub(super) fn action(words: Translator, action: &str) -> String {
    let key = format!("action-{}", action.replace('_', "-"));
    words.lookup(&key, &[]).unwrap_or_else(|| action.to_owned())
}

/// A way in as the reader calls it.
pub(super) fn way(words: Translator, via: &str) -> String {
    let known = WAYS.iter().find(|(value, _)| *value == via);
    known.map_or_else(|| via.to_owned(), |(_, key)| words.t(key))
}
