# What an edit of a pack does to the records that exist.

effect-added = added
effect-widened = widened
effect-narrowed = narrowed
effect-renamed = renamed
effect-lost = lost
change-records = Records concerned: { $count }.
change-refused = Cannot be applied yet. { $advice }
change-record-added = A new record type “{ $record }”
    .data = There are no records of it.
change-record-removed = The record type “{ $record }” goes
    .data = Its records could not be opened any more.
    .do = Keep its file; take "create" out of its [[grant]] if no more are to be made.
change-series-added = “{ $record }” is numbered from now on
    .data = Records that exist have no number; new ones get one, or those that take the declared step.
change-series-removed = “{ $record }” is not numbered any more
    .data = Numbers that were given would not show any more.
    .do = Keep the key code in [record].
change-field-added = “{ $record }”: a new field “{ $field }”
    .data = Records that exist say nothing there.
change-field-filled = “{ $record }”: the field “{ $field }” is filled in where records lack it
    .data = Records that say nothing there get what filled in [migration] says.
change-field-needed = “{ $record }”: a new field “{ $field }” that must be there
    .data = No record that exists has it.
    .do = Say what they get: [migration] filled = { "{" } { $field } = "expression" { "}" }; or leave out required.
change-field-removed = “{ $record }”: the field “{ $field }” goes
    .data = What records say there would not show any more.
    .do = If it has another name now, write [migration] renamed = { "{" } { $field } = "new_name" { "}" }; if its data is given up, dropped = ["{ $field }"].
change-column-removed = “{ $record }”: the column “{ $field }” of a table goes
    .data = What rows say there would not show any more.
    .do = Keep the column; when = "false" has nobody asked for it once its data was taken elsewhere.
change-field-dropped = “{ $record }”: the data of the field “{ $field }” is given up
    .data = Records get a version without it; earlier versions keep it.
change-field-renamed = “{ $record }”: the field “{ $from }” is called “{ $to }”
    .data = Records get a version that says the same under the new name.
change-renamed-twice = “{ $record }”: two earlier fields would both be called “{ $to }”
    .data = A record that has both would lose one value.
    .do = Give each earlier field a new one; write those that go into dropped.
change-renamed-onto = “{ $record }”: “{ $from }” would be called “{ $to }”, and there was a “{ $to }” already
    .data = What records say in “{ $to }” would be written over.
    .do = Choose a name for “{ $from }” that was not used.
change-type-changed = “{ $record }”: the field “{ $field }” becomes { $to }, it was { $from }
    .data = What records say there cannot be read as the new type.
    .do = Keep the field and add another one; to give its data up, name the new field otherwise and write the earlier one into dropped.
change-type-widened = “{ $record }”: the field “{ $field }” becomes { $to }, it was { $from }
    .data = What records say there stays and still holds.
change-field-required = “{ $record }”: the field “{ $field }” must be there from now on
    .data = Records that say nothing there do not hold any more.
    .do = Say what they get: [migration] filled = { "{" } { $field } = "expression" { "}" }; or use required_when, or needs of a step.
change-required-when = “{ $record }”: the field “{ $field }” must be there in more cases
    .data = Records that lack it stay; whoever edits them next fills it in.
change-field-optional = “{ $record }”: the field “{ $field }” may be left out
    .data = Records that exist stay as they are.
change-field-narrowed = “{ $record }”: the field “{ $field }” takes less: { $key } from { $from } to { $to }
    .data = Values that do not fit any more stay; whoever edits their record next mends them.
change-field-widened = “{ $record }”: the field “{ $field }” takes more: { $key } from { $from } to { $to }
    .data = Records that exist stay as they are.
change-field-unique = “{ $record }”: no two records may say the same in “{ $field }”
    .data = Records that exist were not compared with one another.
    .do = Use [[duplicate]] with same = ["{ $field }"] and action = "refuse" in place of unique.
change-field-computed = “{ $record }”: the field “{ $field }” is computed, not typed
    .data = What was typed stays until the record is edited; then what is computed stands there.
change-field-asked = “{ $record }”: the field “{ $field }” is asked for in other cases
    .data = What is not asked for any more stays until the record is edited; then it is left out.
change-state-added = “{ $record }”: a new state “{ $state }”
    .data = Records that exist stay as they are.
change-state-removed = “{ $record }”: the state “{ $state }” goes
    .data = No step would lead on from there for records that stand in it.
    .do = Say where they stand now: [[migration.state]] from = "{ $state }", to = "new state".
change-state-moved = “{ $record }”: the state “{ $from }” becomes “{ $to }”
    .data = Records that stand in it get a version in the new state; tasks that wait are given anew.
change-step-removed = “{ $record }”: the step “{ $step }” goes
    .data = Records stay where they stand; the step cannot be taken any more.
change-retention-set = “{ $record }”: records in “{ $after }” are kept for { $amount } { $unit ->
    [working-hours] working hours
    [working-days] working days
    [days] days
    [weeks] weeks
    [months] months
   *[years] years
}, then { $then ->
    [archive] archived
    [erase] erased
   *[erase-personal] rid of personal data
}
    .data = Records whose term has ended are not touched at once: the first run waits until an administrator confirms it on the page “Retention”.
change-retention-ended = “{ $record }”: there is no term of retention any more
    .data = Records that exist are kept for ever; what was erased does not come back.
change-codes-added = List “{ $list }”: new codes { $codes }
    .data = Records that exist stay as they are.
change-codes-removed = “{ $record }”: the list “{ $list }” of the field “{ $field }” loses { $codes }
    .data = Records with such a code would show a code without a name.
    .do = Keep its row and let valid_to be the last day on which it may be chosen.
change-codes-ended = “{ $record }”: codes { $codes } of the field “{ $field }” end sooner
    .data = Records that have one keep it; it cannot be chosen after that day.
