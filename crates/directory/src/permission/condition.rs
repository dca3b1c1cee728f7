//! The subset of CEL in which a grant's condition is written, compiled to a [`Predicate`].
//!
//! Comparisons, `&&`, `||`, `!( )` and `in` on a table's head columns (`state` and `unit`
//! among them), with texts, whole numbers, `null`, lists, `actor.id`, `actor.units`, `today`, what a
//! link was made for (`link.campaign`, `link.period`, `link.measures`; for links alone) and days reckoned from a day (`add_months(today, -12)`; `add_days`, `add_years`). Nothing loops, so
//! that every condition ends; anything else is an error that says where it stands. An empty column makes a comparison unknown, and what
//! is unknown is not granted (`store::Predicate`).

use jiff::civil::Date;
use jiff::{Span, ToSpan};
use store::{Column, ColumnKind, Comparison, Predicate, TableSpec, Value};
use vocab::Id;

use super::LinkReach;

/// The longest condition, in bytes.
const LONGEST: usize = 2_000;
/// How deep brackets may nest.
const DEEPEST: usize = 16;
/// The most days, months or years that a day is reckoned on by.
const FARTHEST: i64 = 10_000;

/// What the names in a condition mean.
#[derive(Clone, Debug)]
pub struct Names {
    /// `actor.id`.
    pub account: Id,
    /// `actor.units`.
    pub units: Vec<Id>,
    /// `today`, as a text like `2026-11-24`.
    pub today: Date,
    /// `link.campaign` and the like, for whoever comes by a link.
    pub link: Option<LinkReach>,
}

/// Why a condition is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("in the condition, at character {at}: {what}")]
pub struct ConditionError {
    /// Where, in bytes from the beginning.
    pub at: usize,
    /// What is wrong there.
    pub what: String,
    /// A stable name of that; its wording is `field-` and this.
    pub code: &'static str,
    /// What there is no such column of, where that is the matter.
    pub name: String,
}

impl ConditionError {
    fn coded(self, code: &'static str) -> Self {
        Self { code, ..self }
    }
}

/// Compiles a condition on a table's heads.
pub fn compile(text: &str, spec: &TableSpec, names: &Names) -> Result<Predicate, ConditionError> {
    let mut reader = Reader {
        text,
        at: 0,
        depth: 0,
        spec,
        names,
    };
    if text.len() > LONGEST {
        return Err(reader
            .error(format!("it is longer than {LONGEST} bytes"))
            .coded("condition-too-long"));
    }
    let predicate = reader.any()?;
    reader.space();
    if reader.at < text.len() {
        return Err(reader.error("this was not expected here".to_owned()));
    }
    let checked = predicate.check(spec);
    checked.map_err(|what| reader.error(what).coded("condition-too-long"))?;
    Ok(predicate)
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    spec: &'a TableSpec,
    names: &'a Names,
}

/// One side of a comparison.
enum Term {
    Column(Column, ColumnKind),
    Value(Value),
    List(Vec<Value>),
}

impl<'a> Reader<'a> {
    fn any(&mut self) -> Result<Predicate, ConditionError> {
        let mut terms = vec![self.all()?];
        while self.takes("||") {
            terms.push(self.all()?);
        }
        Ok(if terms.len() == 1 {
            terms.remove(0)
        } else {
            Predicate::Any(terms)
        })
    }

    fn all(&mut self) -> Result<Predicate, ConditionError> {
        let mut terms = vec![self.one()?];
        while self.takes("&&") {
            terms.push(self.one()?);
        }
        Ok(if terms.len() == 1 {
            terms.remove(0)
        } else {
            Predicate::All(terms)
        })
    }

    fn one(&mut self) -> Result<Predicate, ConditionError> {
        self.space();
        if self.rest().starts_with('!') {
            self.at += 1;
            self.space();
            if !self.rest().starts_with('(') {
                return Err(self.error("after ! a condition in brackets is wanted".to_owned()));
            }
            return Ok(Predicate::Not(Box::new(self.one()?)));
        }
        if self.takes("(") {
            self.depth += 1;
            if self.depth > DEEPEST {
                let error = self.error(format!("brackets are deeper than {DEEPEST}"));
                return Err(error.coded("condition-too-deep"));
            }
            let inner = self.any()?;
            self.depth -= 1;
            if !self.takes(")") {
                return Err(self.error("a closing bracket is missing".to_owned()));
            }
            return Ok(inner);
        }
        self.comparison()
    }

    fn comparison(&mut self) -> Result<Predicate, ConditionError> {
        let Term::Column(column, kind) = self.term()? else {
            return Err(self.error("a comparison begins with a column".to_owned()));
        };
        if self.takes_word("in") {
            return match self.term()? {
                Term::List(values) if values.iter().all(|value| fits(kind, value)) => {
                    Ok(Predicate::Among(column, values))
                }
                _ => Err(self
                    .error(format!("after `in` a list of {kind:?} is wanted"))
                    .coded("condition-value")),
            };
        }
        let signs = [
            ("==", Comparison::Equal),
            ("!=", Comparison::Unequal),
            ("<=", Comparison::AtMost),
            (">=", Comparison::AtLeast),
            ("<", Comparison::Less),
            (">", Comparison::Greater),
        ];
        let sign = signs.into_iter().find(|(sign, _)| self.takes(sign));
        let Some((_, comparison)) = sign else {
            return Err(self.error("a comparison or `in` is wanted".to_owned()));
        };
        match (self.term()?, comparison) {
            (Term::Value(Value::Null), Comparison::Equal) => Ok(Predicate::Empty(column)),
            (Term::Value(Value::Null), Comparison::Unequal) => {
                Ok(Predicate::Not(Box::new(Predicate::Empty(column))))
            }
            (Term::Value(value), comparison) if fits(kind, &value) => {
                Ok(Predicate::Compare(column, comparison, value))
            }
            _ => Err(self
                .error(format!("a value of the kind {kind:?} is wanted"))
                .coded("condition-value")),
        }
    }

    fn term(&mut self) -> Result<Term, ConditionError> {
        self.space();
        let Some(first) = self.rest().chars().next() else {
            return Err(self.error("it ends too early".to_owned()));
        };
        match first {
            '"' | '\'' => self
                .quoted(first)
                .map(|text| Term::Value(Value::Text(text))),
            '-' | '0'..='9' => self.number().map(Term::Value),
            '[' => self.list(),
            _ if first.is_ascii_alphabetic() => self.name(),
            _ => Err(self.error(format!("«{first}» was not expected here"))),
        }
    }

    fn name(&mut self) -> Result<Term, ConditionError> {
        let name = self.word();
        let link = self.names.link.as_ref();
        Ok(match (name, link) {
            ("link.campaign", Some(link)) => Term::Value(link.campaign.into()),
            ("link.period", Some(link)) => Term::Value(link.period.as_str().into()),
            ("link.measures", Some(link)) => {
                Term::List(link.measures.iter().map(|id| (*id).into()).collect())
            }
            _ => self.known(name)?,
        })
    }

    /// What a name means to everybody.
    fn known(&mut self, name: &str) -> Result<Term, ConditionError> {
        Ok(match name {
            "null" => Term::Value(Value::Null),
            "today" => Term::Value(Value::Text(self.names.today.to_string())),
            "add_days" => self.reckoned(i64::days)?,
            "add_months" => self.reckoned(i64::months)?,
            "add_years" => self.reckoned(i64::years)?,
            "actor.id" => Term::Value(self.names.account.into()),
            "actor.units" => {
                Term::List(self.names.units.iter().map(|unit| (*unit).into()).collect())
            }
            _ => match Column::named(self.spec, name) {
                // What a single record cannot tell of itself is not asked of lists either.
                Some((column, kind))
                    if !matches!(column, Column::CreatedAt | Column::UpdatedAt) =>
                {
                    Term::Column(column, kind)
                }
                _ => {
                    self.at -= name.len();
                    let error = self.error(format!("{} has no column {name}", self.spec.name));
                    return Err(ConditionError {
                        name: name.to_owned(),
                        ..error.coded("condition-unknown-field")
                    });
                }
            },
        })
    }

    /// A day and how far it is gone on from, in brackets.
    fn reckoned(&mut self, span: impl Fn(i64) -> Span) -> Result<Term, ConditionError> {
        self.depth += 1;
        if self.depth > DEEPEST {
            let error = self.error(format!("brackets are deeper than {DEEPEST}"));
            return Err(error.coded("condition-too-deep"));
        }
        let wanted = "a day and a whole number are wanted in brackets";
        let wrong = |reader: &Self| reader.error(wanted.to_owned()).coded("condition-value");
        if !self.takes("(") {
            return Err(wrong(self));
        }
        let day = match self.term()? {
            Term::Value(Value::Text(day)) => day.parse::<Date>().ok(),
            _ => None,
        };
        let comma = self.takes(",");
        let number = match self.term()? {
            Term::Value(Value::Int(number)) => Some(number),
            _ => None,
        };
        let number = number.filter(|number| (-FARTHEST..=FARTHEST).contains(number));
        let (Some(day), true, Some(number), true) = (day, comma, number, self.takes(")")) else {
            return Err(wrong(self));
        };
        self.depth -= 1;
        let day = day.saturating_add(span(number));
        Ok(Term::Value(Value::Text(day.to_string())))
    }

    fn list(&mut self) -> Result<Term, ConditionError> {
        self.at += 1;
        let mut values = Vec::new();
        while !self.takes("]") {
            if !values.is_empty() && !self.takes(",") {
                return Err(self.error("a comma or ] is wanted".to_owned()));
            }
            match self.term()? {
                Term::Value(value) if value != Value::Null => values.push(value),
                _ => return Err(self.error("a list holds texts, numbers or ids".to_owned())),
            }
        }
        Ok(Term::List(values))
    }

    fn quoted(&mut self, quote: char) -> Result<String, ConditionError> {
        let inner = &self.rest()[1..];
        match inner.find([quote, '\\']) {
            Some(end) if inner[end..].starts_with(quote) => {
                let text = inner[..end].to_owned();
                self.at += end + 2;
                Ok(text)
            }
            _ => Err(self
                .error("a text without backslashes, with its closing mark, is wanted".to_owned())),
        }
    }

    fn number(&mut self) -> Result<Value, ConditionError> {
        let rest = self.rest();
        let signed = usize::from(rest.starts_with('-'));
        let digits = rest[signed..].find(|c: char| !c.is_ascii_digit());
        let end = digits.map_or(rest.len(), |digits| signed + digits);
        let number = rest[..end].parse::<i64>();
        let is_whole = !rest[end..].starts_with(['.', 'e', 'E']);
        match number {
            Ok(number) if is_whole => {
                self.at += end;
                Ok(Value::Int(number))
            }
            _ => Err(self.error("a whole number of at most 64 bits is wanted".to_owned())),
        }
    }

    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn space(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    fn takes(&mut self, sign: &str) -> bool {
        self.space();
        let taken = self.rest().starts_with(sign);
        if taken {
            self.at += sign.len();
        }
        taken
    }

    fn takes_word(&mut self, word: &str) -> bool {
        self.space();
        let before = self.at;
        let taken = self.word() == word;
        if !taken {
            self.at = before;
        }
        taken
    }

    fn word(&mut self) -> &'a str {
        let start = self.at;
        let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.';
        let end = self
            .rest()
            .find(|c| !is_part(c))
            .map_or(self.text.len(), |end| start + end);
        self.at = end;
        &self.text[start..end]
    }

    fn error(&self, what: String) -> ConditionError {
        ConditionError {
            at: self.at,
            what,
            code: "condition-syntax",
            name: String::new(),
        }
    }
}

fn fits(kind: ColumnKind, value: &Value) -> bool {
    matches!(
        (kind, value),
        (ColumnKind::Int, Value::Int(_))
            | (ColumnKind::Text, Value::Text(_))
            | (ColumnKind::Bytes, Value::Bytes(_))
    )
}
