//! Places where the document does not add up, each with its lines.

use askama::Template;

use super::{Shell, links};

/// The page of findings.
#[derive(Clone, Debug, Template)]
#[template(path = "findings.html")]
pub struct Findings {
    /// The frame.
    pub shell: Shell,
    /// Findings by kind.
    pub groups: Vec<FindingGroup>,
}

/// Findings of one kind.
#[derive(Clone, Debug)]
pub struct FindingGroup {
    /// The kind: `Tổng không khớp`.
    pub title: String,
    /// The findings.
    pub findings: Vec<Finding>,
}

/// One place.
#[derive(Clone, Debug)]
pub struct Finding {
    /// What does not add up, with the values both ways.
    pub summary: String,
    /// How much it matters.
    pub weight: Weight,
    /// How the product treats it.
    pub treatment: String,
    /// The lines concerned.
    pub lines: Vec<u32>,
}

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// Good to know.
    Note,
    /// Somebody should look.
    Warning,
    /// Somebody must decide.
    Error,
}

impl Weight {
    /// The weight with this value; what is not known is only noted.
    pub fn lookup(value: &str) -> Self {
        match value {
            "error" => Self::Error,
            "warning" => Self::Warning,
            _ => Self::Note,
        }
    }

    /// The key of its name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Note => "weight-note",
            Self::Warning => "weight-warning",
            Self::Error => "weight-error",
        }
    }

    /// The end of its mark's class name.
    const fn class(self) -> &'static str {
        match self {
            Self::Note => "none",
            Self::Warning => "risk",
            Self::Error => "off",
        }
    }
}

impl Findings {
    fn total(&self) -> usize {
        self.groups.iter().map(|group| group.findings.len()).sum()
    }
}

#[cfg(test)]
mod sampled {
    use super::*;
    use crate::pages::samples::{HOSTILE, LONG, Sampled};

    impl Sampled for Findings {
        const NAME: &'static str = "findings";

        fn samples(shell: &Shell) -> Vec<Self> {
            let finding = |summary: &str, lines: &[u32]| Finding {
                summary: summary.to_owned(),
                weight: Weight::lookup("error"),
                treatment: "Giữ số ghi trong văn bản; hiển thị cả hai.".to_owned(),
                lines: lines.to_vec(),
            };
            let usual = Self {
                shell: shell.clone(),
                groups: vec![
                    FindingGroup {
                        title: "Tổng ghi khác tổng các dòng".to_owned(),
                        findings: vec![
                            finding(
                                "Phụ lục 2 còn 6.927 triệu đồng vốn đầu tư không có dự án nào giải trình",
                                &[1_704],
                            ),
                            finding("Nhóm 12 cộng thiếu 250 triệu đồng", &[1_810, 1_812, 1_830]),
                        ],
                    },
                    FindingGroup {
                        title: "Tên cơ quan viết khác nhau".to_owned(),
                        findings: vec![finding("“Sở NN&PNTN” có lẽ là “Sở NN&PTNT”", &[1_130])],
                    },
                ],
            };
            let empty = Self {
                groups: Vec::new(),
                ..usual.clone()
            };
            let extreme = Self {
                groups: vec![FindingGroup {
                    title: HOSTILE.to_owned(),
                    findings: (0..80).map(|n| finding(LONG, &[n, n + 1])).collect(),
                }],
                ..usual.clone()
            };
            vec![usual, empty, extreme]
        }
    }
}
