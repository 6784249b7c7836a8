//! From config to running loops, and back to a clean stop.
