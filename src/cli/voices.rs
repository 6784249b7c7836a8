//! Whose official voice an item is that comes from a file rather than from a source: the body of
//! the configured source that it names, or the body on whose own site it stands.

use rustc_hash::FxHashMap;
use url::Url;

use crate::{
    config::Config,
    model::{BodyId, OwnerId, Source},
};

/// The configured sources and the bodies' hosts.
#[derive(Debug, Default)]
pub(super) struct Voices {
    sources: FxHashMap<String, (Option<BodyId>, OwnerId)>,
    hosts: FxHashMap<String, BodyId>,
}

impl Voices {
    /// The voices that a configuration knows.
    pub(super) fn of(config: &Config) -> Self {
        let sources = config.sources.iter().map(|configured| {
            let Source { id, voice, owner, .. } = &configured.source;
            (id.to_string(), (voice.clone(), owner.clone()))
        });
        let bodies = config.rules.definitions().bodies.iter();
        let hosts = bodies
            .flat_map(|body| body.hosts.iter().map(|host| (host.to_lowercase(), body.id.clone())));
        Self { sources: sources.collect(), hosts: hosts.collect() }
    }

    /// Whose voice an item of this source at this address is, if a body's.
    pub(super) fn of_item(&self, source: Option<&str>, url: Option<&str>) -> Option<BodyId> {
        let named = source.and_then(|source| self.sources.get(source));
        if let Some((voice, _)) = named {
            return voice.clone();
        }
        let url = url?;
        // Reading an address costs more than all else here, and few are a body's: only one that
        // looks like it is read.
        self.of_host(plain_host(url)?)?;
        self.of_host(Url::parse(url).ok()?.host_str()?)
    }

    /// Who owns the source, where it is configured.
    pub(super) fn owner(&self, source: &str) -> Option<OwnerId> {
        self.sources.get(source).map(|(_, owner)| owner.clone())
    }

    fn of_host(&self, mut host: &str) -> Option<BodyId> {
        loop {
            if let Some(body) = self.hosts.get(host) {
                return Some(body.clone());
            }
            host = host.split_once('.')?.1;
        }
    }
}

/// What stands where a host does in an address of the usual form.
fn plain_host(url: &str) -> Option<&str> {
    let rest = url.split_once("://")?.1;
    let end = rest.find(['/', '?', '#', ':']).unwrap_or(rest.len());
    Some(&rest[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: Option<&str>, url: Option<&str>, expected: Option<&str>) {
        let voices = Voices {
            sources: FxHashMap::from_iter([
                ("icj-press".into(), (Some("ICJ".into()), "icj".into())),
                ("daily".into(), (None, "daily".into())),
            ]),
            hosts: FxHashMap::from_iter([("court.example".into(), "ICC".into())]),
        };
        assert_eq!(voices.of_item(source, url), expected.map(Into::into));
    }

    #[test]
    fn a_configured_source_says_whose_voice_it_is() {
        check(Some("icj-press"), None, Some("ICJ"));
        check(Some("daily"), Some("https://court.example/1"), None);
    }

    #[test]
    fn an_unknown_source_speaks_for_the_host_that_it_stands_on() {
        check(Some("other"), Some("https://www.court.example/1"), Some("ICC"));
        check(None, Some("https://court.example.net/"), None);
        check(None, Some("https://notcourt.example/"), None);
        check(None, Some("https://court.example@elsewhere.example/"), None);
        check(None, Some("nonsense"), None);
        check(None, None, None);
    }
}
