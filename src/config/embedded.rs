//! The shipped files, compiled in, so that the program works from wherever it is started.

/// Every file of `config/` with its text, by name.
pub(crate) const FILES: &[(&str, &str)] = &[
    ("channels.toml", include_str!("../../config/channels.toml")),
    ("haguewatch.toml", include_str!("../../config/haguewatch.toml")),
    ("ledger/hague-group.toml", include_str!("../../config/ledger/hague-group.toml")),
    ("ledger/icc-proceedings.toml", include_str!("../../config/ledger/icc-proceedings.toml")),
    ("ledger/icc-warrants.toml", include_str!("../../config/ledger/icc-warrants.toml")),
    ("ledger/icj.toml", include_str!("../../config/ledger/icj.toml")),
    ("ledger/moves.toml", include_str!("../../config/ledger/moves.toml")),
    ("ledger/others.toml", include_str!("../../config/ledger/others.toml")),
    ("ledger/rome-statute.toml", include_str!("../../config/ledger/rome-statute.toml")),
    ("rules/bodies.toml", include_str!("../../config/rules/bodies.toml")),
    ("rules/cases.toml", include_str!("../../config/rules/cases.toml")),
    ("rules/conduct.toml", include_str!("../../config/rules/conduct.toml")),
    ("rules/cues.toml", include_str!("../../config/rules/cues.toml")),
    ("rules/membership.toml", include_str!("../../config/rules/membership.toml")),
    ("rules/persons.toml", include_str!("../../config/rules/persons.toml")),
    ("rules/places.toml", include_str!("../../config/rules/places.toml")),
    ("rules/proceedings.toml", include_str!("../../config/rules/proceedings.toml")),
    ("rules/rulings.toml", include_str!("../../config/rules/rulings.toml")),
    ("rules/states.toml", include_str!("../../config/rules/states.toml")),
    ("rules/warrants.toml", include_str!("../../config/rules/warrants.toml")),
    ("rules/words.toml", include_str!("../../config/rules/words.toml")),
    ("sources.toml", include_str!("../../config/sources.toml")),
];

#[cfg(test)]
mod tests {
    use std::{
        fs,
        path::{Path, PathBuf},
    };

    use super::*;

    fn toml_files(dir: &Path) -> Vec<PathBuf> {
        let paths = fs::read_dir(dir).unwrap().map(|file| file.unwrap().path());
        let (folders, files): (Vec<_>, Vec<_>) = paths.partition(|path| path.is_dir());
        let files =
            files.into_iter().filter(|path| path.extension().is_some_and(|end| end == "toml"));
        files.chain(folders.iter().flat_map(|folder| toml_files(folder))).collect()
    }

    #[test]
    fn the_table_has_every_file_of_the_shipped_directory() {
        let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("config");
        let mut files: Vec<String> = toml_files(&dir)
            .iter()
            .map(|path| path.strip_prefix(&dir).unwrap().to_str().unwrap().replace('\\', "/"))
            .collect();
        files.sort();
        let listed: Vec<&str> = FILES.iter().map(|(name, _)| *name).collect();
        assert_eq!(listed, files, "FILES lists every file of config/, by name");
    }
}
