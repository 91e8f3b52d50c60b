//! The engine behind a gate: a checker, and what was decided.

use std::sync::{Mutex, PoisonError};

use super::Engine;
use super::wire::DecisionRequest;
use crate::decisions::overriding::Policy;
use crate::decisions::{Baseline, Log, Record, Store, StoreError, Texts, fingerprint, record};
use crate::model::InputReport;
use crate::pipeline::{Checker, Input, Text};
use crate::settle;

/// A newsroom's checker and decisions.
pub struct Newsroom {
    checker: Checker,
    now: fn() -> String,
    store: Option<Box<dyn Store>>,
    policy: Policy,
    /// The decisions as they were read, for a revision of the store and a day.
    read: Mutex<Option<(u64, String, Baseline)>>,
}

/// Why a decision was not taken.
#[derive(Debug)]
pub enum Undecided {
    /// This gate keeps none.
    Nowhere,
    /// The report has no such finding.
    NoFinding,
    /// It may not stand in the log.
    Wrong(String),
    /// The caller may not decide so.
    NotAllowed(String),
    /// It could not be kept.
    Store(StoreError),
}

impl Newsroom {
    /// A newsroom without decisions. `now` tells the time, RFC 3339 in UTC: the library has no clock.
    pub fn new(checker: Checker, now: fn() -> String) -> Self {
        Self { checker, now, store: None, policy: Policy::default(), read: Mutex::new(None) }
    }

    /// The same with decisions, and who may decide against a block.
    #[must_use]
    pub fn with_decisions(mut self, store: Box<dyn Store>, policy: Policy) -> Self {
        (self.store, self.policy) = (Some(store), policy);
        self
    }

    /// What the log says today; read again only where it may have changed, by us or by somebody else.
    fn baseline(&self) -> Result<Option<Baseline>, StoreError> {
        let Some(store) = &self.store else { return Ok(None) };
        let revision = store.revision()?;
        let today: String = (self.now)().chars().take(10).collect();
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((known, day, baseline)) = &*read
            && (*known, day) == (revision, &today)
        {
            return Ok(Some(baseline.clone()));
        }
        let baseline = Baseline::new(&store.read()?, &today).with_policy(self.policy.clone());
        *read = Some((revision, today, baseline.clone()));
        Ok(Some(baseline))
    }
}

impl Engine for Newsroom {
    fn check(&self, input: Input) -> InputReport {
        let mut baseline = match self.baseline() {
            Ok(baseline) => baseline,
            Err(error) => {
                let (Input::Text { id, .. }
                | Input::Pair { id, .. }
                | Input::Story { id, .. }
                | Input::Unreadable { id, .. }) = input;
                return InputReport::unreadable(id, format!("the decisions cannot be read: {error}"));
            }
        };
        let mut report = self.checker.check(input);
        settle::settle(&self.checker, &mut report, baseline.as_mut());
        report
    }

    fn now(&self) -> String {
        (self.now)()
    }

    fn warm(&self) {
        let text = |language: &str, text: &str| Text::new("warm", Some(language), text);
        let source = text("en", "The bridge opened on 4 May. Two ships passed under it.");
        let target = text("pt", "A ponte abriu a 4 de maio. Dois navios passaram por baixo.");
        self.check(Input::Pair { id: "warm".into(), source, target });
    }

    fn decide(&self, input: Input, asked: &DecisionRequest) -> Result<Record, Undecided> {
        let store = self.store.as_ref().ok_or(Undecided::Nowhere)?;
        let report = self.check(input);
        let open = report.findings.iter().zip(fingerprint::of(&report));
        let covered =
            (report.accepted.iter().map(|accepted| &accepted.finding)).zip(fingerprint::of_accepted(&report));
        let found = open.chain(covered).find(|(_, print)| *print == asked.fingerprint);
        let (finding, print) = found.ok_or(Undecided::NoFinding)?;
        let mut line = record(finding, &report, &Texts::of(&report));
        // A decision about one more of the same replaces the one about those before.
        let fault = crate::decisions::Fault::of(finding, &report);
        let same = |accepted: &&crate::model::Accepted| {
            accepted.decision != "ignore"
                && !std::ptr::eq(&raw const accepted.finding, finding)
                && crate::decisions::Fault::of(&accepted.finding, &report) == fault
        };
        line.count += report.accepted.iter().filter(same).count();
        line.at = (self.now)();
        (line.decision, line.scope) = (asked.decision, asked.scope);
        asked.reason.trim().clone_into(&mut line.reason);
        line.expires.clone_from(&asked.expires);
        line.by.clone_from(&asked.by);
        line.role.clone_from(&asked.role);
        line.fingerprint = Some(print);
        line.check().map_err(Undecided::Wrong)?;
        self.policy.admits(&line, finding, &report).map_err(Undecided::NotAllowed)?;
        let kept = store.append(vec![line]).map_err(Undecided::Store)?;
        kept.records.into_iter().next().ok_or(Undecided::NoFinding)
    }

    fn decisions(&self) -> Option<Result<Log, StoreError>> {
        self.store.as_ref().map(|store| store.read())
    }
}
