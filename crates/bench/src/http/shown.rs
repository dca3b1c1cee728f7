//! A report as the API answers it, for the peer to answer the same bytes.

use serde::Serialize;
use vocab::Id;

/// The members in the API's own order.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Shown<'a> {
    pub(crate) id: Id,
    pub(crate) version: i64,
    pub(crate) state: &'a str,
    pub(crate) unit: Id,
    pub(crate) indicator: Id,
    pub(crate) target: Id,
    pub(crate) period: &'a str,
    pub(crate) numerator: Option<i64>,
    pub(crate) denominator: Option<i64>,
    pub(crate) note: &'a str,
    pub(crate) evidence: [(); 0],
    pub(crate) checks: [(); 0],
    pub(crate) updated_at: String,
    pub(crate) actions: &'a [&'a str],
}
