//! Scenarios that packs declare, played by the engine that runs them: as tests in a store of their
//! own, and as the made-up records of a demonstration.
//!
//! What somebody does goes through the same doors as at a page: [`Registry::make`],
//! [`Registry::revise`], [`Registry::take_step`]. What follows is held against what the pack says
//! must follow; each difference is a [`Mismatch`] with its place in the file.

mod deed;
mod look;
mod values;

use std::collections::HashMap;

use directory::{Grant, Principal, Reading, Role};
use jiff::civil::Date;
use pack::declaration::{Person, Scenario, ScenarioAct, ScenarioFile};
use pack::source::Span;
use sha2::{Digest, Sha256};
use vocab::Id;

use crate::{Kind, Registry, RegistryError};

/// Something that is not as a scenario says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// Where it says so.
    pub span: Span,
    /// What is not: `state`, `refused`, `shows.area_ha`, `waits`, `indicators.granted-areas`, …
    pub what: String,
    /// What it says.
    pub expected: String,
    /// What is.
    pub actual: String,
}

/// Sets the clock to the morning of a day; nothing where a scenario is played at the real time.
pub type SetDay<'a> = &'a (dyn Fn(Date) + Sync);

/// Who plays a file of scenarios over a registry.
pub struct Player<'a> {
    registry: &'a Registry,
    pack: usize,
    file: &'a ScenarioFile,
    set_day: Option<SetDay<'a>>,
    /// What identities are made of: the same scenario makes the same records.
    seed: String,
    /// Whether the people are made up for a demonstration.
    demo: bool,
}

impl std::fmt::Debug for Player<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Player")
            .field("seed", &self.seed)
            .finish_non_exhaustive()
    }
}

/// How far a scenario has come.
struct Stage<'a> {
    player: &'a Player<'a>,
    scenario: &'a Scenario,
    records: HashMap<String, (&'static str, Id)>,
    mismatches: Vec<Mismatch>,
}

impl<'a> Player<'a> {
    /// Plays the scenarios of a pack's file, each day set by `set_day`.
    pub fn new(
        registry: &'a Registry,
        pack: usize,
        file: &'a ScenarioFile,
        set_day: SetDay<'a>,
    ) -> Self {
        Self {
            registry,
            pack,
            file,
            set_day: Some(set_day),
            seed: "test".to_owned(),
            demo: false,
        }
    }

    /// Plays them now, as made-up records whose identities follow from `seed`.
    pub fn of_samples(
        registry: &'a Registry,
        pack: usize,
        file: &'a ScenarioFile,
        seed: String,
    ) -> Self {
        Self {
            registry,
            pack,
            file,
            set_day: None,
            seed,
            demo: true,
        }
    }

    /// Plays a scenario; what is not as it says. It ends at the first act that goes otherwise.
    pub async fn play(&self, scenario: &Scenario) -> Result<Vec<Mismatch>, RegistryError> {
        let mut stage = Stage {
            player: self,
            scenario,
            records: HashMap::new(),
            mismatches: Vec::new(),
        };
        self.day(*scenario.on).await?;
        for act in &scenario.acts {
            if let Some(on) = &act.on {
                self.day(**on).await?;
            }
            if !stage.act(act).await? {
                break;
            }
        }
        Ok(stage.mismatches)
    }

    /// Whether the first record that a scenario makes is there: it was played before.
    pub async fn was_played(&self, scenario: &Scenario) -> Result<bool, RegistryError> {
        let made = scenario.acts.iter().find_map(|act| {
            let kind = self.kind(act.make.as_ref()?)?;
            Some((kind, act.record.as_ref()?))
        });
        let Some((kind, name)) = made else {
            return Ok(false);
        };
        let id = self.identity(scenario, name);
        let store = self.registry.store();
        let told = store::Scope::bypass("whether made-up records were made before");
        let known = store.history(kind.name, &told, id, 1).await?;
        Ok(!known.is_empty())
    }

    /// Has it be another day, with what the program does by itself at its beginning.
    async fn day(&self, day: Date) -> Result<(), RegistryError> {
        let Some(set) = self.set_day else {
            return Ok(());
        };
        set(day);
        self.registry.take_all_automatic(true).await?;
        self.registry.retain_all().await?;
        // Whoever writes a scenario has answered for the rule.
        if self.registry.confirm_all_retention().await? {
            self.registry.retain_all().await?;
        }
        Ok(())
    }

    fn kind(&self, name: &str) -> Option<&'a Kind> {
        self.registry.systems().named(self.pack, name)
    }

    fn identity(&self, scenario: &Scenario, name: &str) -> Id {
        let text = format!("{}/{}/{name}", self.seed, &*scenario.title.text);
        let digest = Sha256::digest(text);
        let mut first = [0; 16];
        first.copy_from_slice(&digest[..16]);
        Id::from_digest(first)
    }

    fn today(&self) -> Date {
        let now = self.registry.store().context().now();
        now.in_vietnam().date()
    }

    /// The unit of an official name or an area's code, on the day that it is.
    async fn unit(&self, name: &str) -> Result<Option<Id>, RegistryError> {
        let units = self.registry.directory().units().await?;
        if let Some(unit) = units.by_area_code(name) {
            return Ok(Some(unit.id));
        }
        let read = units.resolve(name, None);
        let found = match read {
            Some(Reading::Unit(id)) => Some(id),
            _ => None,
        };
        Ok(found)
    }

    /// Somebody as they are permitted on the day that it is; none if their unit is not there.
    async fn principal(&self, person: &Person) -> Result<Option<Principal>, RegistryError> {
        let Some(unit) = self.unit(&person.unit.text).await? else {
            return Ok(None);
        };
        let roles = person.roles.iter().filter_map(|role| Role::coded(role));
        let mut account = [0; 16];
        account.copy_from_slice(&Sha256::digest(format!("{}/{}", self.seed, &*person.id))[..16]);
        let directory = self.registry.directory();
        // Made-up records are made by the demonstration's people, where there are any.
        let known = match &person.login {
            Some(login) if self.demo => directory.account_by_login(login).await?,
            _ => None,
        };
        let known = known.filter(|account| account.demo);
        let principal = Principal {
            account: Some(
                known
                    .as_ref()
                    .map_or(Id::from_digest(account), |known| known.id),
            ),
            login: person.id.text.clone(),
            name: known.map_or_else(|| person.id.text.clone(), |known| known.name),
            grants: roles.map(|role| Grant::new(role, unit)).collect(),
            demo: self.demo,
            ..Principal::public()
        };
        Ok(Some(directory.permitted(principal).await?))
    }
}

impl Stage<'_> {
    fn differs(&mut self, span: Span, what: &str, expected: impl ToString, actual: impl ToString) {
        self.mismatches.push(Mismatch {
            span,
            what: what.to_owned(),
            expected: expected.to_string(),
            actual: actual.to_string(),
        });
    }

    /// Does what an act says and looks at what follows; whether the scenario goes on.
    async fn act(&mut self, act: &ScenarioAct) -> Result<bool, RegistryError> {
        let before = self.mismatches.len();
        let principal = match &act.by {
            None => None,
            Some(by) => {
                let file = self.player.file;
                let person = file.people.iter().find(|person| person.id.text == by.text);
                let Some(person) = person else {
                    let known: Vec<&str> = file.people.iter().map(|one| &*one.id).collect();
                    self.differs(by.span, "by", known.join(", "), &by.text);
                    return Ok(false);
                };
                let Some(principal) = self.player.principal(person).await? else {
                    let day = self.player.today();
                    self.differs(
                        person.unit.span,
                        "unit",
                        &person.unit.text,
                        format!("– ({day})"),
                    );
                    return Ok(false);
                };
                Some(principal)
            }
        };
        if let Some(principal) = &principal
            && !self.deed(act, principal).await?
        {
            return Ok(false);
        }
        self.look(act, principal.as_ref()).await?;
        Ok(self.mismatches.len() == before)
    }
}
