//! Secrets and signatures: HMAC-SHA256 over `id.timestamp.body`, in base64 behind `v1,`.

use std::fmt;

use data_encoding::{BASE64, HEXLOWER_PERMISSIVE};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// What a secret begins with when it is handed over.
const PREFIX: &str = "whsec_";
/// What every signature of this scheme begins with.
const SCHEME: &str = "v1,";

/// A key is not 64 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a key for webhooks is 64 hexadecimal digits")]
pub struct KeyError;

/// The key of an installation, from which the secrets of all receivers are derived: none of them
/// needs to be kept anywhere.
#[derive(Clone)]
pub struct Key([u8; 32]);

impl Key {
    /// A key of these bytes, which are random.
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The key in 64 hexadecimal digits, with whitespace around it.
    pub fn from_hex(text: &str) -> Result<Self, KeyError> {
        let bytes = HEXLOWER_PERMISSIVE.decode(text.trim().as_bytes());
        let bytes = bytes.map_err(|_| KeyError)?;
        bytes.try_into().map(Self).map_err(|_| KeyError)
    }

    /// The key in 64 hexadecimal digits: for the one file that holds it.
    pub fn to_hex(&self) -> String {
        HEXLOWER_PERMISSIVE.encode(&self.0)
    }

    /// The secret of a receiver: another one for each generation.
    pub fn secret(&self, receiver: &str, generation: u32) -> Secret {
        Secret(self.derived(&format!("secret/{receiver}/{generation}")))
    }

    /// What tells this key from others and nothing about it: 16 hexadecimal digits.
    pub fn check(&self) -> String {
        HEXLOWER_PERMISSIVE.encode(&self.derived("check")[..8])
    }

    fn derived(&self, of: &str) -> [u8; 32] {
        let mut mac = keyed(&self.0);
        mac.update(b"phusa/webhook/");
        mac.update(of.as_bytes());
        mac.finalize().into_bytes().into()
    }
}

impl fmt::Debug for Key {
    /// Leaves the key out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key")
    }
}

/// What a receiver and this program share.
#[derive(Clone)]
pub struct Secret([u8; 32]);

impl Secret {
    /// The secret as it is handed over, once: `whsec_` and base64.
    pub fn handed_over(&self) -> String {
        format!("{PREFIX}{}", BASE64.encode(&self.0))
    }

    /// The signature of a message: `v1,` and base64.
    pub fn sign(&self, id: &str, timestamp: i64, body: &str) -> String {
        signature(&self.0, id, timestamp, body)
    }
}

impl fmt::Debug for Secret {
    /// Leaves the secret out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

/// Whether one of the signatures in a header is that of a message, by a secret as it was handed
/// over: what receivers do, for tests and as an example.
pub fn verify(secret: &str, id: &str, timestamp: i64, body: &str, header: &str) -> bool {
    let key = secret.strip_prefix(PREFIX).unwrap_or(secret);
    let Ok(key) = BASE64.decode(key.as_bytes()) else {
        return false;
    };
    header.split(' ').any(|one| {
        let given = one.strip_prefix(SCHEME);
        let given = given.and_then(|text| BASE64.decode(text.as_bytes()).ok());
        let mut mac = keyed(&key);
        mac.update(signed(id, timestamp, body).as_bytes());
        given.is_some_and(|given| mac.verify_slice(&given).is_ok())
    })
}

fn signature(key: &[u8], id: &str, timestamp: i64, body: &str) -> String {
    let mut mac = keyed(key);
    mac.update(signed(id, timestamp, body).as_bytes());
    format!("{SCHEME}{}", BASE64.encode(&mac.finalize().into_bytes()))
}

fn signed(id: &str, timestamp: i64, body: &str) -> String {
    format!("{id}.{timestamp}.{body}")
}

fn keyed(key: &[u8]) -> Hmac<Sha256> {
    Hmac::new_from_slice(key).unwrap_or_else(|_| unreachable!("HMAC takes keys of any length"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the standard's own libraries.
    const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const ID: &str = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    const AT: i64 = 1_614_265_330;
    const BODY: &str = r#"{"test": 2432232314}"#;
    const SIGNED: &str = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    #[test]
    fn the_standards_example_has_the_standards_signature() {
        let key = BASE64.decode(&SECRET.as_bytes()[PREFIX.len()..]).unwrap();
        assert_eq!(signature(&key, ID, AT, BODY), SIGNED);
        assert!(verify(SECRET, ID, AT, BODY, SIGNED));
        let several = format!("v1a,AAAA v1,AAAA {SIGNED}");
        assert!(verify(SECRET, ID, AT, BODY, &several));
        assert!(!verify(SECRET, ID, AT + 1, BODY, SIGNED));
        assert!(!verify(SECRET, ID, AT, r#"{"test":1}"#, SIGNED));
    }

    #[test]
    fn each_receiver_and_generation_has_a_secret_of_its_own() {
        let key = Key::new([7; 32]);
        let one = key.secret("a", 1).handed_over();
        assert_eq!(one, key.secret("a", 1).handed_over());
        assert_ne!(one, key.secret("a", 2).handed_over());
        assert_ne!(one, key.secret("b", 1).handed_over());
        assert_ne!(one, Key::new([8; 32]).secret("a", 1).handed_over());
        assert!(!format!("{key:?} {:?}", key.secret("a", 1)).contains(&one[PREFIX.len()..]));
        let signed = key.secret("a", 1).sign(ID, AT, BODY);
        assert!(verify(&one, ID, AT, BODY, &signed));
        assert_eq!(Key::from_hex(&key.to_hex()).unwrap().check(), key.check());
        assert!(Key::from_hex("07").is_err());
    }
}
