//! A role as it was typed.

use directory::permission::{Reach, RoleGrant, RoleName, RoleSpec};
use directory::{Act, read_day};
use jiff::civil::Date;
use vocab::{FieldProblem, Problem};

use super::super::fields::at;
use super::super::{Failure, Fields};

/// More grants than any role has.
const MOST: usize = 200;

/// All fields of the form.
#[derive(Clone, Default)]
pub(super) struct Typed {
    pub version: i64,
    pub seen: String,
    pub code: String,
    pub name_vi: String,
    pub name_en: String,
    pub from: String,
    pub last: String,
    pub grants: Vec<TypedGrant>,
}

/// The fields of one grant.
#[derive(Clone)]
pub(super) struct TypedGrant {
    pub kinds: Vec<String>,
    pub verbs: Vec<String>,
    pub reach: String,
    pub states: Vec<String>,
    pub condition: String,
    pub masks: String,
    pub four_eyes: bool,
    pub dropped: bool,
}

impl Typed {
    /// Takes the form: each grant's fields begin with `q` and its number from 0.
    pub(super) fn take(mut fields: Fields) -> Result<(Self, String), Failure> {
        let number = |fields: &mut Fields, name: &str| -> Result<i64, Failure> {
            let text = fields.take(name)?;
            text.parse().map_err(|_| at(name, 422, "choice-unknown"))
        };
        let mut typed = Self {
            version: number(&mut fields, "phien-ban")?,
            seen: fields.take("da-xem")?,
            code: fields.take("ma")?.trim().to_owned(),
            name_vi: fields.take("ten-vi")?,
            name_en: fields.take("ten-en")?,
            from: fields.take("tu-ngay")?,
            last: fields.take("den-ngay")?,
            grants: Vec::new(),
        };
        let count = usize::try_from(number(&mut fields, "so-quyen")?).unwrap_or(usize::MAX);
        if count > MOST + 1 {
            return Err(at("so-quyen", 422, "choice-unknown"));
        }
        for place in 0..count {
            let name = |field: &str| format!("q{place}-{field}");
            typed.grants.push(TypedGrant {
                kinds: fields.take_all(&name("doi-tuong")),
                verbs: fields.take_all(&name("viec")),
                reach: fields.take(&name("pham-vi"))?,
                states: fields.take_all(&name("buoc")),
                condition: fields.take(&name("dieu-kien"))?,
                masks: fields.take(&name("che"))?,
                four_eyes: fields.lookup(&name("bon-mat"))?.is_some(),
                dropped: fields.lookup(&name("bo"))?.is_some(),
            });
        }
        let step = fields.take("viec")?;
        fields.done()?;
        Ok((typed, step))
    }

    /// A role as the form would have it.
    pub(super) fn of(role: &RoleSpec, version: i64) -> Self {
        let day = |day: Option<Date>| day.map_or_else(String::new, |day| day.to_string());
        Self {
            version,
            seen: String::new(),
            code: role.code.clone(),
            name_vi: role.name.vi.clone(),
            name_en: role.name.en.clone(),
            from: day(role.valid_from),
            last: day(role.valid_to),
            grants: role.grants.iter().map(TypedGrant::of).collect(),
        }
    }

    /// What was typed as a role, and which of the form's grants each of its grants is. Those
    /// that were dropped or left empty are not among them.
    pub(super) fn role(&self) -> Result<(RoleSpec, Vec<usize>), Problem> {
        let mut grants = Vec::new();
        let mut places = Vec::new();
        for (place, typed) in self.grants.iter().enumerate() {
            if typed.dropped || typed.is_empty() {
                continue;
            }
            grants.push(typed.grant(place)?);
            places.push(place);
        }
        let role = RoleSpec {
            code: self.code.clone(),
            name: RoleName {
                vi: self.name_vi.trim().to_owned(),
                en: self.name_en.trim().to_owned(),
            },
            grants,
            valid_from: day(&self.from, "tu-ngay")?,
            valid_to: day(&self.last, "den-ngay")?,
        };
        Ok((role, places))
    }
}

impl TypedGrant {
    /// A grant to be filled in.
    pub(super) fn fresh() -> Self {
        Self {
            kinds: Vec::new(),
            verbs: Vec::new(),
            reach: reach_value(Reach::Unit).to_owned(),
            states: Vec::new(),
            condition: String::new(),
            masks: String::new(),
            four_eyes: false,
            dropped: false,
        }
    }

    fn of(grant: &RoleGrant) -> Self {
        Self {
            kinds: grant.kinds.clone(),
            verbs: grant
                .verbs
                .iter()
                .map(|verb| verb.value().to_owned())
                .collect(),
            reach: reach_value(grant.reach).to_owned(),
            states: grant.states.clone(),
            condition: grant.condition.clone().unwrap_or_default(),
            masks: grant.masks.join(", "),
            four_eyes: grant.four_eyes,
            dropped: false,
        }
    }

    fn is_empty(&self) -> bool {
        let boxes = [&self.kinds, &self.verbs, &self.states];
        let texts = [&self.condition, &self.masks];
        boxes.iter().all(|boxes| boxes.is_empty())
            && texts.iter().all(|text| text.trim().is_empty())
            && !self.four_eyes
    }

    /// The grant; `place` names its fields where one holds what no box offers.
    pub(super) fn grant(&self, place: usize) -> Result<RoleGrant, Problem> {
        let unknown = |field: &str| wrong(&format!("q{place}-{field}"), "choice-unknown");
        let verbs = self.verbs.iter().map(|verb| Act::from_value(verb));
        let masks = self.masks.split(',').map(str::trim);
        Ok(RoleGrant {
            kinds: self.kinds.clone(),
            verbs: verbs
                .collect::<Option<_>>()
                .ok_or_else(|| unknown("viec"))?,
            reach: REACHES
                .into_iter()
                .find(|reach| reach_value(*reach) == self.reach)
                .ok_or_else(|| unknown("pham-vi"))?,
            states: self.states.clone(),
            condition: Some(self.condition.trim().to_owned()).filter(|text| !text.is_empty()),
            masks: masks
                .filter(|field| !field.is_empty())
                .map(str::to_owned)
                .collect(),
            four_eyes: self.four_eyes,
        })
    }
}

/// How far a grant may go, the nearest first.
pub(super) const REACHES: [Reach; 5] = [
    Reach::Own,
    Reach::Unit,
    Reach::Subtree,
    Reach::Line,
    Reach::All,
];

pub(super) const fn reach_value(reach: Reach) -> &'static str {
    match reach {
        Reach::Own => "own",
        Reach::Unit => "unit",
        Reach::Subtree => "subtree",
        Reach::Line => "line",
        Reach::All => "all",
    }
}

pub(super) fn wrong(field: &str, code: &str) -> Problem {
    Problem::new(422, "role-invalid", "reading a role's form").at(FieldProblem::new(field, code))
}

fn day(text: &str, field: &str) -> Result<Option<Date>, Problem> {
    match text.trim() {
        "" => Ok(None),
        text => read_day(text)
            .map(Some)
            .ok_or_else(|| wrong(field, "role-date-invalid")),
    }
}
