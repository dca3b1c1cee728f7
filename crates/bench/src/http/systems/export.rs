//! The whole list as a spreadsheet, beside a loop that writes the same cells with the same library.

use std::io::{Cursor, Read};
use std::ops::ControlFlow;
use std::pin::pin;
use std::time::{Duration, Instant};

use office::long::{LongRow, each_row};
use rust_xlsxwriter::Workbook;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use zip::ZipArchive;

use super::{Bench, PAGE};
use crate::figure::{Figure, median, per_second};
use crate::http::office::{COORDINATOR, OFFICER, sign_in};
use crate::{Failure, dataset};

/// How much memory of its own the program may have meanwhile, in MB.
const MOST_MB: f64 = 150.0;
/// How much of the bare loop's rate is needed.
const NEEDED: f64 = 0.5;
/// So many rows are written over and over by the bare loop.
const SAMPLE: usize = 1_000;

impl Bench<'_> {
    /// Rows a second, asked for as somebody who sees all, and the most memory meanwhile.
    pub(super) async fn export(&self) -> Result<Figure, Failure> {
        let count = dataset::size(self.options);
        let path = format!("{PAGE}/xuat?dang=xlsx");
        let officer = sign_in(&self.server.address, OFFICER).await?;
        let sample = rows(&taken(&self.server.address, &path, &officer).await?)?;
        let coordinator = sign_in(&self.server.address, COORDINATOR).await?;
        let (mut ours, mut bare, mut most) = (Vec::new(), Vec::new(), 0.0_f64);
        for _ in 0..self.options.scaled(3, 1) {
            let began = Instant::now();
            let mut whole = pin!(taken(&self.server.address, &path, &coordinator));
            let file = loop {
                tokio::select! {
                    file = &mut whole => break file?,
                    () = tokio::time::sleep(Duration::from_millis(50)) => {
                        most = most.max(self.server.resident()?.1);
                    }
                }
            };
            let took = began.elapsed();
            let found = counted(&file)?;
            // One line of heads, and what was made while creates were measured.
            if found <= count {
                return Err(format!("{found} rows of {count} were taken out").into());
            }
            let lines = u32::try_from(found)?;
            ours.push(f64::from(lines) / took.as_secs_f64());
            let sample = sample.clone();
            let took = tokio::task::spawn_blocking(move || write(&sample, lines)).await??;
            bare.push(f64::from(lines) / took.as_secs_f64());
        }
        let pairs: Vec<f64> = ours.iter().zip(&bare).map(|(a, b)| a / b).collect();
        let ratio = median(&pairs);
        Ok(Figure {
            engine: self.engine.name(),
            what: format!(
                "{} taken out as a spreadsheet through HTTP, a pack's type",
                dataset::size_text(self.options)
            ),
            peer: "rust_xlsxwriter alone, the same cells".to_owned(),
            theirs: format!("{} rows", per_second(median(&bare))),
            ours: format!(
                "{} rows, {most:.0} MB of its own at most",
                per_second(median(&ours))
            ),
            ratio: Some(ratio),
            needed: format!("≥ {NEEDED}×, < {MOST_MB:.0} MB"),
            met: ratio >= NEEDED && most < MOST_MB,
        })
    }
}

/// A file that comes in pieces, whole.
async fn taken(address: &str, path: &str, headers: &str) -> Result<Vec<u8>, Failure> {
    let host = address.trim_start_matches("http://");
    let mut stream = TcpStream::connect(host).await?;
    let request =
        format!("GET {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n{headers}\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n");
    let end = end.ok_or("an answer without an end of its head")?;
    let head = std::str::from_utf8(&answer[..end])?;
    if !head.starts_with("HTTP/1.1 200") {
        return Err(head.to_owned().into());
    }
    let mut rest = &answer[end + 4..];
    let mut file = Vec::with_capacity(rest.len());
    loop {
        let line = rest.windows(2).position(|two| two == b"\r\n");
        let line = line.ok_or("a file that was cut off")?;
        let length = usize::from_str_radix(std::str::from_utf8(&rest[..line])?, 16)?;
        if length == 0 {
            return Ok(file);
        }
        rest = &rest[line + 2..];
        file.extend_from_slice(rest.get(..length).ok_or("a file that was cut off")?);
        rest = &rest[length + 2..];
    }
}

/// The first rows of a spreadsheet below its heads.
fn rows(file: &[u8]) -> Result<Vec<LongRow>, Failure> {
    let mut rows = Vec::with_capacity(SAMPLE);
    let mut is_head = true;
    each_row(file, &mut |row| {
        if !std::mem::take(&mut is_head) {
            rows.push(row);
        }
        match rows.len() {
            SAMPLE => ControlFlow::Break(()),
            _ => ControlFlow::Continue(()),
        }
    })?;
    Ok(rows)
}

/// How many rows the sheets of a spreadsheet have.
fn counted(file: &[u8]) -> Result<u64, Failure> {
    let mut archive = ZipArchive::new(Cursor::new(file))?;
    let sheets: Vec<String> = archive
        .file_names()
        .filter_map(|name| Some(name.ok()?.into_owned()))
        .filter(|name| name.starts_with("xl/worksheets/sheet"))
        .collect();
    let mut count = 0;
    for name in sheets {
        let mut sheet = archive.by_name(&name)?;
        let mut piece = vec![0; 1 << 16];
        let mut before = 0_u8;
        loop {
            let length = sheet.read(&mut piece)?;
            if length == 0 {
                break;
            }
            // Nothing but a row begins with `<r` there.
            for byte in &piece[..length] {
                count += u64::from(before == b'<' && *byte == b'r');
                before = *byte;
            }
        }
    }
    Ok(count)
}

/// Writes so many rows of these into a file, and how long that took.
fn write(sample: &[LongRow], lines: u32) -> Result<Duration, Failure> {
    let began = Instant::now();
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet_with_constant_memory()?;
    for (line, row) in (0..lines.min(1_048_576)).zip(sample.iter().cycle()) {
        for (column, cell) in row.cells.iter().enumerate() {
            let column = u16::try_from(column)?;
            if cell.text.is_empty() {
                continue;
            }
            match cell.text.parse::<f64>().ok().filter(|_| cell.is_number) {
                Some(number) => sheet.write_number(line, column, number)?,
                None => sheet.write_string(line, column, &cell.text)?,
            };
        }
    }
    workbook.save_to_writer(Cursor::new(Vec::new()))?;
    Ok(began.elapsed())
}
