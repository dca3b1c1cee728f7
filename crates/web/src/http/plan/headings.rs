//! The headings under which targets stand.

use plan::PlanView;
use plan::records::Heading;
use plan::view::TargetView;
pub(super) use vocab::sentence_case;

/// The targets heading by heading, in the order of the annex; those under no heading last.
/// Headings without any of them are left out.
pub(super) fn by_heading<'v>(
    view: &'v PlanView,
    targets: &[&'v TargetView],
) -> Vec<(Option<&'v Heading>, Vec<&'v TargetView>)> {
    let under = |code: &str| -> Vec<&'v TargetView> {
        let under = targets.iter().filter(|target| target.body.group == code);
        under.copied().collect()
    };
    let known = |target: &&&'v TargetView| {
        let mut headings = view.body.groups.iter();
        headings.any(|heading| heading.code == target.body.group)
    };
    let others = targets.iter().filter(|target| !known(target)).copied();
    view.body
        .groups
        .iter()
        .map(|heading| (Some(heading), under(&heading.code)))
        .chain([(None, others.collect())])
        .filter(|(_, targets)| !targets.is_empty())
        .collect()
}

/// A heading with its number: `I. Chính quyền số`.
pub(super) fn title(heading: &Heading) -> String {
    format!("{}. {}", heading.code, sentence_case(&heading.title))
}
