//! Real connections.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, oneshot};
use web::http::serve;

use crate::fixture::TestApp;

struct Served {
    address: std::net::SocketAddr,
    stop: oneshot::Sender<()>,
    done: tokio::task::JoinHandle<std::io::Result<()>>,
}

async fn start(router: Router) -> Served {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let done = tokio::spawn(web::http::serve_router(router, listener, stopped));
    Served {
        address,
        stop,
        done,
    }
}

/// Sends bytes and reads until the other side ends.
async fn talk(served: &Served, request: &str) -> String {
    let mut stream = TcpStream::connect(served.address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    // A reset after the answer is the end, too.
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

const CLOSE: &str = "host: x\r\nconnection: close\r\n\r\n";

#[tokio::test]
async fn metrics_are_for_the_machine_itself() {
    let app = TestApp::new().await;
    let served = start(app.router.clone()).await;
    let answer = talk(&served, &format!("GET /metrics HTTP/1.1\r\n{CLOSE}")).await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let forwarded = format!("GET /metrics HTTP/1.1\r\nx-forwarded-for: 1.2.3.4\r\n{CLOSE}");
    assert!(talk(&served, &forwarded).await.starts_with("HTTP/1.1 404"));
}

async fn nothing(_form: web::http::MultipartForm) -> &'static str {
    "taken"
}

/// Browsers show an answer only after they have sent everything.
#[tokio::test]
async fn a_refused_form_is_read_to_its_end_so_that_the_answer_arrives() {
    let more = Router::new().route("/thu", axum::routing::post(nothing));
    let app = TestApp::with(web::http::Settings::default(), more).await;
    let served = start(app.router.clone()).await;
    let part = "--x\r\ncontent-disposition: form-data; name=\"tep\"; filename=\"a.pdf\"\r\n\r\n";
    for size in [8 << 20, 120 << 20] {
        let mut stream = TcpStream::connect(served.address).await.unwrap();
        let length = part.len() + size + 9;
        let head = format!(
            "POST /thu HTTP/1.1\r\ncontent-type: multipart/form-data; boundary=x\r\ncontent-length: {length}\r\n{CLOSE}{part}"
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        let chunk = vec![b'x'; 1 << 20];
        for _ in 0..size >> 20 {
            stream
                .write_all(&chunk)
                .await
                .expect("the connection broke under the form");
        }
        stream.write_all(b"\r\n--x--\r\n").await.unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.unwrap();
        let answer = String::from_utf8_lossy(&answer);
        let status = if size < 100 << 20 { "403" } else { "413" };
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status}")),
            "{answer}"
        );
        assert!(
            answer.ends_with("</html>\n") || answer.ends_with("</html>"),
            "cut short"
        );
    }
}

#[tokio::test]
async fn what_is_no_request_is_sent_away() {
    let app = TestApp::new().await;
    let served = start(app.router.clone()).await;
    for request in [
        "rubbish\r\n\r\n".to_owned(),
        format!("GET / HTTP/1.1\r\n{}\r\n", "a: b\r\n".repeat(100)),
        format!("GET /{} HTTP/1.1\r\n{CLOSE}", "a".repeat(100_000)),
    ] {
        let answer = talk(&served, &request).await;
        assert!(answer.starts_with("HTTP/1.1 4"), "{answer}");
    }
    let answer = talk(&served, &format!("GET /healthz HTTP/1.1\r\n{CLOSE}")).await;
    assert!(answer.ends_with("ok\n"), "{answer}");
}

#[tokio::test]
async fn stopping_lets_requests_at_work_end() {
    let (begun, go) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let slow = {
        let (begun, go) = (begun.clone(), go.clone());
        async move || {
            begun.notify_one();
            go.notified().await;
            "done"
        }
    };
    let router = Router::new().route("/cham", axum::routing::get(slow));
    let served = start(router).await;
    let request = format!("GET /cham HTTP/1.1\r\n{CLOSE}");
    let idle = TcpStream::connect(served.address).await.unwrap();
    let mut busy = TcpStream::connect(served.address).await.unwrap();
    busy.write_all(request.as_bytes()).await.unwrap();
    begun.notified().await;
    served.stop.send(()).unwrap();
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert!(!served.done.is_finished(), "it stopped under a request");
    assert!(
        TcpStream::connect(served.address).await.is_err(),
        "it still listens"
    );
    go.notify_one();
    let mut answer = String::new();
    busy.read_to_string(&mut answer).await.unwrap();
    assert!(answer.ends_with("done"), "{answer}");
    tokio::time::timeout(Duration::from_secs(5), served.done)
        .await
        .expect("an idle connection holds it up")
        .unwrap()
        .unwrap();
    drop(idle);
}

#[tokio::test]
async fn an_application_is_served() {
    let app = TestApp::new().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let done = tokio::spawn(serve(app.app.clone(), listener, stopped));
    let served = Served {
        address,
        stop,
        done,
    };
    let head = talk(&served, &format!("HEAD /gioi-thieu HTTP/1.1\r\n{CLOSE}")).await;
    assert!(
        head.starts_with("HTTP/1.1 200") && head.ends_with("\r\n\r\n"),
        "{head}"
    );
    assert!(head.contains("content-security-policy:"));
    served.stop.send(()).unwrap();
    served.done.await.unwrap().unwrap();
}
