//! Whether an item is new: its identity, and the comparison of old and new.
