//! The addresses of webhooks.

use super::encode;

/// Webhooks, for administrators.
pub const HOOKS: &str = "/quan-tri/webhook";
/// The form for a new one.
pub const HOOK_NEW: &str = "/quan-tri/webhook/moi";

/// One webhook.
pub fn hook(id: &str) -> String {
    format!("{HOOKS}/{}", encode(id))
}

/// What is done with one: `sua`, `viec`, `khoa` or `gui-lai`.
pub fn hook_step(id: &str, step: &str) -> String {
    format!("{}/{step}", hook(id))
}
