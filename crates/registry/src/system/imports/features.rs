//! GeoJSON as a table: each feature is a row, what it says the cells, its shape one of them.

use serde_json::Value;

/// What this program says of features that no column takes.
const OURS: [&str; 3] = ["unit", "state", "code"];

/// The rows of a collection of features as CSV; none if the bytes are no such thing. `shape` is the
/// name of the column that takes the shape.
pub(super) fn rows(bytes: &[u8], shape: &str) -> Option<String> {
    let text = std::str::from_utf8(bytes).ok()?;
    if !text
        .trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t'])
        .starts_with('{')
    {
        return None;
    }
    let value: Value = serde_json::from_str(text.trim_start_matches('\u{feff}')).ok()?;
    let features: Vec<&Value> = match value.get("type")?.as_str()? {
        "FeatureCollection" => value.get("features")?.as_array()?.iter().collect(),
        "Feature" => vec![&value],
        _ => return None,
    };
    let mut names: Vec<&str> = Vec::new();
    for feature in &features {
        let said = feature.get("properties").and_then(Value::as_object);
        for name in said.into_iter().flat_map(|said| said.keys()) {
            if !names.contains(&name.as_str()) && !OURS.contains(&name.as_str()) && name != shape {
                names.push(name);
            }
        }
    }
    let mut head: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    head.push(shape.to_owned());
    let mut rows = vec![head];
    for feature in features {
        let said = |name: &&str| {
            let value = feature.get("properties").and_then(|said| said.get(name));
            value.map_or_else(String::new, cell)
        };
        let mut row: Vec<String> = names.iter().map(said).collect();
        row.push(match feature.get("geometry") {
            None | Some(Value::Null) => String::new(),
            Some(geometry) => geometry.to_string(),
        });
        rows.push(row);
    }
    String::from_utf8(plain(&rows).ok()?).ok()
}

fn plain(rows: &[Vec<String>]) -> std::io::Result<Vec<u8>> {
    let mut writer = office::csv::Writer::new(Vec::new())?;
    for row in rows {
        writer.row(row.iter().map(|cell| office::Value::Text(cell)))?;
    }
    writer.finish()
}

/// A value as a cell holds it; several stand with semicolons between.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Bool(true) => "x".to_owned(),
        Value::Bool(false) => "không".to_owned(),
        Value::Array(items) => items.iter().map(cell).collect::<Vec<_>>().join("; "),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn features_are_rows_and_other_files_are_not() {
        let file = r#"{"type":"FeatureCollection","features":[
            {"type":"Feature","properties":{"name":"A","n":3,"unit":"X"},"geometry":{"type":"Point","coordinates":[105.9,10.2]}},
            {"type":"Feature","properties":{"crop":["a","b"]},"geometry":null}]}"#;
        let rows = rows(file.as_bytes(), "boundary").unwrap();
        let lines: Vec<&str> = rows.trim_start_matches('\u{feff}').lines().collect();
        assert_eq!(lines[0], "n,name,crop,boundary");
        assert!(lines[1].starts_with("3,A,,\"{"), "{}", lines[1]);
        assert_eq!(lines[2], ",,a; b,");
        assert_eq!(super::rows(b"name,crop\nA,b", "boundary"), None);
        assert_eq!(super::rows(b"{\"type\":\"Point\"}", "boundary"), None);
    }
}
