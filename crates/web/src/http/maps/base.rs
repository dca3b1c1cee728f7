//! `/ban-do/nen`: what maps stand on without anything from elsewhere: the communes of today by
//! their centroids, and about where the province lies.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use directory::UnitKind;
use serde_json::json;

use super::super::{App, Failure, tag};

pub(super) async fn send(State(app): State<App>) -> Result<Response, Failure> {
    let today = app.store().context().now().in_vietnam().date();
    let tree = app.directory.units_on(today).await?;
    let communes = tree.iter().filter(|unit| unit.kind == UnitKind::Commune);
    let communes = communes.filter_map(|unit| {
        let centroid = unit.centroid()?;
        let lat: f64 = centroid.latitude.parse().ok()?;
        let lon: f64 = centroid.longitude.parse().ok()?;
        Some(json!([unit.name, lon, lat]))
    });
    let communes: Vec<serde_json::Value> = communes.collect();
    let systems = app.plans.registry().systems();
    let province = &systems.ground().province;
    let outline = province.outline.iter().map(|coord| coord.degrees());
    let outline: Vec<(f64, f64)> = outline.collect();
    let body = json!({
        "communes": communes,
        "outline": outline,
        "exact": province.exact,
    });
    let body = body.to_string();
    let tag = format!("W/{}", tag::of_content(body.as_bytes()));
    let headers = [
        (header::CONTENT_TYPE, "application/json".to_owned()),
        (header::CACHE_CONTROL, "public, max-age=3600".to_owned()),
        (header::ETAG, tag),
    ];
    Ok((headers, body).into_response())
}
