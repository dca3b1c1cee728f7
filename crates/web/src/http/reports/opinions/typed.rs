//! What a partner types into the form of its opinion.

use plan::opinions::{OpinionAnswer, Stance};
use registry::Evidence;
use vocab::{FieldProblem, Problem};

use super::super::super::{Failure, MultipartForm, fields};
use super::super::desk::Desk;
use super::super::files;

/// What the form holds.
#[derive(Default)]
pub(super) struct Typed {
    pub version: i64,
    pub stance: Option<Stance>,
    pub said: String,
    pub received: Vec<Evidence>,
    pub dropped: Vec<String>,
    pub problems: Vec<FieldProblem>,
}

impl Typed {
    pub(super) async fn take(desk: &Desk, mut form: MultipartForm) -> Result<Self, Failure> {
        let (received, problems) = files::take(desk, &mut form).await?;
        let mut sent = form.fields;
        let version = fields::version(&sent.take("phien-ban")?)?;
        // Whoever chose nothing is asked to.
        let stance = match sent.lookup("y-kien")? {
            None => None,
            Some(name) => {
                let known = Stance::ALL.into_iter().find(|known| known.name() == name);
                Some(known.ok_or_else(|| fields::at("y-kien", 422, "choice-unknown"))?)
            }
        };
        let typed = Self {
            version,
            stance,
            said: sent.take("noi-dung-y-kien")?,
            dropped: sent.take_all("bo-tep"),
            received,
            problems,
        };
        sent.done()?;
        Ok(typed)
    }

    /// The answer, beside the files that are there; everything that is wrong otherwise.
    pub(super) fn answer(&self, held: &[Evidence]) -> Result<OpinionAnswer, Problem> {
        let mut wrong = self.problems.clone();
        if self.stance.is_none() {
            wrong.push(FieldProblem::new("stance", "opinions-choose"));
        }
        let (Some(stance), true) = (self.stance, wrong.is_empty()) else {
            let mut problem = Problem::new(422, "invalid-fields", "the form of an opinion");
            problem.fields = wrong;
            return Err(problem);
        };
        let mut files: Vec<Evidence> = Vec::new();
        for file in held.iter().chain(&self.received) {
            let known = files.iter().any(|one| one.sha256 == file.sha256);
            if !known && !self.dropped.contains(&file.sha256) {
                files.push(file.clone());
            }
        }
        Ok(OpinionAnswer {
            stance,
            said: self.said.clone(),
            files,
        })
    }
}
