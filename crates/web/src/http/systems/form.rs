//! The form of a record, made from the declaration.

use jiff::civil::Date;
use pack::declaration::{Field, FieldType};
use pack::shape::is_set;
use registry::system::{Wanted, unit_is_of};
use registry::{Evidence, Record};
use vocab::Problem;

use super::super::{Failure, form_errors};
use super::desk::Desk;
use super::typed::{Typed, is_chosen, name};
use crate::i18n::said;
use crate::pages::parts::{Choice, FileLink, FormErrors, Link};
use crate::pages::system_form::{FormInput, FormItem, FormSection, SystemForm};

/// The most records that a form offers to choose from.
const OFFERED: usize = 200;

impl Desk {
    /// The form: a new record's without one.
    pub(super) async fn form(
        &self,
        record: Option<&Record>,
        typed: &Typed,
        problem: Option<&Problem>,
    ) -> Result<SystemForm, Failure> {
        let declared = self.declared();
        let lang = self.words().lang;
        let mut sections: Vec<FormSection> = Vec::new();
        for section in &declared.sections {
            sections.push(FormSection {
                title: said(lang, &section.title),
                help: section
                    .help
                    .as_ref()
                    .map_or_else(String::new, |help| said(lang, help)),
                condition: section
                    .when
                    .as_ref()
                    .map_or_else(String::new, |when| self.condition(when, &[])),
                items: Vec::new(),
            });
        }
        let mut rest = FormSection::default();
        for field in declared
            .fields
            .iter()
            .filter(|field| field.compute.is_none())
        {
            let item = self.item(field, "", typed, &declared.fields).await?;
            let place = field.section.as_ref().and_then(|name| {
                declared
                    .sections
                    .iter()
                    .position(|section| section.id.text == name.text)
            });
            match place.and_then(|place| sections.get_mut(place)) {
                Some(section) => section.items.push(item),
                None => rest.items.push(item),
            }
        }
        sections.insert(0, rest);
        sections.retain(|section| !section.items.is_empty());
        Ok(SystemForm {
            title: match record {
                Some(record) => self
                    .words()
                    .t1("system-edit-of", "record", self.label(record)),
                None => self
                    .words()
                    .t1("system-new-of", "kind", self.say(&declared.record.title)),
            },
            back: match record {
                Some(record) => Link::new(self.link_to(record.id, ""), self.label(record)),
                None => Link::new(self.link(""), self.say(&declared.record.title)),
            },
            action: match record {
                Some(record) => self.link_to(record.id, "sua"),
                None => self.link("moi"),
            },
            version: record.map_or(0, |record| record.version),
            sections,
            theirs: None,
            errors: problem.map_or_else(FormErrors::default, |problem| self.errors(problem)),
            shell: self.shell(),
        })
    }

    /// What is wrong, at the names of the form's fields.
    pub(super) fn errors(&self, problem: &Problem) -> FormErrors {
        self.errors_in(problem, "")
    }

    /// The same of one of several forms of a page, whose ids begin so.
    pub(super) fn errors_in(&self, problem: &Problem, begin: &str) -> FormErrors {
        let tables = self.declared().fields.iter();
        let tables = tables.filter(|field| *field.kind == FieldType::Table);
        let tables: Vec<&str> = tables.map(|field| field.id.text.as_str()).collect();
        let is_table = |name: &str| tables.contains(&name);
        let own = |field: &str| match field {
            "ly-do" | "text" => format!("{begin}{}", if field == "text" { "gop-y" } else { field }),
            // Of several values in one input, the input is at fault.
            field => match field.split_once('/') {
                Some((first, _)) if !is_table(first) => format!("{begin}{}", name(first)),
                _ => format!("{begin}{}", name(field)),
            },
        };
        let names: Vec<(String, String)> = problem
            .fields
            .iter()
            .map(|field| (field.field.clone(), own(&field.field)))
            .collect();
        let names: Vec<(&str, &str)> = names
            .iter()
            .map(|(theirs, ours)| (theirs.as_str(), ours.as_str()))
            .collect();
        let mut errors = form_errors(self.words(), problem, &names, "noi-dung");
        for error in &mut errors.0 {
            if error.field.ends_with("f_") {
                "noi-dung".clone_into(&mut error.field);
            }
        }
        errors
    }

    pub(super) async fn item(
        &self,
        field: &Field,
        around: &str,
        typed: &Typed,
        fields: &[Field],
    ) -> Result<FormItem, Failure> {
        let path = format!("{around}{}", &*field.id);
        let texts = typed.texts.get(&path).cloned().unwrap_or_default();
        let first = || texts.first().cloned().unwrap_or_default();
        let repeated = is_set(field.repeated.as_ref());
        let input = match *field.kind {
            FieldType::Table => self.table(field, &path, typed).await?,
            FieldType::File | FieldType::Photo => FormInput::Files {
                kept: typed
                    .files
                    .get(&path)
                    .into_iter()
                    .flatten()
                    .map(file_link)
                    .collect(),
                several: repeated,
                accept: accept(field),
            },
            kind if is_chosen(kind) => {
                let choices = self.choices(field, &texts).await?;
                if repeated {
                    FormInput::Many(choices)
                } else {
                    FormInput::One(self.or_none(choices, texts.is_empty()))
                }
            }
            FieldType::Flag => {
                FormInput::One(self.or_none(self.flag_choices(&first()), texts.is_empty()))
            }
            _ if repeated => FormInput::Area(texts.join("\n"), 3),
            FieldType::Paragraph => FormInput::Area(first(), 4),
            FieldType::Point | FieldType::Line | FieldType::Polygon => {
                let grid = typed.grids.get(&path).map_or("", String::as_str);
                FormInput::Shape(self.shape_input(field, &first(), grid))
            }
            FieldType::Date => FormInput::Day(first()),
            FieldType::DateTime => FormInput::Moment(first()),
            FieldType::Number | FieldType::Decimal | FieldType::Money => FormInput::Number(first()),
            _ => FormInput::Text(first()),
        };
        let words = self.words();
        let mut hints: Vec<String> = field.help.iter().map(|help| self.say(help)).collect();
        if let Some(when) = &field.when {
            hints.push(words.t1(
                "system-only-when",
                "condition",
                self.condition(when, fields),
            ));
        }
        if let Some(when) = &field.required_when {
            hints.push(words.t1(
                "system-needed-when",
                "condition",
                self.condition(when, fields),
            ));
        }
        if repeated && matches!(input, FormInput::Area(..)) {
            hints.push(words.t("system-lines"));
        }
        if field.kind.is_geometry() {
            hints.push(words.t("map-coordinates-hint"));
        }
        let unit = match *field.kind {
            FieldType::Money => words.t("system-dong"),
            _ => field
                .unit
                .as_ref()
                .map_or_else(String::new, |unit| unit.text.clone()),
        };
        let title = self.say(&field.title);
        Ok(FormItem {
            id: name(&path),
            name: name(&path),
            label: if unit.is_empty() {
                title
            } else {
                format!("{title} ({unit})")
            },
            hint: hints.join(" "),
            required: is_set(field.required.as_ref()) && field.default.is_none(),
            input,
        })
    }

    async fn table(&self, table: &Field, path: &str, typed: &Typed) -> Result<FormInput, Failure> {
        let count = typed.rows.get(path).copied().unwrap_or(super::typed::ROWS);
        let mut rows = Vec::with_capacity(count);
        for place in 0..count {
            let mut cells = Vec::new();
            for column in table
                .fields
                .iter()
                .filter(|column| column.compute.is_none())
            {
                cells.push(
                    Box::pin(self.item(column, &format!("{path}/{place}/"), typed, &table.fields))
                        .await?,
                );
            }
            rows.push(cells);
        }
        Ok(FormInput::Table {
            count,
            rows,
            more: path.to_owned(),
        })
    }

    fn or_none(&self, mut choices: Vec<Choice>, chosen: bool) -> Vec<Choice> {
        let none = Choice {
            value: String::new(),
            label: self.words().t("system-none"),
            selected: chosen,
        };
        choices.insert(0, none);
        choices
    }

    async fn choices(&self, field: &Field, chosen: &[String]) -> Result<Vec<Choice>, Failure> {
        Ok(match *field.kind {
            FieldType::Code => self.code_choices(field, chosen, true),
            FieldType::Reference => self.record_choices(field, chosen).await?,
            _ => self.unit_choices(field, chosen),
        })
    }

    /// The codes that may be chosen today, and those that were chosen before.
    pub(super) fn code_choices(
        &self,
        field: &Field,
        chosen: &[String],
        today_only: bool,
    ) -> Vec<Choice> {
        let list = field
            .list
            .as_ref()
            .and_then(|name| self.systems.catalog().find_list(self.kind().at.pack, name));
        let Some(list) = list.map(|at| self.systems.catalog().list(at)) else {
            return Vec::new();
        };
        let today: Date = self.app.store().context().now().in_vietnam().date();
        let mut seen = std::collections::BTreeSet::new();
        let rows = list
            .rows
            .iter()
            .filter(|row| !today_only || row.holds_on(today) || chosen.contains(&row.code));
        let rows = rows.filter(|row| seen.insert(row.code.as_str()));
        rows.map(|row| Choice {
            value: row.code.clone(),
            label: super::words::code_title(
                self.words().lang,
                &self.systems,
                self.kind().at.pack,
                field,
                &row.code,
            ),
            selected: chosen.contains(&row.code),
        })
        .collect()
    }

    /// The units of the level that the field asks for.
    pub(super) fn unit_choices(&self, field: &Field, chosen: &[String]) -> Vec<Choice> {
        let level = field.level.as_ref().map(|level| **level);
        let units = self
            .units
            .iter()
            .filter(|unit| level.is_none_or(|level| unit_is_of(unit, level)));
        let mut choices: Vec<Choice> = units
            .map(|unit| Choice {
                value: unit.id.to_string(),
                label: match unit.parent.and_then(|parent| self.units.get(parent)) {
                    Some(parent) if unit.kind == directory::UnitKind::Commune => {
                        format!("{} · {}", unit.name, parent.name)
                    }
                    _ => unit.name.clone(),
                },
                selected: chosen.contains(&unit.id.to_string()),
            })
            .collect();
        choices.sort_by_cached_key(|choice| vocab::collate::sort_key_cut(&choice.label, 100));
        choices
    }

    pub(super) fn flag_choices(&self, chosen: &str) -> Vec<Choice> {
        [("co", "system-yes"), ("khong", "system-no")]
            .map(|(value, key)| Choice {
                value: value.to_owned(),
                label: self.words().t(key),
                selected: value == chosen,
            })
            .to_vec()
    }

    /// The records that a reference may name, as far as the visitor reads them.
    pub(super) async fn record_choices(
        &self,
        field: &Field,
        chosen: &[String],
    ) -> Result<Vec<Choice>, Failure> {
        let to = field
            .to
            .as_ref()
            .and_then(|to| self.systems.referred(self.kind(), to));
        let Some(to) = to else { return Ok(Vec::new()) };
        let principal = &self.visitor.principal;
        let wanted = Wanted {
            limit: OFFERED,
            ..Wanted::default()
        };
        let mut records = self.registry().listing(principal, to, wanted).await?.items;
        for id in chosen.iter().filter_map(|id| id.parse().ok()) {
            if records.iter().all(|record| record.id != id)
                && let Ok(record) = self.registry().get(principal, to.name, id).await
            {
                records.push(record);
            }
        }
        let labelled = records.iter().map(|record| {
            let (lang, id) = (self.words().lang, record.id.to_string());
            Choice {
                label: super::words::label(lang, &self.systems, to, record),
                selected: chosen.contains(&id),
                value: id,
            }
        });
        Ok(labelled.collect())
    }
}

pub(super) fn file_link(file: &Evidence) -> FileLink {
    FileLink {
        name: file.name.clone(),
        sha256: file.sha256.clone(),
        size_bytes: file.size,
    }
}

fn accept(field: &Field) -> String {
    if *field.kind == FieldType::Photo {
        return "image/*".to_owned();
    }
    let endings: Vec<String> = field
        .accept
        .iter()
        .map(|ending| format!(".{}", &**ending))
        .collect();
    endings.join(",")
}
