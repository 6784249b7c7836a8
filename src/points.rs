//! Named places at which the crash suite ends the process, and named flaws that it puts in to see
//! whether it would notice them. All of it is compiled in with the feature `failpoints` only:
//! without it `point!` is nothing and `flaw!` is `false`.

#[cfg(feature = "failpoints")]
pub(crate) use armed::{arm, has, pass};

/// A place at which the process may be ended.
#[cfg(feature = "failpoints")]
macro_rules! point {
    ($name:literal) => {
        $crate::points::pass($name)
    };
}
#[cfg(not(feature = "failpoints"))]
macro_rules! point {
    ($name:literal) => {};
}

/// Whether this flaw is put in.
#[cfg(feature = "failpoints")]
macro_rules! flaw {
    ($name:literal) => {
        $crate::points::has($name)
    };
}
#[cfg(not(feature = "failpoints"))]
macro_rules! flaw {
    ($name:literal) => {
        false
    };
}

#[cfg(feature = "failpoints")]
mod armed {
    use std::{
        collections::HashMap,
        sync::{Mutex, OnceLock, PoisonError},
    };

    static DRILL: OnceLock<Drill> = OnceLock::new();

    #[derive(Debug, Default)]
    struct Drill {
        /// By name of a point: at which passing the process ends.
        deaths: HashMap<String, u32>,
        flaws: Vec<String>,
        traced: bool,
        passed: Mutex<HashMap<&'static str, u32>>,
    }

    /// Takes a drill: `POINT@N` ends the process when it passes that point for the N-th time,
    /// `trace` tells every passing on stderr, any other word puts that flaw in.
    pub(crate) fn arm(drill: &str) {
        let mut armed = Drill::default();
        for word in drill.split(',').filter(|word| !word.is_empty()) {
            match word.split_once('@') {
                Some((point, passing)) => {
                    let passing = passing.parse().expect("a passing is a number");
                    armed.deaths.insert(point.to_owned(), passing);
                }
                None if word == "trace" => armed.traced = true,
                None => armed.flaws.push(word.to_owned()),
            }
        }
        DRILL.set(armed).expect("a process is armed once");
    }

    /// Counts a passing, and ends the process at the one that was asked for.
    pub(crate) fn pass(point: &'static str) {
        let Some(drill) = DRILL.get() else { return };
        let mut passed = drill.passed.lock().unwrap_or_else(PoisonError::into_inner);
        let passing = passed.entry(point).or_default();
        *passing += 1;
        if drill.traced {
            eprintln!("passed {point}");
        }
        if drill.deaths.get(point) == Some(passing) {
            std::process::abort();
        }
    }

    /// Whether this flaw is put in.
    pub(crate) fn has(flaw: &str) -> bool {
        DRILL.get().is_some_and(|drill| drill.flaws.iter().any(|one| one == flaw))
    }
}
