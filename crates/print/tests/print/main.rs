//! Papers as those who write templates and those who read them meet them.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::Duration;

use print::{Limits, Paper, PrintError, Size, check, pdf};
use serde_json::{Value, json};
use vocab::Instant;

fn paper<'a>(template: &'a str, data: &'a [(&'static str, Value)]) -> Paper<'a> {
    Paper {
        title: "Giấy thử",
        template,
        data,
        verify: None,
        size: Size::A4,
        made: None,
    }
}

/// What a reader of the file finds, page by page; nothing where there is no `pdftotext`.
fn text_of(file: &[u8]) -> Option<String> {
    let mut child = Command::new("pdftotext")
        .args(["-layout", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .ok()?;
    child.stdin.take().unwrap().write_all(file).unwrap();
    let output = child.wait_with_output().unwrap();
    Some(String::from_utf8(output.stdout).unwrap())
}

/// The bytes of a template that its first fault is about, and what it says.
fn fault(template: &str) -> (String, String) {
    let data = [("record", json!({ "name": "A", "rows": [{ "a": "1" }] }))];
    match check(&paper(template, &data), &Limits::default()) {
        Err(PrintError::Template(faults)) => {
            let first = faults.first().unwrap();
            (template[first.at.clone()].to_owned(), first.message.clone())
        }
        other => panic!("{template}: {other:?}"),
    }
}

#[test]
fn vietnamese_comes_out_as_it_went_in() {
    let said =
        "Vườn sầu riêng ấp Phú Lộc, xã Quới Thiện: Ngưỡng, thuở, ỷ, Ẵ, ặ, đặc biệt – 1.234,5 ha";
    let data = [(
        "record",
        json!({ "name": said, "no": null, "rows": ["một", "hai"] }),
    )];
    let template =
        "= Giấy\n#record.name\n\n#record.no #record.rows.join(\", \")\n#pagebreak()\ntrang hai";
    let printed = pdf(&paper(template, &data), &Limits::default()).unwrap();
    assert_eq!(printed.pages, 2);
    assert!(printed.pdf.starts_with(b"%PDF-"));
    let Some(text) = text_of(&printed.pdf) else {
        return;
    };
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        words.contains(said) && words.contains("một, hai"),
        "{words}"
    );
    assert!(text.contains("\u{c}trang hai"), "{text}");
}

#[test]
fn the_same_paper_is_the_same_file() {
    let data = [("record", json!({ "name": "A" }))];
    let template = "#record.name #record.qr";
    let of = |at| Paper {
        verify: Some("https://localhost/xac-thuc/1"),
        made: Some(Instant::from_micros(at)),
        ..paper(template, &data)
    };
    let at = 1_681_430_400_000_000;
    let one = pdf(&of(at), &Limits::default()).unwrap();
    let other = pdf(&of(at), &Limits::default()).unwrap();
    assert!(one.pdf == other.pdf);
    let later = pdf(&of(at + 60_000_000), &Limits::default()).unwrap();
    assert!(one.pdf != later.pdf);
}

#[test]
fn what_is_wrong_is_told_where_it_stands() {
    let (at, said) = fault("Tên: #record.name\n- #record.nmae\n");
    assert!(at.contains("nmae"), "{at}");
    assert!(said.contains("nmae"), "{said}");
    let (at, said) = fault("#let x = (\n#record.name");
    assert!(!at.is_empty() && !said.is_empty(), "{at} {said}");
    // What happens inside the parts of a paper is told where they were called.
    let (at, said) = fault("\n#date-in-words(12)\n");
    assert!(at.contains("date-in-words"), "{at}: {said}");
}

#[test]
fn a_template_reaches_nothing_but_what_it_is_given() {
    for template in [
        "#read(\"/etc/passwd\")",
        "#image(\"/etc/passwd\")",
        "#import \"@preview/cetz:0.3.4\"",
        "#include \"/template.typ\"",
        "#json(\"../secret.json\")",
        "#datetime.today()",
    ] {
        let (_, said) = fault(template);
        assert!(!said.is_empty(), "{template}");
    }
}

#[test]
fn a_paper_ends() {
    let few = Limits {
        pages: 3,
        ..Limits::default()
    };
    let many = "#for page in range(10) { pagebreak() }";
    let refused = pdf(&paper(many, &[]), &few);
    assert!(matches!(
        refused,
        Err(PrintError::TooManyPages { pages: 11 })
    ));
    let short = Limits {
        time: Duration::from_millis(30),
        ..Limits::default()
    };
    // Some seconds of work, then it ends: its thread is no thread that stays.
    let long = "#for one in range(2000000) { let a = calc.abs(one) }";
    let refused = pdf(&paper(long, &[]), &short);
    assert!(
        matches!(refused, Err(PrintError::TooLong)),
        "{:?}",
        refused.err()
    );
    let (_, said) = fault("#let f(x) = f(x)\n#f(1)");
    assert!(
        said.contains("recursion") || said.contains("depth"),
        "{said}"
    );
}

#[test]
fn the_parts_of_a_paper_hold_whatever_is_left_out() {
    for template in [
        "#paper-head()",
        "#paper-head(issuer: \"Sở Nông nghiệp\", symbol: \"12/QĐ\", place-date: \"Vĩnh Long\")",
        "#paper-title(\"Giấy\")",
        "#paper-title(\"Quyết định\", subject: \"Về việc cấp mã\")",
        "#paper-foot(capacity: (\"TM. Ủy ban\", \"Chủ tịch\"), signer: \"A\", recipients: (\"Như trên;\",))",
        "#paper-foot()",
        "#facts((\"Tên\", \"A\"), (\"Ấp\", \"\"))",
        "#facts()",
        "#listed(\"\", none)",
    ] {
        let data = [("record", json!({}))];
        let checked = check(&paper(template, &data), &Limits::default());
        assert!(checked.is_ok(), "{template}: {checked:?}");
    }
    let data = [("record", json!({}))];
    let template = "#date-in-words(\"05/02/2023\"), #date-in-words(\"14/10/2023\"), #date-in-words(\"14/04/2023\"), #date-in-words(\"\")";
    let printed = pdf(&paper(template, &data), &Limits::default()).unwrap();
    if let Some(text) = text_of(&printed.pdf) {
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            words.contains(
                "ngày 05 tháng 02 năm 2023, ngày 14 tháng 10 năm 2023, ngày 14 tháng 4 năm 2023,"
            ),
            "{words}"
        );
    }
}
