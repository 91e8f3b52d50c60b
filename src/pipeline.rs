//! The only place that knows the order of the stages: read texts in, reports out.

use std::sync::Arc;

use rayon::prelude::*;

use crate::checks::{self, CATALOGUE, Card, Context, Run, Target};
use crate::lang::{self, Language};
use crate::model::{
    Abstention, Block, Document, Finding, InputReport, MadeFrom, Origin, Severity, Side, Subject,
};
use crate::overrides::Scope;
use crate::score::{self, Thresholds};
use crate::{align, entities, mentions, segment};

/// One text as given by the user.
#[derive(Debug, Clone, Default)]
pub struct Text {
    /// What the user calls it.
    pub name: String,
    /// Declared language tag, if any.
    pub language: Option<String>,
    /// The text.
    pub text: String,
    /// Where it was read from; `None` where the text is the file.
    pub origin: Option<Arc<Origin>>,
    /// Paragraphs that markup names; empty where the lines of the text tell.
    pub blocks: Vec<Block>,
    /// What a reader of the report must know of how it was read.
    pub notes: Vec<String>,
    /// What it says of the source that it was made from.
    pub made_from: Option<MadeFrom>,
}

impl Text {
    /// A text that is all of what was read.
    pub fn new(name: impl Into<String>, language: Option<&str>, text: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            language: language.map(str::to_owned),
            text: text.into(),
            ..Self::default()
        }
    }
}

/// One unit of work.
#[derive(Debug, Clone)]
pub enum Input {
    /// A translation whose source we do not have.
    Text {
        /// Its id.
        id: String,
        /// The text.
        target: Text,
    },
    /// A translation and its source.
    Pair {
        /// Its id.
        id: String,
        /// The source.
        source: Text,
        /// The translation.
        target: Text,
    },
    /// Accounts of one event.
    Story {
        /// Its id.
        id: String,
        /// The accounts.
        accounts: Vec<Text>,
    },
    /// What could not be read.
    Unreadable {
        /// Its id.
        id: String,
        /// Why: file and place.
        error: String,
    },
}

/// A check that is on, with its options.
struct Active {
    /// Its place in the catalogue.
    number: usize,
    card: &'static Card,
    check: Box<dyn Run>,
    severity: Option<Severity>,
}

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

/// A check by its place in the catalogue, as it is set for some inputs; `None` where it is off.
type Otherwise = (usize, Option<Active>);

/// Runs the stages. Cheap to share between threads.
pub struct Checker {
    active: Vec<Active>,
    /// What is otherwise for some inputs.
    overrides: Vec<(Scope, Vec<Otherwise>)>,
    thresholds: Thresholds,
    known: std::collections::BTreeSet<String>,
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

impl Default for Checker {
    fn default() -> Self {
        Self::new(&std::collections::BTreeMap::new(), Thresholds::default(), &[])
            .expect("the defaults of every check are valid")
    }
}

/// Inputs worked on at once; bounds memory.
const BATCH: usize = 256;

impl Checker {
    /// A checker with these settings of checks by name, and these known words.
    pub fn new(
        settings: &std::collections::BTreeMap<String, CheckSettings>,
        thresholds: Thresholds,
        known: &[String],
    ) -> Result<Self, OptionsError> {
        let mut active = Vec::new();
        for (number, card) in CATALOGUE.iter().enumerate() {
            active.extend(activate(number, &settings.get(card.name).cloned().unwrap_or_default())?);
        }
        let known = known.iter().map(|word| lang::text::fold(word)).collect();
        Ok(Self { active, overrides: Vec::new(), thresholds, known })
    }

    /// The same, with other settings of some checks for some inputs. Where several fit, the last counts.
    pub fn with_override(
        mut self,
        scope: Scope,
        settings: &std::collections::BTreeMap<String, CheckSettings>,
    ) -> Result<Self, OptionsError> {
        let mut checks = Vec::new();
        for (number, card) in CATALOGUE.iter().enumerate() {
            if let Some(set) = settings.get(card.name) {
                checks.push((number, activate(number, set)?));
            }
        }
        self.overrides.push((scope, checks));
        Ok(self)
    }

    /// The checks that run on a subject, in order of the catalogue.
    fn active(&self, subject: &Subject) -> Vec<&Active> {
        let mut chosen: Vec<Option<&Active>> = vec![None; CATALOGUE.len()];
        for active in &self.active {
            chosen[active.number] = Some(active);
        }
        for (_, checks) in self.overrides.iter().filter(|(scope, _)| scope.fits(subject)) {
            for (number, active) in checks {
                chosen[*number] = active.as_ref();
            }
        }
        chosen.into_iter().flatten().collect()
    }

    /// Checks inputs as they come and delivers reports in input order, on the caller's thread.
    pub fn check_each(&self, inputs: impl Iterator<Item = Input>, mut deliver: impl FnMut(InputReport)) {
        let mut inputs = inputs.fuse();
        loop {
            let batch: Vec<Input> = inputs.by_ref().take(BATCH).collect();
            if batch.is_empty() {
                return;
            }
            let reports: Vec<_> = batch.into_par_iter().map(|input| self.check(input)).collect();
            reports.into_iter().for_each(&mut deliver);
        }
    }

    /// Checks one input.
    pub fn check(&self, input: Input) -> InputReport {
        match input {
            Input::Text { id, target } => {
                let document = prepare(target);
                self.report(id, Subject::Text(document))
            }
            Input::Pair { id, source, target } => {
                let bitext = align::align(prepare(source), prepare(target));
                self.report(id, Subject::Bitext(Box::new(bitext)))
            }
            Input::Story { id, accounts } => {
                let story = entities::gather(accounts.into_iter().map(prepare).collect());
                self.report(id, Subject::Story(Box::new(story)))
            }
            Input::Unreadable { id, error } => InputReport {
                id,
                subject: Subject::None,
                findings: Vec::new(),
                abstentions: Vec::new(),
                score: None,
                penalty: 0.0,
                verdict: None,
                error: Some(error),
            },
        }
    }

    fn report(&self, id: String, subject: Subject) -> InputReport {
        let mut found: Vec<Finding> = Vec::new();
        let mut abstentions: Vec<Abstention> = Vec::new();
        let mut context = Context::new(self.known.clone());
        if let Subject::Bitext(bitext) = &subject {
            context.source = Some(Arc::from(bitext.source.text.as_str()));
            context.source_language = Some(bitext.source.language);
        }
        let targets: Vec<Target<'_>> = match &subject {
            Subject::Text(document) => vec![Target::Text(document, Side::Target, 0)],
            Subject::Bitext(bitext) => {
                vec![Target::Text(&bitext.target, Side::Target, 0), Target::Bitext(bitext)]
            }
            Subject::Story(story) => {
                let accounts = story.documents.iter().enumerate();
                let mut targets: Vec<_> =
                    accounts.map(|(index, document)| Target::Text(document, Side::Account, index)).collect();
                targets.push(Target::Story(story));
                targets
            }
            Subject::None => Vec::new(),
        };
        let chosen = self.active(&subject);
        for target in targets {
            for active in &chosen {
                active.card.run(
                    active.check.as_ref(),
                    active.severity,
                    target,
                    &context,
                    &mut found,
                    &mut abstentions,
                );
            }
        }
        let judged = match &subject {
            Subject::Bitext(bitext) => vec![&bitext.target],
            other => other.documents(),
        };
        for document in judged.into_iter().filter(|document| document.language.sections().is_empty()) {
            let reason = format!("no profile of {}", document.language.name);
            for active in &chosen {
                let check = active.card.name;
                let abstention = Abstention { check, reason: reason.clone() };
                if checks::NEED_A_PROFILE.contains(&check) && !abstentions.contains(&abstention) {
                    abstentions.push(abstention);
                }
            }
        }
        let findings = checks::settle(found);
        let words = match &subject {
            Subject::Text(document) => document.language.count_words(&document.text),
            Subject::Bitext(bitext) => bitext.target.language.count_words(&bitext.target.text),
            Subject::Story(story) => {
                story.documents.iter().map(|document| document.language.count_words(&document.text)).sum()
            }
            Subject::None => 0,
        };
        let score = score::score(&findings, words);
        let verdict = score::verdict(&findings, !abstentions.is_empty(), &score, &self.thresholds);
        // What no finding tells apart, the second figure does: it stays below the smallest penalty.
        let blemish = match &subject {
            Subject::Bitext(bitext) => checks::blemish(bitext),
            _ => 0.0,
        };
        let penalty = score.penalty_total + blemish;
        InputReport {
            id,
            subject,
            findings,
            abstentions,
            score: Some(score),
            penalty,
            verdict: Some(verdict),
            error: None,
        }
    }
}

/// The check at a place of the catalogue, unless it is off.
fn activate(number: usize, set: &CheckSettings) -> Result<Option<Active>, OptionsError> {
    let card = &CATALOGUE[number];
    if set.enabled == Some(false) {
        return Ok(None);
    }
    let check =
        card.make(&set.options).map_err(|error| OptionsError { check: card.name.to_owned(), error })?;
    Ok(Some(Active { number, card, check, severity: set.severity }))
}

/// Language, segments and mentions of one text.
pub fn prepare(text: Text) -> Document {
    let language = language_of(&text);
    let segments = segment::segment_blocks(&text.text, language, &text.blocks);
    let Text { name, text, origin, notes, made_from, .. } = text;
    let mut document = Document { name, language, text, segments, origin, notes, made_from };
    mentions::find(&mut document);
    document
}

fn language_of(text: &Text) -> &'static Language {
    match text.language.as_deref().and_then(lang::find) {
        Some(language) => language,
        None => lang::identify::detect(&text.text).map_or_else(lang::unknown, |guess| guess.language),
    }
}
