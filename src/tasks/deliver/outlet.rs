//! Where messages go.

use std::{
    io::{Write, stdout},
    sync::Arc,
};

use jiff::Timestamp;

use crate::{
    deliver::{Sender, outbox::Guard},
    model::{ChannelId, Delivery, DeliveryState, Message, Receipt},
    render::plain,
};

/// The channel of messages that are made for stdout. Discord has no channel 0.
pub const TERMINAL: ChannelId = ChannelId(0);

/// Where messages go. One that was made for Discord is never printed in its place: it would count
/// as told, and its channel would not hear of it.
#[derive(Clone, Debug)]
pub enum Outlet {
    /// To Discord, and to stdout what was made for it while there was no token.
    Discord(Arc<Sender>),
    /// To stdout, because there is no channel or no token: what was made for it alone. A message
    /// counts as sent once it was printed, so that it is not printed again.
    Terminal {
        /// Whether stdout is coloured.
        colour: bool,
    },
    /// To stdout, whoever it is for: a dry run, which keeps nothing.
    Rehearsal {
        /// Whether stdout is coloured.
        colour: bool,
    },
}

impl Outlet {
    /// Whether it brings this message out.
    pub(super) fn takes(&self, message: &Message) -> bool {
        match self {
            Self::Discord(sender) => message.channel == TERMINAL || sender.serves(message.channel),
            Self::Rehearsal { .. } => true,
            Self::Terminal { .. } => message.channel == TERMINAL,
        }
    }

    /// Whether messages to this channel go by a webhook.
    pub(super) fn is_webhook(&self, channel: ChannelId) -> bool {
        matches!(self, Self::Discord(sender) if sender.guard(channel) == Guard::Nothing)
    }

    /// Whether what it prints is coloured.
    pub(super) fn colour(&self) -> bool {
        match self {
            Self::Discord(_) => false,
            Self::Terminal { colour } | Self::Rehearsal { colour } => *colour,
        }
    }
}

/// Prints a message. A reader who left (`… | head`) has seen enough of it.
pub(super) fn printed(delivery: &Delivery, colour: bool, now: Timestamp) -> Delivery {
    let _ = writeln!(stdout().lock(), "{}", plain::block(&delivery.message, colour));
    let state = DeliveryState::Sent(Receipt { message_id: None, at: now });
    Delivery { state, attempts: delivery.attempts + 1, ..delivery.clone() }
}
