# Views of records that are neither lists nor maps: boards, charts, calendars.

look-all = Show all
look-more = and { $count } more
look-nothing-said = Not stated
look-board-empty = No records
look-cut = Only the { $count } values with the most records are shown; narrow the list to see others.
look-author = Made by
look-count = Records
look-share = Share
look-total = Total
look-file = Download the figures (CSV)
look-month = Month { $month }
look-month-pick = Month
look-month-before = Month before
look-month-after = Month after
look-month-empty = No records in this month.
look-month-cut = This month has more than { $count } records; narrow the calendar to see them all.
look-through = All through the month
look-weekday-1 = Monday
look-weekday-2 = Tuesday
look-weekday-3 = Wednesday
look-weekday-4 = Thursday
look-weekday-5 = Friday
look-weekday-6 = Saturday
look-weekday-7 = Sunday
