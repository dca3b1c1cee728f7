//! The pack's type as Directus has it: its fields, who may do what, an officer.

use serde_json::{Value, json};
use vocab::Id;

use super::{ADMINISTRATOR, Directus};
use crate::Failure;
use crate::http::client::Connection;

/// What the officer goes by.
const OFFICER: &str = "token-cua-can-bo-de-do-toc-do";
/// Where its records are.
pub(in super::super) const ITEMS: &str = "/items/device";

/// An office in a Directus that runs.
pub(in super::super) struct Office {
    /// A header line with the officer's token, looked up in the database for each request as ours.
    pub officer: String,
    administrator: String,
}

impl Directus {
    /// Makes the type, and an officer who sees, and makes, devices of these units alone.
    pub(in super::super) async fn office(
        &self,
        address: &str,
        units: &[Id],
    ) -> Result<Office, Failure> {
        let office = Office {
            officer: format!("authorization: Bearer {OFFICER}\r\n"),
            administrator: format!("authorization: Bearer {ADMINISTRATOR}\r\n"),
        };
        let mut connection = Connection::open(address).await?;
        let mut post =
            async |path: &str, body: Value| office.post(&mut connection, path, body).await;
        post("/collections", collection()).await?;
        let role = post("/roles", json!({"name": "Người quản lý thiết bị"})).await?;
        let policy = json!({"name": "Thiết bị", "admin_access": false, "app_access": false});
        let policy = post("/policies", policy).await?;
        for permission in permissions(&policy["id"], units) {
            post("/permissions", permission).await?;
        }
        let held = json!({"role": role["id"], "policy": policy["id"], "sort": 1});
        post("/access", held).await?;
        let officer = json!({
            "email": "canbo@example.com", "role": role["id"], "status": "active", "token": OFFICER,
        });
        post("/users", officer).await?;
        Ok(office)
    }
}

impl Office {
    /// Makes a device as the administrator; its identity.
    pub(in super::super) async fn make(&self, address: &str, body: Value) -> Result<Id, Failure> {
        let mut connection = Connection::open(address).await?;
        let made = self.post(&mut connection, ITEMS, body).await?;
        Ok(made["id"].as_str().ok_or("no identity")?.parse()?)
    }

    async fn post(
        &self,
        connection: &mut Connection,
        path: &str,
        body: Value,
    ) -> Result<Value, Failure> {
        let headers = format!("{}content-type: application/json\r\n", self.administrator);
        let request = connection.request("POST", path, &headers, &body.to_string());
        let answer = connection.send(&request).await?.fine()?;
        if answer.is_empty() {
            return Ok(Value::Null);
        }
        let mut answer: Value = serde_json::from_slice(&answer)?;
        Ok(answer["data"].take())
    }
}

/// The type: the same fields, each of which that ours has an index for with one; it is followed by
/// activity and revisions. Numbers without gaps and computed fields it has not, so nobody makes them.
fn collection() -> Value {
    let field =
        |name: &str, kind: &str| json!({"field": name, "type": kind, "schema": {}, "meta": {}});
    let indexed = |name: &str, kind: &str| json!({"field": name, "type": kind, "schema": {"is_indexed": true}, "meta": {}});
    let unique = |name: &str| json!({"field": name, "type": "string", "schema": {"is_unique": true}, "meta": {}});
    let required = |mut field: Value| {
        field["meta"]["required"] = true.into();
        field["schema"]["is_nullable"] = false.into();
        field
    };
    json!({
        "collection": "device",
        "schema": {},
        "meta": {"accountability": "all"},
        "fields": [
            {
                "field": "id", "type": "uuid", "schema": {"is_primary_key": true, "has_auto_increment": false},
                "meta": {"special": ["uuid"]},
            },
            required(indexed("unit", "uuid")),
            required(indexed("state", "string")),
            unique("code"),
            {"field": "created_on", "type": "timestamp", "schema": {}, "meta": {"special": ["date-created"]}},
            required(indexed("kind", "string")),
            required(field("model", "string")),
            unique("serial"),
            required(field("bought_on", "date")),
            required(field("price_vnd", "bigInteger")),
            required(indexed("source", "string")),
            field("warranty_months", "integer"),
            field("warranty_until", "date"),
            indexed("system", "string"),
            indexed("antivirus", "boolean"),
            field("user_name", "string"),
            field("room", "string"),
            field("photo", "uuid"),
            {"field": "repairs", "type": "json", "schema": {}, "meta": {"special": ["cast-json"]}},
            field("repair_cost_vnd", "bigInteger"),
            field("disposal_minutes", "uuid"),
        ],
    })
}

/// Reading with the row filter; making under the checks that the pack declares.
fn permissions(policy: &Value, units: &[Id]) -> [Value; 2] {
    let units: Vec<String> = units.iter().map(Id::to_string).collect();
    let kinds = [
        "desktop", "laptop", "tablet", "printer", "scanner", "switch", "router", "firewall",
        "server", "ups", "meeting",
    ];
    let checks = json!({"_and": [
        {"unit": {"_in": units}},
        {"kind": {"_in": kinds}},
        {"source": {"_in": ["recurrent", "capital", "granted", "donated"]}},
        {"price_vnd": {"_gte": 0}},
        {"bought_on": {"_lte": "$NOW"}},
    ]});
    let presets = json!({"unit": units[0], "state": "stored", "warranty_months": 12});
    [
        json!({
            "policy": policy, "collection": "device", "action": "read", "fields": ["*"],
            "permissions": {"unit": {"_in": units}},
        }),
        json!({
            "policy": policy, "collection": "device", "action": "create", "fields": ["*"],
            "permissions": {}, "validation": checks, "presets": presets,
        }),
    ]
}
