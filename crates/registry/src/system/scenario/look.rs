//! Holding what stands against what a scenario says must stand.

use directory::Principal;
use pack::declaration::{Function, ScenarioAct};
use serde_json::Value;
use vocab::Id;

use super::Stage;
use crate::system::figures::{Source, Span};
use crate::{Kind, RegistryError};

impl Stage<'_> {
    pub(super) async fn look(
        &mut self,
        act: &ScenarioAct,
        who: Option<&Principal>,
    ) -> Result<(), RegistryError> {
        let asks =
            act.state.is_some() || act.shows.is_some() || act.waits.is_some() || act.sees.is_some();
        if asks && let Some((kind, id)) = self.record(act) {
            self.record_stands(act, kind, id).await?;
            self.tasks_wait(act, id).await?;
            self.is_seen(act, kind, id, who).await?;
        }
        self.figures_say(act).await
    }

    async fn record_stands(
        &mut self,
        act: &ScenarioAct,
        kind: &Kind,
        id: Id,
    ) -> Result<(), RegistryError> {
        let registry = self.player.registry;
        let Some(record) = registry.find(kind.name, id).await? else {
            if let Some(state) = &act.state {
                self.differs(state.span, "state", &state.text, "–");
            }
            return Ok(());
        };
        if let Some(state) = &act.state
            && state.text != record.state
        {
            self.differs(state.span, "state", &state.text, &record.state);
        }
        let systems = registry.systems().clone();
        let declared = systems.record(kind);
        for (name, expected) in act.shows.iter().flat_map(|shows| &shows.0) {
            let held = record.body.get(name).unwrap_or(&Value::Null);
            let actual = self.told(declared.field(name), held).await?;
            // `""` stands for nothing.
            let same = text(&actual) == text(expected);
            if !same {
                let what = format!("shows.{name}");
                self.differs(act.span, &what, text(expected), text(&actual));
            }
        }
        Ok(())
    }

    async fn tasks_wait(&mut self, act: &ScenarioAct, id: Id) -> Result<(), RegistryError> {
        let Some(expected) = &act.waits else {
            return Ok(());
        };
        let registry = self.player.registry;
        let waiting = registry.waiting(&Principal::system(), id).await?;
        let mut actual: Vec<String> = waiting
            .iter()
            .map(|open| {
                // The end of a day is the instant that begins the next.
                let due = open.due.plus_micros(-1).in_vietnam().date();
                format!("{} {due}", open.name)
            })
            .collect();
        let mut wanted: Vec<String> = expected
            .0
            .iter()
            .map(|(name, due)| format!("{name} {}", text(due)))
            .collect();
        for names in [&mut actual, &mut wanted] {
            names.sort();
            // Several who may take a step have a task each.
            names.dedup();
        }
        if actual != wanted {
            self.differs(act.span, "waits", wanted.join(", "), actual.join(", "));
        }
        Ok(())
    }

    async fn is_seen(
        &mut self,
        act: &ScenarioAct,
        kind: &Kind,
        id: Id,
        who: Option<&Principal>,
    ) -> Result<(), RegistryError> {
        let (Some(expected), Some(who)) = (&act.sees, who) else {
            return Ok(());
        };
        let seen = match self.player.registry.get(who, kind.name, id).await {
            Ok(_) => true,
            Err(RegistryError::NotFound { .. } | RegistryError::Refused(_)) => false,
            Err(error) => return Err(error),
        };
        if seen != **expected {
            self.differs(expected.span, "sees", **expected, seen);
        }
        Ok(())
    }

    async fn figures_say(&mut self, act: &ScenarioAct) -> Result<(), RegistryError> {
        let registry = self.player.registry;
        let systems = registry.systems().clone();
        let pack = &systems.catalog().packs[self.player.pack].declared.pack.id;
        for (name, expected) in act.indicators.iter().flat_map(|asked| &asked.0) {
            let what = format!("indicators.{name}");
            let mut known = systems
                .indicators()
                .filter(|source| source.path()[0] == &**pack);
            let found = known.find(|source| {
                let [_, record, indicator] = source.path();
                indicator == name || *name == format!("{record}/{indicator}")
            });
            let Some(source) = found else {
                self.differs(act.span, &what, text(expected), "–");
                continue;
            };
            let now = registry.store().context().now();
            let Some(period) = source.period_of(self.player.today()) else {
                continue;
            };
            let span = Span::of(&source, period, now);
            let measured = registry.measure(&source, span).await?;
            let actual = said(&source, &measured.whole);
            if actual != text(expected) {
                self.differs(act.span, &what, text(expected), actual);
            }
        }
        Ok(())
    }
}

/// A figure as scenarios write it: `3/4`, `12.5`, nothing where no record says anything.
fn said(source: &Source<'_>, amount: &crate::system::figures::Amount) -> String {
    let number = |value: Option<vocab::Decimal>| {
        value.map_or_else(String::new, |value| value.normalized().to_string())
    };
    match *source.declared.function {
        Function::Share => format!("{}/{}", number(amount.value), number(amount.among)),
        _ => number(amount.value),
    }
}

/// A value as it is compared and told.
fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
