//! Which checks run on a subject, how they are set, and when it is blocked: by language pair and path.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use globset::GlobSet;

use crate::checks::{CATALOGUE, Card, Kind, Run};
use crate::model::{Severity, Subject};
use crate::score::Thresholds;

/// How one check is set.
#[derive(Debug, Clone, Default)]
pub struct CheckSettings {
    /// Off where `Some(false)`.
    pub enabled: Option<bool>,
    /// Severity of all its findings.
    pub severity: Option<Severity>,
    /// Its options.
    pub options: toml::Table,
}

/// A check's options that do not fit.
#[derive(Debug, thiserror::Error)]
#[error("options of {check}: {error}")]
pub struct OptionsError {
    /// The check.
    pub check: String,
    /// What is wrong.
    pub error: toml::de::Error,
}

/// A check that is on, with its options.
pub(crate) struct Active {
    pub(crate) card: &'static Card,
    pub(crate) check: Box<dyn Run>,
    pub(crate) severity: Option<Severity>,
}

/// What holds for one subject.
pub struct Ruleset {
    pub(crate) active: Vec<Active>,
    pub(crate) thresholds: Thresholds,
}

impl Ruleset {
    /// Checks by name as they are set, those that are not named with their defaults.
    pub fn new(
        settings: &BTreeMap<String, CheckSettings>,
        thresholds: Thresholds,
    ) -> Result<Self, OptionsError> {
        let mut active = Vec::new();
        for card in CATALOGUE {
            let set = settings.get(card.name).cloned().unwrap_or_default();
            if set.enabled == Some(false) {
                continue;
            }
            let check = card
                .make(&set.options)
                .map_err(|error| OptionsError { check: card.name.to_owned(), error })?;
            active.push(Active { card, check, severity: set.severity });
        }
        Ok(Self { active, thresholds })
    }

    /// Names of the checks that look at a subject, in order.
    pub(crate) fn names(&self, subject: &Subject) -> Vec<&'static str> {
        let looks = |kind: Kind| match subject {
            Subject::Text(_) => kind == Kind::Text,
            Subject::Bitext(_) => kind != Kind::Story,
            Subject::Story(_) => kind != Kind::Bitext,
            Subject::None => false,
        };
        let names = self.active.iter().filter(|active| looks(active.card.kind));
        let mut names: Vec<&str> = names.map(|active| active.card.name).collect();
        names.dedup();
        names
    }
}

/// What a layer of settings holds for: every part that is given must fit.
#[derive(Debug, Clone, Default)]
pub struct Scope {
    /// Globs of paths: of the target, of the input, or of any account.
    pub paths: Option<GlobSet>,
    /// Tags of source languages.
    pub source: Vec<String>,
    /// Tags of target languages, or of any account.
    pub target: Vec<String>,
}

impl Scope {
    fn fits(&self, id: &str, subject: &Subject) -> bool {
        let (sources, targets) = match subject {
            Subject::Text(document) => (vec![], vec![document]),
            Subject::Bitext(bitext) => (vec![&bitext.source], vec![&bitext.target]),
            other => (vec![], other.documents()),
        };
        let path = |globs: &GlobSet| {
            let names = targets.iter().map(|document| document.name.as_str());
            names.chain([id]).any(|name| globs.is_match(name.strip_prefix("./").unwrap_or(name)))
        };
        // `pt` is every Portuguese, `pt-BR` that of Brazil.
        let any = |tags: &[String], documents: &[&crate::model::Document]| {
            tags.is_empty()
                || documents.iter().any(|document| {
                    let of = |tag: &String| {
                        let rest = document.language.tag.strip_prefix(tag.as_str());
                        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
                    };
                    tags.iter().any(of)
                })
        };
        self.paths.as_ref().is_none_or(path) && any(&self.source, &sources) && any(&self.target, &targets)
    }
}

/// Makes the rules of a subject from the layers that fit it, given by their places.
type Make = dyn Fn(&[usize]) -> Result<Ruleset, OptionsError> + Send + Sync;

/// The rules of every subject.
pub struct Rules {
    scopes: Vec<Scope>,
    make: Box<Make>,
    made: Mutex<BTreeMap<Vec<usize>, Arc<Ruleset>>>,
}

impl Rules {
    /// Rules that are the same for every subject.
    pub fn same(ruleset: Ruleset) -> Self {
        let always = BTreeMap::from([(Vec::new(), Arc::new(ruleset))]);
        let usual = |_: &[usize]| Ruleset::new(&BTreeMap::new(), Thresholds::default());
        Self { scopes: Vec::new(), make: Box::new(usual), made: Mutex::new(always) }
    }

    /// Rules in layers: `make` is given the places of the scopes that fit.
    pub fn layered(
        scopes: Vec<Scope>,
        make: impl Fn(&[usize]) -> Result<Ruleset, OptionsError> + Send + Sync + 'static,
    ) -> Result<Self, OptionsError> {
        let base = BTreeMap::from([(Vec::new(), Arc::new(make(&[])?))]);
        Ok(Self { scopes, make: Box::new(make), made: Mutex::new(base) })
    }

    /// The rules of a subject.
    pub fn of(&self, id: &str, subject: &Subject) -> Result<Arc<Ruleset>, OptionsError> {
        let fitting = self.scopes.iter().enumerate().filter(|(_, scope)| scope.fits(id, subject));
        let fitting: Vec<usize> = fitting.map(|(index, _)| index).collect();
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(ruleset) = made.get(&fitting) {
            return Ok(Arc::clone(ruleset));
        }
        let ruleset = Arc::new((self.make)(&fitting)?);
        made.insert(fitting, Arc::clone(&ruleset));
        Ok(ruleset)
    }
}
