//! The section on what stands in units' way: what each says and asks, and what came of it.

use directory::Principal;
use jiff::civil::Date;
use vocab::Period;

use super::drafting::{Drafting, MOST_LINES, short};
use super::layout::fill;
use crate::error::PlanError;
use crate::obstacles::{About, Obstacle, states};
use crate::plans::Plans;
use crate::view::PlanView;

/// An obstacle with the names that its sentence needs.
pub(super) struct ObstacleLine {
    obstacle: Obstacle,
    unit: String,
    whom: String,
    matter: Matter,
}

enum Matter {
    Target(u16),
    Project(String),
    Duty(String),
    Gone,
}

impl Plans {
    /// The obstacles that a report on a period tells of, as far as a reader may see them.
    pub(super) async fn obstacles_told(
        &self,
        reader: &Principal,
        view: &PlanView,
        period: Period,
    ) -> Result<Vec<ObstacleLine>, PlanError> {
        let mut told = Vec::new();
        for obstacle in self.obstacles_in(reader, period).await? {
            let asked = match obstacle.body.last() {
                Some(last) => self.unit_name(last.unit).await?,
                None => String::new(),
            };
            told.push(ObstacleLine {
                unit: self.unit_name(obstacle.record.unit).await?,
                whom: asked,
                matter: matter(view, obstacle.body.about),
                obstacle,
            });
        }
        Ok(told)
    }
}

fn matter(view: &PlanView, about: About) -> Matter {
    let found = match about {
        About::Target(id) => {
            let target = view.target_by_id(id);
            target.map(|target| Matter::Target(target.body.number))
        }
        About::Project(id) => {
            let mut projects = view.projects.iter();
            let project = projects.find(|project| project.id == id);
            project.map(|project| Matter::Project(project.body.name.clone()))
        }
        About::Duty(id) => {
            let duty = view.duties.iter().find(|duty| duty.id == id);
            duty.map(|duty| Matter::Duty(duty.body.text.clone()))
        }
    };
    found.unwrap_or(Matter::Gone)
}

fn day(day: Date) -> String {
    format!("{:02}/{:02}/{:04}", day.day(), day.month(), day.year())
}

impl Drafting<'_> {
    /// What stands in units' way.
    pub(super) fn obstacles(&self) -> Vec<String> {
        let sentences = &self.layout.obstacles;
        if self.obstacles.is_empty() {
            return vec![sentences.none.clone()];
        }
        let count = self.obstacles.len().to_string();
        let opening = fill(&sentences.opening, &[("count", &count)]);
        let lines = self.obstacles.iter().take(MOST_LINES);
        std::iter::once(opening)
            .chain(lines.map(|line| self.obstacle(line)))
            .collect()
    }

    fn obstacle(&self, line: &ObstacleLine) -> String {
        let sentences = &self.layout.obstacles;
        let body = &line.obstacle.body;
        let matter = match &line.matter {
            Matter::Target(number) => {
                fill(&sentences.about_target, &[("number", &number.to_string())])
            }
            Matter::Project(name) => fill(&sentences.about_project, &[("name", &short(name))]),
            Matter::Duty(name) => fill(&sentences.about_duty, &[("name", &short(name))]),
            Matter::Gone => String::new(),
        };
        let mut said = vec![fill(
            &sentences.line,
            &[
                ("unit", &line.unit),
                ("matter", &matter),
                ("since", &day(body.since)),
                ("what", &short(&body.what)),
                ("asks", &short(&body.asks)),
                ("whom", &line.whom),
            ],
        )];
        if body.was_escalated() {
            said.push(sentences.escalated.clone());
        }
        if let Some(answer) = body.answer() {
            let by = answer
                .by
                .map(|by| fill(&sentences.by, &[("day", &day(by))]));
            let values = [
                ("said", short(&answer.said)),
                ("by", by.unwrap_or_default()),
            ];
            let values = values
                .each_ref()
                .map(|(name, value)| (*name, value.as_str()));
            said.push(fill(&sentences.answered, &values));
        }
        if line.obstacle.record.state == states::ASKED
            && let Some(asked) = body.last()
        {
            said.push(fill(&sentences.waiting, &[("due", &day(asked.due_on))]));
        }
        if let Some(solved) = body.solved_on {
            said.push(fill(&sentences.solved, &[("day", &day(solved))]));
        }
        said.join(" ")
    }
}
