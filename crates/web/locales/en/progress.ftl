# Progress: how each target stands and why.

nav-progress = Progress
progress-title = Progress of the plan
progress-wall = Progress wall
progress-narrow = Narrow the list
progress-files = Download:
progress-due = Due
progress-until = Figures until
progress-reason = Why
progress-rule = Rule
progress-measure-unit = Unit of measure
progress-unpublished = Not published yet
progress-publication = Choose what is public

status-duty-kept = Duty kept
status-duty-missed = Duty missed

standing-nothing-consolidated = No report has been consolidated yet.
standing-not-published = The coordinator has not published the figures of this target.
standing-no-goal = The document states no goal to measure.
standing-no-goal-figure = The document states no figure to compare with.
standing-duty-kept = A standing duty, done in the period until { $date }.
standing-duty-missed = A standing duty, not done in the period until { $date }.
standing-goal-reached = Reached { $value } on { $date }; the goal is { $goal }.
standing-milestone-reached = Completed, by the report until { $date }.
standing-missed = Reached { $value } on { $date }; the goal, { $goal }, was due on { $due } and missed.
standing-ceiling-kept = At { $value } on { $date }, within the goal, { $goal }; it is to be kept until { $due }.
standing-ceiling-broken = At { $value } on { $date }, while the goal is { $goal }.
standing-line = Reached { $value }; { $needed } was needed on { $date } along the straight line to { $goal } on { $due }.
standing-line-from = Reached { $value }; { $needed } was needed on { $date } along the straight line from the baseline of { $from } to { $goal } on { $due }.
standing-not-yet = Not completed on { $date }; due on { $due }.
standing-milestone-missed = Not completed when it was due, on { $due }.
standing-of-indicator = { $name } — { $reason }
standing-rule = Judged by rule { $rule }
standing-line-note = The line runs straight from the baseline (from 0 where there is none) at the beginning of the year to the goal on the day it is due; short of it is at risk, less than four fifths of the way off track. What is done once is at risk once three quarters of its time have passed. The document sets no such marks: they are this system’s own reading.

progress-heat = Units and targets
progress-heat-lead = A row for each unit, a column for each target that it reports on
progress-heat-shapes = Each standing has a shape of its own, which colour only repeats: a full cell is done, half a cell on track, a triangle at risk, a corner off track, a dot no data, a diamond a duty kept, half a diamond a duty missed. The table below has the same figures.
progress-heat-empty = No unit has been asked to report yet
progress-by-units-of = By the units of
progress-restated-note = Figures are restated to the units of { $date }: numerators and denominators are divided by the shares that the directory knows exactly. Where a share is not known, a unit stands as the worst that it may be.
progress-as-then = Show by the units that reported
progress-units = Unit by unit
progress-owed = Owes
progress-latest = Last reported
progress-unit-title = { $unit }: what it owes
progress-unit-lead = The targets that it reports on, when they are due, its latest consolidated figures and how they stand
progress-unit-page = The unit’s page
progress-owes = Owes
progress-owes-nothing = The unit was not asked to report on any target.
progress-restated = Restated to the units of another day
progress-restated-lead = Where units merge or split, the figures of earlier units are divided among later ones by the shares of the directory. Percentages are never added.
progress-restated-nothing = No figure belongs to this unit on that day.
progress-made-of = From the reports of
progress-range = a range: the shares are not known
progress-from-to = { $least } to { $most }
progress-perhaps = Perhaps completed
progress-committee = Steering committee
progress-made = made at { $moment }
progress-by-group = By group
progress-worst = { $count ->
    [one] Off track and at risk: { $count } target
   *[other] Off track and at risk: { $count } targets, the worst first
  }
progress-worst-none = No target is off track or at risk.
progress-overdue = { $count ->
    [one] { $count } target was due and has no figure of that day.
   *[other] { $count } targets were due and have no figure of that day.
  }
progress-late = Late reports
progress-late-lead = { $count ->
    [one] { $count } unit lacks consolidated figures of { $period }.
   *[other] { $count } units lack consolidated figures of { $period }.
  }
progress-late-none = No period is asked for yet.
progress-missing = Missing
progress-changed-since = Changed since { $date }
progress-changes = Changes
progress-changes-lead = Compared with the beginning of { $date }, from the versions that were kept
progress-changes-next = Choose an earlier day to look further back.
progress-since = Since
progress-too-much = Too much has changed since that day to be derived again. Choose a later day.
progress-what-changed = Change
progress-before = Before
progress-now = Now
progress-figure-before = Figure before
progress-figure-now = Figure now
progress-reports = New reports
progress-added = New target
progress-dropped = Gone
progress-worse = Stands worse
progress-better = Stands better
progress-new-figure = New figure
progress-asked-otherwise = What is asked for changed
progress-more-reports = More reports
progress-money = Projects and money
progress-listed = lines add up to
progress-stated = the decision states
progress-million = million VND
progress-proposed = The projects of annexes 2 and 3 are proposals: amounts are proposed, neither approved nor disbursed, until somebody records a decision that approves them.
progress-proposal = Proposed
progress-projects = Projects
progress-projects-list = List of projects
progress-share = Share of all
progress-by-annex = By annex and source
progress-by-lead = By lead and source
progress-annex = Annex
progress-recurrent-vnd = Recurrent (VND)
progress-capital-vnd = Capital (VND)
progress-total-vnd = Total (VND)
progress-state = State
progress-publication-counts = { $public } public, { $held } not yet
progress-publication-lead = Whoever has no account sees the consolidated figures of the targets that are chosen here, and no others. Each change is a version and stands in the audit log.
progress-published-unless = A target that nobody chose about is public.
progress-held-unless = A target that nobody chose about is not public.
progress-publish-all = Publish the whole group
progress-hold-all = Hold the whole group back
progress-publication-save = Save the choice
progress-needed = Needed by the line
progress-baseline = Baseline (the figure before the plan, where it is confirmed)
progress-own-due = Due day of its own (empty: the end of the plan’s year)
progress-by-units-on = By the units of { $date }
progress-taken-over-by-none = Taken over by no unit
progress-feed = Follow new figures (Atom)
