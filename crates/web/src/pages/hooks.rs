//! Webhooks, for administrators: all of them, one with what it sent lately, the form.

use askama::Template;
use jiff::civil::DateTime;

use super::parts::{Choice, FormErrors};
use super::{Shell, links};

/// All webhooks.
#[derive(Clone, Debug, Template)]
#[template(path = "hooks.html")]
pub struct HookList {
    /// The frame.
    pub shell: Shell,
    /// Each of them.
    pub rows: Vec<HookRow>,
}

/// One of them.
#[derive(Clone, Debug)]
pub struct HookRow {
    /// Its identity.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Where messages go.
    pub address: String,
    /// How it stands, in words.
    pub state: String,
    /// By whose rights.
    pub account: String,
}

/// One webhook.
#[derive(Clone, Debug, Template)]
#[template(path = "hook.html")]
pub struct HookPage {
    /// The frame.
    pub shell: Shell,
    /// The secret that was made just now: it is shown this once.
    pub secret: Option<String>,
    /// Its identity.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Where messages go.
    pub address: String,
    /// How it stands, in words.
    pub state: String,
    /// Why the program paused it, in words.
    pub why: Option<String>,
    /// Whether messages go out.
    pub active: bool,
    /// By whose rights.
    pub account: String,
    /// Of what it tells.
    pub kinds: Vec<String>,
    /// Which happenings.
    pub happenings: Vec<String>,
    /// Whether messages hold what the record says.
    pub whole: bool,
    /// Since when the receiver took nothing, how often was tried, and when it is tried again.
    pub failing: Option<(DateTime, u32, DateTime)>,
    /// The secrets that sign.
    pub secrets: Vec<SecretRow>,
    /// For how long an old secret may go on signing.
    pub overlaps: Vec<Choice>,
    /// What was sent lately, latest first.
    pub deliveries: Vec<DeliveryRow>,
}

/// A secret in use, without the secret.
#[derive(Clone, Debug)]
pub struct SecretRow {
    /// Which one.
    pub generation: u32,
    /// Until when it signs, once there is a newer one.
    pub until: Option<DateTime>,
    /// Whether this installation's key makes it.
    pub ours: bool,
}

/// A message and what became of it.
#[derive(Clone, Debug)]
pub struct DeliveryRow {
    /// Its place, by which it is sent again.
    pub key: String,
    /// Its `webhook-id`.
    pub message: String,
    /// What it is about, in words.
    pub about: String,
    /// When that happened.
    pub happened: DateTime,
    /// How it stands, in words.
    pub state: String,
    /// What was answered, in words.
    pub answer: String,
    /// The beginning of what was answered.
    pub excerpt: String,
    /// When it was sent last, and how long that took in milliseconds.
    pub sent: Option<(DateTime, i64)>,
    /// How often it was sent.
    pub attempts: u32,
    /// Whether it waits for a worker.
    pub waits: bool,
}

/// The form for a webhook (POST `ten`, `dia-chi`, `tai-khoan`, `loai` and `su-kien` repeated,
/// `noi-dung`).
#[derive(Clone, Debug, Template)]
#[template(path = "hook_form.html")]
pub struct HookForm {
    /// The frame.
    pub shell: Shell,
    /// Where the form goes.
    pub action: String,
    /// Whether it is a new one.
    pub new: bool,
    /// The version that the form was made from.
    pub version: i64,
    /// The name as typed.
    pub name: String,
    /// The address as typed.
    pub address: String,
    /// The login as typed.
    pub login: String,
    /// Kinds of records, by sector.
    pub groups: Vec<KindGroup>,
    /// Happenings.
    pub happenings: Vec<Choice>,
    /// What messages hold.
    pub contents: Vec<Choice>,
    /// What is wrong.
    pub errors: FormErrors,
}

/// Kinds of records that belong together.
#[derive(Clone, Debug)]
pub struct KindGroup {
    /// The system.
    pub title: String,
    /// Its kinds.
    pub kinds: Vec<Choice>,
}

#[cfg(test)]
mod sampled {
    use super::*;
    use crate::pages::parts::FieldError;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    fn choice(value: &str, label: &str, selected: bool) -> Choice {
        Choice {
            value: value.to_owned(),
            label: label.to_owned(),
            selected,
        }
    }

    impl Sampled for HookList {
        const NAME: &'static str = "hooks";

        fn samples(shell: &Shell) -> Vec<Self> {
            let row = |name: &str, state: &str| HookRow {
                id: "0192f3".to_owned(),
                name: name.to_owned(),
                address: "https://lgsp.vinhlong.gov.vn/nhan".to_owned(),
                state: shell.t(state),
                account: "lgsp".to_owned(),
            };
            let empty = Self {
                shell: samples::administrator(shell),
                rows: Vec::new(),
            };
            let some = Self {
                rows: vec![
                    row("Nền tảng chia sẻ dữ liệu của tỉnh", "hook-active"),
                    row(HOSTILE, "hook-paused"),
                    row(LONG, "hook-failing"),
                ],
                ..empty.clone()
            };
            vec![empty, some]
        }
    }

    impl Sampled for HookPage {
        const NAME: &'static str = "hook";

        fn samples(shell: &Shell) -> Vec<Self> {
            let row = |state: &str, excerpt: &str, waits: bool| DeliveryRow {
                key: "1-msg_1".to_owned(),
                message: "msg_0f8fad5bd9cb469fa16570867728950e".to_owned(),
                about: shell.t("hook-test-message"),
                happened: samples::moment(3, 9, 1),
                state: shell.t(state),
                answer: shell.t("hook-error-timeout"),
                excerpt: excerpt.to_owned(),
                sent: (!waits).then(|| (samples::moment(3, 9, 2), 231)),
                attempts: 3,
                waits,
            };
            let usual = Self {
                shell: samples::administrator(shell),
                secret: None,
                id: "0192f3".to_owned(),
                name: "Nền tảng chia sẻ dữ liệu của tỉnh".to_owned(),
                address: "https://lgsp.vinhlong.gov.vn/nhan".to_owned(),
                state: shell.t("hook-active"),
                why: None,
                active: true,
                account: "Nguyễn Văn An (lgsp)".to_owned(),
                kinds: vec!["Vùng trồng".to_owned()],
                happenings: vec![shell.t("hook-created"), shell.t("hook-step")],
                whole: false,
                failing: None,
                secrets: vec![SecretRow {
                    generation: 1,
                    until: None,
                    ours: true,
                }],
                overlaps: vec![choice("24", "24", true)],
                deliveries: Vec::new(),
            };
            let made = Self {
                secret: Some("whsec_mau-khong-dung-duoc".to_owned()),
                deliveries: vec![
                    row("hook-delivery-waiting", "", true),
                    row("hook-delivery-refused", HOSTILE, false),
                ],
                ..usual.clone()
            };
            let extreme = Self {
                name: HOSTILE.to_owned(),
                address: format!("https://lgsp.gov.vn/{}", "a".repeat(900)),
                why: Some(shell.t("hook-why-dead")),
                active: false,
                whole: true,
                failing: Some((samples::moment(1, 1, 1), 24, samples::moment(4, 1, 1))),
                secrets: vec![
                    SecretRow {
                        generation: 2,
                        until: None,
                        ours: false,
                    },
                    SecretRow {
                        generation: 1,
                        until: Some(samples::moment(4, 1, 1)),
                        ours: true,
                    },
                ],
                kinds: (0..80).map(|_| LONG.to_owned()).collect(),
                deliveries: (0..50)
                    .map(|_| row("hook-delivery-failed", LONG, false))
                    .collect(),
                ..usual.clone()
            };
            vec![usual, made, extreme]
        }
    }

    impl Sampled for HookForm {
        const NAME: &'static str = "hook-form";

        fn samples(shell: &Shell) -> Vec<Self> {
            let empty = Self {
                shell: samples::administrator(shell),
                action: links::HOOK_NEW.to_owned(),
                new: true,
                version: 0,
                name: String::new(),
                address: String::new(),
                login: String::new(),
                groups: vec![KindGroup {
                    title: "Trồng trọt".to_owned(),
                    kinds: vec![
                        choice("p_1", "Vùng trồng", false),
                        choice("p_2", LONG, true),
                    ],
                }],
                happenings: vec![choice("created", "Tạo", true)],
                contents: vec![choice("gon", "Gọn", true), choice("du", "Đủ", false)],
                errors: FormErrors::default(),
            };
            let refused = Self {
                new: false,
                name: HOSTILE.to_owned(),
                address: "http://127.0.0.1".to_owned(),
                errors: FormErrors(vec![FieldError {
                    field: "dia-chi".to_owned(),
                    message: shell.t("field-webhook-address-inner"),
                }]),
                ..empty.clone()
            };
            vec![empty, refused]
        }
    }
}
