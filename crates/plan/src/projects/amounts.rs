//! Money by source.

use serde::{Deserialize, Serialize};
use vocab::Vnd;

use crate::records::Budget;

/// Where money comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// «Nguồn sự nghiệp (chi thường xuyên)»
    Recurrent,
    /// «Nguồn đầu tư phát triển»
    Capital,
    /// Another lawful source, by its name.
    Other,
}

impl Source {
    /// All, in the order of the annexes.
    pub const ALL: [Self; 3] = [Self::Recurrent, Self::Capital, Self::Other];

    /// Its name in records, in the API and in locale files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Recurrent => "recurrent",
            Self::Capital => "capital",
            Self::Other => "other",
        }
    }

    /// The source of this name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|source| source.name() == name)
    }
}

/// Money by source, in đồng.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amounts {
    /// From the recurrent budget.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub recurrent: Vnd,
    /// From the capital budget.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub capital: Vnd,
    /// From another source.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub other: Vnd,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands over a reference"
)]
fn is_nothing(amount: &Vnd) -> bool {
    *amount == Vnd::ZERO
}

impl Amounts {
    /// What comes from one source.
    pub const fn of(&self, source: Source) -> Vnd {
        match source {
            Source::Recurrent => self.recurrent,
            Source::Capital => self.capital,
            Source::Other => self.other,
        }
    }

    /// What comes from one source, to be set.
    pub const fn of_mut(&mut self, source: Source) -> &mut Vnd {
        match source {
            Source::Recurrent => &mut self.recurrent,
            Source::Capital => &mut self.capital,
            Source::Other => &mut self.other,
        }
    }

    /// Whether there is none.
    pub fn is_zero(&self) -> bool {
        *self == Self::default()
    }

    /// All sources together. Entries are bounded, so that what they add up to fits; what would
    /// not is held at the largest amount there is.
    pub fn total(&self) -> Vnd {
        added(added(self.recurrent, self.capital), self.other)
    }

    /// Both together, source by source.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            recurrent: added(self.recurrent, other.recurrent),
            capital: added(self.capital, other.capital),
            other: added(self.other, other.other),
        }
    }

    /// All of them together.
    pub fn sum(all: impl IntoIterator<Item = Self>) -> Self {
        all.into_iter().fold(Self::default(), Self::plus)
    }
}

fn added(one: Vnd, other: Vnd) -> Vnd {
    one.checked_add(other).unwrap_or(Vnd::new(i64::MAX))
}

/// What an annex lists. Where it states a total alone, its source is not known, and none is
/// guessed: the total is counted, the sources are blank.
impl From<&Budget> for Amounts {
    fn from(budget: &Budget) -> Self {
        Self {
            recurrent: budget.recurrent.unwrap_or_default(),
            capital: budget.capital.unwrap_or_default(),
            other: Vnd::ZERO,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_add_up_and_never_overflow() {
        let one = Amounts {
            recurrent: Vnd::new(1),
            capital: Vnd::new(20),
            other: Vnd::new(300),
        };
        let three = Amounts::sum([one, one, one]);
        assert_eq!(three.total(), Vnd::new(963));
        let most = Amounts {
            capital: Vnd::new(i64::MAX),
            ..one
        };
        assert_eq!(most.plus(one).total(), Vnd::new(i64::MAX));
        assert_eq!(serde_json::to_string(&Amounts::default()).unwrap(), "{}");
    }
}
