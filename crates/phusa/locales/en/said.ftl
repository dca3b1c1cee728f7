# What commands print.

import-read = Decision { $symbol } of { $date }
import-counted = { $targets } targets, { $projects } projects, { $findings } findings
import-errors = The document contradicts itself; somebody must decide ({ $count }):
import-warnings = To be looked at before the plan is used ({ $count }):
import-notes = Good to know ({ $count }):
import-lines = { $count ->
    [one] line { $lines }
   *[other] lines { $lines }
}
import-dry-run = Dry run: nothing was written.

audit-counted = Checked { $leaves } audit entries in { $segments } sealed segments, { $versions } versions, { $heads } current records and { $files } files.
audit-unsealed = The newest { $count } entries are not sealed yet.
audit-whole = The chain is whole: nothing was altered, removed or reordered.
audit-whole-with-head = The chain is whole and goes through the saved head: nothing was altered, removed, reordered or cut off.
audit-broken = The chain is BROKEN, findings: { $count }
audit-broken-next = Do not repair anything. Leave all as it is, copy the data folder and tell whoever is answerable for information security.
audit-leaf-altered = Audit entry altered
audit-segment-altered = Sealed segment altered
audit-chain-broken = Chain broken
audit-tail-cut = Tail cut off
audit-version-altered = Version altered
audit-version-missing = Version missing
audit-version-unaudited = Version without an audit entry
audit-head-altered = Current record altered
audit-head-missing = Current record missing
audit-file-altered = File altered
audit-file-missing = File missing

doctor-writable = The data folder { $folder } can be written.
doctor-space = Free on the disk: { $free }.
doctor-space-short = Only { $free } free on the disk.
doctor-space-short-next = Make room or enlarge the disk; at least { $least } should be free.
doctor-space-unknown = How much of the disk is free cannot be told: { $why }
doctor-space-unknown-next = Look at the disk that holds the data folder.
doctor-open-files = { $limit } files and connections may be open at once.
doctor-open-files-few = Only { $limit } files and connections may be open at once.
doctor-open-files-few-next = Raise the limit (ulimit -n) to { $least } at least.
doctor-engine = { $engine }: on disk before it answers.
doctor-engine-lazy = { $engine }: answers before it is on disk; a power cut may lose data.
doctor-engine-lazy-next = Turn the database's fsync and synchronous_commit on again.
doctor-clock = Clock: { $now }.
doctor-clock-behind = The clock shows { $now }, earlier than the last write ({ $last }) or than this program.
doctor-clock-behind-next = Set the clock, best by NTP.
doctor-audit = The audit chain is whole, { $versions } versions.
doctor-audit-broken = The audit chain is broken, findings: { $count }.
doctor-audit-broken-next = Do not repair anything; copy the data folder and tell whoever is answerable for information security:
doctor-files = { $count } files are there and unaltered.
doctor-files-broken = Files missing or altered: { $count }.
doctor-files-broken-next = Restore these from a backup:
doctor-well = All is well.
doctor-unwell = To be dealt with: { $count }.

serve-greeting =
    Phù Sa { $version } serves at { $address }
    Data: { $folder } ({ $engine }). Ctrl-C stops it.
serve-first-administrator =
    There is no administrator yet. Open { $address } and type this setup code:
      { $code }
serve-stopped = Stopped; everything that was acknowledged is on disk.
demo-password-made = Demonstration accounts (people and figures are made up), one password for all, shown this once:
demo-password-known = Demonstration accounts (people and figures are made up), with the password set before:

import-kept = Kept: { $created } new records, { $changed } changed records, { $indicators } indicators.
import-known = This text was imported before; nothing was changed.

backup-made = Backed up to { $file }: { $size }, { $rows } rows, { $files } files.
backup-head = The backup's audit head, best kept elsewhere: { $head }
backup-damaged = Evidence files that were gone or altered before the backup ({ $count }), by digest:
restore-done = Restored { $file } into { $folder }: { $rows } rows, { $files } files.
restore-next = Everybody has to sign in again. Run phusa serve to serve it.

doctor-units = { $count } units and { $groups } groups are loaded.
doctor-units-missing = The units that ship with the program are not loaded.
doctor-units-missing-next = Run phusa serve once to load them.
doctor-plan = Plan { $symbol }: { $targets } targets, { $projects } projects.
doctor-plan-missing = No plan is loaded.
doctor-plan-missing-next = Run phusa serve once, or read a decision with phusa plan import.
