//! The addresses of accounts, people, rights and the audit log.

use super::{encode, with_query};
use crate::i18n::Whole;

/// My account and sessions.
pub const ACCOUNT: &str = "/tai-khoan";
/// Changing my password.
pub const PASSWORD: &str = "/tai-khoan/mat-khau";
/// Choosing when a digest is mailed to me.
pub const DIGEST: &str = "/tai-khoan/thu-tong-hop";
/// Asking for a link to a new password.
pub const PASSWORD_LOST: &str = "/quen-mat-khau";
/// My tokens.
pub const TOKENS: &str = "/tai-khoan/ma-truy-cap";
/// End my sessions but this one (POST).
pub const END_OTHER_SESSIONS: &str = "/tai-khoan/cac-phien-khac/ket-thuc";
/// Accounts, for administrators.
pub const ACCOUNTS: &str = "/quan-tri/tai-khoan";
/// Invite somebody (POST).
pub const INVITATIONS: &str = "/quan-tri/loi-moi";
/// Outbox and failed jobs.
pub const JOBS: &str = "/quan-tri/cong-viec";
/// People; the name sought is `q`.
pub const PEOPLE: &str = "/quan-tri/can-bo";
/// The form for a new person.
pub const PERSON_NEW: &str = "/quan-tri/can-bo/moi";
/// Taking in a list of people.
pub const PEOPLE_IMPORT: &str = "/quan-tri/can-bo/nhap";
/// What I may change about myself.
pub const PROFILE: &str = "/tai-khoan/ho-so";
/// Audit log.
pub const AUDIT: &str = "/quan-tri/nhat-ky";
/// Check the audit chain (POST).
pub const AUDIT_CHECK: &str = "/quan-tri/nhat-ky/kiem-tra";
/// The audit log as a file (CSV), with the same query.
pub const AUDIT_EXPORT: &str = "/quan-tri/nhat-ky/xuat.csv";
/// Who looked at whose personal data.
pub const READINGS: &str = "/quan-tri/luot-xem";
/// Who looked at mine.
pub const MY_READINGS: &str = "/tai-khoan/luot-xem";
/// What I delegate to others, and others to me.
pub const MY_DELEGATIONS: &str = "/tai-khoan/uy-quyen";
/// Delegate something to somebody.
pub const MY_DELEGATION_NEW: &str = "/tai-khoan/uy-quyen/moi";
/// Roles, for administrators.
pub const ROLES: &str = "/quan-tri/vai-tro";
/// A new role.
pub const ROLE_NEW: &str = "/quan-tri/vai-tro/moi";
/// Why somebody may do something, and who may.
pub const RIGHTS: &str = "/quan-tri/quyen";

/// End one of my sessions (POST).
pub fn end_session(id: &str) -> String {
    format!("{ACCOUNT}/phien/{}/ket-thuc", encode(id))
}

/// One person.
pub fn person(id: &str) -> String {
    format!("{PEOPLE}/{}", encode(id))
}

/// A form about one person: `sua`, `vi-tri`, `uy-quyen`, `thoi-viec`, `tro-lai`; `moi-tai-khoan` (POST).
pub fn person_step(id: &str, step: &str) -> String {
    format!("{}/{step}", person(id))
}

/// The form of a position.
pub fn position(id: &str) -> String {
    format!("/quan-tri/vi-tri/{}", encode(id))
}

/// End a delegation (POST).
pub fn end_delegation(id: &str) -> String {
    format!("/quan-tri/uy-quyen/{}/ket-thuc", encode(id))
}

/// The refused rows of a list, by its digest in hexadecimal.
pub fn refused_rows(sha256: &str) -> String {
    format!("{PEOPLE_IMPORT}/bi-tu-choi?tep={}", encode(sha256))
}

/// The link to a new password.
pub fn password_reset(token: &str) -> String {
    format!("/mat-khau-moi/{}", encode(token))
}

/// The link of an invitation.
pub fn invited(token: &str) -> String {
    format!("/loi-moi/{}", encode(token))
}

/// End one of my tokens (POST).
pub fn end_token(id: &str) -> String {
    format!("{TOKENS}/{}/thu-hoi", encode(id))
}

/// One account, for administrators.
pub fn account_edit(id: &str) -> String {
    format!("{ACCOUNTS}/{}", encode(id))
}

/// A change of one account (POST).
pub fn account_step(id: &str, step: &str) -> String {
    format!("{}/{step}", account_edit(id))
}

/// One role.
pub fn role(code: &str) -> String {
    format!("{ROLES}/{}", encode(code))
}

/// The form of one role.
pub fn role_edit(code: &str) -> String {
    format!("{}/sua", role(code))
}

/// Remove a role (POST).
pub fn role_remove(code: &str) -> String {
    format!("{}/bo", role(code))
}

/// Who may see a record.
pub fn rights_of(record: &str) -> String {
    with_query(RIGHTS, &[("viec", "read"), ("ho-so", record)])
}

/// Why somebody may do something to a record.
pub fn rights(login: &str, verb: &str, record: &str, day: &str) -> String {
    let parts = [
        ("nguoi", login),
        ("viec", verb),
        ("ho-so", record),
        ("ngay", day),
    ];
    with_query(RIGHTS, &parts)
}

/// End one of my delegations (POST).
pub fn end_my_delegation(id: &str) -> String {
    format!("{MY_DELEGATIONS}/{}/ket-thuc", encode(id))
}

/// What is done with one invitation (POST).
pub fn invitation(id: &str, step: &str) -> String {
    format!("{INVITATIONS}/{}/{step}", encode(id))
}

/// Run a failed job again (POST).
pub fn run_again(job: &str) -> String {
    format!("{JOBS}/{}/chay-lai", encode(job))
}

/// One entry of the audit log.
pub fn audit_entry(number: impl Whole) -> String {
    format!("{AUDIT}/muc/{}", number.whole())
}

/// The entries of the audit log about one record, or one kind of record.
pub fn audit_of(record_or_kind: &str) -> String {
    with_query(AUDIT, &[("tu-khoa", record_or_kind)])
}
