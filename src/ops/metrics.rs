//! Figures for Prometheus: base units, labels bounded by the configuration.

use std::fmt::Write as _;

use jiff::Timestamp;

use super::Status;

/// Figures that are not in a status.
#[derive(Clone, Copy, Debug)]
pub struct Process {
    /// When the process began.
    pub started: Timestamp,
    /// How many developments are known.
    pub developments: usize,
}

/// The text of `/metrics`.
pub fn text(status: &Status, process: Process) -> String {
    let mut page = Page(String::new());
    page.family("haguewatch_build_info", "gauge", "The version that runs.");
    page.sample("haguewatch_build_info", &[("version", env!("CARGO_PKG_VERSION"))], 1);
    page.family("process_start_time_seconds", "gauge", "When the process began.");
    page.sample("process_start_time_seconds", &[], process.started.as_second());
    page.family("haguewatch_developments", "gauge", "Developments known.");
    page.sample("haguewatch_developments", &[], process.developments);
    page.family("haguewatch_attention", "gauge", "Reasons why a person should look.");
    page.sample("haguewatch_attention", &[], status.reasons.len());

    page.family("haguewatch_source_failures", "gauge", "Failures in a row.");
    for source in &status.sources {
        page.sample("haguewatch_source_failures", &[("source", &source.id)], source.failures);
    }
    let name = "haguewatch_source_last_success_timestamp_seconds";
    page.family(name, "gauge", "When the source last answered well.");
    for source in &status.sources {
        if let Some(good) = source.last_good {
            page.sample(name, &[("source", &source.id)], good.as_second());
        }
    }

    page.family("haguewatch_deliveries", "gauge", "Deliveries by state.");
    let outbox = &status.outbox;
    let by_state = [
        ("pending", outbox.pending),
        ("sending", outbox.sending),
        ("sent", outbox.sent),
        ("dead", outbox.dead),
    ];
    for (state, count) in by_state {
        page.sample("haguewatch_deliveries", &[("state", state)], count);
    }

    page.family("haguewatch_loop_turns_total", "counter", "Turns of the loop.");
    for one in &status.loops {
        page.sample("haguewatch_loop_turns_total", &[("loop", &one.name)], one.turns);
    }
    let name = "haguewatch_loop_last_turn_timestamp_seconds";
    page.family(name, "gauge", "When the last turn of the loop ended.");
    for one in &status.loops {
        if let Some(ended) = one.ended {
            page.sample(name, &[("loop", &one.name)], ended.as_second());
        }
    }
    page.0
}

struct Page(String);

impl Page {
    fn family(&mut self, name: &str, kind: &str, help: &str) {
        let _ = writeln!(self.0, "# HELP {name} {help}\n# TYPE {name} {kind}");
    }

    fn sample(&mut self, name: &str, labels: &[(&str, &str)], value: impl std::fmt::Display) {
        let labels: Vec<String> =
            labels.iter().map(|(label, text)| format!("{label}=\"{}\"", escaped(text))).collect();
        let labels =
            if labels.is_empty() { String::new() } else { format!("{{{}}}", labels.join(",")) };
        let _ = writeln!(self.0, "{name}{labels} {value}");
    }
}

/// A label's value, as the text format wants it.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::SourceRow;

    #[test]
    fn figures_have_a_family_and_escaped_labels() {
        let source = SourceRow {
            id: "a\"b\\".into(),
            failures: 2,
            last_good: Some(Timestamp::from_second(60).unwrap()),
            ..SourceRow::default()
        };
        let status = Status { sources: vec![source], ..Status::default() };
        let process = Process { started: Timestamp::UNIX_EPOCH, developments: 7 };
        let page = text(&status, process);
        for line in [
            "# TYPE haguewatch_developments gauge",
            "haguewatch_developments 7",
            "haguewatch_source_failures{source=\"a\\\"b\\\\\"} 2",
            "haguewatch_source_last_success_timestamp_seconds{source=\"a\\\"b\\\\\"} 60",
            "haguewatch_deliveries{state=\"dead\"} 0",
        ] {
            assert!(page.lines().any(|written| written == line), "{line}\n{page}");
        }
    }
}
