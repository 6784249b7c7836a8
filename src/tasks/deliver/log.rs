//! What the log says of deliveries.

use tracing::{info, warn};

use crate::{
    model::{Delivery, DeliveryState, Message},
    render::discord::short_id,
};

pub(super) fn delivery(delivery: &Delivery, why: &str) {
    let Delivery { message, attempts, .. } = delivery;
    let (key, what) = (message.key.as_str(), subject(message));
    match &delivery.state {
        DeliveryState::Sent(_) => {
            info!(message.key = key, channel.id = message.channel.0, "{what} arrived");
        }
        DeliveryState::Dead(why) => {
            warn!(
                message.key = key,
                channel.id = message.channel.0,
                "{what} cannot be delivered: {why}"
            );
        }
        DeliveryState::Pending | DeliveryState::Sending(_) | DeliveryState::Folded(_) => {
            let again = delivery.next_attempt;
            warn!(
                message.key = key,
                channel.id = message.channel.0,
                delivery.attempts = attempts,
                reason = why,
                "{what} waits for channel {} until {again:.0}: {why}",
                message.channel.0
            );
        }
    }
}

/// Says what came of an edit.
pub(super) fn edit(delivery: &Delivery, is_settled: bool, why: &str) {
    let Delivery { message, next_attempt, .. } = delivery;
    let (key, what, channel) = (message.key.as_str(), subject(message), message.channel.0);
    if is_settled {
        info!(message.key = key, channel.id = channel, "edit of {what}: {why}");
    } else {
        warn!(
            message.key = key,
            channel.id = channel,
            reason = why,
            "edit of {what} waits until {next_attempt:.0}: {why}"
        );
    }
}

/// What a message is about, for a log: the short ids that it tells.
fn subject(message: &Message) -> String {
    let ids = message.developments.iter().map(|telling| short_id(&telling.development));
    match ids.collect::<Vec<_>>() {
        ids if ids.is_empty() => "a notice".to_owned(),
        ids => ids.join(" "),
    }
}
