//! What is remembered of a source's documents: validators, hash, baseline. The pace is
//! `schedule`'s.

use super::{Batch, rekey};
use crate::model::{Document, Fetched, Outcome, SourceRecord, Validators};

/// The record after a document was read, or did not need to be.
pub(super) fn after_reading(
    mut record: SourceRecord,
    fetched: &Fetched,
    batch: Option<&Batch>,
) -> SourceRecord {
    match (&fetched.outcome, batch) {
        (Outcome::Body(document), Some(batch)) if batch.was_read() => {
            record.body_hash = Some(batch.body_hash);
            record.baseline = record.baseline.or(Some(fetched.at));
            // A document without items (a page of maintenance) says nothing of its headlines.
            if !batch.items.is_empty() {
                record.titles = rekey::titles(&batch.items);
            }
            record.postings = u32::try_from(batch.items.len()).unwrap_or(u32::MAX);
            keep_validators(&mut record, document);
        }
        // Validators and hash stay as they were: a server that answers 304 to a document nobody
        // could read would hide it for ever.
        (Outcome::Body(_), Some(batch)) => {
            // A page that is first seen without rows may be quiet: what it brings next is news. One
            // that had rows before has changed its shape, and keeps what it had.
            if batch.is_quiet(&record) {
                let first = batch.problems.first().map(|problem| problem.what.as_str());
                first.unwrap_or_default().clone_into(&mut record.last_outcome);
                record.baseline = record.baseline.or(Some(fetched.at));
            }
        }
        (Outcome::Body(document), None) => keep_validators(&mut record, document),
        (Outcome::NotModified(newer), _) => replace_validators(&mut record, newer),
        (Outcome::RateLimited | Outcome::Gone | Outcome::Failed(_), _) => {}
    }
    record
}

/// Validators belong to the address that gave them, which may be one that ours redirects to.
fn keep_validators(record: &mut SourceRecord, document: &Document) {
    record.validators = Some((document.final_url.clone(), document.validators.clone()));
}

/// A 304 replaces the validators that it carries (RFC 9111, 4.3.4).
fn replace_validators(record: &mut SourceRecord, newer: &Validators) {
    let Some((_, kept)) = &mut record.validators else { return };
    if newer.etag.is_some() {
        kept.etag.clone_from(&newer.etag);
    }
    if newer.last_modified.is_some() {
        kept.last_modified.clone_from(&newer.last_modified);
    }
}
