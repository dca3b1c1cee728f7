//! What may be connected to: the public Internet, and what an operator names.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

/// A part of the list is neither a name nor a network.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is neither the name of a host nor a network such as 10.1.0.0/16")]
pub struct AllowError(pub String);

/// What may be connected to beyond the public Internet. The default is nothing, over TLS alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Allow {
    hosts: Vec<String>,
    networks: Vec<Network>,
    http: bool,
}

impl Allow {
    /// The hosts and networks in a list: `lgsp.noibo,10.1.0.0/16,192.168.7.9`.
    pub fn listed(text: &str) -> Result<Self, AllowError> {
        let mut allow = Self::default();
        for part in text.split([',', ' ']).filter(|part| !part.is_empty()) {
            match part.parse() {
                Ok(network) => allow.networks.push(network),
                Err(()) if is_name(part) => allow.hosts.push(part.to_ascii_lowercase()),
                Err(()) => return Err(AllowError(part.to_owned())),
            }
        }
        Ok(allow)
    }

    /// The same, with or without messages in the clear.
    #[must_use]
    pub const fn over_http(mut self, http: bool) -> Self {
        self.http = http;
        self
    }

    /// Whether messages may go in the clear.
    pub const fn http(&self) -> bool {
        self.http
    }

    /// Whether a host of this name may be connected to wherever it is.
    pub fn host(&self, name: &str) -> bool {
        self.hosts.iter().any(|host| host == name)
    }

    /// Whether this may be connected to.
    pub fn ip(&self, ip: IpAddr) -> bool {
        is_public(ip) || self.networks.iter().any(|network| network.holds(ip))
    }
}

fn is_name(text: &str) -> bool {
    let fits = |ch: char| ch.is_ascii_alphanumeric() || matches!(ch, '-' | '.' | '_');
    // What looks like an address and is none was meant as one.
    text.chars().all(fits) && text.chars().any(|ch| ch.is_ascii_alphabetic())
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Network {
    base: IpAddr,
    bits: u8,
}

impl Network {
    fn holds(self, ip: IpAddr) -> bool {
        match (self.base, plain(ip)) {
            (IpAddr::V4(base), IpAddr::V4(ip)) => same(
                u128::from(base.to_bits()),
                ip.to_bits().into(),
                32 - self.bits,
            ),
            (IpAddr::V6(base), IpAddr::V6(ip)) => {
                same(base.to_bits(), ip.to_bits(), 128 - self.bits)
            }
            _ => false,
        }
    }
}

fn same(one: u128, other: u128, shift: u8) -> bool {
    let cut = |bits: u128| bits.checked_shr(shift.into()).unwrap_or(0);
    cut(one) == cut(other)
}

impl FromStr for Network {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (base, bits) = match text.split_once('/') {
            Some((base, bits)) => (base, Some(bits.parse::<u8>().map_err(|_| ())?)),
            None => (text, None),
        };
        let base: IpAddr = base.parse().map_err(|_| ())?;
        let most = if base.is_ipv4() { 32 } else { 128 };
        let bits = bits.unwrap_or(most);
        (bits <= most).then_some(Self { base, bits }).ok_or(())
    }
}

/// The address itself, where it stands for an IPv4 one.
fn plain(ip: IpAddr) -> IpAddr {
    match ip {
        IpAddr::V6(ip) => ip.to_ipv4_mapped().map_or(IpAddr::V6(ip), IpAddr::V4),
        IpAddr::V4(_) => ip,
    }
}

/// Whether an address is of the public Internet: not this machine, not an inner network, not
/// what a cloud tells its machines by, no group, nothing that leads on to another address (IANA's
/// registries of special-purpose addresses, RFC 6890).
pub fn is_public(ip: IpAddr) -> bool {
    match plain(ip) {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    // This network; loopback; groups, what is reserved, broadcast; private; between a carrier and
    // its customers, by which some clouds tell their machines; the link itself, by which most do
    // (169.254.169.254); protocols, examples, relays, benchmarks.
    let special = matches!(
        ip.octets(),
        [0 | 10 | 127 | 224..=255, ..]
            | [172, 16..=31, ..]
            | [192, 168, ..]
            | [100, 64..=127, ..]
            | [169, 254, ..]
            | [192, 0, 0 | 2, _]
            | [192, 88, 99, _]
            | [198, 18..=19, ..]
            | [198, 51, 100, _]
            | [203, 0, 113, _]
    );
    !special
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    match ip.segments() {
        // Teredo and other protocols, examples, 6to4: they lead on, or nowhere.
        [0x2001, 0..=0x01ff | 0x0db8, ..] | [0x2002, ..] | [0x3fff, 0..=0x0fff, ..] => false,
        // What is given out at all.
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inner_addresses_are_told_from_public_ones() {
        let inner = [
            "0.0.0.0",
            "10.0.0.1",
            "100.100.100.200",
            "127.0.0.1",
            "127.8.9.1",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.192",
            "192.168.1.1",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::127.0.0.1",
            "64:ff9b::7f00:1",
            "fd00:ec2::254",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "2001::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "3fff::1",
        ];
        for ip in inner {
            assert!(!is_public(ip.parse().unwrap()), "{ip}");
        }
        for ip in [
            "1.1.1.1",
            "172.32.0.1",
            "203.113.0.1",
            "100.128.0.1",
            "2606:4700::1",
            "2a00::1",
        ] {
            assert!(is_public(ip.parse().unwrap()), "{ip}");
        }
    }

    #[test]
    fn an_operator_names_hosts_and_networks() {
        let allow = Allow::listed("LGSP.noibo, 10.1.0.0/16,192.168.7.9 fd00::/8").unwrap();
        assert!(allow.host("lgsp.noibo") && !allow.host("khac.noibo"));
        for (ip, may) in [
            ("10.1.255.9", true),
            ("::ffff:10.1.0.1", true),
            ("10.2.0.1", false),
            ("192.168.7.9", true),
            ("192.168.7.8", false),
            ("fd12::1", true),
            ("fe80::1", false),
            ("9.9.9.9", true),
        ] {
            assert_eq!(allow.ip(ip.parse().unwrap()), may, "{ip}");
        }
        for wrong in ["10.1.0.0/33", "10.1", "a/b", "http://a"] {
            assert!(Allow::listed(wrong).is_err(), "{wrong}");
        }
        assert!(
            Allow::listed("0.0.0.0/0")
                .unwrap()
                .ip("127.0.0.1".parse().unwrap())
        );
    }
}
