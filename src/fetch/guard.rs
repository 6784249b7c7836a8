//! Decides where a request may go: scheme, port and address. It connects to nothing and resolves
//! nothing; `resolve` asks it about every address that a name has.

use std::{fmt, net::IpAddr};

use url::{Host, Url};

use super::{Network, registry::globally_reachable};
use crate::model::{Cause, Failure};

/// The ports on which public servers may be asked. Others belong to mail, databases and the like,
/// which could be made to act on a request.
const PORTS: &[u16] = &[80, 443, 8080, 8443];

/// Where requests may go.
#[derive(Clone, Debug)]
pub(super) struct Guard {
    allow_private: Vec<Network>,
}

/// Which addresses a named host may turn out to have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// Globally reachable ones, and those in `allow_private`.
    Usual,
    /// Only those in `allow_private`: the port is not one of the usual.
    PrivateOnly,
}

/// An address that may not be connected to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) struct RefusedAddress {
    /// The address.
    pub(super) address: IpAddr,
    /// What it would have had to be.
    pub(super) reach: Reach,
}

impl fmt::Display for RefusedAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.reach {
            Reach::Usual => write!(f, "{} is not a public address", self.address),
            Reach::PrivateOnly => {
                write!(f, "{} is not in poll.allow_private, and the port is unusual", self.address)
            }
        }
    }
}

impl Guard {
    pub(super) fn new(allow_private: Vec<Network>) -> Self {
        Self { allow_private }
    }

    /// Checks everything that can be known of a URL before its name is resolved.
    pub(super) fn vet_url(&self, url: &Url) -> Result<Reach, Failure> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(refused(format!("`{}:` is not http or https", url.scheme())));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(refused("the address carries a user name or password".into()));
        }
        let port = url.port_or_known_default().unwrap_or(0);
        let reach = if PORTS.contains(&port) { Reach::Usual } else { Reach::PrivateOnly };
        let literal = match url.host() {
            Some(Host::Ipv4(v4)) => Some(IpAddr::V4(v4)),
            Some(Host::Ipv6(v6)) => Some(IpAddr::V6(v6)),
            Some(Host::Domain(_)) => None,
            None => return Err(refused("the address names no host".into())),
        };
        if reach == Reach::PrivateOnly && !self.may_be_private(literal) {
            return Err(refused(format!("port {port} is not one of 80, 443, 8080 and 8443")));
        }
        match literal {
            Some(address) => self.vet_address(address, reach).map(|()| reach),
            None => Ok(reach),
        }
    }

    /// Checks one address, written out or resolved.
    pub(super) fn vet_address(&self, address: IpAddr, reach: Reach) -> Result<(), Failure> {
        self.judge(address, reach).map_err(|reason| refused(reason.to_string()))
    }

    /// As [`Guard::vet_address`], with the reason as an error that can travel through the client.
    pub(super) fn judge(&self, address: IpAddr, reach: Reach) -> Result<(), RefusedAddress> {
        let private = self.allow_private.iter().any(|network| network.contains(address));
        if private || (reach == Reach::Usual && globally_reachable(address)) {
            Ok(())
        } else {
            Err(RefusedAddress { address, reach })
        }
    }

    /// Whether a host could have an address in `allow_private`: a name could, if there is any.
    fn may_be_private(&self, literal: Option<IpAddr>) -> bool {
        match literal {
            Some(address) => self.judge(address, Reach::PrivateOnly).is_ok(),
            None => !self.allow_private.is_empty(),
        }
    }
}

fn refused(detail: String) -> Failure {
    Failure { cause: Cause::Refused, detail }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(allow_private: &[&str], url: &str, expected: &str) {
        let networks = allow_private.iter().map(|text| text.parse().unwrap()).collect();
        let found = match Guard::new(networks).vet_url(&url.parse().unwrap()) {
            Ok(reach) => format!("{reach:?}"),
            Err(failure) => {
                assert_eq!(failure.cause, Cause::Refused);
                failure.detail
            }
        };
        assert_eq!(found, expected, "{url}");
    }

    #[test]
    fn names_and_public_literals_pass_on_usual_ports() {
        check(&[], "https://example.org/feed", "Usual");
        check(&[], "http://example.org:8080/", "Usual");
        check(&[], "https://1.1.1.1:8443/", "Usual");
        check(&[], "http://[2606:4700::1111]/", "Usual");
    }

    #[test]
    fn other_schemes_are_refused() {
        for scheme in ["file", "ftp", "gopher", "ws"] {
            let expected = format!("`{scheme}:` is not http or https");
            check(&[], &format!("{scheme}://example.org/x"), &expected);
        }
        check(&[], "data:text/html,x", "`data:` is not http or https");
    }

    #[test]
    fn user_names_and_passwords_are_refused() {
        let expected = "the address carries a user name or password";
        check(&[], "http://good.example@1.1.1.1/", expected);
        check(&[], "http://:secret@1.1.1.1/", expected);
    }

    #[test]
    fn unusual_ports_are_refused() {
        let expected = "port 25 is not one of 80, 443, 8080 and 8443";
        check(&[], "http://example.org:25/", expected);
        check(&["127.0.0.0/8"], "http://1.1.1.1:25/", expected);
        check(&["127.0.0.0/8"], "http://example.org:25/", "PrivateOnly");
    }

    #[test]
    fn every_spelling_of_a_private_literal_is_refused() {
        let spellings = ["127.0.0.1", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "0x7f.1"];
        for spelling in spellings.into_iter().chain(["①②⑦.⓪.⓪.①", "127.0.0.1."]) {
            check(&[], &format!("http://{spelling}/"), "127.0.0.1 is not a public address");
        }
        check(&[], "http:\\\\127.0.0.1\\", "127.0.0.1 is not a public address");
        check(&[], "http://[::ffff:127.0.0.1]/", "::ffff:127.0.0.1 is not a public address");
        check(&[], "http://[64:ff9b::7f00:1]/", "64:ff9b::7f00:1 is not a public address");
        check(&[], "http://0/", "0.0.0.0 is not a public address");
    }

    #[test]
    fn what_is_allowed_by_name_passes_on_every_port() {
        check(&["127.0.0.0/8"], "http://127.0.0.1:9/", "PrivateOnly");
        check(&["127.0.0.0/8"], "http://127.0.0.1/", "Usual");
        check(&["127.0.0.0/8"], "http://[::ffff:127.0.0.1]:9/", "PrivateOnly");
        check(&["127.0.0.0/8"], "http://10.0.0.1/", "10.0.0.1 is not a public address");
    }
}
