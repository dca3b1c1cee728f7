//! Where messages go.

use std::net::IpAddr;

use url::{Host, Url};

use crate::Allow;

/// The longest address, in bytes.
const LONGEST: usize = 1_000;

/// Why messages cannot go to an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// It is no address of a web server.
    #[error("this is no address that begins with https://")]
    Unreadable,
    /// It would go in the clear.
    #[error("messages go over https alone")]
    Clear,
    /// It holds a name or a password, which pages would show.
    #[error("an address holds no name or password")]
    Password,
    /// It is of this machine or an inner network.
    #[error("this is an address of this machine or an inner network")]
    Inner,
}

impl AddressError {
    /// Its code, by which it is put into words.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unreadable => "webhook-address",
            Self::Clear => "webhook-address-clear",
            Self::Password => "webhook-address-password",
            Self::Inner => "webhook-address-inner",
        }
    }
}

/// An address that was read, as browsers read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address(Url);

impl Address {
    /// Reads an address, and refuses what nothing is to be sent to. What its name stands for is
    /// looked up when something is sent.
    pub fn read(text: &str, allow: &Allow) -> Result<Self, AddressError> {
        if text.len() > LONGEST {
            return Err(AddressError::Unreadable);
        }
        let url = Url::parse(text.trim()).map_err(|_| AddressError::Unreadable)?;
        match url.scheme() {
            "https" => {}
            "http" if allow.http() => {}
            "http" => return Err(AddressError::Clear),
            _ => return Err(AddressError::Unreadable),
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(AddressError::Password);
        }
        let address = Self(url);
        match address.ip() {
            Some(ip) if !allow.ip(ip) => Err(AddressError::Inner),
            _ => Ok(address),
        }
    }

    /// The address in its one spelling, without a fragment.
    pub fn text(&self) -> String {
        let mut url = self.0.clone();
        url.set_fragment(None);
        url.into()
    }

    pub(crate) fn is_https(&self) -> bool {
        self.0.scheme() == "https"
    }

    /// The name or the number of its host.
    pub(crate) fn host(&self) -> String {
        match self.0.host() {
            Some(Host::Domain(name)) => name.trim_end_matches('.').to_owned(),
            Some(Host::Ipv4(ip)) => ip.to_string(),
            Some(Host::Ipv6(ip)) => ip.to_string(),
            None => String::new(),
        }
    }

    pub(crate) fn ip(&self) -> Option<IpAddr> {
        match self.0.host()? {
            Host::Ipv4(ip) => Some(ip.into()),
            Host::Ipv6(ip) => Some(ip.into()),
            Host::Domain(_) => None,
        }
    }

    pub(crate) fn port(&self) -> u16 {
        self.0.port_or_known_default().unwrap_or(443)
    }

    /// What the header `Host` says.
    pub(crate) fn authority(&self) -> String {
        let host = self.0.host_str().unwrap_or_default();
        match self.0.port() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        }
    }

    /// Path and query.
    pub(crate) fn path(&self) -> String {
        match self.0.query() {
            Some(query) => format!("{}?{query}", self.0.path()),
            None => self.0.path().to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_outside_are_taken_and_only_over_tls() {
        let read = |text: &str| Address::read(text, &Allow::default()).map(|read| read.text());
        assert_eq!(
            read(" https://lgsp.gov.vn/nhan#x ").unwrap(),
            "https://lgsp.gov.vn/nhan"
        );
        assert_eq!(read("http://lgsp.gov.vn/"), Err(AddressError::Clear));
        assert_eq!(
            read("https://a:b@lgsp.gov.vn/"),
            Err(AddressError::Password)
        );
        for inner in [
            "127.0.0.1",
            "127.1",
            "0x7f.1",
            "2130706433",
            "[::1]",
            "[::ffff:a00:1]",
        ] {
            assert_eq!(
                read(&format!("https://{inner}/")),
                Err(AddressError::Inner),
                "{inner}"
            );
        }
        for other in [
            "",
            "lgsp.gov.vn",
            "ftp://lgsp.gov.vn/",
            "file:///etc/passwd",
            "https://",
        ] {
            assert_eq!(read(other), Err(AddressError::Unreadable), "{other}");
        }
        let long = format!("https://lgsp.gov.vn/{}", "a".repeat(LONGEST));
        assert_eq!(read(&long), Err(AddressError::Unreadable));
        let open = Allow::listed("127.0.0.0/8").unwrap().over_http(true);
        let address = Address::read("http://127.0.0.1:81/a?b=c", &open).unwrap();
        assert_eq!(address.authority(), "127.0.0.1:81");
        assert_eq!((address.path().as_str(), address.port()), ("/a?b=c", 81));
    }
}
