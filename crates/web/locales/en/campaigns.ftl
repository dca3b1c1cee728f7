# Calls for reports: opening one, the sheet of each unit, reminding, consolidating.

campaigns-title = Calls for reports
campaigns-lead = A call sends each unit one sheet with every indicator that it reports on in the period.
campaigns-open = Running
campaigns-closed = Closed
campaigns-none-open = No call for reports is running
campaigns-none-open-next = When the coordinating body opens one, it shows here and the sheets show among my tasks.
campaign-title = Name of the call
campaign-title-usual = Results of the plan, { $period }
campaign-progress = Progress
campaign-own-sheets = The unit's sheets
campaign-handed-in-of = { $done } of { $total } units handed in
campaign-new = Open a call for reports
campaign-new-lead = Choose period, targets, units and deadline; see how many lines each unit gets before opening.
campaign-which = Targets asked about
campaign-which-all = All targets that are measured
campaign-which-group = One group of targets
campaign-which-numbers = Targets by their numbers
campaign-group = Group
campaign-numbers = Numbers
campaign-numbers-hint = For example: 1-12, 35, 40
campaign-reporters = Who reports
campaign-reporters-hint = By default whoever leads each target; may be limited to one set of units.
campaign-reporters-all = Every leading unit
campaign-due = Deadline
campaign-due-days = Working days
campaign-due-days-hint = Counted from the day after the period's last, or after today once the period has ended.
campaign-due-day = Or a certain day
campaign-due-day-hint = If a day is chosen, working days are not counted.
campaign-reminders = Reminders
campaign-reminders-hint = Working days from the deadline: -3 is three days before it, 0 the day itself, 2 two days after. Empty means no reminder. The decision orders no such days.
campaign-remind-officer = Remind reporting officers
campaign-remind-head = Remind heads of units
campaign-remind-viewer = Tell leaders who follow
campaign-preview = Preview
campaign-preview-title = If this call is opened
campaign-preview-summary = { $sheets } sheets, { $lines } lines, due { $due }.
campaign-preview-units = Units are those of { $date }.
campaign-preview-shared = { $count } lines need not be entered again because several targets share their figure.
campaign-nobody = Nobody reports yet on targets
campaign-lines = Lines
campaign-open = Open the call and send the sheets
campaign-is-open = taking sheets
campaign-is-closed = closed
campaign-no-units = No units
campaign-no-units-next = Choose another view above.
campaign-filled = Lines entered
campaign-handed-in = Handed in
campaign-select = Select { $unit }
campaign-bulk-hint = Select the units to remind or the sheets to consolidate.
campaign-remind-selected = Remind the selected units
campaign-remind-all = Remind every unit that has not handed in
campaign-consolidate-selected = Consolidate the selected sheets
campaign-message-title = Units that have not handed in
campaign-message = Message
campaign-message-hint = Copy it into a letter or a chat; or press the button below to send notices and mails to officers and heads of each unit.
campaign-message-due =
    To the bodies and units named below,
    { $sender } asks you to complete the sheet “{ $title }” ({ $period }) in the system, approved by your head, by { $due }. Not yet handed in:
    { $units }
    With regards.
campaign-message-late =
    To the bodies and units named below,
    The deadline of { $due } has passed and { $sender } has not received the sheet “{ $title }” ({ $period }). Please complete it at once, so that the report to the chairman can be made. Not yet handed in:
    { $units }
    With regards.
campaign-reminders-none = This call sends no reminders by itself, and none was sent.
campaign-to-officers = Reporting officers
campaign-to-heads = Heads of units
campaign-to-viewers = Leaders who follow
campaign-on-the-day = on the day of the deadline
campaign-days-before = { $days } working days before the deadline
campaign-days-after = { $days } working days after the deadline
campaign-ran = done
campaign-waits = not yet
campaign-called = { $at }: { $units } units reminded
campaign-close = Close the call
campaign-close-hint = After closing, sheets that were not handed in are not taken any more; sheets on their way go on; a reopened sheet can still be handed in.
campaign-open-again = Open the call again
campaign-open-again-hint = Units can hand in again; after the deadline they are marked late.

sheets-waiting = Sheets
sheet-title = Report sheet
sheet-filled = { $filled } of { $lines } lines entered
sheet-stage-not-opened = Not opened
sheet-stage-opened = Opened, nothing entered
sheet-stage-begun = Being filled in
sheet-stage-sent-back = Sent back
sheet-stage-reopened = Reopened
sheet-stage-submitted = Waiting for the head
sheet-stage-approved = Waiting to be consolidated
sheet-stage-consolidated = Consolidated
sheet-is-late = Overdue
sheet-was-late = Handed in late
sheet-fill-hint = Totals from the beginning of the year to the end of the period. Where there is no value, say why in the note. A block of a spreadsheet can be pasted: the first column is the numerator or the count, the second the denominator, the third the note.
sheet-decide-hint = Give a reason at each line that must be corrected; the others are approved. Without any reason the whole sheet is approved.
sheet-note-of = Note on target { $numbers }
sheet-line-open = Open the line, add evidence
sheet-line-back = Sent back because
sheet-send-line-back = Send this line back
sheet-conflict = Somebody else just entered this line. Your value is still in its field and nothing was written over; save again to use yours.
sheet-theirs = Entered by somebody else
sheet-submit = Hand in for approval
sheet-decide = Approve the sheet
sheet-consolidate = Consolidate the sheet
sheet-reopen = Reopen the sheet
sheet-reopen-hint = Give the reason. Lines selected in the table go back to be corrected (a consolidated figure leaves the public pages meanwhile); the others stay.
sheet-reopen-line = Must be corrected
sheet-pasted = %n% cells pasted.
sheet-pasted-left = %n% cells have no place here and were left out.
sheet-task-fill = Fill in: { $title }
sheet-task-correct = Correct: { $title }
sheet-task-approve = Approve: { $title }
sheet-told-sheet-opened = A new sheet to fill in: { $title }, due { $due }.
sheet-told-sheet-reminded = Reminder to hand in: { $title }, due { $due }.
sheet-told-sheet-sent-back = Lines of { $title } were sent back (due { $due }).
sheet-told-sheet-reopened = { $title } was reopened to be corrected (due { $due }).
sheet-told-sheet-consolidated = { $title } (due { $due }) was consolidated.
sheet-told-campaign-late = Units have not handed in: { $title }, due { $due }.

mail-sheet-subject = Phù Sa: { $title }
mail-sheet-unit = Unit: { $unit }
mail-campaign-late = Units that have not handed in: { $count }

flash-sheet-saved = The sheet is saved.
flash-sheet-submitted = The sheet is handed in and waits for the head.
flash-sheet-approved = The sheet is approved.
flash-sheet-sent-back = Lines to be corrected went back; the others are approved.
flash-sheet-reopened = The sheet is reopened.
flash-sheets-consolidated = Consolidated.
flash-campaign-opened = The call is open and the sheets are sent.
flash-campaign-closed = The call is closed.
flash-campaign-opened-again = The call is open.
flash-campaign-reminded = Reminders are being sent.

problem-campaign-closed = The call for reports is closed. Ask the coordinating body to reopen the sheet.
problem-sheet-handed-in = The sheet was handed in and cannot be changed. Ask the head to send it back, or the coordinating body to reopen it.
problem-line-changed = A line was handed in again after this page was opened. Look at the lines again, then approve.
problem-nobody-to-remind = The selected units have all handed in.
field-line-empty = Target { $numbers } has no value. Enter it, or say why in the note.
field-line-closed = This line was handed in and cannot be changed.
field-due-in-the-past = The deadline must be today or later.
field-due-unreadable = Enter a number of working days, or choose a day.
field-reminder-too-far = A reminder lies at most { $most } working days from the deadline.
field-group-unknown = There is no such set of units at the time of the period.
field-target-unknown = There is no target { $number }.
field-target-numbers = Enter the numbers of targets, for example: 1-12, 35.
field-nobody-reports = Nobody reports on the chosen targets.

job-sheet-notify = Notice about a sheet
job-sheet-notify-failed = A notice about a sheet could not be made
job-sheet-mail = Mail about a sheet
job-sheet-mail-failed = A mail about a sheet could not be sent
right-kind-campaign = call for reports
right-kind-sheet = report sheet
col-indicator-of-sheet = Indicator
sheet-reason = Reason
