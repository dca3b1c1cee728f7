//! Units through time, and groups of them.
//!
//! A unit keeps its id for ever; what it is called, whom it stands under and which codes it
//! has are versions with a span of days, one record each (`unit_version`, owned by its
//! unit). A code means something only together with a day. The tree of a day is built in
//! memory from these records. Units change by events (`events/`); what became of what is
//! told by [`Succession`].

mod events;
mod fraction;
mod group;
mod hierarchy;
mod history;
mod import;
mod load;
mod measure;
mod place;
mod record;
mod shipped;
mod snapshot;
mod succession;
mod tree;
mod versions;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use store::{ColumnKind, TableSpec};
use vocab::{Id, UnitCode};

pub use events::{
    Affected, Appearing, Changing, Ending, EventState, Part, Rearrangement, RecordedEvent,
    Resolution, ShareBasis, UnitChange, UnitDetails, UnitEvent, UnitPreview,
};
pub use fraction::{Fraction, InvalidFraction};
pub use group::Group;
pub use hierarchy::Hierarchy;
pub use history::UnitVersion;
pub use import::{RowNote, UnitImport};
pub use load::LoadReport;
pub use measure::UnitMeasure;
pub use place::Centroid;
pub(crate) use snapshot::{Snapshot, all};
pub use succession::{Kin, MappedShare, Share, Succession};
pub use tree::{Reading, UnitTree};

use crate::digest::named_id;

/// The epoch that moves on when units or groups change.
pub(crate) const EPOCH: &str = "directory";

/// A unit as it is on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Its permanent identity.
    pub id: Id,
    /// The official name: `UBND huyện Long Hồ`.
    pub name: String,
    /// The name for narrow places: `Huyện Long Hồ`, `Sở TT&TT`.
    pub short_name: String,
    /// Other ways to write the name.
    pub aliases: Vec<String>,
    /// What it is.
    pub kind: UnitKind,
    /// At which level of government it works.
    pub level: Level,
    /// The unit that it stands under.
    pub parent: Option<Id>,
    /// The electronic identifier of QĐ 20/2020/QĐ-TTg.
    pub code: Option<UnitCode>,
    /// The statistics code of its area, for the province, districts and communes.
    pub area_code: Option<String>,
    /// The first day.
    pub valid_from: Date,
    /// The last day; none while it stands.
    pub valid_to: Option<Date>,
}

/// What a unit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitKind {
    /// UBND tỉnh.
    Province,
    /// Sở and bodies equal to one.
    Department,
    /// Cơ quan trung ương đặt tại tỉnh.
    Branch,
    /// Another office of the province.
    Office,
    /// Cơ quan đảng, đoàn thể, hội.
    PartyMass,
    /// Cơ quan báo chí.
    Media,
    /// Đơn vị sự nghiệp.
    Centre,
    /// UBND huyện, thị xã, thành phố.
    District,
    /// Phòng, ban of a district.
    DistrictOffice,
    /// UBND xã, phường, thị trấn.
    Commune,
}

impl UnitKind {
    /// All kinds, in the order of lists.
    pub const ALL: [Self; 10] = [
        Self::Province,
        Self::Department,
        Self::Branch,
        Self::Office,
        Self::PartyMass,
        Self::Media,
        Self::Centre,
        Self::District,
        Self::DistrictOffice,
        Self::Commune,
    ];

    /// The kind as it is stored.
    pub const fn value(self) -> &'static str {
        match self {
            Self::Province => "province",
            Self::Department => "department",
            Self::Branch => "branch",
            Self::Office => "office",
            Self::PartyMass => "party_mass",
            Self::Media => "media",
            Self::Centre => "centre",
            Self::District => "district",
            Self::DistrictOffice => "district_office",
            Self::Commune => "commune",
        }
    }

    /// The key of its wording.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Province => "unit-kind-province",
            Self::Department => "unit-kind-department",
            Self::Branch => "unit-kind-branch",
            Self::Office => "unit-kind-office",
            Self::PartyMass => "unit-kind-party-mass",
            Self::Media => "unit-kind-media",
            Self::Centre => "unit-kind-centre",
            Self::District => "unit-kind-district",
            Self::DistrictOffice => "unit-kind-district-office",
            Self::Commune => "unit-kind-commune",
        }
    }

    /// The kind with this value.
    pub fn from_value(value: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.value() == value)
    }
}

/// At which level of government a unit works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Cấp tỉnh.
    Province,
    /// Cấp huyện.
    District,
    /// Cấp xã.
    Commune,
}

impl Level {
    /// All levels, the highest first.
    pub const ALL: [Self; 3] = [Self::Province, Self::District, Self::Commune];

    /// The level as it is stored.
    pub const fn value(self) -> &'static str {
        match self {
            Self::Province => "province",
            Self::District => "district",
            Self::Commune => "commune",
        }
    }

    /// The level with this value.
    pub fn from_value(value: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.value() == value)
    }
}

/// The province itself: the unit at the root.
pub fn province() -> Id {
    named_id(&shipped::area_name(&[shipped::PROVINCE]))
}

pub(crate) fn tables() -> Vec<TableSpec> {
    vec![
        TableSpec::new("unit_version")
            .column("hierarchy", ColumnKind::Text)
            .column("parent", ColumnKind::Bytes)
            .column("name", ColumnKind::Text)
            .column("kind", ColumnKind::Text)
            .column("level", ColumnKind::Text)
            .column("code", ColumnKind::Text)
            .column("area_code", ColumnKind::Text)
            .column("valid_from", ColumnKind::Text)
            .column("valid_to", ColumnKind::Text)
            .column("short_name", ColumnKind::Text)
            .column("aliases", ColumnKind::Text)
            .filter("hierarchy"),
        TableSpec::new("unit_group").unique("key", ColumnKind::Text),
        events::table(),
    ]
}
