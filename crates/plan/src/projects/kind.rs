//! What can be entered about a project, and where it then stands.

use serde::{Deserialize, Serialize};

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryKind {
    /// «Chủ trương đầu tư»
    InPrinciple,
    /// «Phê duyệt dự toán»; a later one stands in place of the one before.
    Estimate,
    /// «Kết quả lựa chọn nhà thầu»
    Contractor,
    /// «Hợp đồng»; another of the same number (an appendix) stands in place of the one before.
    Contract,
    /// How far it is.
    Progress,
    /// «Giải ngân» in a month or quarter.
    Payment,
    /// «Nghiệm thu»
    Acceptance,
    /// «Quyết toán»
    Settlement,
    /// «Dừng thực hiện»
    Stop,
    /// «Tiếp tục thực hiện»
    Resume,
}

impl EntryKind {
    /// All, in the order in which they usually come.
    pub const ALL: [Self; 10] = [
        Self::InPrinciple,
        Self::Estimate,
        Self::Contractor,
        Self::Contract,
        Self::Progress,
        Self::Payment,
        Self::Acceptance,
        Self::Settlement,
        Self::Stop,
        Self::Resume,
    ];

    /// Its name in records, in the API and in locale files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::InPrinciple => "in_principle",
            Self::Estimate => "estimate",
            Self::Contractor => "contractor",
            Self::Contract => "contract",
            Self::Progress => "progress",
            Self::Payment => "payment",
            Self::Acceptance => "acceptance",
            Self::Settlement => "settlement",
            Self::Stop => "stop",
            Self::Resume => "resume",
        }
    }

    /// The kind of this name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Whether a document says it, with a number and a file.
    pub const fn is_documented(self) -> bool {
        !matches!(self, Self::Progress | Self::Payment)
    }

    /// Whether it is about money.
    pub const fn has_money(self) -> bool {
        matches!(
            self,
            Self::InPrinciple | Self::Estimate | Self::Contract | Self::Payment | Self::Settlement
        )
    }

    /// Whether it says nothing without an amount.
    pub const fn needs_money(self) -> bool {
        matches!(
            self,
            Self::Estimate | Self::Contract | Self::Payment | Self::Settlement
        )
    }

    /// Whether it names a contractor.
    pub const fn has_party(self) -> bool {
        matches!(self, Self::Contractor | Self::Contract)
    }

    /// Whether it says by when the project is to be done.
    pub const fn has_end(self) -> bool {
        matches!(self, Self::InPrinciple | Self::Estimate | Self::Contract)
    }
}

/// Where a project stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// The annex proposes it; nobody recorded an approval.
    Proposed,
    /// Approved in principle.
    InPrinciple,
    /// Its estimate is approved.
    Estimated,
    /// Its contractor is chosen.
    ContractorChosen,
    /// Under contract, under way or paid for in part.
    UnderWay,
    /// Accepted.
    Accepted,
    /// Its accounts are settled.
    Settled,
    /// Stopped, for a reason.
    Stopped,
}

impl Stage {
    /// All, in order.
    pub const ALL: [Self; 8] = [
        Self::Proposed,
        Self::InPrinciple,
        Self::Estimated,
        Self::ContractorChosen,
        Self::UnderWay,
        Self::Accepted,
        Self::Settled,
        Self::Stopped,
    ];

    /// Its name in the API and in locale files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::InPrinciple => "in_principle",
            Self::Estimated => "estimated",
            Self::ContractorChosen => "contractor_chosen",
            Self::UnderWay => "under_way",
            Self::Accepted => "accepted",
            Self::Settled => "settled",
            Self::Stopped => "stopped",
        }
    }

    /// The stage of this name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.name() == name)
    }

    /// Whether nothing is waited for any more.
    pub const fn is_done(self) -> bool {
        matches!(self, Self::Accepted | Self::Settled | Self::Stopped)
    }

    /// Where an entry brings a project; a stop and going on are asked about by their days.
    pub(super) const fn reached_by(kind: EntryKind) -> Option<Self> {
        Some(match kind {
            EntryKind::InPrinciple => Self::InPrinciple,
            EntryKind::Estimate => Self::Estimated,
            EntryKind::Contractor => Self::ContractorChosen,
            EntryKind::Contract | EntryKind::Progress | EntryKind::Payment => Self::UnderWay,
            EntryKind::Acceptance => Self::Accepted,
            EntryKind::Settlement => Self::Settled,
            EntryKind::Stop | EntryKind::Resume => return None,
        })
    }
}
