//! The store: versioned records, one transaction per list of writes, durable before it is acknowledged.
