//! What can be wrong with a pack: one stable code each.
//!
//! Every code has its wording in `locales/` and its page with an example of wrong and right in
//! `explained/`, which a test checks as packs.

use std::fmt;

/// How bad something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The pack cannot run.
    Error,
    /// The pack runs, but somebody should look.
    Warning,
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])* $name:ident = $number:literal $severity:ident,)*) => {
        /// What is wrong.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[doc = $doc])* $name,)*
        }

        impl Code {
            /// All of them, by number.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// Its name in messages: `P0101`.
            pub const fn number(self) -> &'static str {
                match self { $(Self::$name => $number,)* }
            }

            /// How bad it is.
            pub const fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)* }
            }

            /// Its page of explanation.
            pub(crate) const fn page(self) -> &'static str {
                match self {
                    $(Self::$name => include_str!(concat!("../explained/", $number, ".txt")),)*
                }
            }
        }
    };
}

codes! {
    /// A file or folder cannot be read.
    CannotRead = "P0001" Error,
    /// A folder holds no `pack.toml`.
    NoPack = "P0002" Error,
    /// A file is not TOML.
    Syntax = "P0003" Error,
    /// A file that nothing reads.
    StrayFile = "P0004" Error,
    /// A file or pack beyond what is read.
    TooLarge = "P0005" Error,

    /// A key that the language does not have.
    UnknownKey = "P0101" Error,
    /// A key that must be there.
    MissingKey = "P0102" Error,
    /// A value of another shape than wanted.
    WrongShape = "P0103" Error,
    /// A word that is none of those allowed.
    UnknownWord = "P0104" Error,
    /// An id that could not stand in addresses and tables.
    BadName = "P0105" Error,
    /// A text without one of the two languages.
    MissingTranslation = "P0106" Error,
    /// A number outside what is allowed.
    OutOfRange = "P0107" Error,
    /// A term that cannot be read.
    BadTerm = "P0108" Error,
    /// A key that means nothing here.
    Unsuited = "P0109" Error,
    /// Keys of which just one, or at least one, must be there.
    OneOf = "P0110" Error,
    /// A pattern that cannot be read.
    BadPattern = "P0111" Error,
    /// A template whose braces cannot be read.
    BadTemplate = "P0112" Error,

    /// An id given twice.
    Duplicate = "P0201" Error,
    /// A name that the language keeps to itself.
    Reserved = "P0202" Error,
    /// No such field.
    UnknownField = "P0203" Error,
    /// No such section.
    UnknownSection = "P0204" Error,
    /// No such code list.
    UnknownList = "P0205" Error,
    /// No such record type.
    UnknownRecord = "P0206" Error,
    /// No such state.
    UnknownState = "P0207" Error,
    /// No such step.
    UnknownStep = "P0208" Error,
    /// No such role.
    UnknownRole = "P0209" Error,
    /// No such print-out.
    UnknownPrint = "P0210" Error,
    /// No such step or deadline to be told of.
    UnknownTrigger = "P0211" Error,
    /// An item of the plan that the pack does not say it answers.
    UnknownItem = "P0212" Error,

    /// A state that no record can come to.
    Unreachable = "P0301" Error,
    /// A state that no record can leave and that is not said to be final.
    DeadEnd = "P0302" Error,
    /// A step that nobody can take.
    NobodyCan = "P0303" Error,
    /// A term in working time without a calendar.
    NoCalendar = "P0304" Error,
    /// No such calendar.
    UnknownCalendar = "P0305" Error,
    /// More approvals wanted than can be given.
    Quorum = "P0306" Error,
    /// A step out of a final state.
    AfterFinal = "P0307" Error,
    /// A clock that never ends or is paused from the start.
    Clock = "P0308" Error,
    /// A type of which nobody may make a record.
    NobodyMakes = "P0309" Warning,
    /// Automatic steps that lead back to where they began.
    AutomaticCycle = "P0310" Error,

    /// A code list that is not a proper table.
    BadList = "P0401" Error,
    /// A code's parent is not in the list.
    UnknownParent = "P0402" Error,
    /// Codes that are above themselves.
    ParentCycle = "P0403" Error,
    /// A code twice on the same day.
    Overlap = "P0404" Error,
    /// A validity that ends before it begins.
    Backwards = "P0405" Error,
    /// A list that no field uses.
    UnusedList = "P0406" Warning,

    /// Personal data that everybody would see.
    PersonalPublic = "P0501" Error,
    /// Personal data in the words that are searched.
    PersonalSearched = "P0502" Error,
    /// A field of a personal kind of which it is not said whether it is.
    PersonalUnsaid = "P0503" Error,
    /// Personal data shared without a legal basis.
    PersonalShared = "P0504" Error,
    /// Personal data in what a number or label is made of.
    PersonalLabel = "P0505" Error,
    /// Personal data put into a field of which it is not said that it is personal.
    PersonalCopied = "P0506" Error,

    /// An expression that cannot be read.
    ExpressionSyntax = "P0601" Error,
    /// A name that an expression cannot mean.
    UnknownName = "P0602" Error,
    /// A function that there is not.
    UnknownFunction = "P0603" Error,
    /// An operator on values that it does not fit.
    WrongOperands = "P0604" Error,
    /// An expression of another type than wanted.
    WrongType = "P0605" Error,
    /// A text compared with codes or states that is none of them.
    UnknownValue = "P0606" Error,
    /// An expression that may take too long.
    TooCostly = "P0607" Error,
    /// An expression that is too long or too deep.
    TooLong = "P0608" Error,
    /// Values that wait for one another.
    Circular = "P0609" Error,
    /// Numbers of different units put together.
    UnitsDiffer = "P0610" Error,
    /// A function called with other things than it takes.
    WrongArguments = "P0611" Error,
    /// A condition that lists could not be narrowed by.
    NotForLists = "P0612" Error,

    /// A pack that needs one which is not there.
    UnknownPack = "P0701" Error,
    /// Packs that need one another.
    PackCycle = "P0702" Error,
    /// Something of a pack that is not said to be needed.
    NotNeeded = "P0703" Error,

    /// A print-out whose template is not there.
    NoTemplate = "P0801" Error,
    /// A template that names a field which there is not.
    PrintField = "P0802" Error,
    /// A template that no print-out uses.
    UnusedTemplate = "P0803" Warning,
    /// A template that cannot be printed.
    BadPrint = "P0804" Error,

    /// A field of a kind that cannot be shown or used so.
    UnfitField = "P0901" Error,
    /// A number series that would give the same number twice.
    BadSeries = "P0902" Error,
    /// A migration from what is still there.
    BadMigration = "P0903" Error,
}

impl Code {
    /// The code with this number, however its letter is written.
    pub fn lookup(number: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|code| code.number().eq_ignore_ascii_case(number))
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.number())
    }
}
