//! `run`: the daemon.

use std::time::Duration;

use clap::Args;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;
use tracing::{info, warn};

use super::{End, Ground};
use crate::{
    app::{self, Bot},
    tasks::Outlet,
};

#[derive(Debug, Args)]
#[command(after_help = "\
Stops cleanly on SIGTERM and SIGINT. A changed configuration needs a restart.

Examples:
  DISCORD_TOKEN_FILE=/run/secrets/token haguewatch run
  haguewatch --config /etc/haguewatch --state /var/lib/haguewatch --log-format json run")]
pub(super) struct Options {}

/// How long what still runs at the end is waited for.
const GRACE: Duration = Duration::from_secs(2);

/// Runs until it is stopped.
pub(super) fn run(ground: &Ground) -> anyhow::Result<End> {
    let config = ground.config()?;
    let store = app::open(&config, &ground.state, "haguewatch run")?;
    let outlet = app::outlet(&config, ground.colour)?;
    if matches!(outlet, Outlet::Terminal { .. }) {
        let why = super::printing(&config);
        if config.channels.is_empty() { info!("{why}") } else { warn!("{why}") }
    }
    let left = super::once::left_alone(&store, &outlet)?;
    if left > 0 {
        warn!("{}", super::stays(left));
    }
    let runtime = super::runtime()?;
    let ended = runtime.block_on(async {
        let stop = CancellationToken::new();
        listen(stop.clone())?;
        let bot = Bot::assemble(&config, store, outlet).await?;
        info!(
            sources = config.sources.len(),
            channels = config.channels.len(),
            "watching {}",
            super::counted(config.sources.len(), "source")
        );
        bot.run(&config, stop).await
    });
    runtime.shutdown_timeout(GRACE);
    ended?;
    info!("stopped");
    Ok(End::Done)
}

/// Stops at SIGTERM or SIGINT.
fn listen(stop: CancellationToken) -> std::io::Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut hangup = signal(SignalKind::hangup())?;
    tokio::spawn(async move {
        loop {
            let name = tokio::select! {
                _ = terminate.recv() => "SIGTERM",
                _ = interrupt.recv() => "SIGINT",
                _ = hangup.recv() => {
                    warn!("SIGHUP: a changed configuration is read at the next start; restart to use it");
                    continue;
                }
            };
            info!("stopping on {name}");
            stop.cancel();
        }
    });
    Ok(())
}
