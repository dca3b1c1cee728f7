//! The files of a sheet's form: each line has its own.

use std::collections::HashMap;

use plan::campaigns::{Sheet, SheetLine};
use registry::Evidence;
use vocab::{FieldProblem, Id};

use super::super::{Failure, MultipartForm, fields, sent_file};
use super::LinkDesk;

/// Files by line, and what is wrong with some of them.
pub(super) type Received = (HashMap<Id, Vec<Evidence>>, Vec<(Id, Vec<FieldProblem>)>);

/// Takes the files out of a form: `tep-N` came in now, `tep-da-nhan-N` (digest, space, name) the
/// time before. Who sent a file is remembered: only they may put it into a report.
pub(super) async fn take(
    by: &LinkDesk,
    sheet: &Sheet,
    form: &mut MultipartForm,
) -> Result<Received, Failure> {
    let mut received: HashMap<Id, Vec<Evidence>> = HashMap::new();
    let mut wrong = Vec::new();
    for line in &sheet.lines {
        for named in form.fields.take_all(&format!("tep-da-nhan-{}", line.place)) {
            match sent_file::evidence(by.desk.app.store(), &named).await? {
                Some(file) => received.entry(line.indicator).or_default().push(file),
                None => wrong.push((
                    line.indicator,
                    vec![FieldProblem::new("tep", "file-missing")],
                )),
            }
        }
    }
    for problem in std::mem::take(&mut form.refused) {
        let line = line_of(sheet, &problem.field)?;
        wrong.push((line.indicator, vec![problem]));
    }
    let caller = by.desk.caller();
    for file in std::mem::take(&mut form.files) {
        let line = line_of(sheet, &file.field)?;
        by.desk
            .registry()
            .receive(&caller, &file.stored.digest)
            .await?;
        let file = Evidence::of(file.name, &file.stored);
        received.entry(line.indicator).or_default().push(file);
    }
    Ok((received, wrong))
}

/// The line whose files a field holds.
fn line_of<'s>(sheet: &'s Sheet, field: &str) -> Result<&'s SheetLine, Failure> {
    let place = field.strip_prefix("tep-");
    let place = place.and_then(|place| place.parse::<usize>().ok());
    let line = sheet.lines.iter().find(|line| Some(line.place) == place);
    line.ok_or_else(|| fields::at(field, 422, "form-unknown-field"))
}
