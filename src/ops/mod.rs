//! What a maintainer can see: health, metrics, status.
