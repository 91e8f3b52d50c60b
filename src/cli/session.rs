//! What a run works with: the settings that apply, and the checker made of them.

use std::path::{Path, PathBuf};

use anyhow::Context;

use recto::config::Settings;
use recto::decisions::{Store, store};
use recto::pipeline::Checker;
use recto::read::termbase::{self, Status};

use super::{Shared, ledger};

/// Settings, checker, and how much to say.
pub(super) struct Session {
    pub(super) settings: Settings,
    pub(super) checker: Checker,
    pub(super) quiet: bool,
    pub(super) verbose: bool,
    folder: PathBuf,
}

impl Session {
    /// The settings of `--config`, or of the nearest file, and a checker.
    pub(super) fn new(shared: &Shared) -> anyhow::Result<Self> {
        let here = std::env::current_dir().context("the working folder")?;
        let (mut settings, path) = Settings::find(shared.config.as_deref(), &here)?;
        for path in &shared.termbases {
            add_terms(&mut settings, path)?;
        }
        let checker = settings.checker()?.with_packs(shared.read_packs()?);
        let folder = path.as_deref().and_then(Path::parent).unwrap_or(Path::new("")).to_owned();
        let session = Self { settings, checker, quiet: shared.quiet, verbose: shared.verbose, folder };
        match path {
            Some(path) => session.detail(&format!("settings of {}", path.display())),
            None => session.detail("no recto.toml here or above: the defaults"),
        }
        Ok(session)
    }

    /// The same with the newsroom's ledger, if there is one.
    pub(super) fn with_ledger(mut self, path: Option<&Path>) -> anyhow::Result<Self> {
        if let Some(path) = path {
            self.checker = self.checker.with_ledger(ledger::read(path)?.into());
        }
        Ok(self)
    }

    /// Where decisions are kept: where the command line says, or else the settings.
    pub(super) fn store(&self, given: Option<&Path>) -> anyhow::Result<Option<Box<dyn Store>>> {
        let set = || {
            let path = self.settings.baseline.as_ref()?;
            Some(if store::is_database(path) { path.clone() } else { self.folder.join(path) })
        };
        let place = given.map(Path::to_owned).or_else(set);
        Ok(place.map(|place| store::open(&place, database_password().as_deref())).transpose()?)
    }

    /// Says something that matters, on standard error.
    pub(super) fn note(&self, text: &str) {
        if !self.quiet {
            anstream::eprintln!("recto: {}", recto::report::escape::harmless(text));
        }
    }

    /// Says something that only who asks wants to know.
    pub(super) fn detail(&self, text: &str) {
        if self.verbose {
            self.note(text);
        }
    }
}

/// Puts the concepts of a termbase behind the terms of the settings.
fn add_terms(settings: &mut Settings, path: &Path) -> anyhow::Result<()> {
    let concepts = termbase::read(path)?.into_iter().map(|concept| {
        let mut parts = [toml::Table::new(), toml::Table::new()];
        let mut terms = concept.terms;
        terms.sort_by_key(|term| term.status);
        for term in terms {
            let part = &mut parts[usize::from(term.status == Status::Forbidden)];
            let list = part.entry(term.language).or_insert_with(|| toml::Value::Array(Vec::new()));
            if let toml::Value::Array(list) = list {
                list.push(term.text.into());
            }
        }
        let [used, avoided] = parts;
        toml::Value::Table(toml::Table::from_iter([
            ("use".to_owned(), used.into()),
            ("avoid".to_owned(), avoided.into()),
        ]))
    });
    let terms = settings.checks.entry("terminology".to_owned()).or_default().entry("terms");
    if let toml::Value::Array(list) = terms.or_insert_with(|| toml::Value::Array(Vec::new())) {
        list.extend(concepts);
    }
    Ok(())
}

/// The password that the clients of PostgreSQL take from the environment, so that it need not be in the settings.
#[allow(
    clippy::disallowed_methods,
    reason = "the command line may ask the environment; the pipeline may not"
)]
fn database_password() -> Option<String> {
    std::env::var("PGPASSWORD").ok()
}
