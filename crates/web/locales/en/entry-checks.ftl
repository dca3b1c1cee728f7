# Checks on entry: what looks wrong, and the unit's words about it.

entry-checks-title = What looks unusual, and why
entry-checks-lead = An unusual value is not refused: correct it if it was a slip, or say why it is right. Your words go along with the report.
entry-checks-count = { $count } unusual points
entry-explain = Explanation
entry-explain-again = The value changed since this was written. Look at it again and send it to confirm.
entry-explain-needed = Explain it in at least { $letters } letters, or correct the value.
entry-explain-next = Explain it there, or correct the value.
entry-unexplained = Not explained yet.

entry-against-before = the last period
entry-against-own = what is usual for the unit
entry-against-others = what is usual for other units
entry-against-baseline = the year before
entry-against-goal = the goal

problem-findings-unexplained = Something about the value is unusual and was not explained.

field-entry-not-whole = { $value } has a fraction, and what is counted is whole.
field-entry-magnitude-above = { $value } is about { $times } times { $against } ({ $reference }). The unit of measure may be mistaken, or a digit too many; then the right value is about { $likely }.
field-entry-magnitude-below = { $value } is about { $times } times less than { $against } ({ $reference }). The unit of measure may be mistaken, or a digit missing; then the right value is about { $likely }.
field-entry-money-unit = { $value } is about { $times } times { $against } ({ $reference }). It may have been entered in { $money } where { $unit } is asked for; then the right value is about { $likely }.
field-entry-undone = Reported as reached for { $period }, and as not reached now.
field-entry-fell = The running total fell from { $before } ({ $period }) to { $value }.
field-entry-fell-share = The running numerator fell from { $part-before } ({ $period }) to { $part }.
field-entry-denominator-moved = The denominator changed from { $whole-before } ({ $period }) to { $whole }.
field-entry-jumped = { $value } is far above what the last period leads to: { $before } for { $period } make about { $expected } by now.
field-entry-moved = { $value } is { $points } points away from { $period } ({ $before }).
field-entry-behind-baseline = { $value } is worse than in { $year } ({ $baseline }).
field-entry-behind-baseline-undated = { $value } is worse than the year before ({ $baseline }).
field-entry-above-baseline = { $value } is many times the whole of { $year } ({ $baseline }).
field-entry-above-baseline-undated = { $value } is many times the whole year before ({ $baseline }).
field-entry-own-outlier = { $value } is unlike the unit's { $units } earlier periods: usually about { $median }, from { $low } to { $high }.
field-entry-other-units = { $value } is unlike the { $units } other units of this period: usually about { $median }, from { $low } to { $high }.
