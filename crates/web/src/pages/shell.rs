//! What every page carries: who is looking, in which language, from where.

use std::ops::Deref;

use vocab::Lang;

use super::links;
use crate::assets;
use crate::i18n::Translator;

/// The frame of a page. Wording and formatting come from its [`Translator`], which it
/// dereferences to: `shell.t("key")`.
#[derive(Clone, Debug, Default)]
pub struct Shell {
    /// The wording of the page's language.
    pub translator: Translator,
    /// The chosen theme.
    pub theme: Theme,
    /// Who is signed in.
    pub account: Option<SignedIn>,
    /// Token that every form sends back as `csrf`; empty on the pages that are the same for
    /// everybody.
    pub csrf: String,
    /// Which part of the product is shown in the top bar as current.
    pub section: Section,
    /// What the last action did.
    pub flash: Option<Flash>,
    /// Whether figures are made up for demonstration.
    pub demo: bool,
    /// Path and query of this page, for coming back after choosing a language or theme.
    pub path: String,
}

/// The account that is signed in.
#[derive(Clone, Debug, Default)]
pub struct SignedIn {
    /// The person's name.
    pub name: String,
    /// The unit they act for.
    pub unit: String,
    /// Tasks waiting for them.
    pub tasks: u32,
    /// Which pages for administrators they may open.
    pub admin: AdminPages,
}

/// The pages for administrators that somebody may open, each by what their roles grant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AdminPages(u16);

/// One of the pages for administrators, in the order of the tabs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum AdminPage {
    /// Background jobs.
    Jobs,
    /// What other systems are told.
    Hooks,
    /// The audit log.
    Audit,
    /// Who looked at whose personal data.
    Readings,
    /// People.
    People,
    /// Events of units.
    Units,
    /// Accounts and invitations.
    Accounts,
    /// Roles.
    Roles,
    /// Why somebody may do something.
    Rights,
}

impl AdminPage {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Jobs,
        Self::Hooks,
        Self::Audit,
        Self::Readings,
        Self::People,
        Self::Units,
        Self::Accounts,
        Self::Roles,
        Self::Rights,
    ];

    /// Its address.
    pub const fn href(self) -> &'static str {
        match self {
            Self::Jobs => links::JOBS,
            Self::Hooks => links::HOOKS,
            Self::Audit => links::AUDIT,
            Self::Readings => links::READINGS,
            Self::People => links::PEOPLE,
            Self::Units => links::UNIT_EVENTS,
            Self::Accounts => links::ACCOUNTS,
            Self::Roles => links::ROLES,
            Self::Rights => links::RIGHTS,
        }
    }

    /// The key of its name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Jobs => "jobs-title",
            Self::Hooks => "hooks-title",
            Self::Audit => "audit-title",
            Self::Readings => "readings-title",
            Self::People => "people-title",
            Self::Units => "units-changes-title",
            Self::Accounts => "accounts-title",
            Self::Roles => "roles-title",
            Self::Rights => "rights-title",
        }
    }

    /// How templates name it.
    pub const fn tab(self) -> &'static str {
        match self {
            Self::Jobs => "jobs",
            Self::Hooks => "hooks",
            Self::Audit => "audit",
            Self::Readings => "readings",
            Self::People => "people",
            Self::Units => "units",
            Self::Accounts => "accounts",
            Self::Roles => "roles",
            Self::Rights => "rights",
        }
    }
}

impl AdminPages {
    /// Those that fit.
    pub fn those(fits: impl Fn(AdminPage) -> bool) -> Self {
        let open = AdminPage::ALL.into_iter().filter(|page| fits(*page));
        Self(open.fold(0, |bits, page| bits | (1 << page as u8)))
    }

    /// Each of them, in the order of the tabs.
    pub fn each(self) -> impl Iterator<Item = AdminPage> {
        let open = move |page: &AdminPage| self.0 & (1 << *page as u8) != 0;
        AdminPage::ALL.into_iter().filter(open)
    }
}

/// A part of the product, as the top bar offers them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Section {
    /// Overview and targets.
    #[default]
    Plan,
    /// Where the plan stands.
    Progress,
    /// Projects and budget.
    Projects,
    /// Units.
    Units,
    /// The decision's text and what does not add up in it.
    Document,
    /// My tasks.
    Inbox,
    /// Reports of my unit.
    Reports,
    /// Systems that packs declare.
    Systems,
    /// Administration.
    Admin,
    /// None of them.
    Other,
}

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the device is set.
    #[default]
    Auto,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// All themes, in the order that pages offer them.
    pub const ALL: [Self; 3] = [Self::Auto, Self::Light, Self::Dark];

    /// The value in the cookie and the form.
    pub const fn value(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme with this value.
    pub fn lookup(value: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.value() == value)
    }

    /// The key of its name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Auto => "theme-auto",
            Self::Light => "theme-light",
            Self::Dark => "theme-dark",
        }
    }
}

/// What the last action did, said once.
#[derive(Clone, Debug)]
pub struct Flash {
    /// How it went.
    pub tone: Tone,
    /// In the reader's language.
    pub text: String,
}

/// How a message feels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// It went well.
    Good,
    /// Look again.
    Caution,
    /// It did not work.
    Wrong,
}

impl Tone {
    /// The class of its callout.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Good => "callout callout-good",
            Self::Caution => "callout callout-caution",
            Self::Wrong => "callout callout-wrong",
        }
    }
}

/// One entry of the top bar.
#[derive(Clone, Debug)]
pub struct NavItem {
    /// Where it leads.
    pub href: &'static str,
    /// The key of its name.
    pub key: &'static str,
    /// Whether the page belongs to it.
    pub current: bool,
    /// Things waiting behind it.
    pub count: u32,
}

impl Deref for Shell {
    type Target = Translator;

    fn deref(&self) -> &Translator {
        &self.translator
    }
}

impl Shell {
    /// The BCP 47 tag of the page's language.
    pub fn tag(&self) -> &'static str {
        self.translator.lang.tag()
    }

    /// The languages of the switch: tag and own name, and whether it is the page's.
    pub fn languages(&self) -> [(&'static str, &'static str, bool); 2] {
        Lang::ALL.map(|lang| {
            let name = match lang {
                Lang::Vi => "Tiếng Việt",
                Lang::En => "English",
            };
            (lang.tag(), name, lang == self.translator.lang)
        })
    }

    /// The themes of the switch, and whether each is chosen.
    pub fn themes(&self) -> [(Theme, bool); 3] {
        Theme::ALL.map(|theme| (theme, theme == self.theme))
    }

    /// The hashed address of an asset.
    pub fn asset(&self, logical: &str) -> String {
        assets::url(logical)
    }

    /// The pages for administrators that whoever is looking may open.
    pub fn admin_pages(&self) -> impl Iterator<Item = AdminPage> {
        let pages = self.account.as_ref().map(|account| account.admin);
        pages.unwrap_or_default().each()
    }

    /// The top bar for whoever is looking.
    pub fn nav(&self) -> Vec<NavItem> {
        let item = |section, href, key| NavItem {
            href,
            key,
            current: self.section == section,
            count: 0,
        };
        let mut items = Vec::with_capacity(8);
        if let Some(account) = &self.account {
            items.push(NavItem {
                count: account.tasks,
                ..item(Section::Inbox, links::INBOX, "nav-inbox")
            });
            items.push(item(Section::Reports, links::REPORT_LIST, "nav-reports"));
            items.push(item(Section::Systems, links::SYSTEMS, "nav-systems"));
        }
        items.push(item(Section::Plan, links::OVERVIEW, "nav-plan"));
        items.push(item(Section::Progress, links::PROGRESS, "nav-progress"));
        items.push(item(Section::Projects, links::PROJECTS, "nav-projects"));
        items.push(item(Section::Units, links::UNITS, "nav-units"));
        items.push(item(Section::Document, links::DOCUMENT, "nav-document"));
        if let Some(first) = self.admin_pages().next() {
            items.push(item(Section::Admin, first.href(), "nav-admin"));
        }
        items
    }
}
