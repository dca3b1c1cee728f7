# The plan: overview, targets, projects, document, units.

status-done = Done
status-on-track = On track
status-at-risk = At risk
status-off-track = Off track
status-no-data = No data
milestone-reached = Completed
milestone-open = Not completed

plan-decision = Decision No. { $symbol } of { $date }
plan-decision-undated = Decision No. { $symbol }
plan-budget = VND { $budget } million
projects-count = { $count ->
    [one] { $count } project
   *[other] { $count } projects
}
figures-until = figures up to { $date }
figures-none = no consolidated figures yet
counts-label = Targets by status
wall-title = Progress of each target
wall-as-table = View as table
plan-empty-title = There is no plan yet
plan-empty-next = An administrator loads the decision with phusa plan import and the name of its file.
targets-count = { $count ->
    [one] { $count } target
   *[other] { $count } targets
}
leads-title = Lead units
leads-all = See the other units in the list of targets
leads-empty = No unit has been given a lead yet.
findings-title = Where the document does not add up
findings-more = and { $count } more, with their lines
findings-all = See all, with their lines
findings-empty = Nothing found that does not add up
findings-empty-next = Totals, names and numbering in the document agree.
findings-lead = { $count ->
    [one] { $count } place
   *[other] { $count } places
} where figures, names or numbering in the document disagree. The system keeps what is written and says how it treats each place.
places-count = { $count ->
    [one] { $count } place
   *[other] { $count } places
}
changes-title = Recent changes
changes-empty = Nothing has changed yet.
line = line { $number }
line-of-document = Line { $number } of the document

target-list-title = Targets
target-list-lead = From Annex 1 of the plan: tasks, goals, lead units and consolidated results.
target-list-empty = No target matches
target-list-empty-next = Drop a filter, or type fewer words.
filter-words = Keywords
filter-words-hint = With or without tone marks
filter-group = Group
of-targets = of { $total } targets
target-number = Target { $number }
target-previous = Previous target, No. { $number }
target-next = Next target, No. { $number }
target-goal = Goal
target-lead = Lead
target-partner = Partners
target-figure = Result
until = up to { $date }
figure-none = No consolidated figure yet.
reporters-unlisted = The document gives this to a set of units that nobody has listed, so no unit reports on it yet.
period-and-unit = { $unit }; { $period }
change-from-to = from { $before } to { $after }
chart-title = Trend over reporting periods
chart-goal = Goal { $value }
chart-table = View the figures
by-unit-title = By unit
provenance-title = Where this number comes from
provenance-empty = When a unit reports, its head approves and the coordinator consolidates, each step appears here, with who, when and the evidence.
as-written-title = As written
legal-bases = Legal basis
in-document = Place

projects-title = Projects and budget
projects-lead = { $count ->
    [one] { $count } information technology project
   *[other] { $count } information technology projects
} proposed in Annexes 2 and 3. Amounts in million VND.
projects-empty = There are no projects yet
projects-by-group = Projects by group
budget-title = Total budget
budget-stated = As stated
budget-added = Sum of the lines
budget-shares = Shares by source: recurrent, capital
budget-differs = The stated total is not the sum of its lines.
budget-differs-detail = Both figures are kept and shown; the difference is unexplained.
annex = Annex { $number }
group-added = sum of lines:

document-lead = Each line has a number to refer to; an amber edge marks a discrepancy.
document-empty = There is no document yet
outline-label = Contents
document-opening = Opening
document-lines = lines { $first }–{ $last }
document-noted = { $count ->
    [one] 1 line with a discrepancy
   *[other] { $count } lines with a discrepancy
}
document-jump = Go to line (1–{ $total })
document-jump-go = Show

units-title = Units
units-lead = { $count } units, as organised on { $date }.
units-empty = There are no units yet
units-count = { $count ->
    [one] { $count } unit
   *[other] { $count } units
}
units-under = { $count ->
    [one] { $count } unit under it
   *[other] { $count } units under it
}
leads-count = { $count ->
    [one] leads { $count } target
   *[other] leads { $count } targets
}
unit-code = code
valid-from = from { $date }
valid-to = until { $date }
unit-leads-title = Targets it leads
unit-leads-empty = The plan gives this unit no target to lead.
unit-partners = { $count ->
    [one] partner in { $count } target
   *[other] partner in { $count } targets
}
unit-children-title = Units under it
unit-groups-title = Member of

unit-kind-province = Provincial People’s Committee
unit-kind-department = Provincial department
unit-kind-branch = Central body in the province
unit-kind-office = Provincial office
unit-kind-party-mass = Party body, mass organisation or association
unit-kind-media = Press
unit-kind-centre = Public service unit
unit-kind-district = District People’s Committee
unit-kind-district-office = District division
unit-kind-commune = Commune People’s Committee
units-provincial = Province
units-local = Districts and communes

hit-project-place = Annex { $annex }, project { $project }
weight-note = Noted
weight-warning = To be reviewed
weight-error = To be decided

finding-topic-money = Amounts and totals
finding-topic-goals = Goals
finding-topic-bodies = Bodies and units
finding-topic-documents = Cited documents and dates
finding-topic-layout = Order and layout
finding-topic-wording = Wording

finding-treatment-both-sums = The stated figure is kept and shown beside the sum of its lines; the system corrects neither.
finding-treatment-rounded = Taken as rounding; the stated figure is kept.
finding-treatment-table = The table’s figure counts; the note is kept as it is.
finding-treatment-group-kept = The group is kept with what it states; there are no projects to add up.
finding-treatment-not-added = Left out of sums until somebody confirms it.
finding-treatment-goal-column = Followed by the goal’s column; the name is kept as it is.
finding-treatment-both-targets = Both targets are kept and followed separately.
finding-treatment-milestone = Followed as done or not done.
finding-treatment-count = Followed as a count of nothing in particular.
finding-treatment-not-measured = Not followed until there is a goal.
finding-treatment-nobody = Left blank; it has been given to no unit.
finding-treatment-blank = Left blank, as in the document.
finding-treatment-as-written = Kept as written.
finding-treatment-understood = Understood in its proper spelling; the text is kept as it is.
finding-treatment-unresolved = Shown as written, tied to no unit.
finding-treatment-left-out = Not read as a target or project; the line stays in the document.
