# What commands print.

import-read = Decision { $symbol } of { $date }
import-counted = { $targets } targets, { $projects } projects, { $findings } findings
import-also = { $duties } duties in the body, { $baselines } figures of the time before; { $unused } lines that nothing was made of (listed by --json)
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
doctor-hooks = Webhooks: { $count } receivers, none of them stopped.
doctor-hooks-bad = { $count } receivers of webhooks are stopped.
doctor-hooks-bad-next = Open Administration → Notices to other systems for the reason and to resume.
doctor-hook-given-up = { $name }: paused by itself because nothing got through
doctor-hook-dead = { $name }: its job is dead; run it again on the page of background jobs

units-read = { $rows } rows read, making { $events } events.
units-counted = { $appearing } units begin, { $ending } end, { $changing } go on with changes.
units-grants = { $count } roles are held in units that end.
units-people = { $count } people hold positions in units that end; they go on in what follows them.
units-records = { $count } records of { $table } belong to units that end; they stay theirs.
units-records-or-more = At least { $count } records of { $table } belong to units that end; they stay theirs.
units-appearing = + { $name }, of: { $from }
units-notes = Missing or spelt otherwise; left out, or taken by its code ({ $count }):
units-kept = All of it is applied.
units-known = This file was applied before; nothing changes.
units-refused = Nothing was applied: { $count } faults.
units-file-too-large = { $file } is larger than { $limit } MB; is it a file of changes to units?
units-row-file-unreadable = The table cannot be read: it is too long, has too many rows, or a row has too many cells. Divide it and save it as CSV in UTF-8.
units-row-file-empty = There is no row under the names of the columns.
units-row-column-missing = The column “{ $column }” is missing; add its name to the first line.
units-row-date-invalid = “{ $value }” is no date; write it like 2025-07-01.
units-row-event-unknown = There is no event “{ $value }”; use create, rename, move, merge-into or abolish.
units-row-code-unknown = No unit has the code { $code } on { $date }; check the code, or import the list of that province's units first.
units-row-code-of-another = The code { $code } belongs to { $known } then, not to { $name }; correct it, or add a row for { $known }.
units-row-code-twice = Another unit has the code { $code }; give each code one row.
units-row-name-unknown = What kind of unit “{ $name }” (code { $code }) is cannot be told; its name must begin with Tỉnh, Thành phố, Thị xã, Quận, Huyện, Phường, Xã, Thị trấn or Đặc khu.
units-row-name-differs = The file says “{ $name }”, the system “{ $known }”; the code was followed.
units-row-parent-unknown = The unit above { $name } from that day on is not known; give its code in the column parent_code (now: “{ $code }”).
units-row-whole-twice = The unit { $code } went whole into another on line { $line }; correct the code, or say part in both rows.
units-row-part-alone = Only one part of the unit { $code } is here; add rows for the others, or say whole.
units-row-share-invalid = The share “{ $value }” with the basis “{ $basis }” cannot be used; say whole, part, or a fraction such as 3/7 with the basis area, people or declared.
units-row-without-code = { $name } has no code and was left out; add the code and import that row.
units-unit-abolish-empty = No unit to abolish is named.
units-unit-begins-that-day = { $name } begins or changes on that very day and cannot end with it; change the date, or leave one of the two out.
units-unit-change-empty = { $name } is like that already; leave the row out.
units-unit-changed-later = { $name } changes on { $date }; undo that first, or give a later date.
units-unit-circle = From { $date } on { $name } would stand under itself; choose another unit above.
units-unit-code-taken = The code { $code } of { $name } is held by { $other } at the same time; correct it, or end { $other } first.
units-unit-dates-disordered = { $date } stands after a later date; put the rows in the order of their dates.
units-unit-ended = { $name } ended on { $date }; use its successor, or correct the date.
units-unit-exists = { $name } is there already; rename or move it instead of creating it.
units-unit-merge-empty = No unit to merge is named.
units-unit-merge-itself = A unit cannot be merged into itself; the one that takes in is not among those that end.
units-unit-name-invalid = The name is empty, longer than { $limit } characters or has hidden characters; write it again.
units-unit-not-yet = { $name } begins only on { $date }; correct the date.
units-unit-parent-gone = From { $date } on nothing stands above { $name } (it was { $parent }); move, merge or abolish { $name } in the same file.
units-unit-share-basis = A known share needs its basis (area, people or declared), and a basis its share.
units-unit-shares-wrong = The parts of a unit must each be more than 0 and add up to exactly 1.
units-unit-split-empty = A division names no other unit that takes a part.
units-unit-successor-gone = On { $date } there is no { $name } to take its part; check the unit that takes in.
units-unit-twice = A unit is named twice in one event.
units-unit-unknown = There is no unit { $unit }; check it.
units-undone = { $count } events undone; the units stand as they stood before.
people-counted = Read { $rows } rows: { $added } added, { $changed } changed, { $unchanged } there already, { $refused } refused.
people-kept = The rows that are right were written.
people-nothing-kept = Nothing was written.
people-why = Reason
people-row-refused = not as it should be.
people-file-too-large = { $file } is larger than { $limit } MB; split the list.
people-file-unreadable = { $file } cannot be read ({ $why }); save it as CSV in UTF-8 or as XLSX.
people-failed-not-written = The refused rows could not be written to { $file }: { $why }
access-because = Because
access-near = What would have to change (one complete grant is enough)
pack-check-fine = Checked packs: { $packs }, record types: { $records }, fields: { $fields }. No errors; warnings: { $warnings }.
pack-check-wrong = Checked packs: { $packs }, record types: { $records }, fields: { $fields }. Errors: { $errors }; warnings: { $warnings }. More about a code: phusa pack explain CODE
pack-new-made = The pack is in { $folder }. Next: edit request.toml, then run phusa pack check { $folder }
