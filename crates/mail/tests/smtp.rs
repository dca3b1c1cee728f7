//! A message against a real server on this machine's loopback.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

use mail::{Mail, MailError, Mailer};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// Takes one conversation and gives back what the client said; `refuse` is what `RCPT` meets.
async fn server(refuse: Option<&'static str>) -> (String, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    let conversation = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let (read, mut write) = stream.split();
        let mut lines = BufReader::new(read).lines();
        write.write_all(b"220 here\r\n").await.unwrap();
        let (mut said, mut in_data) = (Vec::new(), false);
        while let Ok(Some(line)) = lines.next_line().await {
            let answer = match line.get(..4).unwrap_or(&line) {
                "." if in_data => {
                    in_data = false;
                    "250 taken"
                }
                _ if in_data => "",
                "DATA" => {
                    in_data = true;
                    "354 go on"
                }
                "RCPT" => refuse.unwrap_or("250 yes"),
                "QUIT" => "221 bye",
                _ => "250 yes",
            };
            said.push(line);
            if !answer.is_empty() {
                write
                    .write_all(format!("{answer}\r\n").as_bytes())
                    .await
                    .unwrap();
            }
        }
        said
    });
    (url, conversation)
}

fn letter() -> Mail {
    Mail {
        to: "be.tran@vinhlong.gov.vn".to_owned(),
        subject: "Đặt lại mật khẩu".to_owned(),
        text: "Chào anh Bé,\n.\nhttps://phusa.vinhlong.gov.vn/x\n".to_owned(),
    }
}

const FROM: &str = "Phù Sa <phusa@vinhlong.gov.vn>";

#[tokio::test]
async fn a_letter_arrives_whole() {
    let (url, conversation) = server(None).await;
    let mailer = Mailer::new(&url, FROM).unwrap();
    mailer.send(&letter()).await.unwrap();
    drop(mailer);
    let said = conversation.await.unwrap().join("\n");
    assert!(said.contains("MAIL FROM:<phusa@vinhlong.gov.vn>"), "{said}");
    assert!(said.contains("RCPT TO:<be.tran@vinhlong.gov.vn>"), "{said}");
    assert!(said.contains("\nSubject: =?utf-8?b?"), "{said}");
    // A line that is one full stop does not end the letter (RFC 5321 §4.5.2).
    assert!(said.contains("phusa.vinhlong.gov.vn/x"), "{said}");
}

#[tokio::test]
async fn a_refusal_says_what_the_server_said() {
    let (url, _conversation) = server(Some("550 no such box")).await;
    let error = Mailer::new(&url, FROM).unwrap().send(&letter()).await;
    let error = error.unwrap_err();
    assert!(matches!(error, MailError::Server(_)), "{error:?}");
    assert!(error.to_string().contains("no such box"), "{error}");
}

#[tokio::test]
async fn no_error_and_no_log_holds_the_password() {
    let mailer = Mailer::new("smtp://an:bimat@127.0.0.1:9", FROM).unwrap();
    assert!(!format!("{mailer:?}").contains("bimat"));
    let error = mailer.send(&letter()).await.unwrap_err();
    assert!(!format!("{error} {error:?}").contains("bimat"), "{error:?}");
    let wrong = Mailer::new("an:bimat@host", FROM).unwrap_err();
    assert!(!format!("{wrong} {wrong:?}").contains("bimat"));
    for from in ["", "không phải thư", "a@b\r\nBcc: x@y"] {
        assert!(Mailer::new("smtp://127.0.0.1", from).is_err(), "{from:?}");
    }
}

#[tokio::test]
async fn headers_cannot_be_slipped_in() {
    let (url, conversation) = server(None).await;
    let mailer = Mailer::new(&url, FROM).unwrap();
    let hostile = Mail {
        to: "a@b.vn\r\nBcc: x@y.vn".to_owned(),
        ..letter()
    };
    assert!(matches!(
        mailer.send(&hostile).await,
        Err(MailError::Address(_))
    ));
    let hostile = Mail {
        subject: "Chào\r\nBcc: x@y.vn".to_owned(),
        ..letter()
    };
    // Refused or encoded, never a header of its own.
    if mailer.send(&hostile).await.is_ok() {
        drop(mailer);
        let said = conversation.await.unwrap();
        assert!(said.iter().all(|line| !line.starts_with("Bcc")), "{said:?}");
    }
}
