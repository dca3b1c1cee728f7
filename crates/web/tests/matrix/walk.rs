//! Sending what each row says as each visitor, and comparing.

use std::collections::HashMap;
use std::fmt::Write;

use crate::office::Office;
use crate::people::{Answer, Credentials, WHO, Who, send};
use crate::table::{Row, TABLE, read};

/// Who is asked without proof that the request comes from our own pages.
const UNPROVEN: [&str; 5] = [
    "canbo.snv",
    "lanhdao.snv",
    "dieuphoi.snv",
    "quantri.snv",
    "nhansu.snv",
];

/// Walks the whole table and fails with the rows as they would have to stand.
pub(crate) async fn walk(office: &Office) {
    let mut readers = HashMap::new();
    let mut wrong = String::new();
    for row in read(TABLE) {
        let mut got = Vec::with_capacity(WHO.len());
        for (place, who) in WHO.into_iter().enumerate() {
            let answer = Box::pin(answer(office, &mut readers, &row, who)).await;
            assert_ne!(
                answer.0, "fault",
                "{} {}: {}",
                row.method, row.path, answer.1
            );
            if row.answers.get(place) != Some(&answer.0) {
                writeln!(wrong, "# {who:?} gets {}: {}", answer.0, gist(&answer.1)).unwrap();
            }
            got.push(answer.0);
        }
        if row.answers != got {
            let line = format!("{} {} {}", row.method, row.path, row.subject);
            writeln!(wrong, "{line:<58} {}", columns(&got)).unwrap();
        }
    }
    assert!(wrong.is_empty(), "the table should say:\n{wrong}");
}

/// What an answer says: the title of a page, the detail of a problem.
fn gist(text: &str) -> String {
    let at = |start: &str, end: char| {
        let from = text.find(start)? + start.len();
        text[from..].split(end).next().map(str::to_owned)
    };
    let said = at("<title>", '<').or_else(|| at("\"type\":\"", '"'));
    said.unwrap_or_else(|| text.chars().take(80).collect())
}

/// The words of a row, in the groups of the table's head.
fn columns(got: &[String]) -> String {
    let mut line = String::new();
    for (place, word) in got.iter().enumerate() {
        if [1, 7, 13, 15, 17].contains(&place) {
            line.push_str("| ");
        }
        write!(line, "{word:<5}").unwrap();
    }
    line.trim_end().to_owned()
}

/// What somebody gets in one word, and the words it came with.
async fn answer(
    office: &Office,
    readers: &mut HashMap<String, Credentials>,
    row: &Row,
    who: Who,
) -> (String, String) {
    if who != Who::Unproven {
        // What only reads leaves a session as it was.
        let known = readers
            .get(&format!("{who:?}"))
            .filter(|_| row.method == "GET");
        let by = match known {
            Some(by) => by.clone(),
            None => who.credentials(office).await,
        };
        readers.insert(format!("{who:?}"), by.clone());
        let answer = Box::pin(ask(office, row, &by)).await;
        return (word(&answer).to_owned(), answer.text);
    }
    if row.method == "GET" {
        return ("-".to_owned(), String::new());
    }
    let mut words = Vec::new();
    for login in UNPROVEN {
        let mut by = Who::Account(login).credentials(office).await;
        by.csrf = None;
        let answer = Box::pin(ask(office, row, &by)).await;
        words.push(word(&answer).to_owned());
    }
    words.dedup();
    (words.join("/"), String::new())
}

async fn ask(office: &Office, row: &Row, by: &Credentials) -> Answer {
    let name = Box::pin(office.named(&row.subject)).await;
    // A subject of several names has one for each place, parted by bars.
    let mut names = name.split('|');
    let mut last = names.next().unwrap_or_default();
    let mut first = true;
    let path = row.path.split('/').map(|part| {
        // The system whose records are asked about, and a step of it.
        match part {
            "{pack}" | "{record}" if row.subject == "growing-map" => return "growing-area",
            "{pack}" => return "it-equipment",
            "{record}" => return "device",
            "{step}" if row.subject == "device-import" && row.path.starts_with("/api/") => {
                return "undo";
            }
            "{step}" if row.subject == "device-import" => return "hoan-tac",
            "{step}" if row.subject == "staff-account" => return "moi-phien",
            "{step}" if row.subject == "staff-invitation" => return "lien-ket",
            "{step}" => return "hand-out",
            "{indicator}" => return "devices-used",
            "{print}" => return "card",
            "{view}" => return "by-state",
            "{lookup}" => return "by-code",
            "{version}" => return "1",
            _ if !part.starts_with('{') => return part,
            _ => {}
        }
        if !std::mem::replace(&mut first, false) {
            last = names.next().unwrap_or(last);
        }
        last
    });
    let mut path = path.collect::<Vec<_>>().join("/") + &office.filled(&row.query);
    if row.method == "GET" {
        return send(&office.router, "GET", &path, by, None).await;
    }
    let mut body = office.filled(&row.body);
    let in_state = [
        "draft",
        "submitted",
        "sent-back",
        "approved",
        "consolidated",
    ];
    if in_state.contains(&row.subject.as_str()) {
        let version = office.version(&name).await;
        body = body.replace("@version", &version);
        body = body.replace("@id", &name);
        body = body.replace("@report", &office.report_again(&name).await);
        if row.path.starts_with("/api/") {
            write!(path, "#version={version}").unwrap();
        }
    }
    if row.subject.starts_with("sheet-") {
        body = body.replace("@version", &office.sheet_version(&name).await);
    }
    if row.subject.starts_with("project-") || row.subject.starts_with("ownplan-") {
        body = office.filled_project(&row.subject, &name, &body).await;
    }
    if row.subject.starts_with("opinion") {
        body = office.filled_opinions(&row.path, &name, &body).await;
    }
    if row.subject.starts_with("periodic-") {
        body = office.filled_periodic(&name, &body).await;
    }
    let (media_type, body) = if row.path.starts_with("/api/") {
        let json = body.starts_with('{');
        (if json { "application/json" } else { "" }, body)
    } else if let Some(fields) = body.strip_prefix("multipart ") {
        ("multipart/form-data; boundary=ranh", multipart(fields, by))
    } else {
        let csrf = by.csrf.as_deref().map(|token| format!("csrf={token}&"));
        let form = csrf.unwrap_or_default() + &body;
        ("application/x-www-form-urlencoded", form)
    };
    send(
        &office.router,
        &row.method,
        &path,
        by,
        Some((media_type, body)),
    )
    .await
}

fn multipart(fields: &str, by: &Credentials) -> String {
    let csrf = by.csrf.as_deref().map(|token| format!("csrf={token}"));
    let fields = csrf.iter().map(String::as_str).chain(fields.split('&'));
    let mut body = String::new();
    for (name, value) in fields.filter_map(|field| field.split_once('=')) {
        let head = format!("content-disposition: form-data; name=\"{name}\"");
        write!(body, "--ranh\r\n{head}\r\n\r\n{value}\r\n").unwrap();
    }
    body + "--ranh--\r\n"
}

/// An answer in one word of the table.
fn word(answer: &Answer) -> &'static str {
    match answer.status.as_u16() {
        200..=299 => "ok",
        300..=399 if answer.location.starts_with("/dang-nhap") => "in",
        300..=399 => "go",
        401 => "in",
        403 => "no",
        404 => "none",
        409 => "late",
        410 => "gone",
        400 | 412 | 413 | 415 | 422 | 428 => "bad",
        429 => "slow",
        _ => "fault",
    }
}
