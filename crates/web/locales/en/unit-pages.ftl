# Pages of units: days, sizes, the steps of an event, a file of events.
units-day-pick = See as of
units-day-show = Show
unit-on-day = On { $date }: { $name }.
unit-on-day-none = On { $date } there was no such unit: not yet, or not any more.
unit-on-day-link = See the unit as of that day
unit-version-on-day = (the day shown)
unit-measures-title = Area and population
unit-measures-none = The data that ships states neither area nor population of the unit in this time.
unit-area = { $area } sq km
unit-area-unknown = area not known
unit-people = { $count ->
    [one] { $count } person
   *[other] { $count } people
}
unit-people-unknown = population not known
unit-measure-source = As of { $date }. Source: { $source }
unit-measure-doubtful = to be checked
units-map-empty = No centroid is known for this day.
units-steps-label = Steps
units-step-what = What and when
units-step-units = Units
units-step-order = Resolution
units-step-preview = What it does
units-step-order-hint = The resolution that ordered it. It may be left open; the history then says that it is not known.
units-step-back = Back
units-step-edit-don-vi = Change the units
units-step-edit-van-ban = Change the resolution
units-preview-people = { $count ->
    [one] { $count } person holds a position in a unit that ends
   *[other] { $count } people hold positions in units that end
}
units-preview-people-lead = No position is rewritten: from that day on each works in the unit that takes over. Where none does, somebody has to place them.
units-preview-people-more = Only the first 200 positions are listed.
units-preview-position = Position
units-preview-goes-on = Goes on in
units-preview-touched = Records and roles concerned
units-preview-touched-lead = Records stay with the unit that had them; the unit that takes over sees them and goes on.
units-preview-drafts = , { $count } of them drafts
units-preview-done = , { $count } of them done
units-touched-observation = Reports of figures
units-touched-task = Tasks
units-touched-comment = Comments
units-touched-position = Positions
units-touched-delegation = Delegations
units-touched-person = People
units-touched-notice = Notices
units-import-lead = The file is read on trial first. It is applied whole or not at all: one wrong row, and nothing is written.
units-import-file = CSV file of events
units-import-hint = CSV in UTF-8, 16 MB at most. The first line names the columns.
units-import-refused = { $count ->
    [one] Nothing was written: one thing in the file is to be corrected, told by its line below.
   *[other] Nothing was written: { $count } things in the file are to be corrected, told by line below.
}
units-import-rows = Rows to correct
units-import-says = What is wrong
units-import-columns = Columns of the file
units-import-columns-lead = event is create, rename, move, merge-into or abolish. share is whole, part or a fraction with its basis area, people or declared. A code is that of the row’s day.
units-import-example = An example of a file
problem-unit-file-missing = Choose a CSV file, or choose it again: what was sent before is no longer kept.
problem-unit-file-large = The file is larger than 16 MB; divide it.
problem-unit-file-not-utf8 = The file is not UTF-8; save it as CSV UTF-8.
