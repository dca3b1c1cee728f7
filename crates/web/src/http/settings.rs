//! How the program was started.

use directory::Role;

/// What the HTTP face needs to know of it.
#[derive(Clone)]
pub struct Settings {
    /// Accounts to show on the sign-in page; none unless this is a demonstration.
    pub demo: Option<Demo>,
    /// Whether a reverse proxy in front speaks TLS: cookies are then `Secure`, and the last
    /// `X-Forwarded-For` says where a request comes from.
    pub behind_tls: bool,
    /// The largest evidence file in bytes.
    pub evidence_limit: u64,
    /// The bearer token that `/metrics` asks for; none: only the machine itself may look.
    pub metrics_token: Option<String>,
    /// Where people open the system, without a slash behind: links that are mailed or handed
    /// over begin with it. What a request claims is never used for them.
    pub public_url: String,
    /// Whether mail goes out.
    pub sends_mail: bool,
    /// Where webhooks may go, and what their secrets are derived from; none: none are declared.
    pub webhooks: Option<Webhooks>,
    /// The program's version.
    pub version: String,
}

impl Settings {
    /// The whole address of a page.
    pub(in crate::http) fn address_of(&self, path: &str) -> String {
        format!("{}{path}", self.public_url)
    }
}

/// What declaring webhooks needs.
#[derive(Clone, Debug)]
pub struct Webhooks {
    /// What secrets are derived from.
    pub key: webhook::Key,
    /// Where they may go.
    pub allow: webhook::Allow,
}

/// The demonstration's accounts.
#[derive(Clone)]
pub struct Demo {
    /// Their password, the same for all.
    pub password: String,
    /// The accounts, in the order of the page.
    pub accounts: Vec<DemoLogin>,
}

/// One of the demonstration's accounts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoLogin {
    /// Its login.
    pub login: String,
    /// What it may do.
    pub role: Role,
    /// The name of the unit that it acts for.
    pub unit: String,
}

impl std::fmt::Debug for Settings {
    /// Leaves the token out.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Settings")
            .field("demo", &self.demo)
            .field("behind_tls", &self.behind_tls)
            .field("evidence_limit", &self.evidence_limit)
            .field("version", &self.version)
            .finish_non_exhaustive()
    }
}

impl std::fmt::Debug for Demo {
    /// Leaves the password out.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Demo")
            .field("accounts", &self.accounts)
            .finish_non_exhaustive()
    }
}

impl Default for Settings {
    /// On the machine itself, without TLS, evidence up to 50 MB.
    fn default() -> Self {
        Self {
            demo: None,
            behind_tls: false,
            evidence_limit: 50_000_000,
            metrics_token: None,
            public_url: "http://localhost:8080".to_owned(),
            sends_mail: false,
            webhooks: None,
            version: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }
}
