//! Whether some permissions allow anything that others do not.

use store::Units;

use super::{Act, Clause, Permissions, states};

impl Permissions {
    /// Whether these allow something that the others, compiled for the same account over the
    /// same units, do not. What is compared are units, whoever works in them, states, conditions, masks and four
    /// eyes, not which records there are: two conditions count as the same only where they
    /// say the same.
    pub fn exceed(&self, others: &Self) -> bool {
        self.kinds.iter().any(|(kind, acts)| {
            Act::ALL.into_iter().any(|act| {
                acts[act as usize]
                    .iter()
                    .any(|clause| !others.cover(act, kind, clause))
            })
        })
    }

    fn cover(&self, act: Act, kind: &str, clause: &Clause) -> bool {
        let named = &clause.grant().states;
        let mut in_states: Vec<&str> = named.iter().map(String::as_str).collect();
        if in_states.is_empty() {
            in_states = states(kind).to_vec();
        }
        in_states.into_iter().all(|state| {
            let reached = self
                .clauses(act, kind)
                .filter(|own| own.grant().in_state(state) && own.as_free_as(clause))
                .map(|own| own.ground.clone())
                .reduce(|one, other| one.union(&other))
                .unwrap_or_else(|| Units::these([]));
            reached.union(&clause.ground) == reached
        })
    }
}

impl Clause {
    /// Whether it asks, hides and excepts no more than another does.
    fn as_free_as(&self, other: &Self) -> bool {
        let (own, its) = (self.grant(), other.grant());
        (self.condition.is_none() || self.condition == other.condition)
            && own.masks.iter().all(|field| its.masks.contains(field))
            && (its.four_eyes || !own.four_eyes)
    }
}
