//! What the gate counts, as Prometheus reads it. Never a word of an article: every label is from a list of ours.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::model::{InputReport, Verdict};

/// Upper bounds of durations, in milliseconds.
const BOUNDS: [u64; 12] = [5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000];

/// Counters since the start.
#[derive(Default)]
pub(super) struct Metrics(Mutex<Counts>);

#[derive(Default)]
struct Counts {
    requests: BTreeMap<(String, &'static str, u16), u64>,
    durations: BTreeMap<&'static str, Histogram>,
    verdicts: BTreeMap<(String, &'static str), u64>,
    findings: BTreeMap<(&'static str, &'static str), u64>,
    unchecked: BTreeMap<&'static str, u64>,
    decisions: BTreeMap<&'static str, u64>,
    bytes: u64,
}

#[derive(Default)]
struct Histogram {
    buckets: [u64; BOUNDS.len()],
    count: u64,
    milliseconds: u64,
}

/// What is so at the moment of asking.
pub(super) struct Gauges {
    pub(super) running: usize,
    pub(super) waiting: usize,
    pub(super) connections: usize,
    pub(super) kept: usize,
    pub(super) kept_bytes: usize,
}

impl Metrics {
    fn counts(&self) -> MutexGuard<'_, Counts> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A request was answered.
    pub(super) fn request(&self, method: String, route: &'static str, status: u16, bytes: usize) {
        let mut counts = self.counts();
        *counts.requests.entry((method, route, status)).or_default() += 1;
        counts.bytes += bytes as u64;
    }

    /// An input was checked in so many milliseconds.
    pub(super) fn checked(&self, route: &'static str, input: &InputReport, milliseconds: u64) {
        let mut counts = self.counts();
        let verdict = input.verdict.map_or("unread", Verdict::as_str);
        *counts.verdicts.entry((input.pair(), verdict)).or_default() += 1;
        for finding in &input.findings {
            *counts.findings.entry((finding.check, finding.severity.as_str())).or_default() += 1;
        }
        let histogram = counts.durations.entry(route).or_default();
        for (bucket, bound) in histogram.buckets.iter_mut().zip(BOUNDS) {
            *bucket += u64::from(milliseconds <= bound);
        }
        histogram.count += 1;
        histogram.milliseconds += milliseconds;
    }

    /// An input could not be checked.
    pub(super) fn unchecked(&self, reason: &'static str) {
        *self.counts().unchecked.entry(reason).or_default() += 1;
    }

    /// Something was decided.
    pub(super) fn decided(&self, decision: &'static str) {
        *self.counts().decisions.entry(decision).or_default() += 1;
    }

    /// All of it as text.
    pub(super) fn text(&self, gauges: &Gauges) -> String {
        let counts = self.counts();
        let mut out = String::new();
        let head = |out: &mut String, name: &str, kind: &str, help: &str| {
            let _ = writeln!(out, "# HELP recto_{name} {help}\n# TYPE recto_{name} {kind}");
        };
        head(&mut out, "build_info", "gauge", "Version of recto.");
        let _ = writeln!(out, "recto_build_info{{version=\"{}\"}} 1", env!("CARGO_PKG_VERSION"));
        head(&mut out, "requests_total", "counter", "Requests answered.");
        for ((method, route, status), count) in &counts.requests {
            let labels = format!("method=\"{method}\",route=\"{route}\",status=\"{status}\"");
            let _ = writeln!(out, "recto_requests_total{{{labels}}} {count}");
        }
        head(&mut out, "request_bytes_total", "counter", "Bytes of bodies received.");
        let _ = writeln!(out, "recto_request_bytes_total {}", counts.bytes);
        head(&mut out, "verdicts_total", "counter", "Verdicts by languages.");
        for ((pair, verdict), count) in &counts.verdicts {
            let _ = writeln!(out, "recto_verdicts_total{{pair=\"{pair}\",verdict=\"{verdict}\"}} {count}");
        }
        head(&mut out, "findings_total", "counter", "Findings by check and severity.");
        for ((check, severity), count) in &counts.findings {
            let labels = format!("check=\"{check}\",severity=\"{severity}\"");
            let _ = writeln!(out, "recto_findings_total{{{labels}}} {count}");
        }
        head(&mut out, "unchecked_total", "counter", "Inputs that could not be checked.");
        for (reason, count) in &counts.unchecked {
            let _ = writeln!(out, "recto_unchecked_total{{reason=\"{reason}\"}} {count}");
        }
        head(&mut out, "decisions_total", "counter", "Decisions taken.");
        for (decision, count) in &counts.decisions {
            let _ = writeln!(out, "recto_decisions_total{{decision=\"{decision}\"}} {count}");
        }
        head(&mut out, "check_seconds", "histogram", "How long checks took, waiting aside.");
        for (route, histogram) in &counts.durations {
            for (count, bound) in histogram.buckets.iter().zip(BOUNDS) {
                let bound = bound as f64 / 1_000.0;
                let _ =
                    writeln!(out, "recto_check_seconds_bucket{{route=\"{route}\",le=\"{bound}\"}} {count}");
            }
            let Histogram { count, milliseconds, .. } = histogram;
            let _ = writeln!(out, "recto_check_seconds_bucket{{route=\"{route}\",le=\"+Inf\"}} {count}");
            let sum = *milliseconds as f64 / 1_000.0;
            let _ = writeln!(out, "recto_check_seconds_sum{{route=\"{route}\"}} {sum}");
            let _ = writeln!(out, "recto_check_seconds_count{{route=\"{route}\"}} {count}");
        }
        let Gauges { running, waiting, connections, kept, kept_bytes } = gauges;
        for (name, help, value) in [
            ("checks_running", "Checks under way.", running),
            ("checks_waiting", "Checks that wait for their turn.", waiting),
            ("connections", "Open connections.", connections),
            ("reports_kept", "Reports that can be asked for.", kept),
            ("reports_kept_bytes", "Bytes that they take.", kept_bytes),
        ] {
            head(&mut out, name, "gauge", help);
            let _ = writeln!(out, "recto_{name} {value}");
        }
        out
    }
}
