//! The environment: the one place where a secret comes from.
//!
//! Takes `DISCORD_TOKEN`, or the file that `DISCORD_TOKEN_FILE` names, and the variables and files
//! that `channels.toml` names for webhooks. A secret is never repeated in a problem and never shown
//! by `Debug`.

use std::{collections::BTreeMap, ffi::OsString, fs, path::Path};

use secrecy::{ExposeSecret, SecretString};

use super::problem::{Complaint, Place, Problem};

/// The variables that the configuration may take from.
#[derive(Clone, Debug, Default)]
pub struct Environment(BTreeMap<OsString, SecretString>);

impl Environment {
    /// Reads the environment of the process.
    pub fn of_process() -> Self {
        Self::of(std::env::vars_os())
    }

    /// An environment of these variables, such as a test's. An empty variable counts as unset: that
    /// is how compose files pass one on.
    pub fn of(variables: impl IntoIterator<Item = (OsString, OsString)>) -> Self {
        let set = variables.into_iter().filter(|(_, value)| !value.is_empty());
        Self(set.map(|(name, value)| (name, value.to_string_lossy().into_owned().into())).collect())
    }

    /// The variable of this name, where it is set.
    fn variable(&self, name: &str) -> Option<&str> {
        self.0.get(&OsString::from(name)).map(ExposeSecret::expose_secret)
    }

    /// The secret in a variable, without white space around it.
    pub(crate) fn secret_of(&self, name: &str) -> Result<SecretString, Complaint> {
        let unset =
            || Complaint::new(format!("{name} is not set"), "set it, or name another variable");
        self.variable(name).map(|text| text.trim().to_owned().into()).ok_or_else(unset)
    }

    /// The secret in a file, without white space around it.
    pub(crate) fn secret_in(path: &Path) -> Result<SecretString, Complaint> {
        let failed = |error| {
            Complaint::new(
                format!("`{}` cannot be read: {error}", path.display()),
                "name a file that this program may read",
            )
        };
        fs::read_to_string(path).map(|text| text.trim().to_owned().into()).map_err(failed)
    }

    /// The Discord token, without white space around it.
    pub(crate) fn discord_token(&self, problems: &mut Vec<Problem>) -> Option<SecretString> {
        let read = match (self.variable(TOKEN), self.variable(TOKEN_FILE)) {
            (None, None) => return None,
            (Some(_), Some(_)) => Err((
                "environment".to_owned(),
                Complaint::new(
                    format!("{TOKEN} and {TOKEN_FILE} are both set"),
                    "unset one of the two",
                ),
            )),
            (Some(token), None) => {
                plain(token).map_err(|complaint| ("environment".to_owned(), complaint))
            }
            (None, Some(path)) => fs::read_to_string(path)
                .map_err(|error| {
                    Complaint::new(
                        format!("the file that {TOKEN_FILE} names cannot be read: {error}"),
                        format!("name a file with the token in it, or unset {TOKEN_FILE}"),
                    )
                })
                .and_then(|text| plain(&text))
                .map_err(|complaint| (path.to_owned(), complaint)),
        };
        read.map_err(|(file, complaint)| {
            problems.push(Place::start_of(&file).problem(complaint));
        })
        .ok()
    }
}

const TOKEN: &str = "DISCORD_TOKEN";
const TOKEN_FILE: &str = "DISCORD_TOKEN_FILE";

/// A token as it goes into the `Authorization` header after the word `Bot`.
fn plain(text: &str) -> Result<SecretString, Complaint> {
    let token = text.trim();
    if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(Complaint::new(
            "this is not a Discord token: it is empty or has white space or odd characters in it",
            "copy the bot's token alone, without the word `Bot` before it",
        ));
    }
    Ok(token.to_owned().into())
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    /// Reads the token from variables `NAME=value`.
    #[track_caller]
    fn check(variables: &[(&str, &str)], expected: Result<Option<&str>, &str>) {
        let pairs = variables.iter().map(|(name, value)| ((*name).into(), (*value).into()));
        let environment = Environment::of(pairs);
        let mut problems = Vec::new();
        let token = environment.discord_token(&mut problems);
        let found = match problems.first() {
            Some(problem) => Err(problem.to_string()),
            None => Ok(token.map(|token| token.expose_secret().to_owned())),
        };
        let expected = expected.map(|token| token.map(str::to_owned)).map_err(str::to_owned);
        assert_eq!(found, expected);
    }

    #[test]
    fn no_token_is_no_problem() {
        check(&[], Ok(None));
        check(&[("DISCORD_TOKEN", ""), ("DISCORD_TOKEN_FILE", "")], Ok(None));
    }

    #[test]
    fn a_token_is_trimmed() {
        check(&[("DISCORD_TOKEN", " abc.def \n")], Ok(Some("abc.def")));
    }

    #[test]
    fn a_token_has_no_white_space_inside() {
        let problem = "environment:1:1: this is not a Discord token: it is empty or has white space or odd characters in it; copy the bot's token alone, without the word `Bot` before it";
        check(&[("DISCORD_TOKEN", "Bot abc")], Err(problem));
        check(&[("DISCORD_TOKEN", "  ")], Err(problem));
        check(&[("DISCORD_TOKEN", "äbc")], Err(problem));
    }

    #[test]
    fn a_token_may_stand_in_a_file() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        writeln!(file, "abc.def").unwrap();
        let path = file.path().to_str().unwrap();
        check(&[("DISCORD_TOKEN_FILE", path)], Ok(Some("abc.def")));
        check(&[("DISCORD_TOKEN_FILE", path), ("DISCORD_TOKEN", "")], Ok(Some("abc.def")));
    }

    #[test]
    fn a_token_has_one_place() {
        check(
            &[("DISCORD_TOKEN", "abc"), ("DISCORD_TOKEN_FILE", "/run/token")],
            Err(
                "environment:1:1: DISCORD_TOKEN and DISCORD_TOKEN_FILE are both set; unset one of the two",
            ),
        );
    }

    #[test]
    fn a_missing_file_is_told_by_its_path() {
        check(
            &[("DISCORD_TOKEN_FILE", "no/such/file")],
            Err(
                "no/such/file:1:1: the file that DISCORD_TOKEN_FILE names cannot be read: No such file or directory (os error 2); name a file with the token in it, or unset DISCORD_TOKEN_FILE",
            ),
        );
    }

    #[test]
    fn a_secret_is_never_shown() {
        let environment = Environment::of([(TOKEN.into(), "hunter2.secret".into())]);
        assert!(!format!("{environment:?}").contains("hunter2"));
        let mut problems = Vec::new();
        let environment = Environment::of([(TOKEN.into(), "hunter2 secret".into())]);
        assert!(environment.discord_token(&mut problems).is_none());
        assert!(!format!("{problems:?}").contains("hunter2"));
    }
}
