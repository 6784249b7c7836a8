//! The real program as a child process, with a configuration and a state of its own.

use std::{
    fs,
    io::Write as _,
    path::Path,
    process::{Child, Command, Output, Stdio},
};

use crate::world::discord::Discord;

/// A directory with a configuration, and where the state goes.
pub(crate) struct Bot {
    home: tempfile::TempDir,
    token: Option<String>,
}

/// What a command did.
#[derive(Debug)]
pub(crate) struct Ran {
    /// Its exit code.
    pub(crate) code: Option<i32>,
    /// What it wrote to stdout.
    pub(crate) out: String,
    /// What it wrote to stderr.
    pub(crate) err: String,
}

impl Ran {
    fn of(output: Output) -> Self {
        Self {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Fails unless the exit code was this one.
    #[track_caller]
    pub(crate) fn with_code(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{self:#?}");
        self
    }
}

impl Bot {
    /// A bot without configuration.
    pub(crate) fn new() -> Self {
        Self { home: tempfile::tempdir().unwrap(), token: None }
    }

    /// Lets it poll this machine and tell this Discord, without an ops address.
    pub(crate) fn tells(&self, discord: &Discord) {
        let api = discord.url();
        let api = api.as_str().trim_end_matches('/');
        self.configure("haguewatch.toml", &format!("[poll]\ncontact = \"https://bot.example/\"\nallow_private = [\"127.0.0.0/8\"]\n[discord]\napi = \"{api}\"\n[ops]\nlisten = \"\"\n"));
    }

    /// Writes a file of the configuration.
    pub(crate) fn configure(&self, name: &str, text: &str) -> &Self {
        self.write(&format!("config/{name}"), text)
    }

    /// Writes a file beside the configuration.
    pub(crate) fn write(&self, name: &str, text: &str) -> &Self {
        let path = self.home().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    /// Gives it a token.
    pub(crate) fn with_token(mut self, token: &str) -> Self {
        self.token = Some(token.to_owned());
        self
    }

    /// Gives it another token, or takes it away.
    pub(crate) fn set_token(&mut self, token: Option<&str>) {
        self.token = token.map(str::to_owned);
    }

    /// The directory it runs in; `config` and `state` are below.
    pub(crate) fn home(&self) -> &Path {
        self.home.path()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_haguewatch"));
        command.args(arguments).current_dir(self.home()).env_clear();
        if let Some(token) = &self.token {
            command.env("DISCORD_TOKEN", token);
        }
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Starts a command.
    pub(crate) fn start(&self, arguments: &[&str]) -> Child {
        self.command(arguments).spawn().unwrap()
    }

    /// Runs a command to its end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        self.run_on(arguments, "")
    }

    /// Runs a command to its end with this on stdin.
    pub(crate) fn run_on(&self, arguments: &[&str], input: &str) -> Ran {
        let mut child = self.start(arguments);
        let mut stdin = child.stdin.take().unwrap();
        let input = input.to_owned();
        let writing = std::thread::spawn(move || {
            // A command that does not read may be gone already.
            let _gone = stdin.write_all(input.as_bytes());
        });
        let ran = Ran::of(child.wait_with_output().unwrap());
        writing.join().unwrap();
        ran
    }
}
