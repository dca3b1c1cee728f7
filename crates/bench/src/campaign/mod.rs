//! A call for the reports of all units, answered by simulated people through the pages, with
//! forms sent twice and connections that break; and a sheet of all measures of the plan.

mod form;
mod people;
mod province;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Instant as Stopwatch;

use axum::http::StatusCode;
use directory::{Principal, Role};
use plan::TARGET;
use plan::campaigns::Campaign;
use plan::records::{Party, TargetBody};
use registry::Caller;
use tokio::sync::Semaphore;
use vocab::{Id, Instant, Period};

use crate::Failure;
use crate::figure::{Figure, median, millis};
use crate::options::Options;
use crate::place::Engine;
use people::{Answer, Person, filled, pressing};
use province::{NOW, People, Province};

/// How many people act at once.
const AT_ONCE: usize = 64;
/// How many sheets must be handed in a second.
const SHEETS_A_SECOND: f64 = 100.0;
/// What opening, saving and handing in a sheet may take, in milliseconds.
const SHEET_MS: f64 = 300.0;
/// Every how many units something goes wrong on the way.
const TWICE: usize = 5;
const BREAKS: usize = 7;
const SENT_BACK: usize = 9;

/// Both figures.
pub(crate) async fn measure(engine: &Engine, options: &Options) -> Result<Vec<Figure>, Failure> {
    let mut figures = vec![whole(engine).await?];
    figures.extend(one_sheet(engine, options).await?);
    Ok(figures)
}

/// A unit's part: its people, and what they typed.
struct Office {
    number: usize,
    unit: Id,
    path: String,
    officer: Person,
    head: Person,
}

/// Each unit's part of a call.
fn offices(campaign: &Campaign, people: &[People]) -> Vec<Arc<Office>> {
    let office = |(number, people): (usize, &People)| {
        Arc::new(Office {
            number,
            unit: people.unit,
            path: format!("/dot-bao-cao/{}/phieu/{}", campaign.record.id, people.unit),
            officer: people.officer.clone(),
            head: people.head.clone(),
        })
    };
    people.iter().enumerate().map(office).collect()
}

/// The whole campaign, from the call to the last consolidation.
async fn whole(engine: &Engine) -> Result<Figure, Failure> {
    let province = Province::open(engine, "campaign").await?;
    let coordinating = province.unit("Sở Thông tin và Truyền thông").await?;
    let coordinator = province
        .person("dieuphoi", Role::Coordinator, coordinating)
        .await?;
    // The quarter before: reports have a history, and PostgreSQL knows what its tables hold, as it
    // does by itself within a minute.
    let first = province.call(Period::quarter(2023, 1)?).await?;
    let people = province.people(&first).await?;
    let offices = offices(&first, &people);
    all(&offices, |office| async move { office.report().await }).await?;
    all(&offices, |office| async move { office.decide().await }).await?;
    consolidate(&province, &first, &coordinator).await?;
    province.settle().await?;

    let campaign = province.call(Period::quarter(2023, 2)?).await?;
    let offices = self::offices(&campaign, &people);
    let rows = province
        .plans
        .campaign_rows(&province.coordinator, &campaign)
        .await?;
    let began = Stopwatch::now();
    let typed = all(&offices, |office| async move { office.report().await }).await?;
    let handed_in = began.elapsed().as_secs_f64();
    all(&offices, |office| async move { office.decide().await }).await?;
    consolidate(&province, &campaign, &coordinator).await?;
    let took = began.elapsed().as_secs_f64();
    let wrong = wrong(&province, &campaign, &typed).await?;
    let findings = province.store.verify(None).await?.findings.len();
    let lines: usize = rows.iter().map(|row| row.body.lines.len()).sum();
    let (units, at_once) = (offices.len(), AT_ONCE);
    drop((offices, people, province, coordinator));
    engine.discard("campaign").await?;
    #[expect(clippy::cast_precision_loss, reason = "a rate for people")]
    let (sheets, reports) = (units as f64 / handed_in, lines as f64 / handed_in);
    Ok(Figure {
        engine: engine.name(),
        what: format!(
            "a call for the reports of {units} units, {lines} lines, filled in, approved and consolidated through the \
             pages by people, {at_once} at once, every {TWICE}th pressing twice, every {BREAKS}th cut off, every \
             {SENT_BACK}th sent back once"
        ),
        peer: String::new(),
        theirs: String::new(),
        ours: format!(
            "{sheets:.0} sheets a second handed in ({reports:.0} reports), {took:.1} s in all; {wrong} wrong, audit: \
             {findings} findings"
        ),
        ratio: None,
        needed: "≥ 100/s, 0 wrong".to_owned(),
        met: sheets >= SHEETS_A_SECOND && wrong == 0 && findings == 0,
    })
}

/// Lets every office act, so many at once, and gives what each brought by its unit.
async fn all<T, F>(
    offices: &[Arc<Office>],
    act: impl Fn(Arc<Office>) -> F,
) -> Result<HashMap<Id, T>, Failure>
where
    T: Send + 'static,
    F: Future<Output = Result<T, Failure>> + Send + 'static,
{
    let at_once = Arc::new(Semaphore::new(AT_ONCE));
    let mut tasks = Vec::with_capacity(offices.len());
    for office in offices {
        let (at_once, doing) = (at_once.clone(), act(office.clone()));
        let unit = office.unit;
        tasks.push(tokio::spawn(async move {
            let _turn = at_once.acquire().await?;
            Ok::<_, Failure>((unit, doing.await?))
        }));
    }
    let mut brought = HashMap::new();
    for task in tasks {
        let (unit, what) = task.await??;
        brought.insert(unit, what);
    }
    Ok(brought)
}

type Typed = Vec<(String, String)>;

impl Office {
    /// The officer opens the sheet, fills in every line and hands it in; gives what was typed.
    async fn report(self: Arc<Self>) -> Result<Typed, Failure> {
        let page = self.officer.get(&self.path).await?;
        self.hand_in(page).await
    }

    /// Fills in the form of a page and hands it in, with a word on whatever looks strange.
    async fn hand_in(&self, mut page: String) -> Result<Typed, Failure> {
        for _ in 0..4 {
            let typed = filled(&page, self.number);
            let form = pressing(typed.clone(), "gui");
            let answer = if self.number.is_multiple_of(TWICE) {
                self.officer.post_twice(&self.path, &form).await?
            } else if self.number.is_multiple_of(BREAKS) {
                self.officer.post_after_a_break(&self.path, &form).await?
            } else {
                self.officer.post(&self.path, &form).await?
            };
            match answer.status {
                StatusCode::SEE_OTHER => return Ok(typed),
                StatusCode::UNPROCESSABLE_ENTITY | StatusCode::CONFLICT => page = answer.page,
                other => return Err(format!("{}: {other}", self.path).into()),
            }
        }
        Err(format!("{}: never handed in", self.path).into())
    }

    /// The head approves; some send a line back first, which the officer corrects.
    async fn decide(self: Arc<Self>) -> Result<(), Failure> {
        if self.number.is_multiple_of(SENT_BACK) {
            let mut form = form::fields(&self.head.get(&self.path).await?, "phieu");
            let reason = form.iter_mut().find(|(name, _)| name.starts_with("ly-do-"));
            let (_, reason) = reason.ok_or("a sheet to decide on has reasons to give")?;
            "Xem lại số liệu (giả lập)".clone_into(reason);
            self.decided(&form).await?;
            let page = self.officer.get(&self.path).await?;
            self.hand_in(page).await?;
        }
        let form = form::fields(&self.head.get(&self.path).await?, "phieu");
        self.decided(&form).await
    }

    async fn decided(&self, form: &[(String, String)]) -> Result<(), Failure> {
        let path = format!("{}/duyet", self.path);
        expect(&path, &self.head.post(&path, form).await?)
    }
}

/// A form that was taken leads on to another page.
fn expect(path: &str, answer: &Answer) -> Result<(), Failure> {
    match answer.status {
        StatusCode::SEE_OTHER => Ok(()),
        other => Err(format!("{path}: {other}").into()),
    }
}

/// The coordinator consolidates all sheets that were approved, as one form.
async fn consolidate(
    province: &Province,
    campaign: &Campaign,
    coordinator: &Person,
) -> Result<(), Failure> {
    let path = format!("/dot-bao-cao/{}", campaign.record.id);
    let page = coordinator.get(&path).await?;
    let token = form::token(&page).ok_or("a page of a call has a form")?;
    let mut form = vec![("csrf".to_owned(), token.to_owned())];
    let rows = province
        .plans
        .campaign_rows(&province.coordinator, campaign)
        .await?;
    for row in rows {
        let record = row.record;
        form.push((
            "id".to_owned(),
            format!("{}:{}", record.unit, record.version),
        ));
    }
    let path = format!("{path}/tong-hop");
    expect(&path, &coordinator.post_twice(&path, &form).await?)
}

/// How many sheets are not consolidated, and how many lines do not say what was typed.
async fn wrong(
    province: &Province,
    campaign: &Campaign,
    typed: &HashMap<Id, Typed>,
) -> Result<usize, Failure> {
    let mut wrong = 0;
    for (unit, typed) in typed {
        let sheet = province
            .plans
            .sheet(&province.coordinator, campaign.record.id, *unit)
            .await?;
        wrong += usize::from(sheet.record.state != "consolidated");
        for line in &sheet.lines {
            let said = |kind: &str| {
                let name = format!("{kind}-{}", line.place);
                let found = typed.iter().find(|(own, _)| *own == name);
                found.map(|(_, value)| value.clone())
            };
            let entered = line.entered();
            let whole = |value: Option<i64>| value.map(|value| value.to_string());
            let count = entered.count.map(|count| count.normalized().to_string());
            let reached = entered
                .reached
                .map(|reached| if reached { "co" } else { "khong" });
            let same = whole(entered.numerator) == said("ts")
                && whole(entered.denominator) == said("ms")
                && count == said("sl")
                && reached.map(str::to_owned) == said("ht")
                && line.state() == Some("consolidated");
            wrong += usize::from(!same);
        }
    }
    Ok(wrong)
}

/// A sheet of every measure of the plan: opened, saved as from a pasted block, handed in.
async fn one_sheet(engine: &Engine, options: &Options) -> Result<Vec<Figure>, Failure> {
    let province = Province::open(engine, "sheet").await?;
    let unit = province.unit("Sở Nội vụ").await?;
    lead_everything(&province, unit).await?;
    let officer = province.person("canbo", Role::Officer, unit).await?;
    let (mut opened, mut saved, mut handed_in) = (Vec::new(), Vec::new(), Vec::new());
    let mut lines = 0;
    for round in 1..=u16::try_from(options.scaled(5, 2))? {
        let period = match round {
            5 => Period::year(2023)?,
            quarter => Period::quarter(2023, quarter)?,
        };
        let campaign = province.call(period).await?;
        let path = format!("/dot-bao-cao/{}/phieu/{unit}", campaign.record.id);
        let page = timed(&mut opened, officer.get(&path)).await?;
        let typed = filled(&page, usize::from(round));
        lines = typed
            .iter()
            .filter(|(name, _)| name.starts_with("pb-"))
            .count();
        let answer = timed(&mut saved, officer.post(&path, &pressing(typed, "luu"))).await?;
        expect(&path, &answer)?;
        // What looks strange is asked about first: the last press is the one that hands in.
        let mut page = timed(&mut opened, officer.get(&path)).await?;
        let mut times = Vec::new();
        for _ in 0..4 {
            let form = pressing(filled(&page, usize::from(round)), "gui");
            let answer = timed(&mut times, officer.post(&path, &form)).await?;
            if answer.status == StatusCode::SEE_OTHER {
                break;
            }
            page = answer.page;
        }
        handed_in.extend(times);
    }
    drop((province, officer));
    engine.discard("sheet").await?;
    let figure = |what: &str, times: &[f64]| {
        let slowest = times.iter().copied().fold(0.0, f64::max);
        Figure {
            engine: engine.name(),
            what: format!("a sheet of {lines} lines, {what}"),
            peer: String::new(),
            theirs: String::new(),
            ours: format!("{:.0} ms, slowest {slowest:.0} ms", median(times)),
            ratio: None,
            needed: "< 300 ms".to_owned(),
            met: slowest < SHEET_MS && lines >= 148,
        }
    };
    Ok(vec![
        figure("opened", &opened),
        figure("all lines pasted and saved as a draft", &saved),
        figure(
            "handed in, and refused where words on strange values are missing",
            &handed_in,
        ),
    ])
}

/// Gives a unit every target of the plan to lead.
async fn lead_everything(province: &Province, unit: Id) -> Result<(), Failure> {
    let by = Caller::new(Principal::system(), "cli", Id::NIL);
    let registry = province.plans.registry();
    let view = province
        .plans
        .view()
        .await?
        .ok_or("the plan was imported")?;
    let mut batch = registry.batch(&by);
    for target in &view.targets {
        let record = registry.find(TARGET, target.id).await?;
        let record = record.ok_or("a target that is shown is kept")?;
        let body = TargetBody {
            leads: vec![Party {
                written: "Sở Nội vụ".to_owned(),
                name: Some("Sở Nội vụ".to_owned()),
                unit: Some(unit),
                group: None,
            }],
            ..target.body.clone()
        };
        let serde_json::Value::Object(body) = serde_json::to_value(&body)? else {
            return Err("a target is an object".into());
        };
        batch.edit(TARGET, &record, body).await?;
    }
    batch.bump("plan");
    batch.commit(String::new()).await?;
    // What others changed is looked at again after a while.
    let later = Instant::from_micros(NOW + 5_000_000);
    province.clock.set(later);
    Ok(())
}

async fn timed<T>(
    times: &mut Vec<f64>,
    doing: impl Future<Output = Result<T, Failure>>,
) -> Result<T, Failure> {
    let began = Stopwatch::now();
    let done = doing.await?;
    times.push(millis(began.elapsed()));
    Ok(done)
}
