//! The shipped files, compiled in, so that the program works from wherever it is started.

/// Every file of `config/` with its text, by name.
pub(crate) const FILES: &[(&str, &str)] = &[
    ("channels.toml", include_str!("../../config/channels.toml")),
    ("haguewatch.toml", include_str!("../../config/haguewatch.toml")),
    ("sources.toml", include_str!("../../config/sources.toml")),
];
