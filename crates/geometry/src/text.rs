//! Coordinates as people write them: a point on each line, in degrees of WGS 84 or metres of
//! VN-2000, a blank line between an outline and its holes.
//!
//! ```text
//! VN-2000 105°30'
//! 1  1133543,15  551290,31
//! 2  1133600,00  551400,25
//! ```
//!
//! The order of the two numbers does not matter: in Viet Nam no latitude is a longitude and no
//! northing an easting. Decimals have a point or a comma; a number before the point counts it.

use serde_json::Value;

use crate::geojson;
use crate::ground::{Grid, Ground, Metres};
use crate::shape::{Coord, Kind, MOST_POINTS, Shape, Wrong};

/// The longest text that is read.
const MOST_BYTES: usize = 1 << 20;

/// The shape that a text says: GeoJSON, or points line by line.
pub fn read(kind: Kind, text: &str, ground: &Ground) -> Result<Shape, Wrong> {
    let text = text.trim().trim_start_matches('\u{feff}');
    if text.len() > MOST_BYTES {
        return Err(Wrong::of("shape-too-large"));
    }
    if text.starts_with(['{', '[', '"']) {
        let value: Value = serde_json::from_str(text).map_err(|_| Wrong::of("shape-unreadable"))?;
        return geojson::read(kind, &value);
    }
    let mut grid = ground.grids.first().ok_or(Wrong::of("shape-grid"))?;
    let mut rings: Vec<Vec<Coord>> = Vec::new();
    let mut ring: Vec<Coord> = Vec::new();
    let mut count = 0;
    let mut metres_only = false;
    for line in text.lines().map(str::trim) {
        if line.is_empty() {
            if !ring.is_empty() {
                rings.push(std::mem::take(&mut ring));
            }
            continue;
        }
        if count == 0
            && let Some(named) = heading(line)
        {
            grid = named_grid(named, ground)?;
            metres_only = !line.to_ascii_uppercase().starts_with("WGS");
            continue;
        }
        count += 1;
        if count > MOST_POINTS {
            return Err(Wrong::of("shape-too-large"));
        }
        ring.push(point(line, count, metres_only, grid, ground)?);
    }
    if !ring.is_empty() {
        rings.push(ring);
    }
    if kind == Kind::Polygon {
        // Whoever writes corners down seldom repeats the first one.
        for ring in &mut rings {
            if ring.first() != ring.last() {
                ring.extend(ring.first().copied());
            }
        }
    }
    Shape::checked(kind, rings)
}

/// What a first line that names a system of coordinates says after its name.
fn heading(line: &str) -> Option<&str> {
    let upper = line.to_ascii_uppercase();
    let rest = ["VN-2000", "VN2000", "VN 2000"]
        .iter()
        .find(|name| upper.starts_with(**name))
        .map(|name| &line[name.len()..]);
    match rest {
        Some(rest) => Some(rest.trim_matches([' ', ':', ',', ';', '\t'])),
        None if upper.starts_with("WGS") => Some(""),
        None => None,
    }
}

fn named_grid<'a>(named: &str, ground: &'a Ground) -> Result<&'a Grid, Wrong> {
    if named.is_empty() {
        return ground.grids.first().ok_or(Wrong::of("shape-grid"));
    }
    let minutes = degrees(named)
        .or_else(|| {
            ground
                .grid(named)
                .map(|grid| f64::from(grid.meridian_minutes) / 60.0)
        })
        .map(|degrees| (degrees * 60.0).round());
    let found = ground.grids.iter().find(|grid| {
        minutes.is_some_and(|minutes| (f64::from(grid.meridian_minutes) - minutes).abs() < 0.5)
    });
    found.ok_or(Wrong::of("shape-grid"))
}

fn point(
    line: &str,
    place: usize,
    metres_only: bool,
    grid: &Grid,
    ground: &Ground,
) -> Result<Coord, Wrong> {
    let unreadable = Wrong::at("shape-line", place);
    let mut numbers = Vec::with_capacity(3);
    for word in words(line) {
        numbers.push(number(&word).ok_or(unreadable)?);
        if numbers.len() > 3 {
            return Err(unreadable);
        }
    }
    // A number before the point only counts it.
    let ([one, two] | [_, one, two]) = numbers[..] else {
        return Err(unreadable);
    };
    let placed = |wrong: Wrong| Wrong {
        point: Some(place),
        ..wrong
    };
    if one.abs().max(two.abs()) < 1_000.0 {
        // Degrees of VN-2000 are some two hundred metres beside those of WGS 84.
        if metres_only {
            return Err(Wrong::at("shape-datum", place));
        }
        let coord = Coord::of_degrees(one, two).or_else(|| Coord::of_degrees(two, one));
        return coord.ok_or(Wrong::at("shape-outside", place));
    }
    let (north, east) = if one > two { (one, two) } else { (two, one) };
    ground
        .to_wgs84(grid, Metres { north, east })
        .map_err(placed)
}

/// The numbers of a line as they are written; names of corners such as `M1` are left out.
fn words(line: &str) -> Vec<String> {
    let broken: Vec<&str> = line
        .split([';', '\t', ' ', '|', '\u{a0}'])
        .map(|word| word.trim_end_matches(','))
        .filter(|word| !word.is_empty())
        .collect();
    // A single word is two numbers with a comma between them, or four halves of two.
    if let [only] = broken[..] {
        let halves: Vec<&str> = only.split(',').collect();
        return match halves[..] {
            [one, two] => vec![one.to_owned(), two.to_owned()],
            [a, b, c, d] => vec![format!("{a}.{b}"), format!("{c}.{d}")],
            _ => vec![only.to_owned()],
        };
    }
    let mut words: Vec<String> = broken.into_iter().map(str::to_owned).collect();
    let is_name = |word: &String| word.starts_with(|first: char| first.is_alphabetic());
    if words.len() > 2 && is_name(&words[0]) {
        words.remove(0);
    }
    // 105° 54' 12" apart from its parts.
    if words.iter().any(|word| word.contains('°')) {
        let mut joined: Vec<String> = Vec::new();
        for word in words {
            match joined.last_mut() {
                Some(last) if !word.contains('°') => last.push_str(&word),
                _ => joined.push(word),
            }
        }
        return joined;
    }
    words
}

/// A number with a point or a comma, dots between thousands, or degrees, minutes and seconds.
fn number(word: &str) -> Option<f64> {
    if word.contains('°') {
        return degrees(word);
    }
    let word = word.trim_matches(['X', 'Y', 'x', 'y', '=', ':', 'm']);
    let (points, commas) = (word.matches('.').count(), word.matches(',').count());
    let text = match (points, commas) {
        (0 | 1, 0) => word.to_owned(),
        (0, 1) => word.replace(',', "."),
        (_, 1) if word.rfind('.') < word.find(',') => word.replace('.', "").replace(',', "."),
        (1, _) if word.rfind(',') < word.find('.') => word.replace(',', ""),
        (_, 0) => word.replace('.', ""),
        _ => return None,
    };
    let plain = text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.');
    let number: f64 = text.parse().ok().filter(|_| plain && text.len() <= 24)?;
    // 551.290 is 551,290 m: no coordinate of Viet Nam has between 118 and 1,000.
    let thousands = points == 1 && commas == 0 && number > 118.0 && number < 1_000.0;
    let thousands = thousands && text.split('.').nth(1).is_some_and(|part| part.len() == 3);
    Some(if thousands { number * 1_000.0 } else { number })
}

/// `105°54'12,5"`, or plain degrees.
fn degrees(text: &str) -> Option<f64> {
    let parts: Vec<&str> = text
        .split(['°', '\'', '′', '’', '"', '″', '”'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .filter(|part| !matches!(*part, "B" | "Đ" | "N" | "E"))
        .collect();
    if parts.is_empty() || parts.len() > 3 {
        return None;
    }
    let mut total = 0.0;
    for (part, share) in parts.iter().zip([1.0, 60.0, 3_600.0]) {
        let part = part.replace(',', ".");
        let plain = part
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.');
        let value: f64 = part.parse().ok().filter(|_| plain && part.len() <= 20)?;
        if share > 1.0 && value >= 60.0 {
            return None;
        }
        total += value / share;
    }
    Some(total)
}

/// A shape as lines of degrees, longitude first, that [`read`] reads again.
pub fn degrees_of(shape: &Shape) -> String {
    lines(shape, |coord| {
        let (lon, lat) = coord.decimals();
        format!("{lon} {lat}")
    })
}

/// A shape as lines of metres on a grid, north first as Vietnamese tables have them, under a line
/// that names the grid.
pub fn metres_of(shape: &Shape, ground: &Ground, grid: &Grid) -> String {
    let points = lines(shape, |coord| {
        let metres = ground.to_metres(grid, coord);
        format!("{:.3} {:.3}", metres.north, metres.east)
    });
    format!("VN-2000 {}\n{points}", grid.written())
}

fn lines(shape: &Shape, line: impl Fn(Coord) -> String) -> String {
    let is_ring = shape.kind() == Kind::Polygon;
    let parts = shape.parts().into_iter().map(|part| {
        // Reading closes rings by itself.
        let part = if is_ring {
            &part[..part.len() - 1]
        } else {
            part
        };
        let points: Vec<String> = part.iter().map(|coord| line(*coord)).collect();
        points.join("\n")
    });
    let parts: Vec<String> = parts.collect();
    parts.join("\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_point(text: &str) -> Result<(f64, f64), Wrong> {
        read(Kind::Point, text, &Ground::shipped()).map(|shape| shape.middle().degrees())
    }

    #[test]
    fn a_point_is_read_however_it_is_written() {
        for text in [
            "105.97 10.25",
            "10,25 105,97",
            "105.97, 10.25",
            "105.97,10.25",
            "10,25;105,97",
            "105,97\t10,25",
            "1 10.25 105.97",
            "M1 105.97 10.25",
            "105°58'12\" 10°15'00\"",
            "10° 15' 0\" 105° 58' 12\"",
            "\u{feff}WGS 84\n105.97 10.25",
            r#"{"type":"Point","coordinates":[105.97,10.25]}"#,
        ] {
            assert_eq!(read_point(text), Ok((105.97, 10.25)), "{text}");
        }
        for text in [
            "1133543.1536 551290.3105",
            "551290,3105 1133543,1536",
            "1.133.543,1536 551.290,3105",
            "X=1133543.1536 Y=551290.3105",
            "VN-2000 105°30'\n1133543.1536 551290.3105",
            "VN2000: 105-30\n1 1133543,1536 551290,3105",
        ] {
            assert_eq!(read_point(text), Ok((105.97, 10.25)), "{text}");
        }
        let other = read_point("VN-2000 105°45'\n1133543.1536 551290.3105").unwrap();
        assert!((other.0 - 106.22).abs() < 0.001, "{other:?}");
    }

    #[test]
    fn what_is_no_point_is_told_with_its_line() {
        for (text, code, point) in [
            ("", "shape-too-few", None),
            ("105.97", "shape-line", Some(1)),
            ("105.97 10.25\n105.98", "shape-line", Some(2)),
            ("a b", "shape-line", Some(1)),
            ("NaN inf", "shape-line", Some(1)),
            ("1 2 3 4", "shape-line", Some(1)),
            ("48.85 2.35", "shape-outside", Some(1)),
            ("9999999 9999999", "shape-outside", Some(1)),
            ("VN-2000 103°00'\n1 2", "shape-grid", None),
            ("VN-2000\n105.97 10.25", "shape-datum", Some(1)),
            ("{", "shape-unreadable", None),
            ("105.97 10.25\n105.98 10.26", "shape-several", None),
        ] {
            let wrong = read_point(text).unwrap_err();
            if code == "shape-several" {
                assert_eq!(wrong.code, code);
            } else {
                assert_eq!(wrong, Wrong { code, point }, "{text}");
            }
        }
        let many = "105.97 10.25\n".repeat(1_000_000);
        assert_eq!(
            read(Kind::Line, &many, &Ground::shipped()),
            Err(Wrong::of("shape-too-large"))
        );
    }

    #[test]
    fn an_area_is_written_and_read_in_both_systems() {
        let ground = Ground::shipped();
        let text = "105.9 10.2\n105.92 10.2\n105.92 10.22\n105.9 10.22\n\n105.905 10.205\n105.91 10.21\n105.91 10.205";
        let shape = read(Kind::Polygon, text, &ground).unwrap();
        assert_eq!(shape.parts().len(), 2);
        assert_eq!(
            read(Kind::Polygon, &degrees_of(&shape), &ground),
            Ok(shape.clone())
        );
        for grid in &ground.grids {
            let metres = metres_of(&shape, &ground, grid);
            assert_eq!(
                read(Kind::Polygon, &metres, &ground),
                Ok(shape.clone()),
                "{metres}"
            );
        }
    }
}
