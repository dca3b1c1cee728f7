//! The manual of a pack, made from its declaration: what is recorded, where it stands and who does
//! what within which term, what is checked, printed, shown and counted.
//!
//! [`of`] gives it as blocks; [`Manual::markdown`] and [`Manual::html`] are two ways to write
//! them. `phusa pack doc` prints it, `/huong-dan/{pack}` shows it.

mod fields;
mod flow;
mod outside;
mod retention;

use pack::declaration::RecordFile;
use pack::shape::Wording;
use registry::Kind;
use registry::system::Systems;
use vocab::Lang;

use crate::http::said_condition;
use crate::i18n::Translator;

pub(crate) use retention::rule_words;

/// A part of a manual.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading of this level, from 2.
    Heading(u8, String),
    /// A paragraph.
    Text(String),
    /// A list.
    Items(Vec<String>),
    /// A table: its heads, its rows.
    Table(Vec<String>, Vec<Vec<String>>),
}

/// A manual.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manual {
    /// The pack's title.
    pub title: String,
    /// What follows.
    pub blocks: Vec<Block>,
}

/// What the writers of parts work with.
struct Writer<'a> {
    words: Translator,
    systems: &'a Systems,
    blocks: Vec<Block>,
}

/// The manual of a pack, by its place in the catalog.
pub fn of(systems: &Systems, pack: usize, lang: Lang) -> Manual {
    let words = Translator::new(lang);
    let declared = &systems.catalog().packs[pack].declared;
    let mut writer = Writer {
        words,
        systems,
        blocks: Vec::new(),
    };
    if let Some(about) = &declared.pack.about {
        writer.text(said(lang, about));
    }
    let legal = declared.pack.legal.iter().map(|legal| {
        let title = legal.title.as_ref().map(|title| said(lang, title));
        match title {
            Some(title) => format!("{}: {title}", legal.symbol.text),
            None => legal.symbol.text.clone(),
        }
    });
    let legal: Vec<String> = legal.collect();
    if !legal.is_empty() {
        writer.heading(2, words.t("manual-legal"));
        writer.blocks.push(Block::Items(legal));
    }
    if !declared.roles.is_empty() {
        writer.heading(2, words.t("manual-roles"));
        writer.text(words.t("manual-roles-lead"));
        let roles = declared.roles.iter();
        let roles = roles.map(|role| said(lang, &role.title)).collect();
        writer.blocks.push(Block::Items(roles));
    }
    for kind in systems.kinds().iter().filter(|kind| kind.at.pack == pack) {
        let record = &systems.record(kind).declared;
        writer.heading(2, said(lang, &record.record.title));
        if let Some(about) = &record.record.about {
            writer.text(said(lang, about));
        }
        writer.owner(record);
        writer.fields(kind, record);
        writer.lifecycle(kind, record);
        writer.retention(record);
        writer.grants(kind, record);
        writer.outside(kind, record);
    }
    Manual {
        title: said(lang, &declared.pack.title),
        blocks: writer.blocks,
    }
}

fn said(lang: Lang, wording: &Wording) -> String {
    match lang {
        Lang::Vi => wording.vi.clone(),
        Lang::En => wording.en.clone(),
    }
}

impl Writer<'_> {
    fn say(&self, wording: &Wording) -> String {
        said(self.words.lang, wording)
    }

    fn heading(&mut self, level: u8, text: String) {
        self.blocks.push(Block::Heading(level, text));
    }

    fn text(&mut self, text: String) {
        self.blocks.push(Block::Text(text));
    }

    /// A list under a heading, unless there is nothing to say.
    fn items(&mut self, heading: &str, items: Vec<String>) {
        if !items.is_empty() {
            self.heading(3, self.words.t(heading));
            self.blocks.push(Block::Items(items));
        }
    }

    fn condition(&self, kind: &Kind, condition: &pack::expression::Expression) -> String {
        said_condition(self.words, self.systems, kind, condition)
    }

    /// The title of a role: the pack's own, or one that ships.
    fn role(&self, code: &str) -> String {
        let packs = &self.systems.catalog().packs;
        let mut own = packs.iter().flat_map(|pack| &pack.declared.roles);
        if let Some(role) = own.find(|role| *role.id.text == *code) {
            return self.say(&role.title);
        }
        let book = directory::permission::RoleBook::shipped();
        match directory::Role::coded(code) {
            Some(role) => self.words.role(&book, role),
            None => code.to_owned(),
        }
    }

    fn roles<'r>(&self, roles: impl IntoIterator<Item = &'r str>) -> String {
        let roles: Vec<String> = roles.into_iter().map(|role| self.role(role)).collect();
        roles.join(", ")
    }

    /// The title of a field, or of what every record has.
    fn field(&self, record: &RecordFile, key: &str) -> String {
        let field = record.fields.iter().find(|field| *field.id.text == *key);
        match field {
            Some(field) => self.say(&field.title),
            None => match key {
                "code" => self.words.t("system-code"),
                "state" => self.words.t("col-state"),
                "unit" => self.words.t("col-unit"),
                "created_on" => self.words.t("system-created"),
                other => other.to_owned(),
            },
        }
    }

    fn state(&self, record: &RecordFile, id: &str) -> String {
        let states = record.lifecycle.iter().flat_map(|life| &life.states);
        let mut found = states.filter(|state| *state.id.text == *id);
        found
            .next()
            .map_or_else(|| id.to_owned(), |state| self.say(&state.title))
    }

    fn states<'s>(&self, record: &RecordFile, states: impl IntoIterator<Item = &'s str>) -> String {
        let states: Vec<String> = states
            .into_iter()
            .map(|state| self.state(record, state))
            .collect();
        states.join(", ")
    }
}

impl Manual {
    /// As Markdown.
    pub fn markdown(&self) -> String {
        let mut lines = vec![format!("# {}", self.title)];
        for block in &self.blocks {
            lines.push(String::new());
            match block {
                Block::Heading(level, words) => {
                    lines.push(format!("{} {words}", "#".repeat(usize::from(*level))));
                }
                Block::Text(words) => lines.push(one_line(words)),
                Block::Items(items) => {
                    lines.extend(items.iter().map(|item| format!("- {}", one_line(item))));
                }
                Block::Table(heads, rows) => {
                    lines.push(table_line(heads));
                    lines.push(format!("|{}", "---|".repeat(heads.len())));
                    lines.extend(rows.iter().map(|row| table_line(row)));
                }
            }
        }
        lines.push(String::new());
        lines.join("\n")
    }

    /// As a page of HTML that needs nothing else.
    pub fn html(&self, lang: Lang) -> String {
        let title = escape(&self.title);
        let mut body = format!("<h1>{title}</h1>\n");
        for block in &self.blocks {
            body.push_str(&block.html());
        }
        format!(
            "<!doctype html>\n<html lang=\"{}\">\n<head><meta charset=\"utf-8\"><title>{title}</title></head>\n<body>\n{body}</body>\n</html>\n",
            lang.tag()
        )
    }
}

impl Block {
    /// As HTML.
    pub fn html(&self) -> String {
        match self {
            Self::Heading(level, words) => format!("<h{level}>{}</h{level}>\n", escape(words)),
            Self::Text(words) => format!("<p>{}</p>\n", escape(words)),
            Self::Items(items) => {
                let items: Vec<String> = items
                    .iter()
                    .map(|item| format!("<li>{}</li>", escape(item)))
                    .collect();
                format!("<ul>{}</ul>\n", items.join(""))
            }
            Self::Table(heads, rows) => {
                let heads: Vec<String> = heads
                    .iter()
                    .map(|head| format!("<th scope=\"col\">{}</th>", escape(head)))
                    .collect();
                let rows: Vec<String> = rows
                    .iter()
                    .map(|row| {
                        let cells: Vec<String> = row
                            .iter()
                            .map(|cell| format!("<td>{}</td>", escape(cell)))
                            .collect();
                        format!("<tr>{}</tr>", cells.join(""))
                    })
                    .collect();
                format!(
                    "<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>\n",
                    heads.join(""),
                    rows.join("")
                )
            }
        }
    }
}

fn table_line(cells: &[String]) -> String {
    let cells: Vec<String> = cells
        .iter()
        .map(|cell| one_line(cell).replace('|', "\\|"))
        .collect();
    format!("| {} |", cells.join(" | "))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
