//! The order of asking: hosts take turns, so that many sources of one slow host do not hold every
//! place while others wait.

use std::collections::HashMap;

use crate::config::ConfiguredSource;

/// The sources, first one of every host, then the second of every host that has one…
pub(super) fn by_host(all: &[ConfiguredSource], sources: Vec<usize>) -> Vec<usize> {
    let mut seen: HashMap<Option<&str>, usize> = HashMap::new();
    let mut ranked: Vec<(usize, usize)> = sources
        .into_iter()
        .map(|index| {
            let host = all[index].source.urls.first().and_then(url::Url::host_str);
            let rank = seen.entry(host).or_default();
            *rank += 1;
            (*rank, index)
        })
        .collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().map(|(_, index)| index).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Source, SourceKind};

    #[test]
    fn hosts_take_turns_and_keep_their_order() {
        let source = |url: &str| ConfiguredSource {
            source: Source {
                id: url.into(),
                kind: SourceKind::Feed,
                urls: vec![url.parse().unwrap()],
                every: std::time::Duration::from_mins(1),
                voice: None,
                owner: "x".into(),
            },
            recipe: None,
        };
        let all = [
            source("https://a.example/1"),
            source("https://a.example/2"),
            source("https://a.example/3"),
            source("https://b.example/1"),
            source("https://b.example/2"),
        ];
        assert_eq!(by_host(&all, vec![0, 1, 2, 3, 4]), [0, 3, 1, 4, 2]);
        assert_eq!(by_host(&all, vec![]), Vec::<usize>::new());
    }
}
