//! What an act sends, as the engine takes it: names of units, records and files become what they
//! stand for.

use pack::declaration::{Field, FieldType, ScenarioAct};
use pack::shape::is_set;
use serde_json::{Map, Value};
use vocab::Id;

use super::Stage;
use crate::{Caller, Evidence, Kind, RegistryError};

/// What stands in files that scenarios send.
const PDF: &[u8] = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n";
/// The largest of them.
const LARGEST: u64 = 1 << 20;

impl Stage<'_> {
    /// The fields of an act; none where a name means nothing, which is said.
    pub(super) async fn sent(
        &mut self,
        act: &ScenarioAct,
        kind: &Kind,
        caller: &Caller,
    ) -> Result<Option<Map<String, Value>>, RegistryError> {
        let mut sent = Map::new();
        let Some(fields) = &act.fields else {
            return Ok(Some(sent));
        };
        let systems = self.player.registry.systems().clone();
        let declared = &systems.record(kind).declared.fields;
        for (name, value) in &fields.0 {
            // A field that is not declared is refused by the engine, in its own words.
            let value = match declared.iter().find(|field| field.id.text == *name) {
                None => value.clone(),
                Some(field) => {
                    let made = Box::pin(self.value(field, value, caller)).await?;
                    let Some(made) = made else {
                        let what = format!("fields.{name}");
                        self.differs(act.span, &what, "–", value);
                        return Ok(None);
                    };
                    made
                }
            };
            sent.insert(name.clone(), value);
        }
        Ok(Some(sent))
    }

    async fn value(
        &self,
        field: &Field,
        value: &Value,
        caller: &Caller,
    ) -> Result<Option<Value>, RegistryError> {
        if let Value::Array(items) = value
            && (*field.kind == FieldType::Table || is_set(field.repeated.as_ref()))
        {
            let mut made = Vec::with_capacity(items.len());
            for item in items {
                let item = if *field.kind == FieldType::Table {
                    Box::pin(self.row(field, item, caller)).await?
                } else {
                    Box::pin(self.one(field, item, caller)).await?
                };
                match item {
                    Some(item) => made.push(item),
                    None => return Ok(None),
                }
            }
            return Ok(Some(Value::Array(made)));
        }
        self.one(field, value, caller).await
    }

    async fn row(
        &self,
        table: &Field,
        row: &Value,
        caller: &Caller,
    ) -> Result<Option<Value>, RegistryError> {
        let Value::Object(cells) = row else {
            return Ok(Some(row.clone()));
        };
        let mut made = Map::new();
        for (name, value) in cells {
            let value = match table.fields.iter().find(|column| column.id.text == *name) {
                None => value.clone(),
                Some(column) => match Box::pin(self.value(column, value, caller)).await? {
                    Some(value) => value,
                    None => return Ok(None),
                },
            };
            made.insert(name.clone(), value);
        }
        Ok(Some(Value::Object(made)))
    }

    async fn one(
        &self,
        field: &Field,
        value: &Value,
        caller: &Caller,
    ) -> Result<Option<Value>, RegistryError> {
        Ok(match (*field.kind, value) {
            (FieldType::Decimal, Value::Number(number)) => Some(Value::from(number.to_string())),
            (FieldType::Unit | FieldType::Area, Value::String(name)) => {
                let unit = self.player.unit(name).await?;
                unit.map(|unit| Value::from(unit.to_string()))
            }
            (FieldType::Reference, Value::String(name)) => {
                let known = self.records.get(name);
                known.map(|(_, id)| Value::from(id.to_string()))
            }
            (FieldType::File | FieldType::Photo, Value::String(name)) => {
                Some(self.file(name, caller).await?)
            }
            _ => Some(value.clone()),
        })
    }

    /// A small file under this name, sent by whoever acts.
    async fn file(&self, name: &str, caller: &Caller) -> Result<Value, RegistryError> {
        let registry = self.player.registry;
        let mut upload = registry.store().upload(LARGEST).await?;
        upload.write(PDF).await?;
        let stored = upload.finish().await?;
        registry.receive(caller, &stored.digest).await?;
        let evidence = serde_json::to_value(Evidence::of(name, &stored));
        Ok(evidence.unwrap_or_default())
    }

    /// What a record says in a field, as scenarios write it: a unit by its name, a record by the
    /// name that the scenario gave it.
    pub(super) async fn told(
        &self,
        field: Option<&Field>,
        value: &Value,
    ) -> Result<Value, RegistryError> {
        let id = || value.as_str().and_then(|text| text.parse::<Id>().ok());
        Ok(match field.map(|field| *field.kind) {
            Some(FieldType::Unit | FieldType::Area) => {
                let units = self.player.registry.directory().units().await?;
                let unit = id().and_then(|id| units.get(id));
                unit.map_or_else(|| value.clone(), |unit| Value::from(unit.name.as_str()))
            }
            Some(FieldType::Reference) => {
                let named = self
                    .records
                    .iter()
                    .find(|(_, (_, known))| Some(*known) == id());
                named.map_or_else(|| value.clone(), |(name, _)| Value::from(name.as_str()))
            }
            _ => value.clone(),
        })
    }
}
