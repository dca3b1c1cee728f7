# The audit log: filters, one entry, views of personal data.

audit-any = All
audit-login = Login of who did it
audit-login-unknown = No account has this login. Check it, or leave it empty.
audit-from = From
audit-until = To
audit-day-unreadable = This day cannot be read. Type it as year-month-day, such as 2023-10-02.
audit-days-crossed = The last day is before the first. Swap them.
audit-all = Clear filters
audit-export = Download as CSV
audit-on-behalf = on behalf of { $name }
audit-entry-title = Entry { $number } of the log
audit-state = State of the record after it
audit-segment = Sealed segment
audit-unsealed = Waiting to be sealed within seconds
audit-chain = Hash chain
audit-changes = What changed
audit-erased = The content of this version was erased as the law demands; its digest stays.
audit-compared = Compared with version { $number }.
audit-first = There is no earlier version to compare with.
audit-compare-with = Compare with another version:
audit-no-changes = The content does not differ from that version.
audit-field = Field
audit-before = Before
audit-after = After
audit-secret = secret, not shown
audit-as-it-stood = The record as it stood
audit-all-fields = Show every field
audit-digest = Digest in the audit log:

col-kind = Kind of record
col-record = Record
col-way = Way in
col-digest = Digest

via-page = Web page
via-api = API
via-cli = Command line on the server
via-job = Background job
via-import = Import

readings-title = Views of personal data
readings-lead = Each time personal data is shown in full to somebody else it is written down, grouped by day, viewer and record.
readings-mine = Who viewed my data
readings-mine-lead = Others who were shown your personal data, grouped by day.
readings-reader = Login of the viewer
readings-subject = Data of (login or record id)
readings-empty = No views yet
readings-empty-next = When somebody else views personal data, it will show here.
readings-last = Last time that day
readings-who = Viewer
readings-whose = Data of
readings-fields = Fields viewed
readings-times = Times
readings-since = since { $date }

personal-login = Login
personal-name = Full name
personal-email = E-mail
personal-phone = Phone number
personal-citizen-id = Personal identification number
personal-birth-date = Date of birth
personal-address = Address
