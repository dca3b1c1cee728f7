//! An event as the form sends it, and as the directory takes it.

use directory::{
    Fraction, Hierarchy, Level, Part, Reading, Resolution, ShareBasis, UnitChange, UnitDetails,
    UnitEvent, UnitKind, UnitTree,
};
use jiff::civil::Date;
use vocab::{FieldProblem, Id, Problem};

use super::form::Entered;
use crate::http::{App, Failure, Fields};
use crate::pages::unit_event_form::TypedEvent;

/// The kinds of events, as the form sends them.
pub(super) const KINDS: [&str; 6] = ["merge", "split", "rename", "move", "abolish", "create"];

/// The form's fields beside kind and day, each with its value.
pub(super) fn pairs(typed: &TypedEvent) -> [(&'static str, &String); 9] {
    [
        ("don-vi", &typed.units),
        ("vao", &typed.into),
        ("ten", &typed.name),
        ("ten-gon", &typed.short_name),
        ("loai-don-vi", &typed.unit_kind),
        ("ma", &typed.code),
        ("so-ky-hieu", &typed.symbol),
        ("ngay-van-ban", &typed.issued),
        ("co-quan", &typed.issuer),
    ]
}

/// The fields that the step of the resolution asks for.
pub(super) const ORDER: [&str; 3] = ["so-ky-hieu", "ngay-van-ban", "co-quan"];

/// Kind, day and everything else of a form.
pub(super) fn read(mut fields: Fields) -> Result<Entered, Failure> {
    let kind = fields.take("loai")?;
    let day = fields.take("ngay")?;
    let mut optional = |name| Ok::<_, Failure>(fields.lookup(name)?.unwrap_or_default());
    let typed = TypedEvent {
        units: optional("don-vi")?,
        into: optional("vao")?,
        name: optional("ten")?,
        short_name: optional("ten-gon")?,
        unit_kind: optional("loai-don-vi")?,
        code: optional("ma")?,
        symbol: optional("so-ky-hieu")?,
        issued: optional("ngay-van-ban")?,
        issuer: optional("co-quan")?,
    };
    fields.done()?;
    if !KINDS.contains(&kind.as_str()) {
        return Err(crate::http::fields::at("loai", 422, "choice-unknown"));
    }
    let day = day
        .parse()
        .map_err(|_| crate::http::fields::at("ngay", 422, "not-a-date"))?;
    Ok(Entered { kind, day, typed })
}

/// The event that the form describes. What names no unit is a problem of its field.
pub(super) async fn event(app: &App, entered: &Entered) -> Result<UnitEvent, Failure> {
    let Entered { kind, day, typed } = entered;
    let tree = app.directory.units_on(*day).await?;
    let named = Named {
        tree: &tree,
        problems: Vec::new(),
    };
    let new = app.store().context().new_id();
    named.event(kind, *day, typed, new)
}

struct Named<'a> {
    tree: &'a UnitTree,
    problems: Vec<FieldProblem>,
}

impl Named<'_> {
    fn event(
        mut self,
        kind: &str,
        date: Date,
        typed: &TypedEvent,
        new: Id,
    ) -> Result<UnitEvent, Failure> {
        let change = match kind {
            "merge" => UnitChange::Merge {
                from: self.units("don-vi", &typed.units),
                into: self.unit("vao", &typed.into),
            },
            "split" => UnitChange::Split {
                from: self.unit("don-vi", &typed.units),
                into: self.parts(&typed.into),
            },
            "rename" => UnitChange::Rename {
                unit: self.unit("don-vi", &typed.units),
                name: typed.name.clone(),
                short_name: typed.short_name.clone(),
            },
            "move" => UnitChange::Move {
                unit: self.unit("don-vi", &typed.units),
                hierarchy: Hierarchy::Administration,
                parent: Some(self.unit("vao", &typed.into)),
            },
            "abolish" => UnitChange::Abolish {
                units: self.units("don-vi", &typed.units),
            },
            _ => UnitChange::Create {
                unit: new,
                details: self.details(typed),
            },
        };
        let issued = typed.issued.trim();
        let passed = (!issued.is_empty()).then(|| issued.parse::<Date>());
        if matches!(passed, Some(Err(_))) {
            let problem = FieldProblem::new("ngay-van-ban", "not-a-date");
            self.problems.push(problem);
        }
        if !self.problems.is_empty() {
            let mut problem = Problem::new(422, "invalid-fields", "a form of an event of units");
            problem.fields = self.problems;
            return Err(problem.into());
        }
        Ok(UnitEvent {
            date,
            change,
            ordered_by: Resolution {
                symbol: some(&typed.symbol),
                date: passed.and_then(Result::ok),
                source: typed.issuer.trim().to_owned(),
            },
        })
    }

    fn details(&mut self, typed: &TypedEvent) -> UnitDetails {
        let kind = UnitKind::from_value(&typed.unit_kind).unwrap_or(UnitKind::Commune);
        UnitDetails {
            hierarchy: Hierarchy::Administration,
            parent: Some(self.unit("vao", &typed.into)),
            name: typed.name.clone(),
            short_name: typed.short_name.clone(),
            aliases: Vec::new(),
            kind,
            level: level(kind),
            code: None,
            area_code: some(&typed.code),
        }
    }

    fn units(&mut self, field: &str, lines: &str) -> Vec<Id> {
        let lines = lines.lines().filter(|line| !line.trim().is_empty());
        lines.map(|line| self.unit(field, line)).collect()
    }

    fn unit(&mut self, field: &str, text: &str) -> Id {
        let text = text.trim();
        let found = self.tree.by_area_code(text).map(|unit| unit.id);
        let found = found.or_else(|| match self.tree.resolve(text, None) {
            Some(Reading::Unit(unit)) => Some(unit),
            Some(Reading::Group(_)) | None => None,
        });
        let found = found.filter(|_| !text.is_empty());
        found.unwrap_or_else(|| {
            let problem = FieldProblem::new(field, "unit-not-found");
            self.problems.push(problem.with("name", text));
            Id::NIL
        })
    }

    fn parts(&mut self, lines: &str) -> Vec<Part> {
        let lines = lines.lines().filter(|line| !line.trim().is_empty());
        lines.map(|line| self.part(line)).collect()
    }

    fn part(&mut self, line: &str) -> Part {
        let (name, share) = match line.rsplit_once(';') {
            Some((name, share)) => (name, Some(share)),
            None => (line, None),
        };
        let fraction = |text: &str| {
            let (above, below) = text.trim().split_once('/')?;
            Fraction::new(above.trim().parse().ok()?, below.trim().parse().ok()?)
        };
        let known = share.and_then(fraction);
        if let (Some(share), None) = (share, known) {
            let problem = FieldProblem::new("vao", "share-not-fraction");
            self.problems.push(problem.with("value", share.trim()));
        }
        Part {
            unit: self.unit("vao", name),
            share: known,
            basis: known.map(|_| ShareBasis::Declared),
        }
    }
}

const fn level(kind: UnitKind) -> Level {
    match kind {
        UnitKind::District | UnitKind::DistrictOffice => Level::District,
        UnitKind::Commune => Level::Commune,
        _ => Level::Province,
    }
}

fn some(text: &str) -> Option<String> {
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}
