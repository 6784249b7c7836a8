//! Resolves names to vetted addresses only: what the guard refuses is never handed to the
//! connector, so a name cannot lead where its literal may not, nor change its mind in between.

use std::{net::SocketAddr, sync::Arc};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::guard::{Guard, Reach};

/// The system's resolver behind the guard.
pub(super) struct VettedResolver {
    pub(super) guard: Arc<Guard>,
    pub(super) reach: Reach,
}

/// A name without any address.
#[derive(Debug, thiserror::Error)]
#[error("the name has no address")]
struct NoAddress;

impl Resolve for VettedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let (guard, reach) = (Arc::clone(&self.guard), self.reach);
        Box::pin(async move {
            // Port 0 stands for the port of the URL, which the connector fills in.
            let addresses = tokio::net::lookup_host((name.as_str(), 0)).await?;
            vetted(addresses, &guard, reach)
        })
    }
}

/// The addresses that may be connected to; where there is none, the reason of the first refusal.
fn vetted(
    addresses: impl Iterator<Item = SocketAddr>,
    guard: &Guard,
    reach: Reach,
) -> Result<Addrs, Box<dyn std::error::Error + Send + Sync>> {
    let mut allowed = Vec::new();
    let mut refusal = None;
    for address in addresses {
        match guard.judge(address.ip(), reach) {
            Ok(()) => allowed.push(address),
            Err(reason) => {
                refusal.get_or_insert(reason);
            }
        }
    }
    match (allowed.is_empty(), refusal) {
        (false, _) => Ok(Box::new(allowed.into_iter())),
        (true, Some(reason)) => Err(reason.into()),
        (true, None) => Err(NoAddress.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(addresses: &[&str], expected: &str) {
        let guard = Guard::new(vec!["10.0.0.0/8".parse().unwrap()]);
        let addresses = addresses.iter().map(|ip| SocketAddr::new(ip.parse().unwrap(), 0));
        let found = match vetted(addresses, &guard, Reach::Usual) {
            Ok(allowed) => allowed.map(|address| address.ip().to_string()).collect::<Vec<_>>(),
            Err(error) => vec![error.to_string()],
        };
        assert_eq!(found.join(" "), expected);
    }

    #[test]
    fn a_name_with_private_addresses_only_is_refused() {
        check(&["169.254.169.254", "::1"], "169.254.169.254 is not a public address");
    }

    #[test]
    fn of_mixed_addresses_only_the_public_ones_are_used() {
        check(&["127.0.0.1", "1.1.1.1", "::1", "2606:4700::1111"], "1.1.1.1 2606:4700::1111");
    }

    #[test]
    fn allowed_networks_pass() {
        check(&["10.2.3.4"], "10.2.3.4");
    }

    #[test]
    fn no_address_is_no_refusal() {
        check(&[], "the name has no address");
    }
}
