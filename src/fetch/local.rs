//! Asks a running daemon at its ops address, for the commands that show what it knows.
//!
//! This is no request for a source: it goes to the operator's own process, so the guard has no
//! say in it.

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    time::Duration,
};

use reqwest::{Client, redirect};

use super::body;

/// How long the daemon may take: it answers from memory, or it is not well.
const PATIENCE: Duration = Duration::from_secs(2);

/// The largest answer that is taken, in bytes: a large ledger with room to spare.
const CAP: u64 = 64 * 1024 * 1024;

/// Why a daemon could not be asked.
#[derive(Debug, thiserror::Error)]
pub enum LocalError {
    /// Nobody listens there.
    #[error("nobody listens on {0}")]
    Silent(SocketAddr),
    /// Somebody listens but does not answer in time.
    #[error("no answer from {0} within two seconds")]
    Slow(SocketAddr),
    /// What answers does not speak HTTP as expected.
    #[error("{address} gives no usable answer: {reason}")]
    Broken {
        /// Who was asked.
        address: SocketAddr,
        /// What is wrong with the answer.
        reason: String,
    },
}

/// Asks a daemon for a path (`/api/v1/ledger?as_of=…`) and gives back status and body. An
/// unspecified address (`0.0.0.0`) means this machine.
pub async fn get_local(address: SocketAddr, path: &str) -> Result<(u16, String), LocalError> {
    let address = SocketAddr::new(reachable(address.ip()), address.port());
    let sort = |error: &reqwest::Error| {
        if error.is_timeout() {
            LocalError::Slow(address)
        } else if error.is_connect() {
            LocalError::Silent(address)
        } else {
            LocalError::Broken { address, reason: error.to_string() }
        }
    };
    let client = Client::builder()
        .no_proxy()
        .redirect(redirect::Policy::none())
        .retry(reqwest::retry::never())
        .timeout(PATIENCE)
        .build()
        .map_err(|error| sort(&error))?;
    let sent = client.get(format!("http://{address}{path}")).send().await;
    let response = sent.map_err(|error| sort(&error))?;
    let status = response.status().as_u16();
    let bytes = body::read(response, CAP)
        .await
        .map_err(|failure| LocalError::Broken { address, reason: failure.detail })?;
    Ok((status, String::from_utf8_lossy(&bytes).into_owned()))
}

fn reachable(ip: IpAddr) -> IpAddr {
    match ip {
        IpAddr::V4(v4) if v4.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(v6) if v6.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        _ => ip,
    }
}
