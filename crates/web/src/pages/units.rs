//! The tree of units as it stood in the plan's year.

use askama::Template;
use jiff::civil::Date;

use super::parts::Link;
use super::{Shell, links};

/// The page of units.
#[derive(Clone, Debug, Template)]
#[template(path = "units.html")]
pub struct Units {
    /// The frame.
    pub shell: Shell,
    /// The day the tree is shown for.
    pub as_of: Date,
    /// Parts of the tree: provincial bodies, districts with their communes, others.
    pub sections: Vec<UnitSection>,
}

/// A part of the tree.
#[derive(Clone, Debug)]
pub struct UnitSection {
    /// Its name.
    pub title: String,
    /// Its units.
    pub branches: Vec<UnitBranch>,
}

/// A unit with those under it.
#[derive(Clone, Debug)]
pub struct UnitBranch {
    /// The unit.
    pub unit: UnitLeaf,
    /// Units directly under it.
    pub children: Vec<UnitLeaf>,
}

/// A unit with how much it leads.
#[derive(Clone, Debug)]
pub struct UnitLeaf {
    /// The unit.
    pub unit: Link,
    /// How many targets it leads.
    pub leads: u32,
}

impl UnitSection {
    fn total(&self) -> usize {
        self.branches
            .iter()
            .map(|branch| 1 + branch.children.len())
            .sum()
    }
}

impl Units {
    fn total(&self) -> usize {
        self.sections.iter().map(UnitSection::total).sum()
    }
}

#[cfg(test)]
mod sampled {
    use jiff::civil::date;

    use super::*;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    impl Sampled for Units {
        const NAME: &'static str = "units";

        fn samples(shell: &Shell) -> Vec<Self> {
            let leaf = |name: &str, leads| UnitLeaf {
                unit: samples::unit_link(name),
                leads,
            };
            let branch = |name: &str, leads, children| UnitBranch {
                unit: leaf(name, leads),
                children,
            };
            let usual = Self {
                shell: shell.clone(),
                as_of: date(2023, 4, 14),
                sections: vec![
                    UnitSection {
                        title: "Cơ quan cấp tỉnh".to_owned(),
                        branches: vec![
                            branch("Văn phòng UBND tỉnh", 12, Vec::new()),
                            branch(
                                "Sở Thông tin và Truyền thông",
                                38,
                                vec![leaf("Trung tâm CNTT", 0)],
                            ),
                            branch(HOSTILE, 1, Vec::new()),
                        ],
                    },
                    UnitSection {
                        title: "Huyện, thị xã, thành phố và các xã, phường, thị trấn".to_owned(),
                        branches: [
                            "Thành phố Vĩnh Long",
                            "Huyện Long Hồ",
                            "Huyện Mang Thít",
                            LONG,
                        ]
                        .into_iter()
                        .map(|name| {
                            branch(name, 3, (0..14).map(|_| leaf("Xã Hòa Ninh", 0)).collect())
                        })
                        .collect(),
                    },
                ],
            };
            let empty = Self {
                sections: Vec::new(),
                ..usual.clone()
            };
            vec![usual, empty]
        }
    }
}
