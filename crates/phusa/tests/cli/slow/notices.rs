//! What the worker of a served program delivers: a notice, once, whatever happens in between.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::program::{Folder, Server};

const REASON: &str = "Thiếu danh sách 18 xã";
/// A worker looks for jobs each second; the machine may be busy.
const DELIVERED_WITHIN: Duration = Duration::from_secs(30);

/// A program's way to the API, with somebody's token.
struct Program<'s> {
    server: &'s Server,
    token: String,
}

impl Program<'_> {
    fn json(&self, method: &str, path: &str, version: Option<i64>, body: Option<&Value>) -> Value {
        let mut headers = vec![("Authorization", format!("Bearer {}", self.token))];
        headers.extend(version.map(|version| ("If-Match", format!("\"{version}\""))));
        headers.extend(body.map(|_| ("Content-Type", "application/json".to_owned())));
        let body = body.map_or_else(String::new, Value::to_string);
        let answer = self.server.send(method, path, &headers, &body).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("HTTP/1.1 20"), "{method} {path}: {answer}");
        serde_json::from_str(body).unwrap()
    }
}

#[test]
fn a_notice_is_delivered_once_though_the_program_is_killed() {
    let folder = Folder::new();
    let server = folder.serve(&["--demo"]);
    let program = |login: &str| Program {
        server: &server,
        token: folder
            .run(&["token", "create", "--account", login])
            .fine()
            .trim()
            .to_owned(),
    };
    let (officer, head) = (program("canbo.snv"), program("lanhdao.snv"));
    let target = officer.json("GET", "/api/v1/targets/19", None, None);
    let reporters = target["reporters"].as_array().unwrap();
    let unit = reporters.iter().find(|unit| unit["name"] == "Sở Nội vụ");
    let draft = json!({
        "indicator": target["indicators"][0]["id"],
        "unit": unit.unwrap()["id"],
        "period": "2023Q3",
        "numerator": 45,
        "denominator": 60,
    });
    let begun = officer.json("POST", "/api/v1/observations", None, Some(&draft));
    let report = format!("/api/v1/observations/{}", begun["id"].as_str().unwrap());
    officer.json("POST", &format!("{report}/submit"), Some(1), None);
    let reason = json!({ "reason": REASON });
    head.json(
        "POST",
        &format!("{report}/send-back"),
        Some(2),
        Some(&reason),
    );
    // The decision was acknowledged; whoever delivers it may die at once.
    server.kill();

    let server = folder.serve(&["--demo"]);
    let session = server.sign_in("canbo.snv");
    let inbox = || {
        let cookie = [("Cookie", session.clone())];
        server.send("GET", "/viec-cua-toi", &cookie, "").unwrap()
    };
    let told = |page: &str| page.matches("/viec-cua-toi/thong-bao/").count();
    let deadline = Instant::now() + DELIVERED_WITHIN;
    while told(&inbox()) == 0 {
        assert!(Instant::now() < deadline, "no notice: {}", inbox());
        std::thread::sleep(Duration::from_millis(100));
    }
    // Another worker, on the same folder, has nothing left to deliver.
    let (said, code) = server.stop("TERM");
    assert_eq!(code, Some(0), "{said}");
    let server = folder.serve(&["--demo"]);
    std::thread::sleep(Duration::from_secs(3));
    let session = server.sign_in("canbo.snv");
    let page = server
        .send("GET", "/viec-cua-toi", &[("Cookie", session)], "")
        .unwrap();
    assert_eq!(told(&page), 1, "{page}");
    assert!(page.contains("bị trả lại."), "{page}");
}
