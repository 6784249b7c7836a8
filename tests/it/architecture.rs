//! The invariants of the architecture, checked on the source itself.
