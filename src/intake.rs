//! Composition of the reading stages: from what was fetched to the complete list of writes.
