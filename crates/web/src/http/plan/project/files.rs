//! The files of a form: those that came in now, and those that came in the time before.

use std::collections::BTreeSet;

use registry::Evidence;
use vocab::FieldProblem;

use super::super::super::{Failure, MultipartForm, fields, sent_file};
use super::desk::Desk;
use crate::pages::parts::FileLink;

/// Where a form names files that were taken in already: digest, space, name.
const RECEIVED: &str = "tep-da-nhan";

/// Takes the files out of a form, with what is wrong with some of them. Who sent a file is
/// remembered: only they may put it into a record.
pub(in super::super) async fn take_files(
    desk: &Desk,
    form: &mut MultipartForm,
) -> Result<(Vec<Evidence>, Vec<FieldProblem>), Failure> {
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
            return Err(fields::at(&file.field, 422, "form-unknown-field"));
        }
        desk.registry()
            .receive(&caller, &file.stored.digest)
            .await?;
        received.push(Evidence::of(file.name, &file.stored));
    }
    Ok((received, problems))
}

/// The files of a record once a form is saved over what it holds now.
pub(in super::super) fn kept(
    held: &[Evidence],
    received: &[Evidence],
    dropped: &[String],
) -> Vec<Evidence> {
    let mut seen = BTreeSet::new();
    held.iter()
        .chain(received)
        .filter(|file| !dropped.contains(&file.sha256))
        .filter(|file| seen.insert(file.sha256.clone()))
        .cloned()
        .collect()
}

/// Files as pages show them.
pub(in super::super) fn shown(files: &[Evidence]) -> Vec<FileLink> {
    let link = |file: &Evidence| FileLink {
        name: file.name.clone(),
        sha256: file.sha256.clone(),
        size_bytes: file.size,
    };
    files.iter().map(link).collect()
}
