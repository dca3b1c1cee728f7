//! A record type as the API describes it.

use pack::declaration::FieldType;
use pack::shape::{Choice, is_set};
use registry::{Kind, Systems};
use serde::Serialize;
use utoipa::ToSchema;
use vocab::Lang;

use super::PATH;
use crate::i18n::said;

/// A record type that the asker may read or make.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::api) struct SystemShown {
    /// The pack.
    #[schema(example = "growing-area")]
    pack: String,
    /// Its record type.
    #[schema(example = "growing-area")]
    record: String,
    /// What its records are, in the language asked for.
    title: String,
    /// Where its records are.
    href: String,
    /// What lists may be ordered by instead of their usual order.
    sort: Vec<String>,
    /// Its fields, in order.
    fields: Vec<SystemField>,
    /// What can be printed of a record.
    prints: Vec<SystemPrint>,
}

/// A print-out of a record type.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::api) struct SystemPrint {
    /// Its name in addresses.
    #[schema(example = "certificate")]
    id: String,
    /// Its title, in the language asked for.
    title: String,
    /// The states in which it is made; in any if none is named.
    states: Vec<String>,
}

/// A field of a record type.
#[derive(Debug, Serialize, ToSchema)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says one thing of the field"
)]
pub(in crate::api) struct SystemField {
    /// Its name among a record's fields.
    id: String,
    /// What it holds, as `docs/packs.md` names it.
    r#type: &'static str,
    /// Its title, in the language asked for.
    title: String,
    /// Whether it must be there.
    required: bool,
    /// Whether it holds several values.
    repeated: bool,
    /// Whether it is computed: what is sent for it is not looked at.
    computed: bool,
    /// Whether it is personal data, shown to those alone who may see it.
    personal: bool,
    /// Whether lists are filtered by it.
    filter: bool,
}

impl SystemShown {
    pub(super) fn of(systems: &Systems, lang: Lang, kind: &Kind) -> Self {
        let declared = &systems.record(kind).declared;
        let (pack, record) = (&systems.pack(kind).declared.pack.id, &declared.record.id);
        let fields = declared.fields.iter().map(|field| SystemField {
            id: field.id.text.clone(),
            r#type: Choice::word(*field.kind),
            title: said(lang, &field.title),
            required: is_set(field.required.as_ref()),
            repeated: is_set(field.repeated.as_ref()) || *field.kind == FieldType::Table,
            computed: field.compute.is_some(),
            personal: kind.is_personal(&field.id),
            filter: is_set(field.filter.as_ref()),
        });
        Self {
            pack: pack.text.clone(),
            record: record.text.clone(),
            title: said(lang, &declared.record.title),
            href: format!("{PATH}/{}/{}", &**pack, &**record),
            sort: declared
                .record
                .sort
                .iter()
                .map(|key| key.text.clone())
                .filter(|name| kind.sorts(name))
                .collect(),
            fields: fields.collect(),
            prints: declared
                .prints
                .iter()
                .map(|print| SystemPrint {
                    id: print.id.text.clone(),
                    title: said(lang, &print.title),
                    states: print
                        .states
                        .iter()
                        .map(|state| state.text.clone())
                        .collect(),
                })
                .collect(),
        }
    }
}
