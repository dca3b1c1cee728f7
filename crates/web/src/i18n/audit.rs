//! Words for what a check of the audit log names, on pages and in the terminal.

use store::audit::{About, Finding};

use super::Translator;

impl Translator {
    /// A finding: what does not fit, and which one it is.
    pub fn audit_finding(self, finding: &Finding) -> String {
        let kind = self.t(&format!("audit-finding-{}", finding.kind));
        format!("{kind}: {}", self.audit_about(&finding.about))
    }

    fn audit_about(self, about: &About) -> String {
        match about {
            About::Segment { number } => self.t1("audit-about-segment", "number", *number),
            About::Version {
                table,
                record,
                version,
            } => self.t_args(
                "audit-about-version",
                &[
                    ("table", table),
                    ("record", &record.to_string()),
                    ("version", version),
                ],
            ),
            About::Record { table, record } => self.t_args(
                "audit-about-record",
                &[("table", table), ("record", &record.to_string())],
            ),
            About::List {
                table,
                expected,
                listed,
            } => self.t_args(
                "audit-about-list",
                &[("table", table), ("expected", expected), ("listed", listed)],
            ),
            About::File { digest } => digest.clone(),
        }
    }
}
