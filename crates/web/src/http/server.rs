//! Serving connections, within limits.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::ConnectInfo;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tower::ServiceExt;

use super::{App, router};

/// The most connections at once: what comes beyond waits to be accepted.
const CONNECTIONS: usize = 4_096;

/// How long a client may take to send a request's head, and to send the next one.
const HEAD_TIME: Duration = Duration::from_secs(20);

/// How long requests at work may go on after the program was told to stop.
const STOP_TIME: Duration = Duration::from_secs(25);

/// How long to wait after a connection could not be accepted, for want of descriptors.
const PAUSE: Duration = Duration::from_millis(100);

/// Serves the application until `stop` is done, then lets the requests at work end.
pub async fn serve(app: App, listener: TcpListener, stop: impl Future) -> io::Result<()> {
    serve_router(router(app), listener, stop).await
}

/// The same for a router of one's own.
pub async fn serve_router(
    router: axum::Router,
    listener: TcpListener,
    stop: impl Future,
) -> io::Result<()> {
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let connections = GracefulShutdown::new();
    let mut stop = pin!(stop);
    loop {
        let place = tokio::select! {
            place = Arc::clone(&places).acquire_owned() => place.map_err(io::Error::other)?,
            _ = &mut stop => break,
        };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = &mut stop => break,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(PAUSE).await;
                continue;
            }
        };
        let connection = connections.watch(speak(stream, peer, router.clone()));
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection broke off");
            }
            drop(place);
        });
    }
    drop(listener);
    if tokio::time::timeout(STOP_TIME, connections.shutdown())
        .await
        .is_err()
    {
        tracing::warn!("stopped with requests still at work");
    }
    Ok(())
}

/// HTTP/1.1 over one connection.
fn speak(
    stream: TcpStream,
    peer: SocketAddr,
    router: axum::Router,
) -> impl hyper_util::server::graceful::GracefulConnection<Error = hyper::Error> {
    // Answers go out at once; a socket that cannot do that still works.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        router.clone().oneshot(request)
    });
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME)
        .max_headers(64)
        .max_buf_size(64 << 10)
        .serve_connection(TokioIo::new(stream), service)
}
