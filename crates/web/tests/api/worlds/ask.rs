//! Every way to ask over HTTP, compared with what was done.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::{Method, StatusCode};
use directory::NewToken;
use directory::permission::Reach;
use serde_json::json;
use vocab::Id;
use web::pages::links;

use super::{CONDITIONS, NOTE, Report, STATES, World, actor};
use crate::fixture::{PASSWORD, Program};

impl World<'_> {
    /// The rules by which somebody reads a report; the public one where it is public.
    fn reads(&self, who: usize, report: &Report) -> Option<bool> {
        let held = &self.held[who];
        let units: BTreeSet<Id> = held.iter().map(|(_, unit)| *unit).collect();
        let mut shown = (report.state == "consolidated").then_some(true);
        for (role, unit) in held {
            for rule in &self.rules[*role] {
                let in_state = rule.states.is_empty() || rule.states.contains(&report.state);
                let reached = self.reached(rule.reach, *unit, self.accounts[who], report.unit);
                if in_state && reached && CONDITIONS[rule.condition].1(report, &units) {
                    shown = Some(shown == Some(true) || !rule.masked);
                }
            }
        }
        shown
    }

    fn reached(&self, reach: Reach, held: Id, account: Id, unit: Id) -> bool {
        match reach {
            Reach::All => true,
            Reach::Own => unit == account,
            Reach::Unit => unit == held,
            Reach::Subtree | Reach::Line => {
                let line = reach == Reach::Line;
                let mut at = Some(unit);
                while let Some(one) = at {
                    if one == held && (one == unit || self.parents[&unit].0 == line) {
                        return true;
                    }
                    at = self.parents.get(&one).and_then(|(_, parent)| *parent);
                }
                false
            }
        }
    }

    /// Asks in every way and compares; says how many answers were compared and how many
    /// reports somebody reads.
    pub(super) async fn agree(&self, who: usize) -> (usize, usize) {
        let directory = self.directory();
        let login = format!("nguoi.{who}");
        let token = directory
            .create_token(&actor(), self.accounts[who], &NewToken::named("thử"))
            .await
            .unwrap();
        let program = self.office.nobody();
        let program = program.with("authorization", format!("Bearer {token}"));
        let device = directory::Device {
            agent: "test".to_owned(),
            address: "127.0.0.1".to_owned(),
            known: String::new(),
        };
        let session = directory.sign_in(&login, PASSWORD, &device).await.unwrap();
        let browser = self.office.nobody();
        let browser = browser.with("cookie", format!("phusa={}", session.token));
        let (mut compared, mut readable) = (0, 0);
        for report in &self.reports {
            let expected = self.reads(who, report);
            let about = || format!("{who} holds {:?}: {report:?}", self.held[who]);
            let fetched = program
                .get(&format!("/api/v1/observations/{}", report.id))
                .await;
            let page = browser
                .send(Method::GET, &links::report(&report.id.to_string()), "")
                .await;
            let Some(shown) = expected else {
                assert_eq!(fetched.status, StatusCode::NOT_FOUND, "fetch: {}", about());
                assert_eq!(page.status, StatusCode::NOT_FOUND, "page: {}", about());
                compared += 2;
                continue;
            };
            readable += 1;
            assert_eq!(fetched.status, StatusCode::OK, "fetch: {}", about());
            assert_eq!(
                fetched.json()["note"] == json!(NOTE),
                shown,
                "mask: {}",
                about()
            );
            assert_eq!(page.status, StatusCode::OK, "page: {}", about());
            assert_eq!(
                page.text().contains(NOTE),
                shown,
                "page's mask: {}",
                about()
            );
            compared += 4;
        }
        for state in STATES {
            let mine = |report: &&Report| report.state == state;
            let expected: BTreeMap<String, bool> = self
                .reports
                .iter()
                .filter(mine)
                .filter_map(|report| Some((report.id.to_string(), self.reads(who, report)?)))
                .collect();
            let listed = listed(&program, state).await;
            assert_eq!(listed, expected, "{who}: list of {state}");
            compared += 1;
        }
        (compared, readable)
    }
}

/// The reports of a state that the API lists, page by page, and whether each shows its note.
async fn listed(program: &Program, state: &str) -> BTreeMap<String, bool> {
    let mut found = BTreeMap::new();
    let mut path = format!("/api/v1/observations?state={state}&limit=3");
    loop {
        let page = program.get(&path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.text());
        let page = page.json();
        for item in page["items"].as_array().unwrap() {
            let own = item["id"].as_str().unwrap().to_owned();
            // The pattern of the others is the office's own.
            if own.starts_with("09") {
                let twice = found.insert(own, item["note"] == json!(NOTE));
                assert!(twice.is_none(), "a page shows what another one showed");
            }
        }
        match page["next"].as_str() {
            Some(next) => next.clone_into(&mut path),
            None => return found,
        }
    }
}
