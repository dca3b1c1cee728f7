//! Words to the terminal: results to the standard output, complaints to the standard error.

use std::io::Write;

use crate::failure::Failure;

/// Prints a result. A reader that has gone away (`| head`) is no failure.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    let mut output = std::io::stdout().lock();
    let written = output
        .write_all(text.as_bytes())
        .and_then(|()| output.write_all(b"\n"))
        .and_then(|()| output.flush());
    match written {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Failure::new("failure-output").with("why", error))
        }
        _ => Ok(()),
    }
}

/// Says what went wrong. Where not even that can be written, the exit code says it.
pub(crate) fn complain(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "phusa: {text}");
}
