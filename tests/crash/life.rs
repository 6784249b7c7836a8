//! One life of the program: started, watched, and ended by itself, by a drill or by us.

use std::{
    io::{BufRead, BufReader},
    os::unix::process::{CommandExt, ExitStatusExt},
    path::Path,
    process::{Child, Command, ExitStatus, Stdio},
    sync::mpsc,
    time::{Duration, Instant},
};

use crate::world::discord::TOKEN;

/// The signal of a process that aborts.
const SIGABRT: i32 = 6;

/// A life that nobody ends is ended after this long.
const PATIENCE: Duration = Duration::from_mins(1);

/// What is asked of a life.
#[derive(Clone, Debug)]
pub(crate) struct Orders {
    /// `once` or `run`.
    pub(crate) command: &'static str,
    /// Where it dies by itself and what is wrong with it, as the program's `points` reads it.
    pub(crate) drill: String,
    /// When it is killed.
    pub(crate) killed_after: Option<Duration>,
    /// What strace is told, where the program runs below it.
    pub(crate) strace: Vec<String>,
}

impl Orders {
    /// One pass, undisturbed.
    pub(crate) fn once() -> Self {
        Self { command: "once", drill: String::new(), killed_after: None, strace: Vec::new() }
    }

    /// The same with a drill.
    pub(crate) fn drill(self, drill: impl Into<String>) -> Self {
        Self { drill: drill.into(), ..self }
    }
}

/// How a life went.
#[derive(Debug)]
pub(crate) struct Life {
    /// How it ended.
    pub(crate) status: ExitStatus,
    /// What it said on stderr.
    pub(crate) said: String,
    /// How long it took until it watched its sources.
    pub(crate) ready: Option<Duration>,
}

impl Life {
    /// Whether it died at a point of its drill.
    pub(crate) fn ended_itself(&self) -> bool {
        self.status.signal() == Some(SIGABRT)
    }

    /// Whether it ended before its work was done.
    pub(crate) fn was_cut_off(&self) -> bool {
        self.status.signal().is_some()
    }
}

/// Lives one life in this directory; its clock is `ahead` milliseconds ahead.
pub(crate) fn live(home: &Path, ahead: i64, orders: &Orders) -> Life {
    let program = env!("CARGO_BIN_EXE_haguewatch");
    let mut command = match orders.strace.as_slice() {
        [] => Command::new(program),
        options => {
            let mut command = Command::new("strace");
            command.args(options).arg("--").arg(program);
            command
        }
    };
    command
        .arg(orders.command)
        .current_dir(home)
        .env_clear()
        .env("PATH", "/usr/local/bin:/usr/bin:/bin")
        .env("DISCORD_TOKEN", TOKEN)
        // Everybody here is on loopback and shows no certificate; reading those of the system
        // would be most of a short life.
        .env("SSL_CERT_FILE", "/dev/null")
        .env("SSL_CERT_DIR", "/nonexistent")
        .env("HAGUEWATCH_CLOCK", ahead.to_string())
        .env("HAGUEWATCH_DRILL", &orders.drill)
        .process_group(0)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    let began = Instant::now();
    watch(command.spawn().unwrap(), began, orders.killed_after)
}

fn watch(mut child: Child, began: Instant, killed_after: Option<Duration>) -> Life {
    let lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let (ended, end) = mpsc::channel();
    let reading = std::thread::spawn(move || {
        let (mut said, mut ready) = (String::new(), None);
        for line in lines.map_while(Result::ok) {
            if ready.is_none() && line.contains("watching ") {
                ready = Some(began.elapsed());
            }
            said.push_str(&line);
            said.push('\n');
        }
        // Nobody listens any more to one that was killed.
        let _ = ended.send(());
        (said, ready)
    });
    if end.recv_timeout(killed_after.unwrap_or(PATIENCE)).is_err() {
        // The whole group: below strace the program would outlive it.
        let group = format!("-{}", child.id());
        Command::new("kill").args(["-KILL", "--", &group]).status().unwrap();
    }
    let status = child.wait().unwrap();
    let (said, ready) = reading.join().unwrap();
    Life { status, said, ready }
}
