//! What packs grant, as roles of the directory: one compiler of permissions for everything.
//!
//! A grant's condition is checked by the pack's reader of CEL; what comes out is written anew in
//! the directory's own subset, over columns. They stay two readers: administrators type theirs
//! against tables, without types of a declaration, and see it again as they typed it, while the
//! pack's reader knows codes, states and units of measure and needs the catalog to say what is
//! wrong. What a grant can say is what both can.

use std::collections::BTreeMap;

use directory::permission::{Names, Reach, RoleGrant, RoleName, RoleSpec, compile_condition};
use jiff::civil::Date;
use pack::Catalog;
use pack::declaration::{Act as Declared, Grant, Reach as DeclaredReach, Role};
use pack::expression::{Expr, ExprNode, Operator};
use vocab::{Decimal, Id};

use super::condition::whole;
use super::kind::Kind;
use crate::{COLUMN_SCALE, FieldKind};
use directory::Act;

/// Why a pack that checks cannot run here.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{pack}/{record}: {what}")]
pub struct LoadError {
    /// The pack.
    pub pack: String,
    /// Its record type.
    pub record: String,
    /// What cannot be done.
    pub what: String,
}

/// The roles of all packs with what they grant.
pub(crate) fn roles(catalog: &Catalog, kinds: &[Kind]) -> Result<Vec<RoleSpec>, LoadError> {
    let mut roles: BTreeMap<String, RoleSpec> = BTreeMap::new();
    for role in catalog.packs.iter().flat_map(|pack| &pack.declared.roles) {
        roles.insert(role.id.text.clone(), spec(&role.id, Some(role)));
    }
    for kind in kinds {
        for grant in &catalog.record(kind.at).declared.grants {
            let role = roles.entry(grant.role.text.clone());
            let role = role.or_insert_with(|| spec(&grant.role, None));
            role.grants.extend(granted(catalog, kind, grant)?);
        }
    }
    // Whoever works with records sees the tasks that wait there.
    for role in roles.values_mut() {
        let widest = role
            .grants
            .iter()
            .filter(|grant| grant.verbs.contains(&Act::Step));
        if let Some(reach) = widest.map(|grant| grant.reach).max() {
            role.grants.push(RoleGrant {
                kinds: vec!["task".to_owned()],
                verbs: vec![Act::Read],
                reach,
                states: Vec::new(),
                condition: None,
                masks: Vec::new(),
                four_eyes: false,
            });
        }
    }
    Ok(roles.into_values().collect())
}

fn spec(code: &str, role: Option<&Role>) -> RoleSpec {
    let name = |text: Option<&String>| text.map_or_else(|| code.to_owned(), Clone::clone);
    RoleSpec {
        code: code.to_owned(),
        name: RoleName {
            vi: name(role.map(|role| &role.title.vi)),
            en: name(role.map(|role| &role.title.en)),
        },
        grants: Vec::new(),
        valid_from: None,
        valid_to: None,
    }
}

fn granted(catalog: &Catalog, kind: &Kind, grant: &Grant) -> Result<Vec<RoleGrant>, LoadError> {
    let condition = match grant.when.as_ref().and_then(|when| when.tree.as_ref()) {
        None => None,
        Some(tree) => Some(understood(kind, tree).ok_or_else(|| {
            let text = grant.when.as_ref().map_or("", |when| when.text.as_str());
            LoadError {
                pack: catalog.packs[kind.at.pack].declared.pack.id.text.clone(),
                record: catalog.record(kind.at).declared.record.id.text.clone(),
                what: format!("the grant to {} holds where `{text}`, which compares more than columns with texts, numbers, days, `actor.id` or `actor.units`, or nests too deep", &*grant.role),
            }
        })?),
    };
    let verbs: Vec<Act> = grant.may.iter().map(|act| verb(**act)).collect();
    let sees = verbs.contains(&Act::Unmask);
    let rule = |verbs: Vec<Act>, masks: Vec<String>| RoleGrant {
        kinds: vec![kind.name.to_owned()],
        verbs,
        reach: reach(*grant.scope),
        states: grant
            .states
            .iter()
            .map(|state| state.text.clone())
            .collect(),
        condition: condition.clone(),
        masks,
        four_eyes: false,
    };
    let (reads, rest): (Vec<Act>, Vec<Act>) =
        verbs.into_iter().partition(|verb| *verb == Act::Read);
    let mut rules = Vec::new();
    if !reads.is_empty() {
        let masks = kind.personal.iter().filter(|_| !sees);
        rules.push(rule(
            reads,
            masks.map(|field| (*field).to_owned()).collect(),
        ));
    }
    if !rest.is_empty() {
        rules.push(rule(rest, Vec::new()));
    }
    Ok(rules)
}

fn verb(declared: Declared) -> Act {
    match declared {
        Declared::Create => Act::Create,
        Declared::Read => Act::Read,
        Declared::Edit => Act::Edit,
        Declared::Step => Act::Step,
        Declared::Comment => Act::Comment,
        Declared::Import => Act::Import,
        Declared::Export => Act::Export,
        Declared::Unmask => Act::Unmask,
        Declared::Delete => Act::Delete,
    }
}

fn reach(declared: DeclaredReach) -> Reach {
    match declared {
        DeclaredReach::Own => Reach::Own,
        DeclaredReach::Unit => Reach::Unit,
        DeclaredReach::Subtree => Reach::Subtree,
        DeclaredReach::Line => Reach::Line,
        DeclaredReach::All => Reach::All,
    }
}

/// A condition as the directory reads it; none if it does not: nobody would be granted anything.
fn understood(kind: &Kind, expr: &Expr) -> Option<String> {
    let text = written(kind, expr)?;
    let names = Names {
        account: Id::NIL,
        units: vec![Id::NIL],
        today: Date::ZERO,
        link: None,
    };
    compile_condition(&text, &kind.spec, &names).ok()?;
    Some(text)
}

/// A condition in the directory's subset; none if it says more.
fn written(kind: &Kind, expr: &Expr) -> Option<String> {
    let all = |left: &Expr, sign: &str, right: &Expr| {
        Some(format!(
            "({}) {sign} ({})",
            written(kind, left)?,
            written(kind, right)?
        ))
    };
    match &expr.node {
        ExprNode::Binary(Operator::And, left, right) => all(left, "&&", right),
        ExprNode::Binary(Operator::Or, left, right) => all(left, "||", right),
        ExprNode::Not(inner) => Some(format!("!({})", written(kind, inner)?)),
        ExprNode::Name(name) => Some(format!("{} == 1", kind.column(name)?)),
        ExprNode::Call(name, parts) if name == "has" => match &parts.first()?.node {
            ExprNode::Name(name) => Some(format!("{} != null", side(kind, name)?)),
            _ => None,
        },
        ExprNode::Binary(operator, left, right) => {
            let (name, operator, value) = match (&left.node, &right.node) {
                (ExprNode::Name(name), _) if side(kind, name).is_some() => (name, *operator, right),
                (_, ExprNode::Name(name)) => (name, turned(*operator)?, left),
                _ => return None,
            };
            let scaled = kind
                .column_field(name)
                .is_some_and(|field| matches!(field.kind, FieldKind::Decimal(..)));
            Some(format!(
                "{} {} {}",
                side(kind, name)?,
                operator.sign(),
                value_text(value, scaled)?
            ))
        }
        _ => None,
    }
}

/// The column that a name means.
fn side(kind: &Kind, name: &str) -> Option<&'static str> {
    match name {
        "state" => Some("state"),
        "unit" => Some("unit"),
        "author" => Some("author"),
        _ => kind.column(name),
    }
}

const fn turned(operator: Operator) -> Option<Operator> {
    Some(match operator {
        Operator::Equal => Operator::Equal,
        Operator::Unequal => Operator::Unequal,
        Operator::Less => Operator::Greater,
        Operator::AtMost => Operator::AtLeast,
        Operator::Greater => Operator::Less,
        Operator::AtLeast => Operator::AtMost,
        _ => return None,
    })
}

fn value_text(expr: &Expr, scaled: bool) -> Option<String> {
    match &expr.node {
        ExprNode::Text(text) if !text.contains(['\'', '\\']) => Some(format!("'{text}'")),
        ExprNode::Number(number) => scaled_number(*number, scaled).map(|number| number.to_string()),
        ExprNode::Flag(flag) => Some(i64::from(*flag).to_string()),
        ExprNode::Null => Some("null".to_owned()),
        ExprNode::Name(name) if name == "today" => Some(name.clone()),
        ExprNode::Member(target, name) => match &target.node {
            ExprNode::Name(actor)
                if actor == "actor" && ["id", "units"].contains(&name.as_str()) =>
            {
                Some(format!("actor.{name}"))
            }
            _ => None,
        },
        ExprNode::Call(name, parts) => match (name.as_str(), parts.as_slice()) {
            ("date", [text]) => match &text.node {
                ExprNode::Text(text) => Some(format!("'{text}'")),
                _ => None,
            },
            ("add_days" | "add_months" | "add_years", [day, number]) => Some(format!(
                "{name}({}, {})",
                value_text(day, false)?,
                whole(number)?
            )),
            _ => None,
        },
        ExprNode::Binary(Operator::Add, day, days) => Some(format!(
            "add_days({}, {})",
            value_text(day, false)?,
            whole(days)?
        )),
        ExprNode::Binary(Operator::Subtract, day, days) => Some(format!(
            "add_days({}, {})",
            value_text(day, false)?,
            -whole(days)?
        )),
        ExprNode::List(parts) => {
            let parts: Option<Vec<String>> =
                parts.iter().map(|part| value_text(part, scaled)).collect();
            Some(format!("[{}]", parts?.join(", ")))
        }
        ExprNode::Negative(inner) => Some(format!("-{}", value_text(inner, scaled)?)),
        _ => None,
    }
}

pub(crate) fn scaled_number(number: Decimal, scaled: bool) -> Option<i64> {
    let places = if scaled { COLUMN_SCALE } else { 0 };
    let short = number.normalized();
    (short.scale() <= places)
        .then(|| short.rescale(places))?
        .map(Decimal::mantissa)
}
