//! What the program says about itself at `/metrics`, in the text format of Prometheus.
//!
//! Answered to the machine itself only, unless a token is set: then to whoever brings it as
//! a bearer token. Behind a reverse proxy every request comes from the machine itself, so a
//! request that was forwarded needs the token whatever its address.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use axum::extract::State;
use axum::http::{Request, header};
use axum::response::{IntoResponse, Response};
use metrics::{Counter, Histogram};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle, PrometheusRecorder};
use store::jobs::JobCounts;
use subtle::ConstantTimeEq;

use super::{App, Failure, bearer, frame};

/// Bounds of the latency histogram, in seconds.
const BUCKETS: [f64; 11] = [
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0, 30.0,
];

/// After so many answers the histogram takes in what was recorded: until then each answer's
/// time is held by itself, and nobody may ever look at `/metrics`.
const TAKE_IN_EVERY: u32 = 4_096;

/// Counters and histograms of one running program.
#[derive(Clone)]
pub struct Metrics {
    recorder: Arc<PrometheusRecorder>,
    handle: PrometheusHandle,
    answers: Arc<AtomicU32>,
    series: Arc<RwLock<HashMap<String, Vec<Series>>>>,
}

/// The counter and the histogram of one kind of answer, held by route so that counting an
/// answer looks nothing up by its labels.
struct Series {
    method: String,
    status: u16,
    count: Counter,
    time: Histogram,
}

impl Series {
    fn took(&self, time: Duration) {
        self.count.increment(1);
        self.time.record(time.as_secs_f64());
    }
}

impl std::fmt::Debug for Metrics {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Metrics")
    }
}

impl Default for Metrics {
    fn default() -> Self {
        // The bounds are not empty, the only thing that the builder could refuse.
        let builder = PrometheusBuilder::new();
        let builder = builder.set_buckets(&BUCKETS).unwrap_or_default();
        let recorder = builder.build_recorder();
        Self {
            handle: recorder.handle(),
            recorder: Arc::new(recorder),
            answers: Arc::default(),
            series: Arc::default(),
        }
    }
}

impl Metrics {
    /// Counts an answer.
    pub(super) fn answered(&self, method: &str, route: &str, status: u16, took: Duration) {
        if !self.counted(method, route, status, took) {
            let series = self.series_of(method, route, status);
            series.took(took);
            let mut known = self.series.write().unwrap_or_else(PoisonError::into_inner);
            known.entry(route.to_owned()).or_default().push(series);
        }
        let before = self.answers.fetch_add(1, Ordering::Relaxed);
        if before % TAKE_IN_EVERY == TAKE_IN_EVERY - 1 {
            self.handle.run_upkeep();
        }
    }

    /// Counts an answer of a kind that was counted before; false for a new kind.
    fn counted(&self, method: &str, route: &str, status: u16, took: Duration) -> bool {
        let known = self.series.read().unwrap_or_else(PoisonError::into_inner);
        let mut series = known.get(route).into_iter().flatten();
        match series.find(|series| series.status == status && series.method == method) {
            Some(series) => {
                series.took(took);
                true
            }
            None => false,
        }
    }

    fn series_of(&self, method: &str, route: &str, status: u16) -> Series {
        let (named, at) = (method.to_owned(), route.to_owned());
        metrics::with_local_recorder(&*self.recorder, || Series {
            method: method.to_owned(),
            status,
            count: metrics::counter!(
                "http_requests_total",
                "method" => named.clone(), "route" => at.clone(), "status" => status.to_string()
            ),
            time: metrics::histogram!(
                "http_request_duration_seconds",
                "method" => named, "route" => at
            ),
        })
    }

    fn jobs(&self, state: &'static str, count: i64) {
        let count = f64::from(i32::try_from(count).unwrap_or(i32::MAX));
        metrics::with_local_recorder(&*self.recorder, || {
            metrics::gauge!("jobs", "state" => state).set(count);
        });
    }

    fn gauge(&self, name: &'static str, value: f64) {
        metrics::with_local_recorder(&*self.recorder, || metrics::gauge!(name).set(value));
    }
}

/// `GET /metrics`.
pub(super) async fn show<B>(
    State(app): State<App>,
    request: Request<B>,
) -> Result<Response, Failure> {
    if !allowed(&app, &request) {
        return Err(Failure::not_found("metrics asked for from elsewhere"));
    }
    if let Some(bytes) = resident_bytes() {
        app.metrics.gauge("process_resident_memory_bytes", bytes);
    }
    let counts = JobCounts::sum(app.store().job_counts().await?.values());
    app.metrics.jobs("waiting", counts.waiting);
    app.metrics.jobs("leased", counts.leased);
    app.metrics.jobs("dead", counts.dead);
    app.metrics.handle.run_upkeep();
    let kind = "text/plain; version=0.0.4; charset=utf-8";
    Ok(([(header::CONTENT_TYPE, kind)], app.metrics.handle.render()).into_response())
}

fn allowed<B>(app: &App, request: &Request<B>) -> bool {
    let headers = request.headers();
    if let Some(token) = &app.settings.metrics_token {
        let sent = bearer::token(headers).unwrap_or_default();
        return sent.as_bytes().ct_eq(token.as_bytes()).into();
    }
    let forwarded = ["forwarded", "x-forwarded-for", "via"]
        .iter()
        .any(|name| headers.contains_key(*name));
    !forwarded && frame::peer(request).is_some_and(|peer| peer.to_canonical().is_loopback())
}

/// How much memory the process holds, where Linux says it.
fn resident_bytes() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kibibytes: u32 = line.split_whitespace().next()?.parse().ok()?;
    Some(f64::from(kibibytes) * 1024.0)
}
