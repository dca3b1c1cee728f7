//! What names expressions speak of.

use std::collections::BTreeSet;

use pack::expression::{Expr, ExprNode, Expression};

/// Looks at every part of an expression.
pub(crate) fn walk<'e>(expr: &'e Expr, look: &mut impl FnMut(&'e Expr)) {
    look(expr);
    match &expr.node {
        ExprNode::Text(_)
        | ExprNode::Number(_)
        | ExprNode::Flag(_)
        | ExprNode::Null
        | ExprNode::Name(_) => {}
        ExprNode::Member(inner, _) | ExprNode::Not(inner) | ExprNode::Negative(inner) => {
            walk(inner, look);
        }
        ExprNode::Call(_, parts) | ExprNode::List(parts) => {
            for part in parts {
                walk(part, look);
            }
        }
        ExprNode::Method(target, _, parts) => {
            walk(target, look);
            for part in parts {
                walk(part, look);
            }
        }
        ExprNode::Each(list, _, _, body) => {
            walk(list, look);
            walk(body, look);
        }
        ExprNode::Binary(_, left, right) => {
            walk(left, look);
            walk(right, look);
        }
        ExprNode::Choose(one, two, three) => [one, two, three]
            .into_iter()
            .for_each(|part| walk(part, look)),
    }
}

/// The names of an expression and those it asks of what a name refers to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Asked {
    /// Names alone.
    pub names: BTreeSet<String>,
    /// `a.b` as (a, b), and `a.b.c` as (b, c) besides.
    pub members: BTreeSet<(String, String)>,
}

impl Asked {
    /// Takes in what an expression asks.
    pub(crate) fn add(&mut self, expression: &Expression) {
        let Some(tree) = &expression.tree else { return };
        walk(tree, &mut |part| match &part.node {
            ExprNode::Name(name) => {
                self.names.insert(name.clone());
            }
            ExprNode::Member(target, member) => {
                let of = match &target.node {
                    ExprNode::Name(name) | ExprNode::Member(_, name) => name.clone(),
                    _ => String::new(),
                };
                self.members.insert((of, member.clone()));
            }
            _ => {}
        });
    }

    /// What several expressions ask.
    pub(crate) fn of<'e>(expressions: impl IntoIterator<Item = &'e Expression>) -> Self {
        let mut asked = Self::default();
        expressions.into_iter().for_each(|one| asked.add(one));
        asked
    }

    /// Whether anything is asked by this name, alone or of something.
    pub(crate) fn speaks_of(&self, name: &str) -> bool {
        self.names.contains(name) || self.members.iter().any(|(_, member)| member == name)
    }
}
