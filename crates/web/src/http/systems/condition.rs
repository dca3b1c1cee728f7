//! A condition of a pack in words, so that a form without scripts can say when it asks for a
//! field.

use pack::declaration::{Field, FieldType};
use pack::expression::{Expr, ExprNode, Expression, Operator};
use serde_json::Value;

use registry::Kind;
use registry::system::Systems;

use super::desk::Desk;
use super::words::{code_title, plain, state_title};
use crate::i18n::{Translator, said};

impl Desk {
    /// When a condition holds. `around` are the fields that are meant first.
    pub(super) fn condition(&self, condition: &Expression, around: &[Field]) -> String {
        Saying {
            words: self.words(),
            systems: &self.systems,
            kind: self.kind(),
        }
        .condition(condition, around)
    }
}

/// Says conditions over a record type in words.
#[derive(Clone, Copy)]
pub(in crate::http) struct Saying<'a> {
    pub words: Translator,
    pub systems: &'a Systems,
    pub kind: &'a Kind,
}

impl Saying<'_> {
    /// When a condition holds; as it is written where there are no words for it.
    pub(in crate::http) fn condition(self, condition: &Expression, around: &[Field]) -> String {
        let said = condition
            .tree
            .as_ref()
            .and_then(|tree| self.part(tree, around));
        said.unwrap_or_else(|| condition.text.clone())
    }

    fn part(self, expr: &Expr, around: &[Field]) -> Option<String> {
        let words = self.words;
        Some(match &expr.node {
            ExprNode::Binary(Operator::And, left, right) => words.t_args(
                "system-when-and",
                &[
                    ("one", &self.part(left, around)?),
                    ("other", &self.part(right, around)?),
                ],
            ),
            ExprNode::Binary(Operator::Or, left, right) => words.t_args(
                "system-when-or",
                &[
                    ("one", &self.part(left, around)?),
                    ("other", &self.part(right, around)?),
                ],
            ),
            ExprNode::Not(inner) => words.t1("system-when-not", "one", self.part(inner, around)?),
            ExprNode::Name(name) => {
                words.t1("system-when-flag", "field", self.title(name, around)?)
            }
            ExprNode::Call(name, parts) if name == "has" => match &parts.first()?.node {
                ExprNode::Name(name) => {
                    words.t1("system-when-has", "field", self.title(name, around)?)
                }
                _ => return None,
            },
            ExprNode::Binary(operator, left, right) => {
                // `'CN' in markets` and `markets.exists(…)` are said of the list.
                let (name, value, operator) = match (&left.node, &right.node) {
                    (ExprNode::Name(name), _) => (name, right, *operator),
                    (_, ExprNode::Name(name)) if *operator == Operator::In => {
                        (name, left, Operator::Equal)
                    }
                    _ => return None,
                };
                let key = match operator {
                    Operator::Equal | Operator::In => "system-when-equal",
                    Operator::Unequal => "system-when-unequal",
                    Operator::Less => "system-when-less",
                    Operator::AtMost => "system-when-at-most",
                    Operator::Greater => "system-when-greater",
                    Operator::AtLeast => "system-when-at-least",
                    _ => return None,
                };
                let value = self.constant(name, value, around)?;
                words.t_args(
                    key,
                    &[("field", &self.title(name, around)?), ("value", &value)],
                )
            }
            _ => return None,
        })
    }

    fn title(self, name: &str, around: &[Field]) -> Option<String> {
        let field = self.named(name, around);
        field
            .map(|field| said(self.words.lang, &field.title))
            .or_else(|| match name {
                "state" => Some(self.words.t("col-state")),
                "unit" => Some(self.words.t("col-unit")),
                "code" => Some(self.words.t("system-code")),
                "created_on" => Some(self.words.t("system-created")),
                "today" => Some(self.words.t("figures-today")),
                _ => None,
            })
    }

    fn named<'f>(&'f self, name: &str, around: &'f [Field]) -> Option<&'f Field> {
        let declared = &self.systems.record(self.kind).declared;
        let all = around.iter().chain(&declared.fields);
        all.into_iter().find(|field| field.id.text == name)
    }

    fn constant(self, name: &str, expr: &Expr, around: &[Field]) -> Option<String> {
        match &expr.node {
            ExprNode::List(parts) => {
                let all: Option<Vec<String>> = parts
                    .iter()
                    .map(|part| self.constant(name, part, around))
                    .collect();
                Some(all?.join(", "))
            }
            ExprNode::Text(text) if name == "state" => Some(state_title(
                self.words.lang,
                &self.systems.record(self.kind).declared,
                text,
            )),
            ExprNode::Text(text) => Some(match self.named(name, around) {
                Some(field) if *field.kind == FieldType::Code => code_title(
                    self.words.lang,
                    self.systems,
                    self.kind.at.pack,
                    field,
                    text,
                ),
                Some(field) => plain(
                    self.words,
                    self.systems,
                    self.kind.at.pack,
                    field,
                    &Value::from(text.as_str()),
                ),
                None => text.clone(),
            }),
            ExprNode::Number(number) => Some(self.words.decimal(number)),
            ExprNode::Flag(flag) => {
                Some(self.words.t(if *flag { "system-yes" } else { "system-no" }))
            }
            ExprNode::Name(other) => self.title(other, around),
            _ => None,
        }
    }
}

/// When a condition over a record type holds, in words.
pub(crate) fn said_condition(
    words: Translator,
    systems: &Systems,
    kind: &Kind,
    condition: &Expression,
) -> String {
    Saying {
        words,
        systems,
        kind,
    }
    .condition(condition, &[])
}
