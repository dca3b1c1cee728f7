//! What a login, a name and a password must be.

use unicode_normalization::UnicodeNormalization;
use vocab::{FieldProblem, Problem};

use super::guessable::is_guessable;

/// How many characters a password has at least. NIST SP 800-63B asks for 15 where a password
/// stands alone and 8 beside a second factor: until there is one, 12 with a list of what is
/// guessed first (`guessable`), no rules about kinds of characters and no expiry.
const SHORTEST_PASSWORD: usize = 12;
/// And at most, in bytes.
const LONGEST_PASSWORD: usize = 1_024;
/// The longest name, in characters.
const LONGEST_NAME: usize = 200;
/// The longest mail address, in bytes (RFC 5321 §4.5.3.1.3).
const LONGEST_EMAIL: usize = 254;

/// A login as it is stored and looked up.
pub(crate) fn login_key(login: &str) -> String {
    login.trim().to_ascii_lowercase()
}

/// The login as it is stored, or why it cannot be one.
pub(crate) fn login(text: &str) -> Result<String, Problem> {
    let login = login_key(text);
    let allowed =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"._-".contains(&byte);
    if (3..=40).contains(&login.len()) && login.bytes().all(allowed) {
        return Ok(login);
    }
    Err(refusal("login-invalid", "login", "a login that is none"))
}

/// The name as it is stored, or why it cannot be one.
pub(crate) fn name(text: &str) -> Result<String, Problem> {
    let name: String = text.trim().nfc().collect();
    let length = name.chars().count();
    if (1..=LONGEST_NAME).contains(&length) && !name.contains(char::is_control) {
        return Ok(name);
    }
    Err(refusal(
        "name-invalid",
        "name",
        "a name that is empty, too long or holds controls",
    )
    .with("most", LONGEST_NAME))
}

/// The mail address as it is stored, empty for none, or why it cannot be one. Whether anybody
/// reads it only a mail can tell.
pub fn email(text: &str) -> Result<String, Problem> {
    let email = text.trim();
    let plain = |ch: char| ch.is_ascii_graphic() && !"<>()[],;:\\\"".contains(ch);
    let good = email.split_once('@').is_some_and(|(own, host)| {
        !own.is_empty()
            && host.contains('.')
            && !host.contains('@')
            && host.split('.').all(|part| !part.is_empty())
    });
    if email.is_empty() || (good && email.len() <= LONGEST_EMAIL && email.chars().all(plain)) {
        return Ok(email.to_owned());
    }
    Err(refusal(
        "email-invalid",
        "email",
        "a mail address that is none",
    ))
}

/// The password as it is hashed, whichever way its diacritics were typed.
pub(crate) fn password_form(password: &str) -> String {
    password.nfc().collect()
}

/// Whether this could be anybody's password, in any form: longer ones are not looked at.
pub(super) fn could_be_password(password: &str) -> bool {
    // Decomposed, a letter with two marks takes three times the bytes at most.
    password.len() <= 3 * LONGEST_PASSWORD
}

/// Whether a password may be chosen by somebody whose login and name these are.
pub(crate) fn password(password: &str, about: &[&str]) -> Result<(), Problem> {
    let password = password_form(password);
    if password.chars().count() < SHORTEST_PASSWORD {
        let problem = refusal("password-short", "password", "a password that is too short");
        return Err(problem.with("least", SHORTEST_PASSWORD));
    }
    if password.len() > LONGEST_PASSWORD {
        let problem = refusal("password-long", "password", "a password that is too long");
        return Err(problem.with("most", LONGEST_PASSWORD));
    }
    if is_guessable(&password, about) {
        return Err(refusal(
            "password-common",
            "password",
            "a password that is guessed first",
        ));
    }
    Ok(())
}

fn refusal(code: &str, field: &str, about: &str) -> Problem {
    Problem::new(422, code, format!("making an account with {about}"))
        .at(FieldProblem::new(field, code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logins_are_plain() {
        assert_eq!(login(" Nguyen.Van_A-1 ").unwrap(), "nguyen.van_a-1");
        // The Kelvin sign is no k, whatever lower case makes of it.
        for text in [
            "ab",
            "a b c",
            "nguyễn",
            "a@b.vn",
            "<script>",
            "\u{212a}im.a",
            &"a".repeat(41),
        ] {
            assert_eq!(login(text).unwrap_err().code, "login-invalid", "{text}");
        }
    }

    #[test]
    fn names_hold_markup_but_no_controls() {
        assert_eq!(name(" Trần <b>Bê</b> ").unwrap(), "Trần <b>Bê</b>");
        assert_eq!(name("Le\u{301}").unwrap(), "Lé");
        for text in ["", "  ", "a\0b", "a\nb", &"a".repeat(201)] {
            assert!(name(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn guessable_passwords_are_refused() {
        let code = |text: &str| password(text, &["tran.be"]).map_err(|problem| problem.code);
        assert_eq!(code("mười hai chữ"), Ok(()));
        assert_eq!(code("mười một ch"), Err("password-short".to_owned()));
        assert_eq!(code(&"đ".repeat(600)), Err("password-long".to_owned()));
        for text in [
            "aaaaaaaaaaaaaa",
            "abababababab",
            "abcdefghijkl",
            "987654321098",
            "Password1234",
            "Tran.Be2023!!",
            "tran.be tran.be",
            "matkhau123456",
        ] {
            assert_eq!(code(text), Err("password-common".to_owned()), "{text}");
        }
    }

    #[test]
    fn mail_addresses_hold_nothing_that_a_header_could_take_for_another() {
        for good in ["", " be.tran@vinhlong.gov.vn ", "a+b@c.vn"] {
            assert_eq!(email(good).unwrap(), good.trim());
        }
        for wrong in [
            "be",
            "a@b",
            "a@b@c.vn",
            "a@b..vn",
            "@b.vn",
            "a b@c.vn",
            "a@c.vn\r\nBcc:x@y.vn",
            "<a@c.vn>",
            "bé@c.vn",
        ] {
            assert_eq!(email(wrong).unwrap_err().code, "email-invalid", "{wrong:?}");
        }
    }
}
