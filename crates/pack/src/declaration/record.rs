//! A pack and its record types as a whole.

use jiff::civil::Date;

use super::{
    Duplicate, Field, Grant, Indicator, Lifecycle, Lookup, Migration, Notification, Print, Public,
    Retention, Rollup, Rule, Share, View,
};
use crate::expression::Expression;
use crate::shape::{Key, Name, RoleName, Word, Wording, choice, shape};
use crate::source::Located;
use crate::template::Template;

shape! {
    /// What `pack.toml` says.
    pub struct PackFile in "pack.toml" {
        /// What the pack is.
        needed pack: PackHead,
        /// Roles that it brings along.
        many roles("role"): Role,
    }
}

shape! {
    /// What the pack is.
    pub struct PackHead in "[pack]" {
        /// Its id, one of its kind among all packs.
        needed id: Name,
        /// Its title.
        needed title: Wording,
        /// What it is for, in a sentence or two.
        maybe about: Wording,
        /// The items of the plan that it answers.
        many plan: Word,
        /// The documents that order it.
        many legal: Legal,
        /// The packs whose record types and lists it uses.
        many needs: Name,
        /// The calendar that working time is counted by.
        maybe calendar: Word,
    }
}

shape! {
    /// A document that orders something.
    pub struct Legal in "legal" {
        /// Its symbol: `85/2016/NĐ-CP`.
        needed symbol: Word,
        /// Which part: `Điều 15`.
        maybe part: Word,
        /// What it is about.
        maybe title: Wording,
        /// The first day on which it holds.
        maybe from: Located<Date>,
        /// The last day on which it holds.
        maybe to: Located<Date>,
    }
}

shape! {
    /// A role that the pack brings along.
    pub struct Role in "[[role]]" {
        /// How grants and steps name it.
        needed id: RoleName,
        /// What people call it.
        needed title: Wording,
    }
}

shape! {
    /// What the file of a record type says.
    pub struct RecordFile in "the file of a record type" {
        /// What the record is.
        needed record: RecordHead,
        /// Parts of its form.
        many sections("section"): Section,
        /// What it holds.
        many fields("field"): Field,
        /// Figures from other records that its expressions may use.
        many rollups("rollup"): Rollup,
        /// What must not be.
        many rules("rule"): Rule,
        /// What may be there already.
        many duplicates("duplicate"): Duplicate,
        /// Its states and the steps between them.
        maybe lifecycle: Lifecycle,
        /// Who may do what.
        many grants("grant"): Grant,
        /// Print-outs.
        many prints("print"): Print,
        /// How lists, boards, maps, charts and calendars show it.
        many views("view"): View,
        /// What anyone may see.
        maybe public: Public,
        /// What anyone may look up.
        many lookups("lookup"): Lookup,
        /// Who is told what.
        many notifications("notification"): Notification,
        /// What is given to others.
        many shares("share"): Share,
        /// How long it is kept.
        maybe retention: Retention,
        /// Figures computed from these records.
        many indicators("indicator"): Indicator,
        /// What became of earlier names.
        maybe migration: Migration,
    }
}

shape! {
    /// What a record type is.
    pub struct RecordHead in "[record]" {
        /// Its id, one of its kind in the pack.
        needed id: Name,
        /// Its title.
        needed title: Wording,
        /// What it is for, in a sentence or two.
        maybe about: Wording,
        /// How a record is named in lists and references: `{code} – {crop}`.
        needed label: Template,
        /// How records are numbered.
        maybe code: Series,
        /// Whose record it is.
        needed owner: Owner,
        /// The fields that lists are ordered by.
        many order: Key,
        /// The fields that readers may have lists ordered by instead.
        many sort: Key,
    }
}

choice! {
    /// What a series of numbers begins again for.
    pub enum SeriesPer {
        /// Each year.
        Year = "year",
        /// Each day.
        Day = "day",
        /// Each unit that owns records.
        Unit = "unit",
    }
}

shape! {
    /// A series of numbers.
    pub struct Series in "code" {
        /// The number's form: `VN-VLOR-{seq:4}`; also `{year}`, `{month}`, `{day}`, `{unit}`.
        needed format: Template,
        /// Whether no number may be missing: it is then given at the legal act alone.
        maybe gapless: Located<bool>,
        /// What it begins again for.
        many per: Located<SeriesPer>,
        /// The step that gives the number; the record's making if none.
        maybe at: Word,
    }
}

choice! {
    /// A level of units.
    pub enum UnitLevel {
        /// Any unit.
        Any = "any",
        /// The province.
        Province = "province",
        /// A department (sở, ban, ngành).
        Department = "department",
        /// A district, until 1/7/2025.
        District = "district",
        /// A commune.
        Commune = "commune",
    }
}

shape! {
    /// Whose record it is: what permissions and sums go by.
    pub struct Owner in "owner" {
        /// The level of the unit.
        needed unit: Located<UnitLevel>,
        /// The field that names it; the unit of whoever makes the record if none.
        maybe field: Key,
    }
}

shape! {
    /// A part of a form.
    pub struct Section in "[[section]]" {
        /// Its id.
        needed id: Name,
        /// Its title.
        needed title: Wording,
        /// What one must know to fill it in.
        maybe help: Wording,
        /// When it is shown.
        maybe when: Expression,
    }
}

impl RecordFile {
    /// The conditions by which whole lists of this type are narrowed, those of grants and of
    /// other types' roll-ups aside: they must become queries.
    pub fn list_conditions(&self) -> impl Iterator<Item = &Expression> {
        let views = self.views.iter().map(|view| &view.when);
        let public = self.public.iter().map(|public| &public.when);
        let shares = self.shares.iter().map(|share| &share.when);
        let lookups = self.lookups.iter().map(|lookup| &lookup.when);
        let duplicates = self.duplicates.iter().map(|like| &like.when);
        let counted = self
            .indicators
            .iter()
            .flat_map(|one| [&one.when, &one.part]);
        let all = views.chain(public).chain(shares).chain(lookups);
        all.chain(duplicates).chain(counted).flatten()
    }
}
