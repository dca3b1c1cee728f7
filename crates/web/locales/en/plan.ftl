# The plan: overview, targets, projects, document, units.

status-done = Done
status-on-track = On track
status-at-risk = At risk
status-off-track = Off track
status-no-data = No data
status-standing = Standing duty
milestone-reached = Completed
milestone-open = Not completed

plan-facts = Decision No. { $symbol } of { $date } · { $targets } targets · { $projects } projects, VND { $budget } million
figures-until = figures up to { $date }
figures-none = no consolidated figures yet
counts-label = Targets by status
wall-title = Progress of each target
wall-as-table = View as table
plan-empty-title = There is no plan yet
plan-empty-next = An administrator loads the document with phusa plan import.
targets-count = { $count ->
    [one] { $count } target
   *[other] { $count } targets
}
leads-title = Lead units
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
reason-no-data = No report on this target has been consolidated yet.
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

document-lead = Decision No. { $symbol } of { $date }. Each line has a number to refer to; an amber edge marks a discrepancy.
document-empty = There is no document yet
outline-label = Parts of the document

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
