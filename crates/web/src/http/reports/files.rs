//! The files of a form: those that came in now, and those that came in the time before.

use registry::Evidence;
use vocab::{FieldProblem, hex};

use super::super::{Failure, MultipartForm, file_name};
use super::desk::Desk;

/// Where a form names files that were taken in already: digest, space, name.
const RECEIVED: &str = "tep-da-nhan";

/// Takes the files out of a form, with what is wrong with some of them. Who sent a file is
/// remembered: only they may put it into a report.
pub(super) async fn take(
    desk: &Desk,
    form: &mut MultipartForm,
) -> Result<(Vec<Evidence>, Vec<FieldProblem>), Failure> {
    desk.visitor.account()?;
    let mut problems: Vec<FieldProblem> = std::mem::take(&mut form.refused);
    let mut received = Vec::new();
    for named in form.fields.take_all(RECEIVED) {
        match known(desk, &named).await? {
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

/// A file that the form before this one brought. Whether it was this account's is asked
/// when it goes into a report.
async fn known(desk: &Desk, named: &str) -> Result<Option<Evidence>, Failure> {
    let (digest, name) = named.split_once(' ').unwrap_or((named, ""));
    let digest = hex::decode_digest(digest);
    let Some(digest) = digest else {
        return Ok(None);
    };
    let store = desk.app.store();
    let files = store.every_file("whether this account sent it is asked when it is used");
    let file = files.file(&digest).await?;
    let file = file.filter(|file| file.media_type.is_evidence());
    Ok(file.map(|file| Evidence::of(file_name::clean(name), &file)))
}
