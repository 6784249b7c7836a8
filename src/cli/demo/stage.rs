//! The web of the fortnight: outlets and courts on loopback.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    net::{Ipv4Addr, SocketAddr},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use axum::{
    Router,
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use jiff::{Timestamp, tz::TimeZone};
use tokio::net::TcpListener;

use super::script::Publication;
use crate::{
    config::ConfiguredSource,
    model::{Source, SourceKind},
    parse::{DateText, Recipe, RecipeText},
};

/// Who publishes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Outlet {
    /// A newspaper.
    Herald,
    /// Another newspaper.
    Gazette,
    /// The press page of the ICJ in this world.
    WorldCourt,
    /// The press page of the ICC in this world.
    CriminalCourt,
}

impl Outlet {
    /// All of them, in the order in which they are asked.
    pub(super) const ALL: [Self; 4] =
        [Self::WorldCourt, Self::CriminalCourt, Self::Herald, Self::Gazette];

    /// Its id as a source, and its path.
    pub(super) fn id(self) -> &'static str {
        match self {
            Self::Herald => "example-herald",
            Self::Gazette => "sample-gazette",
            Self::WorldCourt => "invented-icj-page",
            Self::CriminalCourt => "invented-icc-page",
        }
    }

    fn voice(self) -> Option<&'static str> {
        match self {
            Self::Herald | Self::Gazette => None,
            Self::WorldCourt => Some("ICJ"),
            Self::CriminalCourt => Some("ICC"),
        }
    }
}

type Pages = Arc<Mutex<BTreeMap<&'static str, String>>>;

/// The running web; it ends with the runtime.
pub(super) struct Stage {
    address: SocketAddr,
    pages: Pages,
    published: BTreeMap<Outlet, Vec<(&'static Publication, Timestamp)>>,
}

impl Stage {
    /// Opens every outlet, each with nothing published.
    pub(super) async fn open() -> anyhow::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let pages = Pages::default();
        let router = Router::new().route("/{outlet}", get(page)).with_state(Arc::clone(&pages));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(Self { address, pages, published: BTreeMap::new() })
    }

    /// Publishes something.
    pub(super) fn publish(&mut self, publication: &'static Publication, at: Timestamp) {
        let outlet = publication.outlet;
        let all = self.published.entry(outlet).or_default();
        all.insert(0, (publication, at));
        let page = match outlet.voice() {
            None => feed(all),
            Some(_) => press_page(all),
        };
        self.pages.lock().unwrap_or_else(PoisonError::into_inner).insert(outlet.id(), page);
    }

    /// The outlets as sources.
    pub(super) fn sources(&self) -> Vec<ConfiguredSource> {
        let source = |outlet: Outlet| {
            let id = outlet.id();
            let voice = outlet.voice();
            let url = format!("http://{}/{id}", self.address);
            ConfiguredSource {
                source: Source {
                    id: id.into(),
                    kind: if voice.is_some() { SourceKind::Page } else { SourceKind::Feed },
                    urls: vec![url.parse().expect("an address on loopback")],
                    every: Duration::from_mins(15),
                    voice: voice.map(Into::into),
                    owner: id.into(),
                },
                recipe: voice.map(|_| recipe()),
            }
        };
        Outlet::ALL.into_iter().map(source).collect()
    }
}

fn recipe() -> Recipe {
    let text = RecipeText {
        item: "li".to_owned(),
        title: Some("a".to_owned()),
        link: Some("a".to_owned()),
        date: Some(DateText {
            selector: "time".to_owned(),
            format: vec!["%d %B %Y".to_owned()],
            timezone: TimeZone::UTC,
        }),
        text: None,
    };
    Recipe::compile(&text).expect("the selectors are literals")
}

async fn page(State(pages): State<Pages>, Path(outlet): Path<String>) -> Response {
    let page = pages.lock().unwrap_or_else(PoisonError::into_inner).get(outlet.as_str()).cloned();
    match page {
        Some(page) => ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn feed(all: &[(&Publication, Timestamp)]) -> String {
    let mut feed = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Invented</title><link>https://outlet.example/</link><description>Everything here is invented.</description>".to_owned();
    for (number, (Publication { outlet, title, text }, at)) in numbered(all) {
        let date = at.strftime("%a, %d %b %Y %H:%M:%S GMT");
        let id = outlet.id();
        let _ = write!(
            feed,
            "<item><title>{title}</title><link>https://invented.example/{id}/{number}</link><pubDate>{date}</pubDate><description>{text}</description></item>"
        );
    }
    feed + "</channel></rss>"
}

fn press_page(all: &[(&Publication, Timestamp)]) -> String {
    let mut page = "<!doctype html><title>Press releases (invented)</title><ul>".to_owned();
    for (number, (Publication { outlet, title, .. }, at)) in numbered(all) {
        let date = at.strftime("%d %B %Y");
        let id = outlet.id();
        let _ = write!(
            page,
            "<li><a href=\"https://invented.example/{id}/{number}\">{title}</a> <time>{date}</time></li>"
        );
    }
    page + "</ul>"
}

/// The publications with their numbers: the oldest is 1 and stays it.
fn numbered<T>(all: &[T]) -> impl Iterator<Item = (usize, &T)> {
    all.iter().enumerate().map(|(index, one)| (all.len() - index, one))
}
