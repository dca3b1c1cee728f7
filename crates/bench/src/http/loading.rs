//! A million reports that are on their way, beside the shipped plan.

use directory::{Directory, Reading};
use jiff::Span;
use jiff::civil::Date;
use plan::import::IndicatorKind;
use plan::records::IndicatorBody;
use plan::{INDICATOR, OBSERVATION, Plans};
use registry::Registry;
use serde_json::json;
use store::{Actor, Config, Expect, ListQuery, Op, RecordPut, Scope, Store, Value, Write};
use vocab::context::fixed;
use vocab::{Context, Id, Instant, OfficeHours, Period, WorkingCalendar, canonical, collate};

use crate::dataset::BATCH;
use crate::{Failure, records};

/// The instant in the identities of the reports, and how far apart they are.
const BEGAN: i64 = 1_681_439_400_000_000;
const APART: i64 = 1_000;
/// Reports of this officer's own, for writing: from this number on.
const DRAFTS_FROM: u64 = 1 << 40;
/// How many there are.
pub(crate) const DRAFTS: u64 = 16;
/// The unit whose drafts they are, which the account `canbo.snv` acts for.
const DRAFTING: &str = "Sở Nội vụ";

/// The identity of the report of this number: later ones sort later, as they do in life.
pub(crate) fn identity(number: u64) -> Result<Id, Failure> {
    let at = Instant::from_micros(BEGAN + i64::try_from(number)? * APART);
    let mut random = [0; 10];
    random[..8].copy_from_slice(&records::mix(number).to_be_bytes());
    Ok(Id::v7(at, random))
}

/// The identity of a draft.
pub(crate) fn draft(number: u64) -> Result<Id, Failure> {
    identity(DRAFTS_FROM + number % DRAFTS)
}

/// Loads so many reports into a store in which the program has put what ships.
pub(crate) async fn load(config: &Config, count: u64) -> Result<(), Failure> {
    let mut tables = directory::tables();
    tables.extend(Registry::tables(&plan::declarations()));
    let context = context(1)?;
    let store = Store::open(config, tables, context).await?;
    let directory = Directory::open(store.clone()).await?;
    let units: Vec<Id> = directory
        .units()
        .await?
        .iter()
        .map(|unit| unit.id)
        .collect();
    let matters = Matters::read(&store, units).await?;
    let mut next = Some(matters.batch(0, count)?);
    while let Some((writes, end)) = next {
        for outcome in store.commit_each(writes).await {
            outcome?;
        }
        next = (end < count)
            .then(|| matters.batch(end, count))
            .transpose()?;
    }
    for outcome in store.commit_each(drafts(directory).await?).await {
        outcome?;
    }
    store.seal().await?;
    Ok(())
}

/// What reports speak of.
struct Matters {
    units: Vec<Id>,
    /// Ratios, and their targets.
    indicators: Vec<(Id, Id)>,
}

impl Matters {
    async fn read(store: &Store, units: Vec<Id>) -> Result<Self, Failure> {
        let query = ListQuery::new(INDICATOR, Scope::bypass("measurements")).limit(1_000);
        let mut indicators = Vec::new();
        for record in store.list_records(&query).await?.items {
            let body: IndicatorBody = serde_json::from_str(&record.body)?;
            if body.measure.kind == IndicatorKind::Ratio {
                indicators.push((record.head.id, body.target));
            }
        }
        Ok(Self { units, indicators })
    }

    /// The writes of a batch from this number on, and where the next one begins.
    fn batch(&self, start: u64, count: u64) -> Result<(Vec<Write>, u64), Failure> {
        let end = count.min(start + BATCH as u64);
        let writes: Result<_, Failure> = (start..end).map(|number| self.write(number)).collect();
        Ok((writes?, end))
    }

    /// A report of a day, which nobody is asked for: real ones, by quarter, stay possible.
    fn write(&self, number: u64) -> Result<Write, Failure> {
        let (units, indicators) = (self.units.len() as u64, self.indicators.len() as u64);
        let place = |number: u64| usize::try_from(number);
        let unit = self.units[place(number % units)?];
        let indicator = self.indicators[place(number / units % indicators)?];
        let day = i64::try_from(number / units / indicators)?;
        let date = Date::constant(2023, 1, 1).checked_add(Span::new().try_days(day)?)?;
        let period = Period::day(date)?;
        let state = if number.is_multiple_of(5) {
            "approved"
        } else {
            "submitted"
        };
        put(identity(number)?, unit, indicator, period, state)
    }
}

/// Drafts that the officer may edit.
async fn drafts(directory: Directory) -> Result<Vec<Write>, Failure> {
    let units = directory.units().await?;
    let Some(Reading::Unit(unit)) = units.resolve(DRAFTING, None) else {
        return Err("the drafting unit ships with the program".into());
    };
    let calendar = WorkingCalendar::new(OfficeHours::default(), Vec::new())?;
    let plans = Plans::new(Registry::new(directory, plan::declarations(), calendar));
    let view = plans
        .view()
        .await?
        .ok_or("the plan ships with the program")?;
    let ratios: Vec<(Id, Id)> = view
        .reported_by(unit)
        .flat_map(|target| target.indicators.iter().map(move |one| (target, one)))
        .filter(|(_, indicator)| indicator.body.measure.kind == IndicatorKind::Ratio)
        .map(|(target, indicator)| (indicator.id, target.id))
        .collect();
    let matters = view
        .periods()
        .into_iter()
        .flat_map(|period| ratios.iter().map(move |ratio| (period, *ratio)));
    let writes: Result<Vec<_>, Failure> = (0..DRAFTS)
        .zip(matters)
        .map(|(number, (period, ratio))| put(draft(number)?, unit, ratio, period, "draft"))
        .collect();
    let writes = writes?;
    if writes.len() as u64 != DRAFTS {
        return Err("the unit reports on too little".into());
    }
    Ok(writes)
}

/// A report as the registry would put it.
fn put(
    id: Id,
    unit: Id,
    (indicator, target): (Id, Id),
    period: Period,
    state: &str,
) -> Result<Write, Failure> {
    let denominator = 20 + i64::from(id.as_bytes()[15]);
    let numerator = i64::from(id.as_bytes()[14]).min(denominator);
    let key = format!("{indicator}/{unit}/{period}");
    let body = json!({
        "indicator": indicator, "target": target, "period": period, "key": key,
        "numerator": numerator, "denominator": denominator,
    });
    let mut sort_key = collate::sort_key_cut(&period.code(), 100);
    sort_key.push(0);
    let author = officer();
    let put = RecordPut {
        table: OBSERVATION.to_owned(),
        id,
        expect: Expect::New,
        action: "create".to_owned(),
        unit,
        state: state.to_owned(),
        sort_key,
        columns: vec![
            author.account.into(),
            indicator.into(),
            target.into(),
            period.code().into(),
            key.into(),
            numerator.into(),
            denominator.into(),
            Value::Null,
            Value::Null,
        ],
        body: canonical::to_text(&body)?,
        schema: String::new(),
        tokens: Vec::new(),
        files: Vec::new(),
    };
    Ok(Write::by(author).op(Op::Put(put)))
}

/// Who reported all this.
pub(super) fn officer() -> Actor {
    Actor {
        account: Id::from_digest([7; 16]),
        on_behalf: None,
        via: "api".to_owned(),
        request: Id::from_digest([8; 16]),
    }
}

/// A clock from now on: what the program itself wrote before stays before.
pub(super) fn context(seed: u64) -> Result<Context, Failure> {
    #[expect(
        clippy::disallowed_methods,
        reason = "the store is the program's own, whose clock is the system's"
    )]
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH)?;
    let now = Instant::from_micros(i64::try_from(now.as_micros())?);
    Ok(Context::new(
        fixed::SteppingClock::new(now, 5),
        fixed::SeededEntropy::new(records::mix(seed)),
    ))
}
