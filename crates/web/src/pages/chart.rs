//! The trend chart: a line drawn on the server, with its table beside it.

use askama::Template;
use askama::filters::HtmlSafe;
use vocab::Decimal;

use crate::i18n::Translator;

const LEFT: f64 = 44.0;
const RIGHT: f64 = 626.0;
const TOP: f64 = 26.0;
const BOTTOM: f64 = 210.0;
/// So many periods have their names below the line; of more, some.
const LABELS: usize = 12;

/// One period of a trend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrendPoint {
    /// The period, short: `Q1`.
    pub label: String,
    /// The figure, if there is one.
    pub value: Option<Decimal>,
    /// Where the line to the goal stands at the end of the period, if there is one.
    pub needed: Option<Decimal>,
}

/// A trend as its maker gives it.
#[derive(Clone, Debug, Default)]
pub struct Trend {
    /// The periods in order.
    pub points: Vec<TrendPoint>,
    /// The goal, in the same unit.
    pub goal: Option<Decimal>,
    /// Where the last period may end: lowest and highest.
    pub forecast: Option<(Decimal, Decimal)>,
    /// Whether figures are percentages.
    pub percent: bool,
}

/// A trend laid out, ready to draw. Shows itself as HTML.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/trend.html")]
pub struct TrendChart {
    translator: Translator,
    title: String,
    rows: Vec<(String, String, Option<String>)>,
    course: String,
    lines: Vec<String>,
    points: Vec<Point>,
    labels: Vec<(String, String)>,
    grid: Vec<(String, String)>,
    goal: Option<(String, String, String)>,
    range: Option<String>,
}

#[derive(Clone, Debug)]
struct Point {
    x: String,
    y: String,
    text_y: String,
    text: String,
    last: bool,
}

impl HtmlSafe for TrendChart {}

impl TrendChart {
    /// Lays a trend out for a language.
    pub fn new(translator: Translator, title: impl Into<String>, trend: &Trend) -> Self {
        let text = |value: &Decimal| {
            if trend.percent {
                translator.percent(value)
            } else {
                translator.decimal(value)
            }
        };
        let top = ceiling(trend);
        let slots = trend.points.len() + usize::from(trend.forecast.is_some());
        let x = |index: usize| across(index, slots);
        let y = |value: f64| BOTTOM - (BOTTOM - TOP) * (value / top).clamp(0.0, 1.0);

        let course = trend
            .points
            .iter()
            .enumerate()
            .filter_map(|(index, point)| {
                let needed = y(for_drawing(point.needed?));
                Some(format!("{:.1},{needed:.1}", x(index)))
            });
        let course: Vec<String> = course.collect();
        let goal_y = trend.goal.map(|goal| y(for_drawing(goal)));
        let mut points = Vec::new();
        let mut lines = Vec::new();
        let mut run: Vec<String> = Vec::new();
        let last = trend.points.iter().rposition(|point| point.value.is_some());
        for (index, point) in trend.points.iter().enumerate() {
            let Some(value) = &point.value else {
                finish(&mut run, &mut lines);
                continue;
            };
            let (px, py) = (x(index), y(for_drawing(*value)));
            run.push(format!("{px:.1},{py:.1}"));
            points.push(Point {
                x: format!("{px:.1}"),
                y: format!("{py:.1}"),
                text_y: format!("{:.1}", label_height(py, goal_y)),
                text: text(value),
                last: Some(index) == last,
            });
        }
        finish(&mut run, &mut lines);

        let range = trend.forecast.and_then(|(low, high)| {
            let last = last?;
            let from = for_drawing(trend.points[last].value?);
            let (px, end) = (x(last), x(slots - 1));
            let (low, high) = (y(for_drawing(low)), y(for_drawing(high)));
            let from = y(from);
            Some(format!(
                "{px:.1},{from:.1} {end:.1},{high:.1} {end:.1},{low:.1}"
            ))
        });
        let goal = trend.goal.as_ref().map(|goal| {
            let line = y(for_drawing(*goal));
            let label = if line < TOP + 4.0 {
                line + 15.0
            } else {
                line - 7.0
            };
            let words = translator.t1("chart-goal", "value", text(goal));
            (format!("{line:.1}"), format!("{label:.1}"), words)
        });
        Self {
            translator,
            title: title.into(),
            rows: trend
                .points
                .iter()
                .map(|point| {
                    let value = point.value.as_ref().map_or_else(|| "–".to_owned(), text);
                    (point.label.clone(), value, point.needed.as_ref().map(text))
                })
                .collect(),
            // One point alone is no line.
            course: if course.len() > 1 {
                course.join(" ")
            } else {
                String::new()
            },
            lines,
            points,
            labels: trend
                .points
                .iter()
                .enumerate()
                .filter(|(index, _)| {
                    (slots - 1 - index).is_multiple_of(trend.points.len().div_ceil(LABELS))
                })
                .map(|(index, point)| (format!("{:.1}", x(index)), point.label.clone()))
                .collect(),
            grid: (0..=4_i32)
                .map(|step| {
                    let value = top * f64::from(step) / 4.0;
                    (format!("{:.1}", y(value)), axis_label(translator, value))
                })
                .collect(),
            goal,
            range,
        }
    }
}

/// Where a point's words stand: above it, or below where the goal's line or the edge is near.
fn label_height(point: f64, goal: Option<f64>) -> f64 {
    let above = point - 11.0;
    let crossed = goal.is_some_and(|goal| (above - 12.0..=above + 3.0).contains(&goal));
    if above < TOP + 4.0 || crossed {
        point + 20.0
    } else {
        above
    }
}

/// Ends a run of neighbouring points; a point alone needs no line.
fn finish(run: &mut Vec<String>, lines: &mut Vec<String>) {
    if run.len() > 1 {
        lines.push(run.join(" "));
    }
    run.clear();
}

#[expect(clippy::cast_precision_loss, reason = "a year has few periods")]
fn across(index: usize, slots: usize) -> f64 {
    let room = RIGHT - LEFT - 40.0;
    if slots <= 1 {
        return LEFT + 20.0 + room / 2.0;
    }
    LEFT + 20.0 + room * index as f64 / (slots - 1) as f64
}

/// The nearest floating-point number: a pixel does not see the difference.
#[expect(clippy::cast_precision_loss, reason = "for drawing only")]
fn for_drawing(value: Decimal) -> f64 {
    value.mantissa() as f64 / 10_f64.powi(i32::from(value.scale()))
}

/// The top of the axis: 100 for percentages, else the next 1, 2, 4, 8 or 10 of a power of ten.
fn ceiling(trend: &Trend) -> f64 {
    let highest = trend
        .points
        .iter()
        .filter_map(|point| point.value)
        .chain(trend.goal)
        .chain(trend.forecast.map(|(_, high)| high))
        .map(for_drawing)
        .fold(0.0, f64::max);
    if trend.percent && highest <= 100.0 {
        return 100.0;
    }
    let power = 10_f64.powf(highest.max(1.0).log10().floor());
    [1.0, 2.0, 4.0, 8.0, 10.0]
        .into_iter()
        .map(|step| step * power)
        .find(|top| *top >= highest)
        .unwrap_or(10.0 * power)
}

#[expect(clippy::cast_possible_truncation, reason = "axis values fit easily")]
fn axis_label(translator: Translator, value: f64) -> String {
    let hundredths = (value * 100.0).round() as i64;
    translator.decimal(&Decimal::new(hundredths, 2).unwrap_or_default().normalized())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(label: &str, value: Option<i64>) -> TrendPoint {
        TrendPoint {
            label: label.to_owned(),
            value: value.map(Decimal::from),
            needed: value.map(|value| Decimal::from(value.saturating_div(2))),
        }
    }

    #[test]
    fn gaps_break_the_line() {
        let trend = Trend {
            points: vec![
                point("Q1", Some(10)),
                point("Q2", Some(20)),
                point("Q3", None),
                point("Q4", Some(30)),
            ],
            percent: true,
            ..Trend::default()
        };
        let chart = TrendChart::new(Translator::default(), "", &trend);
        assert_eq!((chart.lines.len(), chart.points.len()), (1, 3));
        assert_eq!(chart.rows[2], ("Q3".to_owned(), "–".to_owned(), None));
        assert_eq!(chart.rows[0].2.as_deref(), Some("5\u{a0}%"));
        assert_eq!(chart.course.split(' ').count(), 3);
    }

    #[test]
    fn hostile_figures_stay_on_the_sheet() {
        for value in [i64::MAX, i64::MIN, 0, -5] {
            let trend = Trend {
                points: vec![point("Q1", Some(value))],
                goal: Some(Decimal::from(value)),
                ..Trend::default()
            };
            let chart = TrendChart::new(Translator::default(), "", &trend);
            let y: f64 = chart.points[0].y.parse().unwrap();
            assert!((TOP..=BOTTOM).contains(&y), "{value} is drawn at {y}");
        }
        let empty = TrendChart::new(Translator::default(), "", &Trend::default());
        assert!(empty.points.is_empty() && empty.range.is_none());
    }
}
