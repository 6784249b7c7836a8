//! What is known of what is to be explained: the items that are meant, with the developments that
//! they joined and the rows of the ledger that are known from those.

use jiff::{Timestamp, tz::TimeZone};
use url::form_urlencoded;

use super::super::{Ground, world::World};
use crate::{
    app,
    config::Config,
    ops::{
        self, DevelopmentQuery, DevelopmentRow, ItemRow, LedgerQuery, LedgerRow, rows::ReportRow,
    },
};

/// A sentence as an item that nobody published.
pub(super) fn sentence(title: &str, text: &str) -> ItemRow {
    let at: Timestamp = app::now();
    ItemRow {
        key: String::new(),
        source: String::new(),
        title: title.to_owned(),
        text: text.to_owned(),
        url: None,
        at: at.to_string(),
    }
}

/// What is known of what is meant.
pub(super) struct Known {
    /// The development whose short id was given.
    pub(super) development: Option<DevelopmentRow>,
    /// The items that are meant: those at an address, of a key, or of the development's reports.
    pub(super) items: Vec<ItemRow>,
    developments: Vec<DevelopmentRow>,
    rows: Vec<LedgerRow>,
}

impl Known {
    /// Looks it up: an id, a key or an address. Anything else is a sentence, of which nothing is
    /// known.
    pub(super) fn of(ground: &Ground, config: &Config, what: &str) -> anyhow::Result<Self> {
        let id = what.trim_start_matches('#').to_uppercase();
        let is_id = (5..=25).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric());
        let is_key = what.len() == 32 && what.bytes().all(|byte| byte.is_ascii_hexdigit());
        let is_address = what.starts_with("http://") || what.starts_with("https://");
        if !(is_id || is_key || is_address) {
            return Ok(Self::nothing());
        }
        let world = World::find(ground)?;
        let (developments, rows) = everything(&world, config)?;
        let mut known = Self { developments, rows, ..Self::nothing() };
        known.development = known.developments.iter().find(|row| is_id && row.id == id).cloned();
        if let Some(development) = &known.development {
            for report in &development.reports {
                let kept = archived(&world, &report.item)?;
                known.items.extend(if kept.is_empty() { vec![as_item(report)] } else { kept });
            }
        } else if is_key || is_address {
            known.items = archived(&world, what)?;
            if known.items.is_empty() {
                let reports = known.developments.iter().flat_map(|row| &row.reports);
                let meant =
                    reports.filter(|one| one.url.as_deref() == Some(what) || one.item == what);
                known.items = meant.map(as_item).collect();
                known.items.dedup();
            }
        }
        Ok(known)
    }

    fn nothing() -> Self {
        Self { development: None, items: Vec::new(), developments: Vec::new(), rows: Vec::new() }
    }

    /// The developments that have the item among their reports.
    pub(super) fn joined(&self, item: &ItemRow) -> Vec<&DevelopmentRow> {
        let has = |row: &&DevelopmentRow| {
            !item.key.is_empty() && row.reports.iter().any(|report| report.item == item.key)
        };
        self.developments.iter().filter(has).collect()
    }

    /// The rows of the ledger that are known from those developments.
    pub(super) fn ledger(&self, item: &ItemRow) -> Vec<&LedgerRow> {
        let joined = self.joined(item);
        let from = |id: &String| joined.iter().any(|row| row.id == *id);
        self.rows.iter().filter(|row| row.development.as_ref().is_some_and(from)).collect()
    }
}

/// Every development, and the ledger of today.
fn everything(
    world: &World,
    config: &Config,
) -> anyhow::Result<(Vec<DevelopmentRow>, Vec<LedgerRow>)> {
    let store = match world {
        World::Held(address) => {
            let developments = World::ask(*address, "/api/v1/developments")?;
            return Ok((developments, World::ask(*address, "/api/v1/ledger")?));
        }
        World::Fresh => None,
        World::Stored(store) => Some(store),
    };
    let ledger = World::ledger(store, config)?;
    let today = TimeZone::UTC.to_datetime(app::now()).date();
    Ok((
        ops::developments(&ledger, &DevelopmentQuery::default()),
        ops::ledger(&ledger, &LedgerQuery::default(), today),
    ))
}

/// What a report itself keeps of its item, for when the archive has it no more.
fn as_item(report: &ReportRow) -> ItemRow {
    ItemRow {
        key: report.item.clone(),
        source: report.source.clone(),
        title: report.title.clone(),
        text: String::new(),
        url: report.url.clone(),
        at: report.at.clone(),
    }
}

/// The items of the archive with this key or at this address.
fn archived(world: &World, what: &str) -> anyhow::Result<Vec<ItemRow>> {
    Ok(match world {
        World::Fresh => Vec::new(),
        World::Stored(store) => ops::items(store, what)?,
        World::Held(address) => {
            let about: String = form_urlencoded::byte_serialize(what.as_bytes()).collect();
            World::ask(*address, &format!("/api/v1/items?about={about}"))?
        }
    })
}
