//! The archive in the order in which it was taken in, from the state or from the daemon that
//! holds it.

use anyhow::Context as _;

use super::super::world::World;
use crate::{intake::in_order, model::Item, state::item_of_line};

/// Every item that is kept.
pub(super) fn read(world: &World) -> anyhow::Result<Vec<Item>> {
    let mut items = match world {
        World::Fresh => Vec::new(),
        World::Stored(store) => store.items().collect::<Result<_, _>>()?,
        World::Held(address) => {
            let mut items: Vec<Item> = Vec::new();
            loop {
                let after = items.last().map(|item| format!("?after={}", item.key));
                let path = format!("/api/v1/archive{}", after.unwrap_or_default());
                let (status, part) = World::answer(*address, &path)?;
                anyhow::ensure!(status == 200, "the daemon answers {status}: {}", part.trim());
                let before = items.len();
                for line in part.lines() {
                    let item = item_of_line(line).map_err(anyhow::Error::msg);
                    items.push(item.context("the daemon hands on an item of another version")?);
                }
                if items.len() == before {
                    break items;
                }
            }
        }
    };
    in_order(&mut items);
    Ok(items)
}
