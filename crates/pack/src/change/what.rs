//! What an edit can do, one stable code each, and when that is refused.

/// What kind of change it is for the records that exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Effect {
    /// There is more than before.
    Added,
    /// More is allowed than before.
    Widened,
    /// Less is allowed than before; records that say otherwise stay as they are.
    Narrowed,
    /// Something has another name, and its records follow.
    Renamed,
    /// Something went that records may hold.
    Lost,
}

impl Effect {
    /// Its name for programs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Widened => "widened",
            Self::Narrowed => "narrowed",
            Self::Renamed => "renamed",
            Self::Lost => "lost",
        }
    }

    /// Its word's key.
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::Added => "effect-added",
            Self::Widened => "effect-widened",
            Self::Narrowed => "effect-narrowed",
            Self::Renamed => "effect-renamed",
            Self::Lost => "effect-lost",
        }
    }
}

/// When a change cannot be applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It always can.
    Never,
    /// If a record is concerned.
    IfTouched,
    /// Whatever records say: the migration itself contradicts what was there.
    Always,
}

macro_rules! whats {
    ($($(#[doc = $doc:literal])* $name:ident = $code:literal $effect:ident $refusal:ident,)*) => {
        /// What changes.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum What {
            $($(#[doc = $doc])* $name,)*
        }

        impl What {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The key of its wording; its code stands after the first hyphen.
            pub(super) const fn key(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// What that is for records.
            pub const fn effect(self) -> Effect {
                match self { $(Self::$name => Effect::$effect,)* }
            }

            /// When it is refused.
            pub const fn refusal(self) -> Refusal {
                match self { $(Self::$name => Refusal::$refusal,)* }
            }
        }
    };
}

whats! {
    /// A record type more.
    RecordAdded = "change-record-added" Added Never,
    /// A record type less.
    RecordRemoved = "change-record-removed" Lost IfTouched,
    /// Records are numbered from now on.
    SeriesAdded = "change-series-added" Added Never,
    /// Records are not numbered any more.
    SeriesRemoved = "change-series-removed" Lost IfTouched,
    /// A field more.
    FieldAdded = "change-field-added" Added Never,
    /// A field more, which records without a value are given.
    FieldFilled = "change-field-filled" Added Never,
    /// A field more that every record must have.
    FieldNeeded = "change-field-needed" Narrowed IfTouched,
    /// A field less, without a word.
    FieldRemoved = "change-field-removed" Lost IfTouched,
    /// A column of a table less.
    ColumnRemoved = "change-column-removed" Lost IfTouched,
    /// A field less, whose data is given up.
    FieldDropped = "change-field-dropped" Lost Never,
    /// A field under another name.
    FieldRenamed = "change-field-renamed" Renamed Never,
    /// Two earlier fields that would become one.
    RenamedTwice = "change-renamed-twice" Lost Always,
    /// A field that would take the place of one that was there already.
    RenamedOnto = "change-renamed-onto" Lost Always,
    /// A field of another type.
    TypeChanged = "change-type-changed" Lost IfTouched,
    /// A field of a type that holds all that the earlier one did.
    TypeWidened = "change-type-widened" Widened Never,
    /// A field that must be there from now on.
    FieldRequired = "change-field-required" Narrowed IfTouched,
    /// A field that must be there from now on in certain cases.
    RequiredWhen = "change-required-when" Narrowed Never,
    /// A field that may be left out from now on.
    FieldOptional = "change-field-optional" Widened Never,
    /// A key of a field allows less.
    FieldNarrowed = "change-field-narrowed" Narrowed Never,
    /// A key of a field allows more.
    FieldWidened = "change-field-widened" Widened Never,
    /// A field of which no two records may hold the same from now on.
    FieldUnique = "change-field-unique" Narrowed IfTouched,
    /// A field that is computed from now on.
    FieldComputed = "change-field-computed" Narrowed Never,
    /// A field that is asked for in other cases.
    FieldAsked = "change-field-asked" Narrowed Never,
    /// A state more.
    StateAdded = "change-state-added" Added Never,
    /// A state less, without a word.
    StateRemoved = "change-state-removed" Lost IfTouched,
    /// A state whose records stand in another one from now on.
    StateMoved = "change-state-moved" Renamed Never,
    /// A step less.
    StepRemoved = "change-step-removed" Narrowed Never,
    /// Another rule says how long records are kept.
    RetentionSet = "change-retention-set" Narrowed Never,
    /// Records are kept for ever from now on.
    RetentionEnded = "change-retention-ended" Widened Never,
    /// Codes more.
    CodesAdded = "change-codes-added" Added Never,
    /// Codes less.
    CodesRemoved = "change-codes-removed" Lost IfTouched,
    /// Codes that cannot be chosen after a day.
    CodesEnded = "change-codes-ended" Narrowed Never,
}

impl What {
    /// Its code for programs: `field-removed`.
    pub fn code(self) -> &'static str {
        self.key().trim_start_matches("change-")
    }
}
