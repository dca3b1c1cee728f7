# Reports: my tasks, entering figures, approving, sending back, consolidating.

state-none = Not entered
state-draft = Draft
state-submitted = Awaiting approval
state-approved = Approved
state-consolidated = Consolidated
state-sent-back = Sent back
act-drafted = Draft saved
act-reported = Reported
act-approved = Approved
act-sent-back = Sent back
act-consolidated = Consolidated
act-commented = Commented
step-report = see report
step-waiting = waiting

due-overdue = { $days ->
    [one] { $days } day overdue
   *[other] { $days } days overdue
}
due-today = Today
due-left = { $days ->
    [one] { $days } day left
   *[other] { $days } days left
}
due-none = No deadline
due-at = due { $date }
tasks-count = { $count ->
    [one] { $count } task
   *[other] { $count } tasks
}
tasks-overdue = { $count } overdue
tasks-order = ordered by deadline
tasks-empty = Nothing is waiting for you
tasks-empty-next = New tasks appear here when reports fall due, await approval or are sent back.

notices-title = Notices
notices-put-aside = Put aside
notice-sent-back = The report on target { $number }, { $period }, was sent back.
notice-consolidated = The report on target { $number }, { $period }, was consolidated.

report-list-title = Reports for { $period }
report-list-progress = { $done } of { $total } targets entered
report-list-empty = There is nothing to report
report-list-empty-next = Choose another period, or clear the filter.
report-title = Report for { $period }
report-write = Enter report
report-missing = Still missing: { $fields }. Enter it before you submit.
select-report = Select the report on target { $number }
bulk-hint = Select the reports to approve.
approve-selected = Approve selected reports

entry-ratio = Figures
entry-ratio-hint = Counted from the beginning of the year to the end of the period. Enter numerator and denominator; the system works out the share. Both 2290 and 2,290 are fine. A draft may be saved with only one of the two.
entry-count-hint = Counted from the beginning of the year to the end of the period. Both 2290 and 2,290 are fine.
entry-milestone = State of completion
note = Note
note-hint = Source of the figures, method, difficulties, proposals (if any).
files-kept = Evidence already sent
file-remove = Remove file
files-add = Add evidence
files-hint = PDF, DOCX, XLSX, CSV, PNG or JPEG; at most { $limit } each.
files-none = No evidence yet.
submit-report = Submit for approval
save-draft = Save draft
draft-kept = What you type is kept on this machine for now.
draft-restore = Bring back what was not sent
previous-title = Previous period
previous-none = No figures for the previous period.
sent-back-by = Sent back by { $person } at { $date }

decide-title = Decide on this report
approve = Approve
consolidate = Consolidate
send-back = Send back
send-back-reason = Reason for sending back
send-back-hint = Say what to correct or add, so that it can be done at once.
report-steps-title = What has happened
report-steps-empty = The report has not been submitted.
comment-title = Comment
comment-label = Your comment
comment-send = Send comment

history-title = History
history-lead = Every change is kept, with who made it and when.
history-empty = There are no versions yet
history-empty-next = The first version comes with the first saved draft.

conflict-title = Edited by two people
conflict-happened = { $person } saved a new version at { $date } while you were editing.
conflict-kept = What you typed has not been recorded and is all below. Compare each field, then save.
conflict-mine = what you typed
conflict-theirs = Current content
conflict-same = The same
conflict-save = Save what I typed
conflict-drop = Discard, keep the current content

entry-count = Number
entry-count-of = Number ({ $unit })
entry-standing = Was this standing duty carried out in the period?
entry-result = Result
duty-done = Yes, carried out in the period
duty-open = No, not carried out in the period
files-received = Files just sent, attached when you save
report-name = Report for { $period }, target { $number }
report-list-count = { $count ->
    [one] { $count } report on this page
   *[other] { $count } reports on this page
}
periods-all = All periods
periods-all-inline = all periods
units-all = All units
approve-failed = Target { $number } was not approved: { $why }
conflict-closed = The report has moved on to another step and cannot be edited now. Copy what is below, or comment on the page of the report.
conflict-files-same = No file added or removed

task-approve = Approve the report on target { $number }, { $period }
task-consolidate = Consolidate the report on target { $number }, { $period }
task-correct = Correct the report on target { $number }, { $period }
task-why = { $unit }: { $value }, evidence files: { $files }. { $title }
task-why-sent-back = { $person } sent it back: “{ $reason }”
tasks-approve = To approve
tasks-consolidate = To consolidate
tasks-correct = To correct
tasks-to-report = Reports for { $period }: { $done } of { $total } begun

flash-report-saved = Draft saved.
flash-report-submitted = The report was submitted for approval.
flash-report-approved = The report was approved.
flash-reports-approved = The selected reports were approved.
flash-report-sent-back = The report was sent back with the reason.
flash-report-consolidated = Consolidated. The public figures are up to date.
flash-comment-saved = The comment was sent.
flash-already-done = This was recorded before and was not recorded again.
