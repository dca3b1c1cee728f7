//! `/xac-thuc/…`: whether a paper holds, for whoever follows the code on it.

use axum::extract::{Path, State};
use axum::response::Response;
use pack::declaration::Print;
use pack::shape::is_set;
use registry::Record;
use registry::system::Known;
use vocab::{Id, Instant};

use super::super::systems::{print_is_open, state_title};
use super::super::{App, Failure, Page, Visitor};
use super::seen::{Register, unlisted};
use crate::pages::public_record::{Holds, PublicPaper};
use crate::pages::shell::Section;

/// Shows it.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path((pack, record, print, id, version)): Path<(String, String, String, String, String)>,
) -> Result<Response, Failure> {
    let register = Register::of(app, visitor, &pack, &record).await?;
    let unknown = || Failure::not_found("a paper that was not made here");
    let mut prints = register.declared().prints.iter();
    let print = prints
        .find(|known| *known.id.text == *print && is_set(known.qr.as_ref()))
        .ok_or_else(unknown)?;
    let look = register.count()?;
    let id: Id = id.parse().map_err(|_| unknown())?;
    let version: i64 = version.parse().map_err(|_| unknown())?;
    let known = register.registry().publicly_known(register.kind(), id);
    let page = match known.await? {
        Known::Nothing => return Err(unknown()),
        Known::Withheld => register.withheld(print),
        Known::Public(record) => register
            .paper(print, &record, version)
            .await?
            .ok_or_else(unknown)?,
    };
    // Whoever names a record by its address holds its paper.
    register.app.directory.forgive_look(&look);
    Ok(unlisted(Page(page)))
}

impl Register {
    /// Of what is no longer public nothing is told but that.
    fn withheld(&self, print: &Print) -> PublicPaper {
        PublicPaper {
            title: self.say(&print.title),
            system: self.system(),
            holds: Holds::No,
            state: String::new(),
            made_from: String::new(),
            stands_since: String::new(),
            facts: Vec::new(),
            legal: self.legal(),
            shell: self.visitor.shell(Section::Other),
        }
    }

    /// What stands of a paper; none if no such paper was ever made.
    async fn paper(
        &self,
        print: &Print,
        record: &Record,
        version: i64,
    ) -> Result<Option<PublicPaper>, Failure> {
        let Some(public) = &self.declared().public else {
            return Ok(None);
        };
        let made = self
            .registry()
            .public_version(self.kind(), record.id, version);
        let Some(then) = made.await? else {
            return Ok(None);
        };
        if !print_is_open(print, &then.state) {
            return Ok(None);
        }
        let differs = |name: &str| name != "state" && then.body.get(name) != record.body.get(name);
        let changed = public.fields.iter().any(|field| differs(field));
        let holds = if !print_is_open(print, &record.state) {
            Holds::No
        } else if changed {
            Holds::Changed
        } else {
            Holds::Yes
        };
        let is_told = public.fields.iter().any(|field| &**field == "state");
        let state = if is_told {
            state_title(self.words().lang, self.declared(), &record.state)
        } else {
            String::new()
        };
        let moment = |at: Instant| self.words().moment(&at.in_vietnam().datetime());
        Ok(Some(PublicPaper {
            title: self.say(&print.title),
            system: self.system(),
            holds,
            state,
            made_from: moment(then.at),
            stands_since: moment(record.at),
            facts: self.facts(&public.fields, record, differs).await?,
            legal: self.legal(),
            shell: self.visitor.shell(Section::Other),
        }))
    }

    fn legal(&self) -> String {
        let public = self.declared().public.as_ref();
        let legal = public.and_then(|public| public.legal.as_ref());
        legal.map_or_else(String::new, |legal| legal.symbol.text.clone())
    }
}
