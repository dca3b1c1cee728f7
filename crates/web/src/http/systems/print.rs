//! `…/{id}/in/{print}`: a print-out of a record, for whoever may read the record.

use axum::response::Response;
use pack::declaration::Print;
use pack::shape::is_set;
use pack::trial;
use registry::Record;
use serde_json::Value;
use vocab::{Lang, Problem};

use super::super::Failure;
use super::super::download::Made;
use super::super::printing::{self, Sheet};
use super::desk::Desk;
use super::speaker::Speaker;
use crate::i18n::Translator;
use crate::pages::links;
use crate::pages::parts::Link;
use crate::prints;

/// The language of papers, whoever takes them out.
const WRITTEN: Lang = Lang::Vi;

pub(super) async fn show(desk: Desk) -> Result<Response, Failure> {
    desk.printed().await
}

impl Desk {
    /// The print-outs that a record has as it stands.
    pub(super) fn prints(&self, record: &Record) -> Vec<Link> {
        let prints = self.declared().prints.iter();
        let open = prints.filter(|print| is_open(print, &record.state));
        open.map(|print| {
            let rest = format!("in/{}", &*print.id);
            Link::new(self.link_to(record.id, &rest), self.say(&print.title))
        })
        .collect()
    }

    /// The print-out that the address names, as a file.
    pub(crate) async fn printed(&self) -> Result<Response, Failure> {
        let record = self.record().await?;
        let wanted = self.param("print");
        let mut prints = self.declared().prints.iter();
        let print = prints.find(|print| &*print.id == wanted);
        let print = print.ok_or_else(|| Failure::not_found("no such print-out"))?;
        if !is_open(print, &record.state) {
            let problem = Problem::new(409, "print-closed", "a print-out in another state");
            return Err(Failure::from(problem));
        }
        let catalog = self.systems.catalog();
        let pack = self.systems.pack(self.kind());
        let template = pack.templates.get(&print.template.text);
        let template = template.and_then(|file| catalog.sources.get(*file));
        let template = template
            .ok_or_else(|| Failure::internal(format!("no template {}", print.template.text)))?;
        self.saw(&record);
        let words = Translator::new(WRITTEN);
        let labels = self
            .labels_in(WRITTEN, std::slice::from_ref(&record))
            .await?;
        let registry = self.registry();
        let masked = registry.masked(&self.visitor.principal, self.kind(), &record);
        let speaker = Speaker {
            words,
            systems: &self.systems,
            units: &self.units,
            kind: self.kind(),
            labels: &labels,
            measures: false,
        };
        let said = speaker.record(&record, |name| masked.contains(name));
        let now = self.app.store().context().now();
        let printed = trial::printed(&words.date(&now.in_vietnam().date()));
        let code = record.body.get("code").and_then(Value::as_str);
        let stem = prints::file_stem(&print.id, code.unwrap_or_default());
        let verify = is_set(print.qr.as_ref()).then(|| self.verify_at(print, &record));
        let made = printing::pdf(Sheet {
            title: print.title.vi.clone(),
            template: template.text.clone(),
            data: prints::data(Value::Object(said), printed),
            verify,
            size: prints::size(trial::paper(print)),
            made: now,
        });
        Made::Pdf.sent(&stem, made.await?)
    }

    /// Where anyone can ask whether a paper holds: the whole address.
    fn verify_at(&self, print: &Print, record: &Record) -> String {
        let pack = &self.systems.pack(self.kind()).declared.pack.id;
        let path = links::verify(
            pack,
            &self.declared().record.id,
            &print.id,
            &record.id.to_string(),
            record.version,
        );
        self.app.settings.address_of(&path)
    }
}

/// Whether a print-out is made of a record that stands so.
pub(crate) fn is_open(print: &Print, state: &str) -> bool {
    print.states.is_empty() || print.states.iter().any(|known| &**known == state)
}
