# Bodies without accounts hand their sheets in by a link that ends.

sheet-link-title = Link to the sheet
sheet-link-page = Link to the sheet
sheet-link-lead = Banks, companies, associations, schools… without accounts hand their sheet in by a link of their own. Whoever holds the link can fill in and send this sheet, and this one alone, until the link ends or is withdrawn.
sheet-link-no-account = Body without accounts
sheet-link-standing = The link as it stands
sheet-link-none = No link yet
sheet-link-open = Link works
sheet-link-ended = Link has ended
sheet-link-withdrawn = Link was withdrawn
sheet-link-ends = Works until the end of
sheet-link-ends-hint = Filled in from the day for handing in, with time to correct what is sent back. { $furthest } at the latest.
sheet-link-made = Made by
sheet-link-email = The body’s mail address
sheet-link-email-hint = With an address, reminders and word of a reopened sheet go there too.
sheet-link-make = Make a link
sheet-link-make-anew = Make a new link
sheet-link-anew-hint = The link before ends at once. What was entered in the sheet stays.
sheet-link-show-once = Make and show the link
sheet-link-mail = Make and mail it
sheet-link-withdraw = Withdraw the link
sheet-link-handed = The link of { $unit }
sheet-link-handed-hint = It is shown this once and not kept. Copy it and send it to whoever is in charge; whoever has the link can send the sheet for the body.
sheet-link-message = Message to the body
sheet-link-message-hint = Copy it into a letter, a mail or a chat.
sheet-link-message-way = It is filled in at this link, until the end of { $ends } and without an account: { $link }
sheet-link-message-known = It is filled in at the link that was sent to you. If you no longer have it, please answer and another will be sent.
sheet-link-message-due =
    To { $unit },
    { $sender } asks you to send the sheet “{ $title }” ({ $period }) by { $due } at the latest. { $way }
    Yours faithfully.
sheet-link-message-late =
    To { $unit },
    { $sender } was to receive your sheet “{ $title }” ({ $period }) by { $due } and has not. { $way }
    Yours faithfully.
sheet-by-link = sent by a link
sheet-by-link-at = The body sent this sheet by its link at { $at }, not from an account. Check it and consolidate, or reopen it with a reason.

link-sheet-lead = { $sender } asks { $unit } for the figures below. Enter what adds up from the beginning of the year to the end of the period; where there is no figure yet, say why in the note.
link-sheet-again = You can save and open this same link again to go on, until the end of { $date }. Keep the link to yourselves: whoever has it can send the sheet.
link-sheet-send = Send the sheet
link-sheet-sent-at = The sheet was sent at { $at }.
link-sheet-sent-next = Below is what was sent; it cannot be changed any more. { $sender } looks at it and consolidates it; if something is to be corrected, the sheet is reopened on this page, with the reason.
link-sheet-counts = The figures were consolidated and are published with the plan.
link-sheet-closed = The call for reports is closed and this sheet is not taken any more. To send figures, turn to { $sender }.
link-target = Target { $numbers }
link-measure-unit = Unit of measure
link-note-hint = Where the figure comes from and how it was made; or why there is none yet.

mail-sheet-link-made = Please send your figures for the sheet “{ $title }” ({ $period }), by { $due } at the latest. No account is needed; open this link to fill it in and send it:
mail-sheet-link-reminded = A reminder to send the sheet “{ $title }” ({ $period }), due on { $due }.
mail-sheet-link-reopened = The sheet “{ $title }” ({ $period }) was reopened to be corrected; the reason stands at its head.
mail-sheet-link-known = It opens at the link in the mail before. If you no longer have it, answer this mail and another will be sent.
mail-sheet-link-ends = The link works until the end of { $date }. Whoever has it can send the sheet for you: please keep it to yourselves.

flash-link-sheet-saved = Saved. The sheet has not been sent.
flash-link-sheet-sent = The sheet was sent.
flash-sheet-link-mailed = A mail with the link is on its way.
flash-sheet-link-withdrawn = The link was withdrawn.

problem-sheet-link-void = This link opens no sheet: it may have ended, been withdrawn, been replaced by a newer one, or been copied in part. Ask whoever sent it to you for another.
problem-unit-has-accounts = Somebody has an account for this unit, so its sheet is handed in from there.
problem-link-not-needed = The sheet was sent or the call is closed, so no link is needed. To have the body correct it, reopen the sheet first.
problem-came-by-link = A body without accounts sent this report by its link. To send it back, reopen the body’s sheet in the call for reports.
field-link-ends-in-the-past = The last day must be today or later.
field-link-ends-too-late = The last day is { $date } at the latest.
field-link-ends-unreadable = Choose the last day of the link.

act-by-link = Sent by a link, not from an account
actor-by-link = { $unit } (by a link)
via-link = link
action-hand-in = Sent by a link
action-renew = Link made anew
job-sheet-link-mail = A mail to a body that reports by a link
job-sheet-link-mail-failed = A mail to a body that reports by a link did not go out
right-kind-sheet_link = link to a sheet
campaign-outside = These bodies lead targets and are no units of the directory, so they get no sheet:
campaign-outside-next = Record the change “Create” for such a body and choose that unit for its name; it then hands its sheet in by a link, without an account.
