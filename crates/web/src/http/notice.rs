//! What the last action did, said once on the next page.
//!
//! The cookie carries a code from a closed list, never text: whoever plants a cookie can at
//! most have one of our own sentences shown.

use crate::i18n::Translator;
use crate::pages::shell::{Flash, Tone};

macro_rules! notices {
    ($($(#[$doc:meta])* $name:ident = $key:literal, $tone:ident;)*) => {
        /// One of the sentences that can be said.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Notice {
            $($(#[$doc])* $name,)*
        }

        impl Notice {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// Its code in the cookie, which is the key of its wording too.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$name => $key),* }
            }

            const fn tone(self) -> Tone {
                match self { $(Self::$name => Tone::$tone),* }
            }
        }
    };
}

notices! {
    /// Something was saved.
    Saved = "flash-saved", Good;
    /// A record is followed.
    Followed = "flash-followed", Good;
    /// A record is followed no more.
    FollowedNoMore = "flash-followed-no-more", Good;
    /// A step was taken back.
    StepUndone = "flash-step-undone", Good;
    /// Signed out.
    SignedOut = "flash-signed-out", Good;
    /// The first administrator was made.
    SetUp = "flash-set-up", Good;
    /// A session was ended.
    SessionEnded = "flash-session-ended", Good;
    /// There was no such session any more.
    SessionGone = "flash-session-gone", Caution;
    /// One's own password was changed.
    PasswordChanged = "flash-password-changed", Good;
    /// The other sessions were ended.
    SessionsEnded = "flash-sessions-ended", Good;
    /// All sessions of somebody's account were ended.
    AllSessionsEnded = "flash-all-sessions-ended", Good;
    /// A new password was set by a link.
    PasswordReset = "flash-password-reset", Good;
    /// An account was made on invitation.
    Welcome = "flash-welcome", Good;
    /// A token was ended.
    TokenEnded = "flash-token-ended", Good;
    /// An invitation goes out by mail.
    InvitationMailed = "flash-invitation-mailed", Good;
    /// An invitation was taken back.
    InvitationWithdrawn = "flash-invitation-withdrawn", Good;
    /// A failed job will be tried again.
    JobWaits = "flash-job-waits", Good;
    /// The job is not there any more, or one like it waits already.
    JobGone = "flash-job-gone", Caution;
    /// A webhook was paused.
    HookPaused = "flash-hook-paused", Good;
    /// A webhook sends again.
    HookResumed = "flash-hook-resumed", Good;
    /// A webhook was removed.
    HookRemoved = "flash-hook-removed", Good;
    /// A message of a webhook is sent as soon as a worker comes to it.
    HookAsked = "flash-hook-asked", Good;
    /// The audit chain is being checked.
    CheckBegun = "flash-check-begun", Good;
    /// The draft of a report was saved.
    ReportSaved = "flash-report-saved", Good;
    /// The lines of a spreadsheet were saved as drafts.
    ReportsSaved = "flash-reports-saved", Good;
    /// A person said how a target is measured.
    MeasuresConfirmed = "flash-measures-confirmed", Good;
    /// A decision was taken in.
    PlanImported = "flash-plan-imported", Good;
    /// The very same decision was taken in before.
    PlanKnown = "flash-plan-known", Caution;
    /// Somebody said whom a name means.
    NameDecided = "flash-name-decided", Good;
    /// What was said of a name was taken back.
    NameUndecided = "flash-name-undecided", Good;
    /// A duty was reported as done.
    DutyReported = "flash-duty-reported", Good;
    /// What was reported of a duty was taken back.
    DutyTakenBack = "flash-duty-taken-back", Good;
    /// What was entered of a project was saved.
    ProjectEntrySaved = "flash-project-entry-saved", Good;
    /// It was handed in.
    ProjectEntrySubmitted = "flash-project-entry-submitted", Good;
    /// It was approved.
    ProjectEntryApproved = "flash-project-entry-approved", Good;
    /// It went back to its writer.
    ProjectEntrySentBack = "flash-project-entry-sent-back", Good;
    /// It was given up.
    ProjectEntryWithdrawn = "flash-project-entry-withdrawn", Good;
    /// A unit's own plan was saved.
    OwnPlanSaved = "flash-own-plan-saved", Good;
    /// A unit's own plan was handed in.
    OwnPlanSubmitted = "flash-own-plan-submitted", Good;
    /// A unit's own plan was approved.
    OwnPlanApproved = "flash-own-plan-approved", Good;
    /// A unit's own plan went back.
    OwnPlanSentBack = "flash-own-plan-sent-back", Good;
    /// A report was handed in.
    ReportSubmitted = "flash-report-submitted", Good;
    /// A report was approved.
    ReportApproved = "flash-report-approved", Good;
    /// Several reports were approved.
    ReportsApproved = "flash-reports-approved", Good;
    /// A report went back to its writer.
    ReportSentBack = "flash-report-sent-back", Good;
    /// A report became part of the public figure.
    ReportConsolidated = "flash-report-consolidated", Good;
    /// Lines of a sheet were saved.
    SheetSaved = "flash-sheet-saved", Good;
    /// A sheet was handed in.
    SheetSubmitted = "flash-sheet-submitted", Good;
    /// A body's sheet was saved through its link.
    LinkSheetSaved = "flash-link-sheet-saved", Good;
    /// A body's sheet was handed in through its link.
    LinkSheetSent = "flash-link-sheet-sent", Good;
    /// The link of a sheet goes out by mail.
    SheetLinkMailed = "flash-sheet-link-mailed", Good;
    /// The link of a sheet was withdrawn.
    SheetLinkWithdrawn = "flash-sheet-link-withdrawn", Good;
    /// A sheet was approved.
    SheetApproved = "flash-sheet-approved", Good;
    /// Lines of a sheet went back.
    SheetSentBack = "flash-sheet-sent-back", Good;
    /// A sheet was reopened.
    SheetReopened = "flash-sheet-reopened", Good;
    /// Sheets were consolidated.
    SheetsConsolidated = "flash-sheets-consolidated", Good;
    /// A call for reports was opened.
    CampaignOpened = "flash-campaign-opened", Good;
    /// A call for reports was closed.
    CampaignClosed = "flash-campaign-closed", Good;
    /// A call for reports was opened again.
    CampaignOpenedAgain = "flash-campaign-opened-again", Good;
    /// Units are being reminded.
    CampaignReminded = "flash-campaign-reminded", Good;
    /// A comment was kept.
    CommentSaved = "flash-comment-saved", Good;
    /// A notice was put aside.
    PutAside = "flash-put-aside", Good;
    /// An event changed units.
    UnitsChanged = "flash-units-changed", Good;
    /// Events of units were undone.
    UnitsUndone = "flash-units-undone", Good;
    /// A periodic report was begun.
    PeriodicBegun = "flash-periodic-begun", Good;
    /// There is one for the period already.
    PeriodicThere = "flash-periodic-there", Caution;
    /// A part of a periodic report was saved.
    PeriodicSaved = "flash-periodic-saved", Good;
    /// A periodic report went to whoever signs it.
    PeriodicSubmitted = "flash-periodic-submitted", Good;
    /// A periodic report went back to its writers.
    PeriodicSentBack = "flash-periodic-sent-back", Good;
    /// A periodic report was signed.
    PeriodicSigned = "flash-periodic-signed", Good;
    /// Another layout of periodic reports is in force.
    PeriodicLayoutKept = "flash-periodic-layout-kept", Good;
    /// Partners were asked for their opinion on a report.
    OpinionsAsked = "flash-opinions-asked", Good;
    /// An asking for opinions was closed.
    OpinionsClosed = "flash-opinions-closed", Good;
    /// An opinion was given, or changed.
    OpinionGiven = "flash-opinion-given", Good;
    /// An obstacle was written down.
    ObstacleSaved = "flash-obstacle-saved", Good;
    /// An obstacle went to the head of the unit.
    ObstacleSubmitted = "flash-obstacle-submitted", Good;
    /// An obstacle went to whoever is asked.
    ObstacleSent = "flash-obstacle-sent", Good;
    /// An obstacle went back to the officer.
    ObstacleSentBack = "flash-obstacle-sent-back", Good;
    /// An obstacle is solved.
    ObstacleSolved = "flash-obstacle-solved", Good;
    /// An obstacle was opened again.
    ObstacleReopened = "flash-obstacle-reopened", Good;
    /// An obstacle is not sent.
    ObstacleDiscarded = "flash-obstacle-discarded", Good;
    /// An obstacle was answered.
    ObstacleAnswered = "flash-obstacle-answered", Good;
    /// An obstacle was passed up.
    ObstacleEscalated = "flash-obstacle-escalated", Good;
    /// The draft of an amendment was saved.
    AmendmentSaved = "flash-amendment-saved", Good;
    /// A text was read into the draft of an amendment.
    AmendmentRead = "flash-amendment-read", Good;
    /// An amendment is in force from its day on.
    AmendmentRecorded = "flash-amendment-recorded", Good;
    /// An amendment was taken back.
    AmendmentWithdrawn = "flash-amendment-withdrawn", Good;
    /// The same form came twice.
    AlreadyDone = "flash-already-done", Good;
}

impl Notice {
    /// The notice with this code.
    pub fn lookup(code: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|notice| notice.key() == code)
    }

    /// As a page shows it.
    pub fn flash(self, words: Translator) -> Flash {
        Flash {
            tone: self.tone(),
            text: words.t(self.key()),
        }
    }
}
