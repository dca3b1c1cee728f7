use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::*;

const SHIPPED: &str = include_str!("../../../../data/holidays-2023-2027.csv");

fn shipped() -> WorkingCalendar {
    WorkingCalendar::new(OfficeHours::default(), read_days(SHIPPED).unwrap()).unwrap()
}

fn at(text: &str) -> Instant {
    Instant::from_vietnam(text.parse().unwrap())
}

#[test]
fn time_waits_for_the_office_to_open() {
    let calendar = shipped();
    for (asked, open) in [
        ("2023-04-14T06:00", "2023-04-14T07:00"),
        ("2023-04-14T09:30:15", "2023-04-14T09:30:15"),
        ("2023-04-14T11:30", "2023-04-14T13:30"),
        ("2023-04-14T17:00", "2023-04-17T07:00"),
        // Giỗ Tổ, 30/4, 1/5 and their make-up days off.
        ("2023-04-28T18:00", "2023-05-04T07:00"),
        // A Saturday that makes up for 29/4.
        ("2024-05-04T06:00", "2024-05-04T07:00"),
    ] {
        assert_eq!(calendar.next_working_moment(at(asked)), Ok(at(open)));
    }
}

#[test]
fn eight_hours_are_a_day() {
    let calendar = shipped();
    let add = |start, days| calendar.add_working_days(at(start), days).unwrap();
    let one = WorkingDays::whole(1);
    assert_eq!(add("2023-04-14T10:00", one), at("2023-04-17T10:00"));
    assert_eq!(add("2023-04-14T07:00", one), at("2023-04-14T17:00"));
    assert_eq!(
        add("2023-04-14T07:00", WorkingDays::halves(1)),
        at("2023-04-14T11:00")
    );
    assert_eq!(add("2024-05-03T15:00", one), at("2024-05-04T15:00"));
}

#[test]
fn terms_begin_the_day_after() {
    let calendar = shipped();
    let end = |event: Date, term| calendar.term_end(event, term).unwrap();
    let friday = date(2023, 4, 28);
    assert_eq!(end(friday, Term::WorkingDays(1)), date(2023, 5, 4));
    assert_eq!(end(friday, Term::Days(2)), date(2023, 5, 4));
    assert_eq!(end(friday, Term::Weeks(1)), date(2023, 5, 5));
    assert_eq!(end(date(2023, 1, 31), Term::Months(1)), date(2023, 2, 28));
    assert_eq!(end(date(2024, 2, 29), Term::Years(1)), date(2025, 2, 28));
    assert_eq!(
        end(date(2023, 4, 29), Term::WorkingDays(0)),
        date(2023, 5, 4)
    );
    assert_eq!(end_of_day(friday), at("2023-04-29T00:00"));
    assert!(calendar.term_end(friday, Term::Days(u32::MAX)).is_err());
    assert!(
        calendar
            .term_end(friday, Term::WorkingDays(u32::MAX))
            .is_err()
    );
}

#[test]
fn half_days_off_and_saturday_mornings() {
    let morning = Session::new(7 * 60, 11 * 60).unwrap();
    let mut week = [DayHours::USUAL; 7];
    week[5] = DayHours::new(Some(morning), None).unwrap();
    week[6] = DayHours::CLOSED;
    let hours = OfficeHours::new(week, DayHours::USUAL, 480).unwrap();
    let csv = "date,kind,name,official,note\n2023-12-29,off_afternoon,\"Tất niên, theo thông báo\",yes,\n";
    let calendar = WorkingCalendar::new(hours, read_days(csv).unwrap()).unwrap();
    let worked = |from, to| calendar.working_minutes_between(at(from), at(to));
    assert_eq!(worked("2023-12-29T00:00", "2023-12-30T00:00"), 270);
    assert_eq!(worked("2023-12-30T00:00", "2023-12-31T00:00"), 240);
    assert_eq!(worked("2023-12-31T00:00", "2023-12-30T00:00"), 0);
}

#[test]
fn unconfirmed_days_are_visible() {
    let calendar = shipped();
    let unconfirmed = |year: i16| {
        calendar
            .unconfirmed(date(year, 1, 1), date(year, 12, 31))
            .count()
    };
    assert_eq!([2023, 2024, 2025, 2026].map(unconfirmed), [0, 0, 0, 3]);
    let make_up = calendar.day(date(2026, 1, 10)).unwrap();
    assert_eq!(
        (make_up.kind, make_up.standing),
        (DayKind::Work, Standing::Unverified)
    );
    assert!(
        calendar
            .day(date(2027, 1, 1))
            .is_some_and(|day| day.standing == Standing::Projected)
    );
    assert!(calendar.knows_year(2027) && !calendar.knows_year(2028));
}

#[test]
fn a_bad_list_names_its_line() {
    assert_eq!(read_days("ngày,loại\n"), Err(DaysError::Columns));
    for row in [
        "2023-02-30,off,Tết,yes,",
        "2023-02-03,nghỉ,Tết,yes,",
        "2023-02-03,off,Tết,maybe,",
        "2023-02-03,off,,yes,",
        "2023-02-03,off",
    ] {
        let csv =
            format!("\u{feff}date,kind,name,official,note\r\n2023-01-01,off,Tết,yes,\r\n{row}\r\n");
        let error = read_days(&csv).unwrap_err();
        assert!(matches!(error, DaysError::Row { line: 3, .. }), "{error}");
    }
    let day = read_days(SHIPPED).unwrap()[0].clone();
    let twice = WorkingCalendar::new(OfficeHours::default(), [day.clone(), day]);
    assert_eq!(twice, Err(CalendarError::DoubleDay(date(2023, 1, 1))));
}

#[test]
fn a_closed_office_never_answers() {
    let hours = OfficeHours::new([DayHours::CLOSED; 7], DayHours::CLOSED, 480).unwrap();
    let calendar = WorkingCalendar::new(hours, []).unwrap();
    let start = at("2023-04-14T09:00");
    assert_eq!(
        calendar.next_working_moment(start),
        Err(CalendarError::TooFar(date(2023, 4, 14)))
    );
    let far = shipped().add_working_time(Instant::from_micros(i64::MAX), u32::MAX);
    assert!(matches!(far, Err(CalendarError::TooFar(_))));
}

#[test]
fn a_stopwatch_refuses_what_cannot_be() {
    let mut stopwatch = Stopwatch::start(at("2023-04-14T09:00"));
    assert_eq!(
        stopwatch.resume(at("2023-04-14T10:00")),
        Err(StopwatchError::NotPaused)
    );
    assert!(matches!(
        stopwatch.pause(at("2023-04-14T08:00")),
        Err(StopwatchError::BackInTime { .. })
    ));
    stopwatch.pause(at("2023-04-14T10:00")).unwrap();
    assert_eq!(
        stopwatch.due(&shipped(), 60),
        Ok(Some(at("2023-04-14T10:00")))
    );
    assert_eq!(stopwatch.due(&shipped(), 61), Ok(None));
    assert!(matches!(
        stopwatch.pause(at("2023-04-14T11:00")),
        Err(StopwatchError::AlreadyPaused(_))
    ));
    let json = serde_json::to_string(&stopwatch).unwrap();
    assert_eq!(serde_json::from_str::<Stopwatch>(&json).unwrap(), stopwatch);
    let turned = r#"{"started":5,"pauses":[{"from":4,"until":null}]}"#;
    assert!(serde_json::from_str::<Stopwatch>(turned).is_err());
}

/// A calendar and its open minutes counted out one by one over 40 days from `ORIGIN`.
#[derive(Debug, Clone)]
struct Counted {
    calendar: WorkingCalendar,
    open: Vec<bool>,
}

const ORIGIN: Date = date(2024, 4, 20);
const SPAN: i64 = 40 * 1_440;

fn minute(minute: i64) -> Instant {
    join(ORIGIN, minute * MINUTE)
}

impl Counted {
    /// Open minutes from one minute to another, by counting.
    fn between(&self, from: i64, to: i64) -> i64 {
        let count = (from..to).filter(|minute| self.is_open(*minute)).count();
        i64::try_from(count).unwrap()
    }

    fn is_open(&self, minute: i64) -> bool {
        self.open[usize::try_from(minute).unwrap()]
    }
}

fn day_hours() -> impl Strategy<Value = [Option<(u16, u16)>; 2]> {
    let morning = prop_oneof![
        Just(None),
        (300_u16..500, 1_u16..200).prop_map(|(from, long)| Some((from, from + long)))
    ];
    let afternoon = prop_oneof![
        Just(None),
        (700_u16..900, 1_u16..541).prop_map(|(from, long)| Some((from, from + long)))
    ];
    (morning, afternoon).prop_map(|(morning, afternoon)| [morning, afternoon])
}

fn counted() -> impl Strategy<Value = Counted> {
    let kinds = prop::sample::select(vec![
        DayKind::Off,
        DayKind::OffMorning,
        DayKind::OffAfternoon,
        DayKind::Work,
    ]);
    let days = prop::collection::btree_map(0_usize..40, kinds, 0..12);
    (prop::array::uniform7(day_hours()), days).prop_map(|(week, days)| {
        let built = week.map(|day| {
            let [morning, afternoon] =
                day.map(|session| session.map(|(from, to)| Session::new(from, to).unwrap()));
            DayHours::new(morning, afternoon).unwrap()
        });
        let mut open = Vec::new();
        let mut listed = Vec::new();
        let mut on = ORIGIN;
        for index in 0..40 {
            let weekday = usize::try_from(on.weekday().to_monday_zero_offset()).unwrap();
            let [morning, afternoon] = week[weekday];
            let make_up = [Some((420, 690)), Some((810, 1020))];
            let sessions = match days.get(&index) {
                Some(DayKind::Off) => [None, None],
                Some(DayKind::OffMorning) => [None, afternoon],
                Some(DayKind::OffAfternoon) => [morning, None],
                Some(DayKind::Work) if morning.or(afternoon).is_none() => make_up,
                None | Some(DayKind::Work) => [morning, afternoon],
            };
            open.extend((0..1_440_u16).map(|minute| {
                sessions
                    .iter()
                    .flatten()
                    .any(|(from, to)| (*from..*to).contains(&minute))
            }));
            if let Some(kind) = days.get(&index) {
                listed.push(Day {
                    date: on,
                    kind: *kind,
                    name: "nghỉ".to_owned(),
                    standing: Standing::Official,
                    note: String::new(),
                });
            }
            on = on.tomorrow().unwrap();
        }
        let hours = OfficeHours::new(built, DayHours::USUAL, 480).unwrap();
        Counted {
            calendar: WorkingCalendar::new(hours, listed).unwrap(),
            open,
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn minutes_between_are_those_counted(counted in counted(), one in 0..SPAN, other in 0..SPAN) {
        let worked = counted.calendar.working_minutes_between(minute(one), minute(other));
        prop_assert_eq!(worked, counted.between(one, other));
    }

    #[test]
    fn added_minutes_are_those_counted(counted in counted(), start in 0..SPAN, minutes in 0_u32..2_000) {
        let due = counted.calendar.add_working_time(minute(start), minutes);
        // The k-th open minute from the start on ends when the time is up; for none, the
        // first open minute begins.
        let mut left = i64::from(minutes);
        let mut expected = None;
        for at in start..SPAN {
            if counted.is_open(at) {
                if left == 0 {
                    expected = Some(at);
                    break;
                }
                left -= 1;
                if left == 0 {
                    expected = Some(at + 1);
                    break;
                }
            }
        }
        if let Some(expected) = expected {
            prop_assert_eq!(due, Ok(minute(expected)));
        }
    }

    #[test]
    fn a_stopwatch_counts_what_lies_outside_its_pauses(
        counted in counted(),
        mut marks in prop::collection::vec(0..SPAN, 1..8),
        now in 0..SPAN,
        budget in 1_u32..3_000,
    ) {
        marks.sort_unstable();
        let mut stopwatch = Stopwatch::start(minute(marks[0]));
        for (index, mark) in marks[1..].iter().enumerate() {
            if index % 2 == 0 {
                stopwatch.pause(minute(*mark)).unwrap();
            } else {
                stopwatch.resume(minute(*mark)).unwrap();
            }
        }
        // It runs from each even mark to the next, the last one open-ended.
        let by_hand: i64 = marks
            .chunks(2)
            .map(|run| counted.between(run[0], run.get(1).map_or(now, |end| (*end).min(now))))
            .sum();
        prop_assert_eq!(stopwatch.elapsed_minutes(&counted.calendar, minute(now)), by_hand);

        if let Ok(Some(due)) = stopwatch.due(&counted.calendar, budget) {
            let elapsed = |at| stopwatch.elapsed_minutes(&counted.calendar, at);
            prop_assert_eq!(elapsed(due), i64::from(budget));
            prop_assert_eq!(elapsed(due.plus_seconds(-60)), i64::from(budget) - 1);
        } else if stopwatch.paused_since().is_some() {
            let far = minute(SPAN);
            prop_assert!(stopwatch.elapsed_minutes(&counted.calendar, far) < i64::from(budget));
        }
    }
}

#[test]
fn a_reminder_lies_a_term_ahead() {
    let calendar = shipped();
    let ahead = |end, term| calendar.ahead_of(end, term).unwrap();
    // Over the holidays from 29 April to 3 May 2023.
    assert_eq!(
        ahead(date(2023, 5, 5), Term::WorkingDays(3)),
        date(2023, 4, 27)
    );
    assert_eq!(
        ahead(date(2023, 5, 5), Term::WorkingDays(0)),
        date(2023, 5, 5)
    );
    assert_eq!(ahead(date(2023, 5, 5), Term::Days(2)), date(2023, 5, 3));
    assert_eq!(ahead(date(2023, 5, 5), Term::Weeks(1)), date(2023, 4, 28));
    assert_eq!(ahead(date(2023, 3, 31), Term::Months(1)), date(2023, 2, 28));
    assert_eq!(ahead(date(2024, 2, 29), Term::Years(1)), date(2023, 2, 28));
}
