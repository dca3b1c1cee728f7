# Help on the command line, and what is said when the line is not understood.

help-usage = Usage:
help-commands = Commands
help-arguments = Arguments
help-options = Options
help-command-name = COMMAND
help-file-name = FILE
help-name-name = NAME
help-text-name = TEXT
help-help = Show this help
help-version = Show the version
help-lang = Language: vi (Vietnamese) or en (English); otherwise as LC_ALL and LANG say
help-environment =
    Environment:
      PHUSA_LISTEN         address and port to serve on (default 127.0.0.1:8080)
      PHUSA_DATA           data folder (default ./phusa-data)
      PHUSA_DATABASE_URL   a PostgreSQL; unset means SQLite in the data folder
      PHUSA_DEMO_PASSWORD  password of the demonstration accounts (serve --demo)
      PHUSA_BEHIND_TLS     1 if a reverse proxy in front speaks TLS
      PHUSA_METRICS_TOKEN  what other machines need to read /metrics
      PHUSA_PUBLIC_URL     the address at which people open the system, for links in mails
      PHUSA_PACKS          folder of packs that run in place of those that ship
      PHUSA_MAPS           file of map data (VN-2000 grids, the province's extent) in place of the one that ships
      PHUSA_SMTP_URL       mail server, such as smtps://name:password@host; without it no mail is sent
      PHUSA_MAIL_FROM      sender of mails, such as Phù Sa <phusa@vinhlong.gov.vn>
      PHUSA_WEBHOOK_ALLOW  inner hosts and networks that webhooks may go to, such as lgsp.inner,10.1.0.0/16
      PHUSA_WEBHOOK_HTTP   1 if webhooks may go over http on an inner network
      PHUSA_WEBHOOK_CA     file of certificates (PEM) that are trusted when webhooks are sent
      PHUSA_WEBHOOK_KEY    key (64 hexadecimal digits) that signing secrets come from; without it one is kept in the data folder
      PHUSA_LOG            what is logged, such as info or debug,store=trace

    Exit codes: 0 fine, 1 refused or failed, 2 the command line was not understood.

help-phusa = Phù Sa: a province's digital government in one program
help-serve = Serve the pages and the API until asked to stop
help-serve-demo = Make a demonstration account for each role, marked as made up
help-token = Access for other programs
help-token-create = Make an API token for an account; prints just the token, this once
help-token-create-account = The account's login
help-token-create-label = What the token is for
help-token-create-scope = What the token may do: read or write, with parts of the API to narrow it, such as read:plan,units (plan, reports, tasks, units); without it, what the account may
help-token-create-expires = How many days the token lasts, 1 to 366 (90 by default)
help-days-name = DAYS
help-plan = The province's plan
help-plan-import = Read the decision that issues a plan, say what does not add up, and keep it
help-plan-import-file = The decision's full text with its annexes: DOCX, XLSX, HTML or plain text (in any usual encoding, cells of tables parted by tabs); - reads the standard input
help-plan-import-dry-run = Read and check only; write nothing
help-import-json = Print the result as JSON, for other programs
help-units = Units through time
help-units-import = Read a file of changes to units (created, renamed, merged, divided, abolished), say what they do, and apply all of them or none
help-units-import-file = A CSV file in UTF-8; its columns are described in data/units/README.md
help-units-import-dry-run = Read, check and say what would change only; write nothing
help-audit = The audit log
help-audit-verify = Check everything that is stored against the audit chain and name what was altered
help-audit-verify-head = The chain's head as kept elsewhere (printed by audit head): shows a cut tail too
help-audit-head = Seal the chain and print its head, to be kept elsewhere
help-backup = Put all data and files into one file, while serving goes on
help-backup-file = The backup file to write
help-restore = Restore a backup into an empty data folder, then check all of it
help-restore-file = A file that phusa backup wrote
help-doctor = Check data folder, disk, database, clock, audit chain and files

usage-unknown-command = There is no command “{ $about }”.
usage-unknown-argument = This command knows no “{ $about }”.
usage-missing = { $about } is missing.
usage-twice = { $about } can stand once only, or not together with something else on the line.
usage-no-value = { $about } needs a value ({ $allowed }).
usage-wrong-value = “{ $value }” is no value for { $about }; it can be: { $allowed }.
usage-not-understood = The command line was not understood.
usage-see-help = Add --help after the command to see how to use it.
help-date-name = DATE
help-id-name = ID
help-units-tree = Print the tree of units of a day
help-units-tree-on = The day to show, as 2025-07-01; today if not given
help-units-undo = Undo a rearrangement of units, or one event, that nothing later builds on
help-units-undo-event = The id of the rearrangement or of the event
help-people = People, their positions and delegations
help-people-import = Take in a list of people with their positions, and report row by row
help-people-import-file = CSV (UTF-8) or XLSX; the first row holds titles such as Full name, Unit, Title, Roles, From
help-people-import-dry-run = Only read and report row by row; write nothing
help-people-import-all-or-nothing = Write nothing at all if one row is refused
help-people-import-failed = Write the refused rows to this CSV file, in the same columns with a reason added
help-access = Roles and rights
help-access-explain = Explain why an account may or may not do something to a record, and what would have to change
help-access-explain-actor = The account’s login
help-access-explain-verb = What: read, draft, submit, approve, send_back, consolidate, comment, configure, operate, audit
help-access-explain-record = The record’s id, as in the address of its page
help-access-explain-on = The day, like 2025-07-01; today if none
help-folder-name = DIR
help-code-name = CODE
help-pack = Packs: systems declared in a folder
help-pack-check = Check packs: all mistakes at once, each with file, line, column, what was meant and what to do
help-pack-check-folders = The folder of a pack, or one that holds packs; packs that need one another are checked together
help-pack-explain = Explain a code, with an example of wrong and right
help-pack-explain-code = The code, such as P0102
help-pack-new = Make a small pack to begin with; it checks as it is
help-pack-new-folder = The folder to make; its name becomes the pack’s id
help-pack-schema = Print the JSON Schema of a declaration file, for editors that complete keys
help-pack-schema-kind = The kind of file: pack (pack.toml) or record (a record type)
