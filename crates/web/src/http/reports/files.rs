//! The files of a form: those that came in now, and those that came in the time before.

use registry::Evidence;
use vocab::FieldProblem;

use super::super::{Failure, MultipartForm, sent_file};
use super::desk::Desk;

/// Where a form names files that were taken in already: digest, space, name.
const RECEIVED: &str = "tep-da-nhan";

/// Takes the files out of a form, with what is wrong with some of them. Who sent a file is
/// remembered: only they may put it into a report.
pub(in crate::http) async fn take(
    desk: &Desk,
    form: &mut MultipartForm,
) -> Result<(Vec<Evidence>, Vec<FieldProblem>), Failure> {
    desk.visitor.account()?;
    let mut problems: Vec<FieldProblem> = std::mem::take(&mut form.refused);
    let mut received = Vec::new();
    for named in form.fields.take_all(RECEIVED) {
        match sent_file::evidence(desk.app.store(), &named).await? {
            Some(file) => received.push(file),
            None => problems.push(FieldProblem::new("tep", "file-missing")),
        }
    }
    let caller = desk.caller();
    for file in std::mem::take(&mut form.files) {
        if file.field != "tep" {
            return Err(super::super::fields::at(
                &file.field,
                422,
                "form-unknown-field",
            ));
        }
        desk.registry()
            .receive(&caller, &file.stored.digest)
            .await?;
        received.push(Evidence::of(file.name, &file.stored));
    }
    Ok((received, problems))
}
