//! Which addresses are globally reachable, by IANA's registries of special-purpose addresses
//! (RFC 6890 and what was added since): <https://www.iana.org/assignments/iana-ipv4-special-registry>
//! and <https://www.iana.org/assignments/iana-ipv6-special-registry>.
//!
//! The tables list what is *not* reachable, which for IPv6 is everything outside of 2000::/3.
//! Addresses that carry an IPv4 address inside are judged by that one.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// First address and prefix length of each IPv4 block that nobody on the internet owns.
const CLOSED_V4: &[([u8; 4], u32)] = &[
    ([0, 0, 0, 0], 8),       // this network
    ([10, 0, 0, 0], 8),      // private use
    ([100, 64, 0, 0], 10),   // shared by carriers
    ([127, 0, 0, 0], 8),     // loopback
    ([169, 254, 0, 0], 16),  // link-local, metadata services
    ([172, 16, 0, 0], 12),   // private use
    ([192, 0, 0, 0], 24),    // protocol assignments
    ([192, 0, 2, 0], 24),    // documentation
    ([192, 88, 99, 0], 24),  // former relays of 6to4
    ([192, 168, 0, 0], 16),  // private use
    ([198, 18, 0, 0], 15),   // benchmarks
    ([198, 51, 100, 0], 24), // documentation
    ([203, 0, 113, 0], 24),  // documentation
    ([224, 0, 0, 0], 4),     // multicast
    ([240, 0, 0, 0], 4),     // reserved, broadcast
];

/// The first 32 bits and the prefix length, at most 32, of each block within 2000::/3 that nobody
/// on the internet owns.
const CLOSED_V6: &[([u16; 2], u32)] = &[
    ([0x2001, 0], 23),     // protocol assignments, Teredo, ORCHID
    ([0x2001, 0xdb8], 32), // documentation
    ([0x3fff, 0], 20),     // documentation
];

/// Whether anybody on the internet can reach this address, and it is nobody's special purpose.
pub(super) fn globally_reachable(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => reachable_v4(v4),
        IpAddr::V6(v6) => match carried_v4(v6) {
            Some(v4) => reachable_v4(v4),
            None => reachable_v6(v6),
        },
    }
}

fn reachable_v4(address: Ipv4Addr) -> bool {
    !CLOSED_V4
        .iter()
        .any(|&(first, prefix)| shares_prefix(address.to_bits(), u32::from_be_bytes(first), prefix))
}

fn reachable_v6(address: Ipv6Addr) -> bool {
    let [first, second, ..] = address.segments();
    let global_unicast = first >> 13 == 1;
    global_unicast
        && !CLOSED_V6.iter().any(|&([high, low], prefix)| {
            shares_prefix(pair(first, second), pair(high, low), prefix)
        })
}

fn shares_prefix(address: u32, block: u32, prefix: u32) -> bool {
    (address ^ block) >> (32 - prefix) == 0
}

/// The IPv4 address to which a connection would go in the end: mapped (`::ffff:0:0/96`), NAT64
/// (`64:ff9b::/96`, RFC 6052) and 6to4 (`2002::/16`, RFC 3056). Teredo is closed as a block, and
/// so is NAT64 for local use (`64:ff9b:1::/48`), which lies outside of 2000::/3.
fn carried_v4(address: Ipv6Addr) -> Option<Ipv4Addr> {
    match address.segments() {
        [0, 0, 0, 0, 0, 0xffff, high, low]
        | [0x64, 0xff9b, 0, 0, 0, 0, high, low]
        | [0x2002, high, low, ..] => Some(Ipv4Addr::from_bits(pair(high, low))),
        _ => None,
    }
}

fn pair(high: u16, low: u16) -> u32 {
    u32::from(high) << 16 | u32::from(low)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(expected: bool, addresses: &[&str]) {
        for address in addresses {
            assert_eq!(globally_reachable(address.parse().unwrap()), expected, "{address}");
        }
    }

    #[test]
    fn ordinary_servers_are_reachable() {
        check(true, &["1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0"]);
        check(true, &["172.15.255.255", "172.32.0.0", "198.17.255.255", "198.20.0.0"]);
        check(true, &["223.255.255.255", "2606:4700::1111", "2a00:1450:4001::200e", "2001:200::1"]);
    }

    #[test]
    fn special_ipv4_blocks_are_not() {
        check(false, &["0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.127.255.255"]);
        check(false, &["127.0.0.1", "127.255.255.255", "169.254.169.254", "172.16.0.1"]);
        check(false, &["172.31.255.255", "192.0.0.8", "192.0.2.1", "192.88.99.1", "192.168.1.1"]);
        check(false, &["198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.9"]);
        check(false, &["224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255"]);
    }

    #[test]
    fn special_ipv6_blocks_are_not() {
        check(false, &["::", "::1", "fe80::1", "fc00::1", "fd00:ec2::254", "ff02::1", "fec0::1"]);
        check(false, &["2001:db8::1", "3fff::1", "2001:20::1", "100::1", "5f00::1", "4000::1"]);
    }

    #[test]
    fn ipv4_inside_ipv6_is_judged_as_ipv4() {
        check(false, &["::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2002:a00:1::1"]);
        check(false, &["::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe"]);
        check(true, &["::ffff:1.1.1.1", "64:ff9b::101:101", "2002:101:101::1"]);
    }

    #[test]
    fn tunnels_and_old_forms_are_closed_as_a_whole() {
        check(false, &["2001::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "64:ff9b:1::101:101"]);
        check(false, &["::127.0.0.1", "::1.1.1.1"]);
    }
}
