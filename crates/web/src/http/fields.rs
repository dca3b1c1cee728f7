//! The fields of a form: each asked for by name, none left over.

use std::fmt;

use axum::http::StatusCode;
use registry::Idempotency;
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;
use vocab::{FieldProblem, Id, Problem, hex};

use super::Failure;

/// The field of the version that a form was made from.
const VERSION: &str = "phien-ban";

/// More fields than any form has.
const MOST: usize = 2_000;

/// The longest field, in bytes.
const LONGEST: usize = 64 << 10;

/// What a form sent, without its token. Ask for every field with [`Fields::take`],
/// [`Fields::lookup`] or [`Fields::take_all`], then end with [`Fields::done`];
/// [`Fields::exactly`] does it at once.
#[derive(Clone, Default)]
pub struct Fields {
    values: Vec<(String, String)>,
    digest: [u8; 32],
}

impl fmt::Debug for Fields {
    /// Leaves the values out: one may be a password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.values.iter().map(|(name, _)| name);
        f.debug_list().entries(names).finish()
    }
}

impl Fields {
    /// The identity of what a form makes: the same form sent twice makes one thing.
    pub fn identity(&self) -> Id {
        let (half, _) = self.digest.split_first_chunk().unwrap_or((&[0; 16], &[]));
        Id::from_digest(*half)
    }

    /// This form as a request of its own, by a digest of it as this page sent it: the page's
    /// token, which no two pages share, and all that was typed. It makes sending the same form
    /// twice (a double click, a lost answer) one request; the form corrected and sent again is
    /// another.
    pub fn request(&self) -> Idempotency {
        Idempotency {
            key: format!("form-{}", hex::encode(&self.digest)),
            digest: self.digest,
        }
    }

    /// Fixes the digest once everything is in; `files` are the digests of files.
    pub(super) fn seal(&mut self, token: &str, files: &[[u8; 32]]) {
        let mut hasher = Sha256::new();
        let texts = self.values.iter().flat_map(|(name, value)| [name, value]);
        let texts = std::iter::once(token).chain(texts.map(String::as_str));
        for text in texts {
            hasher.update(text.len().to_be_bytes());
            hasher.update(text);
        }
        for file in files {
            hasher.update(file);
        }
        self.digest = hasher.finalize().into();
    }

    /// Adds a field as it came. Text is composed (NFC) and its lines end with `\n`.
    pub(super) fn add(&mut self, name: &str, value: &str) -> Result<(), Failure> {
        if self.values.len() == MOST {
            return Err(unreadable("form-too-many-fields", "too many fields"));
        }
        if value.len() > LONGEST {
            return Err(at(name, 413, "field-too-long"));
        }
        if name.len() > 100 || name.contains('\0') || value.contains('\0') {
            return Err(unreadable("form-unreadable", "a field that no form has"));
        }
        let value = value.replace("\r\n", "\n").nfc().collect();
        self.values.push((name.to_owned(), value));
        Ok(())
    }

    /// The field with this name, once; a form that lacks it or has it twice is refused.
    pub fn take(&mut self, name: &str) -> Result<String, Failure> {
        self.lookup(name)?
            .ok_or_else(|| at(name, 422, "form-missing-field"))
    }

    /// The field with this name, if it is there; twice is refused.
    pub fn lookup(&mut self, name: &str) -> Result<Option<String>, Failure> {
        let mut values = self.take_all(name);
        let value = values.pop();
        if values.is_empty() {
            Ok(value)
        } else {
            Err(at(name, 422, "form-doubled-field"))
        }
    }

    /// All the values of a field that may come several times.
    pub fn take_all(&mut self, name: &str) -> Vec<String> {
        self.values
            .extract_if(.., |(field, _)| field == name)
            .map(|(_, value)| value)
            .collect()
    }

    /// Refuses what was not asked for.
    pub fn done(self) -> Result<(), Failure> {
        match self.values.first() {
            None => Ok(()),
            Some((name, _)) => Err(at(name, 422, "form-unknown-field")),
        }
    }

    /// Exactly these fields, each once, in this order.
    pub fn exactly<const N: usize>(mut self, names: [&str; N]) -> Result<[String; N], Failure> {
        let mut values = [const { String::new() }; N];
        for (value, name) in values.iter_mut().zip(names) {
            *value = self.take(name)?;
        }
        self.done()?;
        Ok(values)
    }
}

/// A form that cannot be read at all.
pub(super) fn unreadable(code: &str, about: &str) -> Failure {
    Failure::new(StatusCode::BAD_REQUEST, code, about)
}

/// The version that a form was made from, as its field says it.
pub(super) fn version(text: &str) -> Result<i64, Failure> {
    text.parse().map_err(|_| at(VERSION, 422, "choice-unknown"))
}

/// A form with something wrong about one field, named as it came, in short.
pub(super) fn at(name: &str, status: u16, code: &str) -> Failure {
    let name: String = name
        .chars()
        .filter(|ch| !ch.is_control())
        .take(60)
        .collect();
    let problem = Problem::new(status, code, format!("field {name:?}")).with("field", &name);
    problem.at(FieldProblem::new(name, code)).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(pairs: &[(&str, &str)]) -> Fields {
        let mut fields = Fields::default();
        for (name, value) in pairs {
            fields.add(name, value).unwrap();
        }
        fields
    }

    fn code<T: std::fmt::Debug>(result: Result<T, Failure>) -> String {
        result.unwrap_err().problem.code
    }

    #[test]
    fn what_was_not_asked_for_is_refused_by_name() {
        let sent = fields(&[("a", "1"), ("la", "2")]);
        let failure = sent.clone().exactly(["a"]).unwrap_err();
        assert_eq!(failure.problem.code, "form-unknown-field");
        assert_eq!(failure.problem.args["field"], "la");
        assert_eq!(code(sent.exactly(["a", "b"])), "form-missing-field");
        assert_eq!(
            code(fields(&[("a", ""), ("a", "")]).exactly(["a"])),
            "form-doubled-field"
        );
        assert_eq!(
            fields(&[("b", "2"), ("a", "1")])
                .exactly(["a", "b"])
                .unwrap(),
            ["1", "2"]
        );
    }

    #[test]
    fn text_is_composed_and_without_traps() {
        let [text] = fields(&[("a", "Tra\u{300} O\u{302}n\r\n")])
            .exactly(["a"])
            .unwrap();
        assert_eq!(text, "Trà Ôn\n");
        let mut one = Fields::default();
        assert_eq!(code(one.add("a", "x\0")), "form-unreadable");
        assert_eq!(
            code(one.add("a", &"x".repeat(LONGEST + 1))),
            "field-too-long"
        );
        for _ in 0..MOST {
            one.add("a", "x").unwrap();
        }
        assert_eq!(code(one.add("a", "x")), "form-too-many-fields");
        assert_eq!(one.take_all("a").len(), MOST);
    }

    #[test]
    fn only_the_same_form_sent_again_has_the_same_key() {
        let key = |pairs: &[(&str, &str)], token: &str, files: &[[u8; 32]]| {
            let mut fields = fields(pairs);
            fields.seal(token, files);
            fields.request().key
        };
        let first = key(&[("a", "1")], "t", &[]);
        assert_eq!(first, key(&[("a", "1")], "t", &[]));
        assert_ne!(first, key(&[("a", "2")], "t", &[]));
        assert_ne!(first, key(&[("a", "1")], "u", &[]));
        assert_ne!(first, key(&[("a1", "")], "t", &[]));
        assert_ne!(first, key(&[("a", "1")], "t", &[[0; 32]]));
    }

    #[test]
    fn values_stay_out_of_logs() {
        assert_eq!(
            format!("{:?}", fields(&[("mat-khau", "secret")])),
            "[\"mat-khau\"]"
        );
    }
}
