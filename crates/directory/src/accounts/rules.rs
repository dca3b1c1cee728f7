//! What a login, a name and a password must be.

use unicode_normalization::UnicodeNormalization;
use vocab::{FieldProblem, Problem};

/// How many characters a password has at least.
const SHORTEST_PASSWORD: usize = 12;
/// And at most, in bytes.
const LONGEST_PASSWORD: usize = 1_024;
/// The longest name, in characters.
const LONGEST_NAME: usize = 200;
/// A password of fewer different characters is a pattern.
const FEWEST_CHARACTERS: usize = 5;
/// A password with no more than this around the login is the login.
const MOST_AROUND_LOGIN: usize = 6;

/// Long passwords that are on every list of stolen ones, or that Vietnamese users choose.
const COMMON: &str = include_str!("common-passwords.txt");

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

/// The password as it is hashed, whichever way its diacritics were typed.
pub(crate) fn password_form(password: &str) -> String {
    password.nfc().collect()
}

/// Whether this could be anybody's password, in any form: longer ones are not looked at.
pub(super) fn could_be_password(password: &str) -> bool {
    // Decomposed, a letter with two marks takes three times the bytes at most.
    password.len() <= 3 * LONGEST_PASSWORD
}

/// Whether a password may be chosen.
pub(crate) fn password(password: &str, login: &str) -> Result<(), Problem> {
    let password = password_form(password);
    if password.chars().count() < SHORTEST_PASSWORD {
        let problem = refusal("password-short", "password", "a password that is too short");
        return Err(problem.with("least", SHORTEST_PASSWORD));
    }
    if password.len() > LONGEST_PASSWORD {
        let problem = refusal("password-long", "password", "a password that is too long");
        return Err(problem.with("most", LONGEST_PASSWORD));
    }
    if is_common(&password, login) {
        return Err(refusal(
            "password-common",
            "password",
            "a password that is guessed first",
        ));
    }
    Ok(())
}

/// Whether it is among what is guessed first: a known password, a run, a few characters
/// again and again, or the login with little around it.
fn is_common(password: &str, login: &str) -> bool {
    let lower = password.to_lowercase();
    let plain: String = lower.split_whitespace().collect();
    let mut distinct: Vec<char> = plain.chars().collect();
    distinct.sort_unstable();
    distinct.dedup();
    let around_login =
        plain.contains(login) && plain.replace(login, "").chars().count() <= MOST_AROUND_LOGIN;
    let listed = COMMON.lines().any(|known| known == plain || known == lower);
    listed || distinct.len() < FEWEST_CHARACTERS || is_run(&plain) || around_login
}

/// Whether each character follows the one before by the same step; 0 follows 9.
fn is_run(text: &str) -> bool {
    let turn = if text.bytes().all(|byte| byte.is_ascii_digit()) {
        10
    } else {
        i64::MAX
    };
    let codes: Vec<i64> = text.chars().map(|ch| i64::from(u32::from(ch))).collect();
    let steps: Vec<i64> = codes
        .windows(2)
        .map(|pair| (pair[1] - pair[0]).rem_euclid(turn))
        .collect();
    steps.windows(2).all(|pair| pair[0] == pair[1])
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
        let code = |text: &str| password(text, "tran.be").map_err(|problem| problem.code);
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
    fn the_list_holds_what_could_be_looked_up() {
        for line in COMMON.lines() {
            assert!(line.chars().count() >= SHORTEST_PASSWORD, "{line}");
            assert_eq!(line, line.to_lowercase());
        }
    }
}
