//! The one password of all demonstration accounts.

use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use vocab::Context;

use crate::failure::Failure;

/// 20 letters and digits that are not mistaken for each other, in groups of five.
pub(super) fn made_up(context: &Context) -> String {
    const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz023456789";
    let letters: Vec<char> = context
        .random::<20>()
        .iter()
        .map(|byte| char::from(LETTERS[usize::from(byte % 32)]))
        .collect();
    let groups: Vec<String> = letters
        .chunks(5)
        .map(|group| group.iter().collect())
        .collect();
    groups.join("-")
}

/// The password that was kept, if there is one.
pub(super) fn read(file: &Path) -> Result<Option<String>, Failure> {
    match std::fs::read_to_string(file) {
        Ok(text) => Ok(Some(text.trim().to_owned()).filter(|text| !text.is_empty())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(unreadable(file, error)),
    }
}

/// Readable by the program's own user alone.
pub(super) fn keep(file: &Path, password: &str) -> Result<(), Failure> {
    std::fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(file)
        .and_then(|mut file| writeln!(file, "{password}"))
        .map_err(|error| unreadable(file, error))
}

fn unreadable(file: &Path, error: std::io::Error) -> Failure {
    Failure::new("failure-data-not-writable")
        .with("folder", file.display())
        .with("why", error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_made_of_plain_letters_and_is_another_each_time() {
        let context = vocab::context::fixed::context(7);
        let (one, other) = (made_up(&context), made_up(&context));
        assert_ne!(one, other);
        assert_eq!(one.len(), 23);
        assert!(
            one.chars()
                .all(|ch| ch == '-' || ch.is_ascii_alphanumeric()),
            "{one}"
        );
    }
}
