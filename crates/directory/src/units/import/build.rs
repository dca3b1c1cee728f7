//! Events of the rows of each day: which unit each row speaks of, and which begin.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;
use vocab::{FieldProblem, Id};

use super::area::{area_details, id_of, is_called, on_code};
use super::rows::{EventRow, Kind};
use super::{Made, say};
use crate::digest::named_id;
use crate::units::events::{Timeline, plan};
use crate::units::record::UnitBody;
use crate::units::{Hierarchy, Resolution, UnitChange, UnitEvent};

/// Makes the events of all rows, day by day, each day upon what the days before made.
pub(super) fn events(timeline: &Timeline, rows: &[EventRow], file: &str) -> Made {
    let mut made = Made::default();
    let mut timeline = timeline.clone();
    let mut from = 0;
    while from < rows.len() {
        let date = rows[from].date;
        let of_day = rows[from..].iter().take_while(|row| row.date == date);
        let until = from + of_day.count();
        if let Some(next) = rows.get(until).filter(|next| next.date < date) {
            let fault = made.fault(next.line, "unit-dates-disordered");
            say(fault, "date", next.date);
            return made;
        }
        let Some(day) = Day::new(&timeline, &rows[from..until], file, date) else {
            made.fault(rows[from].line, "row-date-invalid");
            return made;
        };
        let of_day = day.make();
        let has_faults = !of_day.faults.is_empty();
        let events: Vec<UnitEvent> = of_day.events.iter().map(|(_, e)| e.clone()).collect();
        made.events.extend(of_day.events);
        made.notes.extend(of_day.notes);
        made.faults.extend(of_day.faults);
        if has_faults {
            return made;
        }
        // The next day's codes are looked up in what this day makes. What cannot be worked
        // in is told once all is planned together.
        let mut number = 0_u128;
        let planned = plan(timeline.clone(), &events, || {
            number += 1;
            named_id(&format!("unit-import/{date}/{number}"))
        });
        match planned {
            Ok(plan) => timeline = plan.timeline,
            Err(_) => return made,
        }
        from = until;
    }
    made
}

/// The rows of one day at work.
pub(super) struct Day<'a> {
    pub(super) timeline: &'a Timeline,
    pub(super) rows: &'a [EventRow],
    file: &'a str,
    date: Date,
    pub(super) eve: Date,
    pub(super) made: Made,
    /// Each row's unit before, by code.
    pub(super) from: HashMap<&'a str, (Id, &'a UnitBody)>,
    /// Units that end on this day, with the code that takes them in.
    pub(super) ended: HashMap<Id, Option<&'a str>>,
    /// What the codes after mean.
    pub(super) to: BTreeMap<&'a str, Id>,
}

impl<'a> Day<'a> {
    fn new(
        timeline: &'a Timeline,
        rows: &'a [EventRow],
        file: &'a str,
        date: Date,
    ) -> Option<Self> {
        Some(Self {
            timeline,
            rows,
            file,
            date,
            eve: date.yesterday().ok()?,
            made: Made::default(),
            from: HashMap::new(),
            ended: HashMap::new(),
            to: BTreeMap::new(),
        })
    }

    fn make(mut self) -> Made {
        self.look_up();
        if self.made.faults.is_empty() {
            self.creations();
            self.targets();
        }
        if self.made.faults.is_empty() {
            self.divisions();
            self.merges();
            self.others();
        }
        self.made
    }

    fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &'a EventRow> + use<'a> {
        let rows = self.rows.iter();
        rows.filter(move |row| row.kind == kind)
    }

    /// The rows of mergers whose unit before is known.
    pub(super) fn merging(&self) -> impl Iterator<Item = &'a EventRow> + use<'a> {
        self.of_kind(Kind::MergeInto)
            .filter(|row| !row.from_code.is_empty())
    }

    fn look_up(&mut self) {
        for row in self.rows {
            if row.kind == Kind::Create {
                continue;
            }
            if row.from_code.is_empty() {
                let note = FieldProblem::new("from_code", "row-without-code");
                self.made.note(row.line, note.with("name", &row.from_name));
                continue;
            }
            let Some((unit, body)) = on_code(self.timeline, &row.from_code, self.eve) else {
                let fault = self.made.fault(row.line, "row-code-unknown");
                say(fault, "code", &row.from_code);
                say(fault, "date", self.eve);
                continue;
            };
            if !row.from_name.is_empty() && !is_called(body, &row.from_name) {
                let note = FieldProblem::new("from_name", "row-name-differs");
                self.made.note(
                    row.line,
                    note.with("name", &row.from_name)
                        .with("known", &body.short_name),
                );
            }
            self.from.insert(&row.from_code, (unit, body));
            match row.kind {
                Kind::MergeInto => self.ended.insert(unit, Some(row.to_code.as_str())),
                Kind::Abolish => self.ended.insert(unit, None),
                Kind::Create | Kind::Rename | Kind::Move => None,
            };
        }
    }

    fn creations(&mut self) {
        for row in self.of_kind(Kind::Create) {
            let parent = self.parent(row, None);
            self.begin(row, parent);
        }
    }

    /// Finds or begins what each code after means.
    fn targets(&mut self) {
        for row in self.of_kind(Kind::MergeInto) {
            if self.to.contains_key(row.to_code.as_str()) {
                continue;
            }
            let before = on_code(self.timeline, &row.to_code, self.eve);
            match before {
                // The one that takes others in and goes on.
                Some((unit, body)) if !self.ended.contains_key(&unit) => {
                    if is_called(body, &row.to_name) {
                        self.to.insert(&row.to_code, unit);
                    } else {
                        let known = body.short_name.clone();
                        let fault = self.made.fault(row.line, "row-code-of-another");
                        say(fault, "code", &row.to_code);
                        say(fault, "name", &row.to_name);
                        say(fault, "known", known);
                    }
                }
                Some((unit, body)) if self.goes_on_alone(unit, body, row) => {
                    self.to.insert(&row.to_code, unit);
                    self.go_on(unit, body, row);
                }
                _ => {
                    let whose = self.merging().find(|other| other.to_code == row.to_code);
                    let parent = self.parent(row, whose);
                    self.begin(row, parent);
                }
            }
        }
    }

    /// Whether the only unit that goes into a code is the one that had it, by its name.
    fn goes_on_alone(&self, unit: Id, body: &UnitBody, row: &EventRow) -> bool {
        let into = |other: &&EventRow| other.to_code == row.to_code;
        let of_unit = |other: &&EventRow| self.unit(other) == Some(unit);
        self.merging().filter(into).count() == 1
            && self.merging().filter(of_unit).count() == 1
            && row.share == "whole"
            && self.unit(row) == Some(unit)
            && is_called(body, &row.to_name)
    }

    /// A unit that no other joins goes on, perhaps under another one.
    fn go_on(&mut self, unit: Id, body: &UnitBody, row: &EventRow) {
        self.ended.remove(&unit);
        let above = self.parent(row, Some(row));
        let hierarchy = above.map_or(body.hierarchy, |(_, hierarchy)| hierarchy);
        let parent = above.map(|(unit, _)| unit);
        if (parent, hierarchy) != (body.parent, body.hierarchy) {
            let change = UnitChange::Move {
                unit,
                hierarchy,
                parent,
            };
            self.add(row, change);
        }
    }

    /// The unit above one that begins: the one named, else what became of the one above
    /// the unit that goes into it.
    fn parent(&self, row: &EventRow, whose: Option<&EventRow>) -> Option<(Id, Hierarchy)> {
        if !row.parent_code.is_empty() {
            return self.after(&row.parent_code);
        }
        let body = whose.and_then(|row| self.from.get(row.from_code.as_str()));
        let mut at = body.and_then(|(_, body)| body.parent);
        let mut seen = BTreeSet::new();
        while let Some(unit) = at.filter(|unit| seen.insert(*unit)) {
            let body = self.timeline.on(unit, self.eve).map(|(_, body)| body);
            at = match self.ended.get(&unit) {
                None => return body.map(|body| (unit, body.hierarchy)),
                Some(Some(code)) => match self.after(code) {
                    Some(found) => return Some(found),
                    None => None,
                },
                Some(None) => body.and_then(|body| body.parent),
            };
        }
        None
    }

    /// What a code means from this day on.
    pub(super) fn after(&self, code: &str) -> Option<(Id, Hierarchy)> {
        if let Some(unit) = self.to.get(code) {
            let begun = self
                .made
                .events
                .iter()
                .find_map(|(_, event)| match &event.change {
                    UnitChange::Create { unit: new, details } if new == unit => {
                        Some(details.hierarchy)
                    }
                    _ => None,
                });
            let stood = self.timeline.on(*unit, self.eve);
            let hierarchy = begun.or(stood.map(|(_, body)| body.hierarchy))?;
            return Some((*unit, hierarchy));
        }
        let (unit, body) = on_code(self.timeline, code, self.eve)?;
        (!self.ended.contains_key(&unit)).then_some((unit, body.hierarchy))
    }

    fn begin(&mut self, row: &'a EventRow, above: Option<(Id, Hierarchy)>) {
        let Some((parent, hierarchy)) = above else {
            let fault = self.made.fault(row.line, "row-parent-unknown");
            say(fault, "name", &row.to_name);
            say(fault, "code", &row.parent_code);
            return;
        };
        let Some(details) = area_details(&row.to_name, &row.to_code, hierarchy, Some(parent))
        else {
            let fault = self.made.fault(row.line, "row-name-unknown");
            say(fault, "name", &row.to_name);
            say(fault, "code", &row.to_code);
            return;
        };
        let unit = id_of(&row.to_code, self.date);
        self.to.insert(&row.to_code, unit);
        self.add(row, UnitChange::Create { unit, details });
    }

    pub(super) fn unit(&self, row: &EventRow) -> Option<Id> {
        self.from.get(row.from_code.as_str()).map(|(unit, _)| *unit)
    }

    pub(super) fn add(&mut self, row: &EventRow, change: UnitChange) {
        let symbol = Some(row.symbol.clone()).filter(|symbol| !symbol.is_empty());
        let event = UnitEvent {
            date: self.date,
            change,
            ordered_by: Resolution {
                symbol,
                date: None,
                source: format!("{}:{}", self.file, row.line),
            },
        };
        self.made.events.push((row.line, event));
    }
}
