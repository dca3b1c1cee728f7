//! States and the steps between them.

use crate::expression::Expression;
use crate::shape::{
    Definitions, Key, Name, Node, Pairs, Reader, RoleName, Shape, Word, Wording, shape,
};
use crate::source::{Located, Span};
use crate::term::Term;

shape! {
    /// The states of a record and the steps between them.
    pub struct Lifecycle in "[lifecycle]" {
        /// The state in which a record begins.
        needed initial: Name,
        /// The states.
        many states("state"): State,
        /// The steps.
        many steps("step"): Step,
        /// Clocks that run while a record is in certain states.
        many deadlines("deadline"): Deadline,
    }
}

shape! {
    /// A state.
    pub struct State in "[[lifecycle.state]]" {
        /// Its id.
        needed id: Name,
        /// Its title.
        needed title: Wording,
        /// Whether the record may be edited in it.
        maybe editable: Located<bool>,
        /// Whether it is an end.
        maybe done("final"): Located<bool>,
    }
}

shape! {
    /// A step from one state to another.
    pub struct Step in "[[lifecycle.step]]" {
        /// Its id.
        needed id: Name,
        /// What the button says.
        needed title: Wording,
        /// From which states.
        many from: Word,
        /// To which.
        needed to: Word,
        /// Roles of which one takes it.
        many by: RoleName,
        /// Several who must approve, in any order.
        maybe approval: Approval,
        /// Whether the system takes it as soon as `when` holds.
        maybe automatic: Located<bool>,
        /// When it may be taken.
        maybe when: Expression,
        /// What is said when it may not.
        maybe refusal: Wording,
        /// Whether it needs a reason in words.
        maybe reason: Located<bool>,
        /// The fields that must be filled in before it.
        many needs: Key,
        /// What it puts into fields.
        maybe sets: Pairs<Expression>,
        /// Steps whose taker may not take this one too.
        many other_than: Word,
        /// Whether it may be passed on to a deputy for a span of days.
        maybe delegable: Located<bool>,
        /// Until when, from when it could be taken.
        maybe within: Term,
        /// The calendar of that; the pack's if it is not said.
        maybe calendar: Word,
        /// What others must do before it.
        many tasks("task"): SubTask,
        /// How long whoever took it may take it back, while nobody has done anything since.
        maybe undo: Term,
        /// The print-out that it makes.
        maybe print: Word,
    }
}

shape! {
    /// Several who must approve, in any order.
    pub struct Approval in "approval" {
        /// The roles that are asked.
        many of: RoleName,
        /// How many of them must approve: a number, or `"all"`.
        needed need: Needed,
        /// Whether people are counted, of whom several may hold the same role, such as members of
        /// a council; roles are counted if it is not said.
        maybe people: Located<bool>,
    }
}

/// How many approvals are needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Needed {
    /// The number; none for all.
    pub number: Option<u32>,
    /// Where.
    pub span: Span,
}

impl Shape for Needed {
    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Self {
        let span = reader.span(node);
        if node.get_ref().as_str() == Some("all") {
            return Self { number: None, span };
        }
        if !node.get_ref().is_integer() {
            reader.wrong_shape(node, "~shape-needed");
            return Self::hole(span);
        }
        Self {
            number: Some(Located::<u32>::read(node, reader).value),
            span,
        }
    }

    fn hole(span: Span) -> Self {
        Self { number: None, span }
    }

    fn schema(_: &mut Definitions) -> serde_json::Value {
        serde_json::json!({ "anyOf": [{ "const": "all" }, { "type": "integer", "minimum": 1 }] })
    }
}

shape! {
    /// What others must do before a step.
    pub struct SubTask in "[[lifecycle.step.task]]" {
        /// Its id.
        needed id: Name,
        /// What to do.
        needed title: Wording,
        /// Who.
        needed role: RoleName,
        /// The field that names their unit; the record's own unit if none.
        maybe unit: Key,
        /// When it is asked for.
        maybe when: Expression,
        /// Until when.
        maybe within: Term,
    }
}

shape! {
    /// A clock that runs while a record is in certain states.
    pub struct Deadline in "[[lifecycle.deadline]]" {
        /// Its id.
        needed id: Name,
        /// Its title.
        needed title: Wording,
        /// The states in which it runs.
        many runs_in: Word,
        /// The states in which it stands still.
        many paused_in: Word,
        /// How long.
        needed within: Term,
        /// The calendar of that; the pack's if it is not said.
        maybe calendar: Word,
    }
}
