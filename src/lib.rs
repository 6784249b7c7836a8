//! haguewatch polls feeds and the press pages of the courts, works out what *happened* (a state
//! joined the Hague Group, the ICJ ordered provisional measures, the ICC issued a warrant), and
//! tells a Discord channel once per development. This page is its architecture.
//!
//! # Bird's-eye view
//!
//! ```text
//!  config ─┐
//!          ▼                      pure, synchronous, cannot fail
//!    schedule ─▶ FETCH ─▶ parse ─▶ dedup ─▶ classify ─▶ ledger      digest ─▶ render
//!       ▲          │       └────────── intake ──────────┘             └─ edition ─┘
//!       │          │                     │ Intake                          │ Edition
//!       │          └───── Fetched ───────┤                                 │
//!       │                                ▼ one transaction                 ▼ one transaction
//!       └──────────── STATE: sources · seen · items · developments · ledger · outbox ──▶ DELIVER
//! ```
//!
//! What is in capitals touches the world; the rest is arithmetic on the values of [`model`]. Three
//! loops that never call each other do the work: *poll* fetches and takes in, *publish* turns what
//! is untold into messages, *deliver* sends them. They meet only in the state: each reads it,
//! decides in pure code that returns the complete list of intended writes, commits that list in
//! one transaction and wakes the next.
//!
//! Whether something is new is judged twice: [`dedup`] says whether the *item* is new, [`ledger`]
//! whether the *fact* is. A report that changes nothing in the ledger is one more source of the
//! story that was told, not a second alert.
//!
//! # Walkthrough: a warrant is unsealed
//!
//! The court's press page is due ([`schedule`]). [`fetch`] asks for it with the validators of the
//! last good answer; the address, and every redirect, is vetted first. The answer is a value: this
//! time a body. [`parse`] reads its rows with the source's recipe into postings. [`dedup`] gives
//! each an identity; one was never seen. [`classify`] finds the words *unseals* and *arrest
//! warrants*, the Court that acts and the person concerned, nothing that makes it a plan, a demand
//! or a memory, and reads `warrant.unsealed`. The [`ledger`] knows a warrant for nobody of that
//! name: a new row, a new development, and since the body itself says so, a confirmed one.
//! [`intake`] returns all of it as one `Intake`, which [`state`] commits and makes durable.
//!
//! The publish loop wakes, finds one untold development, asks [`digest`] which channels want it,
//! has [`render`] compose the message, and commits the `Edition`: the message is in the outbox. The
//! deliver loop notes that it is sending, durably, and only then sends. An hour later a newspaper
//! reports the same: the ledger joins it to the development, no message follows, and the first one
//! is edited to name both.
//!
//! # Walkthrough: the process dies mid-send
//!
//! The delivery stands as *sending* in the state. At the next start the deliver loop finds it. Was
//! it posted? While Discord still remembers the nonce, sending it again is harmless: the nonce is
//! the message's key, derived from what it says to whom, and Discord returns the message it has.
//! After that the loop looks for the message in the channel (its author, its footer) before it
//! sends anything; where it may not read the channel, it does not send again.
//!
//! # Code map
//!
//! | room | does |
//! |---|---|
//! | [`model`] | the words: plain values that pass between stages |
//! | [`schedule`] | which sources may be asked, and when each is due next |
//! | [`parse`] | bytes to postings and problems; never fails |
//! | [`dedup`] | identity of an item, and whether it is new |
//! | [`classify`] | what a text says happened: rules as data |
//! | [`ledger`] | the world as known; which reports are of one development |
//! | [`digest`] | which channel wants to hear what |
//! | [`render`] | every sentence the bot can say |
//! | [`intake`], [`edition`] | pure composition: all writes of one fetch, of one round of telling |
//! | [`config`] | `config/*.toml` and the environment, checked as a whole |
//! | [`fetch`] | the one way out to servers; reqwest lives here |
//! | [`state`] | the store; sled lives here |
//! | [`deliver`] | Discord; serenity lives here |
//! | [`tasks`] | the three loops, and the clock |
//! | [`ops`] | health, metrics, the status page |
//! | [`app`], [`cli`] | from config to running loops, and one file a subcommand |
//!
//! # Invariants
//!
//! A test (`tests/it/architecture.rs`) reads the source and holds the first three.
//!
//! 1. `model`, the stages, `intake` and `edition` know no runtime, network, store, file,
//!    environment, random source or log, contain no `async`, and never read the clock: time is an
//!    argument. They return reasons; the shell logs them.
//! 2. reqwest only in `fetch` (and `deliver`, for Discord), the store's crate only in `state`,
//!    serenity only in `deliver`, the environment only in `config`, the clock only in `tasks`.
//! 3. `model ← stages ← intake, edition ← edges ← tasks, ops ← app ← cli ← main`: nothing points
//!    the other way, stages do not know each other, edges do not know each other.
//! 4. What is stored has versioned types of its own; the values of `model` are not serialised.
//! 5. A message is sent only from the outbox, and enters it only in the commit that caused it.
//! 6. Every record has one owning loop, so there are no locks: poll writes sources, seen, items,
//!    developments and ledger; publish writes what was told and how it should read by now; deliver
//!    writes a delivery once it exists, what is settled of that, and trouble with its notices.

// What the crash suite takes hold of; nothing in the program that is shipped.
#[macro_use]
mod points;
pub mod model;
// The pure stages: each knows `model` only.
pub mod schedule;
pub mod parse;
pub mod dedup;
pub mod classify;
pub mod ledger;
pub mod digest;
pub mod render;
// Their composition, as pure.
pub mod intake;
pub mod edition;
// The edges: each owns one outside thing.
pub mod config;
pub mod fetch;
pub mod state;
pub mod deliver;
// Running it.
pub mod tasks;
pub mod ops;
pub mod app;
pub mod cli;
