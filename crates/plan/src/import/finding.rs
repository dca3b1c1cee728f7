//! What does not add up in a document: a code, where, and the values both ways. The wording
//! is in the locale files.

use std::collections::BTreeMap;

use serde::Serialize;
use vocab::Vnd;

/// Longer texts are cut in findings, in characters.
const LONGEST_QUOTE: usize = 200;

/// One place, or several that say the same, where the document contradicts itself or could
/// not be understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What is wrong.
    pub code: FindingCode,
    /// How much it matters.
    pub severity: Severity,
    /// Lines of the source, ascending.
    pub lines: Vec<u32>,
    /// The values that the wording needs. Amounts are in đồng.
    pub args: BTreeMap<&'static str, Arg>,
}

/// A value of a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Arg {
    /// Words or numbers as written.
    Text(String),
    /// A number to be written in the reader's language.
    Number(i64),
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Arg {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<Vnd> for Arg {
    fn from(amount: Vnd) -> Self {
        Self::Number(amount.dong())
    }
}

impl From<u32> for Arg {
    fn from(number: u32) -> Self {
        Self::Number(i64::from(number))
    }
}

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Good to know; nothing depends on it.
    Note,
    /// Somebody should look before the plan is used.
    Warning,
    /// The document contradicts itself; somebody must decide.
    Error,
}

macro_rules! finding_codes {
    ($($(#[doc = $doc:literal])+ $code:ident: $severity:ident,)+) => {
        /// What can be wrong.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum FindingCode {
            $($(#[doc = $doc])+ $code,)+
        }

        impl FindingCode {
            /// How much it matters.
            pub const fn severity(self) -> Severity {
                match self {
                    $(Self::$code => Severity::$severity,)+
                }
            }
        }
    };
}

finding_codes! {
    /// An annex's stated total is not the sum of its projects.
    AnnexTotalDiffers: Error,
    /// An annex's stated total is the sum of its projects, rounded.
    AnnexTotalRounded: Note,
    /// An annex's stated total is not what it states for recurrent and capital money.
    AnnexSourcesDiffer: Error,
    /// A group's stated total is not the sum of its projects.
    GroupTotalDiffers: Error,
    /// A group's stated total is the sum of its projects, rounded.
    GroupTotalRounded: Note,
    /// A project's total is not its recurrent and capital money together.
    ProjectSourcesDiffer: Error,
    /// The plan's stated budget is not the sum of the annexes' stated totals.
    BudgetDiffersFromAnnexes: Error,
    /// The plan's stated budget is not the sum of all projects.
    BudgetDiffersFromProjects: Error,
    /// The plan's stated budget is not its recurrent and capital parts together.
    BudgetSourcesDiffer: Error,
    /// What the body requested by its note is not what its group is given.
    RequestedAmountDiffers: Warning,
    /// The note's number is the group's total, and its unit is not.
    RequestedUnitDiffers: Warning,
    /// A group without any project.
    GroupWithoutProjects: Note,
    /// An amount that is no number, or less than one đồng.
    AmountUnreadable: Error,
    /// A number whose separators may mean two things, and nothing tells which.
    NumberStyleUndecided: Error,
    /// The target's name opens with another figure than its goal, or counts another number of the same thing.
    GoalDiffersFromName: Error,
    /// The target's name holds a further percentage beside its goal.
    FurtherFigureInName: Warning,
    /// Two targets with one name.
    DuplicateTarget: Warning,
    /// Two targets whose names differ only by added words, with different goals.
    SimilarTargetOtherGoal: Warning,
    /// The goal's cell holds bodies only: the columns may be shifted.
    GoalNamesBodies: Warning,
    /// A count that does not say of what.
    CountWithoutUnit: Note,
    /// No goal.
    GoalMissing: Error,
    /// Nobody leads.
    LeadMissing: Warning,
    /// Nobody takes part.
    PartnerMissing: Note,
    /// No legal basis.
    LegalBasisMissing: Warning,
    /// A legal basis without a document's symbol.
    LegalBasisUnreadable: Warning,
    /// A legal basis that does not say what kind of document it is.
    LegalBasisWithoutKind: Note,
    /// A number is missing in the sequence, or comes twice.
    NumberingBroken: Error,
    /// A row that fits no pattern of its annex.
    RowUnreadable: Error,
    /// A body's name that the table of names does not know.
    NameUnresolved: Warning,
    /// A body's name that is one or two letters away from a known one, and was taken for it.
    NameSpelledDifferently: Warning,
    /// A list of names that begins or ends with a separator.
    StraySeparator: Note,
    /// A word written twice.
    RepeatedWord: Note,
    /// Three words that the document elsewhere always writes with other marks.
    UnusualSpelling: Note,
    /// A bracket or quotation mark without its partner.
    UnbalancedBrackets: Note,
    /// A day that is not in the calendar, or a year of other than four digits.
    DateImpossible: Warning,
    /// A document cited in the annexes that is younger than the decision.
    DateAfterDecision: Warning,
    /// A document's symbol with a blank or a missing hyphen.
    SymbolIrregular: Note,
    /// One symbol with two dates.
    SymbolWithSeveralDates: Note,
    /// The decision names itself by another number or date.
    DecisionNamedDifferently: Error,
    /// An annex has no column of this meaning.
    ColumnMissing: Warning,
    /// An annex of projects has no row with its total.
    AnnexTotalMissing: Warning,
    /// What an annex's amounts are counted in is said nowhere, and follows from its notes or the budget.
    MoneyUnitInferred: Warning,
    /// What an annex's amounts are counted in is said nowhere, and only their size was left to judge by.
    MoneyUnitUndecided: Error,
    /// Money in an annex's total that neither its groups nor its projects explain.
    TotalUnexplained: Error,
    /// The difference between an annex's total and its projects lies in these groups' totals.
    TotalDiffersInGroups: Error,
    /// A share of more than the whole.
    PercentAboveWhole: Error,
    /// A part of a target's share is to be larger than the share itself.
    PartAboveWhole: Warning,
    /// The target's name and its goal bound one figure on different sides.
    BoundDiffersFromName: Note,
    /// A duty that was due before the decision was signed.
    DutyDueBeforeDecision: Error,
    /// A duty written twice.
    DutyRepeated: Note,
}

impl Finding {
    /// A finding at one line.
    pub(crate) fn new(code: FindingCode, line: u32) -> Self {
        Self {
            code,
            severity: code.severity(),
            lines: vec![line],
            args: BTreeMap::new(),
        }
    }

    pub(crate) fn and_line(mut self, line: u32) -> Self {
        self.lines.push(line);
        self
    }

    pub(crate) fn arg(mut self, name: &'static str, value: impl Into<Arg>) -> Self {
        let value = match value.into() {
            Arg::Text(text) => Arg::Text(shortened(text)),
            number @ Arg::Number(_) => number,
        };
        self.args.insert(name, value);
        self
    }
}

/// A finding quotes its place; the whole is in the source.
fn shortened(text: String) -> String {
    match text.char_indices().nth(LONGEST_QUOTE) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

/// Joins findings that differ only by line, and puts all in order.
pub(crate) fn tidy(findings: Vec<Finding>) -> Vec<Finding> {
    let mut merged: BTreeMap<(FindingCode, String), Finding> = BTreeMap::new();
    for finding in findings {
        let key = (finding.code, format!("{:?}", finding.args));
        match merged.entry(key) {
            std::collections::btree_map::Entry::Vacant(entry) => {
                entry.insert(finding);
            }
            std::collections::btree_map::Entry::Occupied(mut entry) => {
                entry.get_mut().lines.extend(finding.lines);
            }
        }
    }
    let mut findings: Vec<Finding> = merged.into_values().collect();
    for finding in &mut findings {
        finding.lines.sort_unstable();
        finding.lines.dedup();
    }
    findings.sort_by(|a, b| (a.lines[0], a.code).cmp(&(b.lines[0], b.code)));
    findings
}
