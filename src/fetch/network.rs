//! Networks in CIDR notation, as `poll.allow_private` lists them.

use std::{fmt, net::IpAddr, str::FromStr};

/// A network such as `127.0.0.0/8` or `fd00::/8`; a bare address is a network of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    first: IpAddr,
    prefix: u8,
}

/// Why a text is not a network.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NetworkError {
    /// The part before the slash is no address.
    #[error("`{0}` is not an IP address; write a network as `10.0.0.0/8` or `fd00::/8`")]
    Address(String),
    /// The part after the slash is no length.
    #[error("`/{text}` is not a prefix length; write a number from 0 to {longest}")]
    Prefix {
        /// What stands there.
        text: String,
        /// The longest prefix of this address family.
        longest: u8,
    },
    /// The address has bits set beyond the prefix.
    #[error("`{written}` has bits beyond its prefix; the network is `{meant}`")]
    HostBits {
        /// What was written.
        written: String,
        /// The network that holds that address.
        meant: Network,
    },
}

impl Network {
    /// Whether the network holds this address. IPv4 addresses that are written as IPv6
    /// (`::ffff:10.0.0.1`) count as IPv4.
    pub fn contains(&self, address: IpAddr) -> bool {
        let (asked, longest) = bits(address.to_canonical());
        let (own, own_longest) = bits(self.first);
        longest == own_longest && (asked ^ own) & mask(self.prefix, longest) == 0
    }
}

impl FromStr for Network {
    type Err = NetworkError;

    fn from_str(text: &str) -> Result<Self, NetworkError> {
        let (address, length) = match text.trim().split_once('/') {
            Some((address, length)) => (address, Some(length)),
            None => (text.trim(), None),
        };
        let Ok(first) = address.parse::<IpAddr>() else {
            return Err(NetworkError::Address(address.into()));
        };
        let (_, longest) = bits(first);
        let prefix = match length {
            None => longest,
            Some(digits) => digits
                .parse()
                .ok()
                .filter(|prefix| *prefix <= longest)
                .ok_or_else(|| NetworkError::Prefix { text: digits.into(), longest })?,
        };
        let network = Self { first: masked(first, prefix), prefix };
        if network.first != first {
            return Err(NetworkError::HostBits { written: text.trim().into(), meant: network });
        }
        Ok(network)
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.first, self.prefix)
    }
}

/// An address as a number, and how many bits its family has.
fn bits(address: IpAddr) -> (u128, u8) {
    match address {
        IpAddr::V4(v4) => (u128::from(v4.to_bits()), 32),
        IpAddr::V6(v6) => (v6.to_bits(), 128),
    }
}

/// The leading `prefix` ones of a number of `longest` bits.
fn mask(prefix: u8, longest: u8) -> u128 {
    let all = u128::MAX >> (128 - u32::from(longest));
    let rest = all.checked_shr(u32::from(prefix)).unwrap_or(0);
    all & !rest
}

fn masked(address: IpAddr, prefix: u8) -> IpAddr {
    match address {
        IpAddr::V4(v4) => {
            let low = u32::MAX.checked_shr(u32::from(prefix)).unwrap_or(0);
            IpAddr::V4((v4.to_bits() & !low).into())
        }
        IpAddr::V6(v6) => {
            let low = u128::MAX.checked_shr(u32::from(prefix)).unwrap_or(0);
            IpAddr::V6((v6.to_bits() & !low).into())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(network: &str, inside: &[&str], outside: &[&str]) {
        let network: Network = network.parse().unwrap();
        for address in inside {
            assert!(network.contains(address.parse().unwrap()), "{address} is in {network}");
        }
        for address in outside {
            assert!(!network.contains(address.parse().unwrap()), "{address} is not in {network}");
        }
    }

    fn refuse(text: &str, expected: &str) {
        assert_eq!(text.parse::<Network>().unwrap_err().to_string(), expected);
    }

    #[test]
    fn a_network_holds_its_first_and_last_address_and_no_neighbour() {
        check("127.0.0.0/8", &["127.0.0.0", "127.255.255.255"], &["126.255.255.255", "128.0.0.0"]);
        check("fd00::/8", &["fd00::", "fdff::1"], &["fc00::1", "fe00::"]);
        check("10.1.2.3", &["10.1.2.3"], &["10.1.2.2", "10.1.2.4"]);
    }

    #[test]
    fn everything_is_a_network_but_only_of_its_family() {
        check("0.0.0.0/0", &["1.2.3.4", "::ffff:1.2.3.4"], &["::1"]);
        check("::/0", &["2001:db8::1"], &["1.2.3.4"]);
    }

    #[test]
    fn mapped_addresses_are_ipv4() {
        check("127.0.0.0/8", &["::ffff:127.0.0.1"], &["::127.0.0.1"]);
    }

    #[test]
    fn it_is_written_as_it_is_read() {
        for text in ["127.0.0.0/8", "10.0.0.1/32", "fd00::/8", "::/0"] {
            assert_eq!(text.parse::<Network>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn what_is_no_network_says_what_to_write() {
        refuse("", "`` is not an IP address; write a network as `10.0.0.0/8` or `fd00::/8`");
        refuse(
            "localhost/8",
            "`localhost` is not an IP address; write a network as `10.0.0.0/8` or `fd00::/8`",
        );
        refuse("10.0.0.0/33", "`/33` is not a prefix length; write a number from 0 to 32");
        refuse("::/129", "`/129` is not a prefix length; write a number from 0 to 128");
        refuse("10.0.0.0/", "`/` is not a prefix length; write a number from 0 to 32");
        refuse(
            "10.1.0.0/8",
            "`10.1.0.0/8` has bits beyond its prefix; the network is `10.0.0.0/8`",
        );
    }
}
