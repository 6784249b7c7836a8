//! A world to die in: newsrooms and a coalition's own press office that publish, channels that
//! listen, and a bot between them.

use std::{
    collections::BTreeSet,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use haguewatch::state::Store;
use jiff::{SignedDuration, Timestamp};

use crate::{
    life::{self, Life, Orders},
    world::{
        answer::Answer,
        discord::{Access, Discord},
        server::Server,
    },
};

/// The channels.
pub(crate) const CHANNELS: [u64; 3] = [700_001, 700_002, 700_003];
/// The feeds. The last one is the coalition's own.
pub(crate) const FEEDS: [&str; 4] = ["herald", "tribune", "gazette", "table-press"];
/// The feed that speaks for the body that it reports of.
pub(crate) const OFFICIAL: usize = 3;
/// How many developments there can be.
pub(crate) const MOST: usize = 120;

/// The world and what was published in it.
pub(crate) struct Town {
    web: Server,
    pub(crate) discord: Discord,
    home: tempfile::TempDir,
    /// By feed: the developments that it reports, in order.
    pub(crate) reports: [Vec<usize>; FEEDS.len()],
    /// How many developments there are.
    pub(crate) developments: usize,
}

impl Town {
    /// A town in which the bot has read every feed once, while they were empty.
    pub(crate) fn new() -> Self {
        let runtime = tokio::runtime::Handle::current();
        let (web, discord) = (Server::start(), runtime.block_on(Discord::start()));
        for channel in CHANNELS {
            discord.open(channel, Access::Open);
        }
        let home = tempfile::tempdir().unwrap();
        let town = Self { web, discord, home, reports: Default::default(), developments: 0 };
        town.configure();
        (0..FEEDS.len()).for_each(|feed| town.print(feed));
        let life = town.live(&Orders::once());
        assert!(life.status.success(), "{}", life.said);
        town
    }

    /// Where the bot keeps what it knows.
    pub(crate) fn state(&self) -> PathBuf {
        self.home.path().join("state")
    }

    /// The directory that the bot runs in.
    pub(crate) fn home(&self) -> &Path {
        self.home.path()
    }

    /// Something happens, and these feeds report it.
    pub(crate) fn happens(&mut self, feeds: &[usize]) {
        let development = self.developments;
        assert!(development < MOST, "the town has no states left");
        self.developments += 1;
        for feed in feeds {
            self.report(*feed, development);
        }
    }

    /// A feed reports something that happened, unless it did already.
    pub(crate) fn report(&mut self, feed: usize, development: usize) {
        if !self.reports[feed].contains(&development) {
            self.reports[feed].push(development);
            self.print(feed);
        }
    }

    /// The bot lives once.
    pub(crate) fn live(&self, orders: &Orders) -> Life {
        let ahead = self.discord.now().duration_since(Timestamp::now());
        let ahead = i64::try_from(ahead.as_millis()).unwrap();
        life::live(self.home.path(), ahead, orders)
    }

    /// Time goes by.
    pub(crate) fn pass(&self, time: SignedDuration) {
        self.discord.pass(time);
    }

    /// Everything works again and every wait is over: the bot lives until nothing is left to do.
    /// What it says where it does not come to an end.
    pub(crate) fn heal(&self, drill: &str) -> Result<(), String> {
        let mut said = String::new();
        for _ in 0..3 {
            self.discord.weather([]);
            self.pass(SignedDuration::from_mins(30));
            let life = self.live(&Orders::once().drill(drill));
            if life.status.success() {
                return Ok(());
            }
            said = life.said;
        }
        Err(said)
    }

    /// What the bot knows, read from a copy.
    pub(crate) fn known(&self) -> Result<Store, String> {
        Store::scratch_copy(&self.state()).map_err(|error| error.to_string())
    }

    /// The developments that the feeds report.
    pub(crate) fn reported(&self) -> BTreeSet<usize> {
        self.reports.iter().flatten().copied().collect()
    }

    fn print(&self, feed: usize) {
        let mut items = String::new();
        for development in self.reports[feed].iter().rev() {
            let title = format!("{} joins the Round Table", state(*development));
            write!(
                items,
                "<item><title>{title}</title><guid isPermaLink=\"false\">{feed}-{development}</guid><link>http://news.example/{feed}/{development}</link></item>"
            )
            .unwrap();
        }
        let document = format!(
            "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>News</title><link>http://news.example/</link><description>d</description>{items}</channel></rss>"
        );
        let etag = format!("\"{}\"", self.reports[feed].len());
        let answer = Answer::ok("application/rss+xml", document).etag(etag);
        self.web.put(&format!("/{}", FEEDS[feed]), answer);
    }

    fn configure(&self) {
        let config = self.home.path().join("config");
        for folder in ["rules", "ledger"] {
            fs::create_dir_all(config.join(folder)).unwrap();
        }
        let api = self.discord.url();
        let settings = format!(
            "[poll]\ncontact = \"https://bot.example/\"\nevery = \"1m\"\nallow_private = [\"127.0.0.0/8\"]\n[discord]\napi = \"{}\"\n[ops]\nlisten = \"\"\n",
            api.as_str().trim_end_matches('/')
        );
        let (mut sources, mut channels) = (String::new(), String::new());
        for (index, feed) in FEEDS.iter().enumerate() {
            let url = self.web.url(&format!("/{feed}"));
            let voice = if index == OFFICIAL { "voice = \"TABLE\"\n" } else { "" };
            write!(sources, "[[source]]\nid = \"{feed}\"\nkind = \"feed\"\nurls = [\"{url}\"]\nowner = \"{feed}\"\n{voice}").unwrap();
        }
        for channel in CHANNELS {
            write!(channels, "[[channel]]\nid = {channel}\nname = \"c{channel}\"\n").unwrap();
        }
        let mut states = String::new();
        for development in 0..MOST {
            let (code, name) = (code(development), state(development));
            write!(states, "[[state]]\ncode = \"{code}\"\nname = \"{name}\"\n").unwrap();
        }
        for (name, text) in [
            ("haguewatch.toml", settings.as_str()),
            ("sources.toml", &sources),
            ("channels.toml", &channels),
            ("rules/states.toml", &states),
            ("rules/bodies.toml", BODY),
            ("rules/rules.toml", RULE),
            ("ledger/none.toml", ""),
        ] {
            fs::write(config.join(name), text).unwrap();
        }
    }
}

const BODY: &str = "\
[[body]]
id = \"TABLE\"
name = \"Round Table\"
class = \"coalition\"
member = \"member\"
";

const RULE: &str = "\
[[verb]]
id = \"join\"
words = [\"join\"]
[[noun]]
id = \"table\"
words = [\"round table\"]
[[rule]]
id = \"membership.joined\"
step = \"membership.joined\"
score = 90
verb = [\"join\"]
subject = [\"state\"]
object = [\"table\"]
bodies = [\"TABLE\"]
examples = [\"Qbababastan joins the Round Table\"]
counter = [\"Qbababastan leaves the Round Table\"]
";

/// The state that a development is about.
pub(crate) fn state(development: usize) -> String {
    const SYLLABLES: [&str; 12] =
        ["ba", "do", "ke", "lu", "mi", "na", "po", "ri", "su", "ta", "ve", "zo"];
    let part = |place: usize| {
        SYLLABLES[development / 12_usize.pow(2 - u32::try_from(place).unwrap()) % 12]
    };
    format!("Q{}{}{}stan", part(0), part(1), part(2))
}

/// Its code.
fn code(development: usize) -> String {
    let letter = |number: usize| char::from(b'A' + u8::try_from(number % 26).unwrap());
    format!("Q{}{}", letter(development / 26), letter(development))
}
