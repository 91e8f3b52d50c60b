//! The only place that knows the order of the stages: read texts in, reports out.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use rayon::prelude::*;

use crate::align::{Lexicon, Options};
use crate::checks::{self, Context, Target};
use crate::lang::dictionary::Knowledge;
use crate::lang::packs::Pack;
use crate::lang::{self, Language};
use crate::model::{
    Abstention, Bitext, Block, Document, Finding, InputReport, MadeFrom, Origin, Segment, SegmentKind, Side,
    Span, Subject,
};
use crate::rules::{Rules, Ruleset};
use crate::score::{self, Thresholds};
use crate::segment::shared::shared_lines;
use crate::{align, entities, ledger, mentions, segment};

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
    /// Lines of it that other articles of the run have too, in order: furniture of the page.
    pub shared: Vec<Span>,
    /// What a reader of the report must know of how it was read.
    pub notes: Vec<String>,
    /// What it says of the source that it was made from.
    pub made_from: Option<MadeFrom>,
    /// The day it is of, `YYYY-MM-DD`.
    pub day: Option<String>,
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
#[allow(clippy::large_enum_variant, reason = "a batch holds a few hundred, each with its texts")]
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

impl Input {
    /// Its id.
    pub fn id(&self) -> &str {
        match self {
            Self::Text { id, .. }
            | Self::Pair { id, .. }
            | Self::Story { id, .. }
            | Self::Unreadable { id, .. } => id,
        }
    }

    /// Bytes of its texts.
    fn size(&self) -> usize {
        match self {
            Self::Text { target, .. } => target.text.len(),
            Self::Pair { source, target, .. } => source.text.len() + target.text.len(),
            Self::Story { accounts, .. } => accounts.iter().map(|account| account.text.len()).sum(),
            Self::Unreadable { error, .. } => error.len(),
        }
    }
}

/// Runs the stages. Cheap to share between threads.
pub struct Checker {
    rules: Rules,
    known: std::collections::BTreeSet<String>,
    knowledge: Option<Arc<Knowledge>>,
    ledger: Option<Arc<ledger::Known>>,
}

impl Default for Checker {
    fn default() -> Self {
        let ruleset = Ruleset::new(&std::collections::BTreeMap::new(), Thresholds::default())
            .expect("the defaults of every check are valid");
        Self::new(Rules::same(ruleset), &[])
    }
}

/// Inputs worked on at once; bounds memory.
const BATCH: usize = 256;
/// Bytes of text from which no more inputs are taken into a batch: what is made of a text is many times its size.
const BATCH_BYTES: usize = 8 << 20;

impl Checker {
    /// A checker with these rules, and these known words.
    pub fn new(rules: Rules, known: &[String]) -> Self {
        let known = known.iter().map(|word| lang::text::fold(word)).collect();
        Self { rules, known, knowledge: None, ledger: None }
    }

    /// The same with language packs of the user.
    #[must_use]
    pub fn with_packs(mut self, packs: Vec<Pack>) -> Self {
        if !packs.is_empty() {
            self.knowledge = Some(Arc::new(Knowledge::with(packs)));
        }
        self
    }

    /// The same, knowing whom the newsroom knows.
    #[must_use]
    pub fn with_ledger(mut self, ledger: ledger::Known) -> Self {
        self.ledger = Some(Arc::new(ledger));
        self
    }

    /// Checks inputs as they come and delivers reports in input order, on the caller's thread.
    pub fn check_each(&self, inputs: impl Iterator<Item = Input>, mut deliver: impl FnMut(InputReport)) {
        self.check_each_and(inputs, |_| (), |report, ()| deliver(report));
    }

    /// The same, with what `see` makes of each report beside the work on others.
    pub fn check_each_and<T: Send>(
        &self,
        inputs: impl Iterator<Item = Input>,
        see: impl Fn(&InputReport) -> T + Sync,
        mut deliver: impl FnMut(InputReport, T),
    ) {
        let mut inputs = inputs.fuse();
        loop {
            let (mut batch, mut bytes) = (Vec::new(), 0);
            while batch.len() < BATCH && bytes < BATCH_BYTES {
                let Some(input) = inputs.next() else { break };
                bytes += input.size();
                batch.push(input);
            }
            if batch.is_empty() {
                return;
            }
            mark_shared(&mut batch);
            let work = |input| {
                let report = self.check_or_tell(input);
                let seen = see(&report);
                (report, seen)
            };
            let reports: Vec<_> = batch.into_par_iter().map(work).collect();
            for (report, seen) in reports {
                deliver(report, seen);
            }
        }
    }

    /// Checks one input of many: should recto fail on it, the others go on.
    fn check_or_tell(&self, input: Input) -> InputReport {
        let id = input.id().to_owned();
        catch_unwind(AssertUnwindSafe(|| self.check(input)))
            .unwrap_or_else(|_| InputReport::unreadable(id, "recto failed on it: please report it".into()))
    }

    /// Checks one input.
    pub fn check(&self, input: Input) -> InputReport {
        match input {
            Input::Text { id, target } => {
                let document = prepare(target);
                self.report(id, Subject::Text(document))
            }
            Input::Pair { id, source, target } => {
                let bitext = self.align(prepare(source), prepare(target));
                self.report(id, Subject::Bitext(Box::new(bitext)))
            }
            Input::Story { id, accounts } => {
                let story = entities::gather(accounts.into_iter().map(prepare).collect());
                self.report(id, Subject::Story(Box::new(story)))
            }
            Input::Unreadable { id, error } => InputReport::unreadable(id, error),
        }
    }

    /// With the dictionary of the pair, where there is something to choose between.
    fn align(&self, source: Document, target: Document) -> Bitext {
        let knowledge = self.knowledge.as_deref().unwrap_or_else(|| Knowledge::bundled());
        let several = source.segments.len().max(target.segments.len()) > 1;
        let bridge = several.then(|| knowledge.bridge(source.language, target.language));
        let lexicon = bridge.as_ref().map(|bridge| bridge as &dyn Lexicon);
        let options = Options { lexicon, ..Options::default() };
        align::align_all(vec![(source, target)], &options).pop().expect("one pair in, one bitext out").0
    }

    fn report(&self, id: String, subject: Subject) -> InputReport {
        let rules = match self.rules.of(&id, &subject) {
            Ok(rules) => rules,
            Err(error) => return InputReport::unreadable(id, error.to_string()),
        };
        let mut found: Vec<Finding> = Vec::new();
        let mut abstentions: Vec<Abstention> = Vec::new();
        let mut context = Context::new(self.known.clone());
        context.knowledge.clone_from(&self.knowledge);
        context.ledger.clone_from(&self.ledger);
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
        for target in targets {
            for active in &rules.active {
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
            for active in &rules.active {
                let check = active.card.name;
                let abstention = Abstention { check, reason: reason.clone() };
                if checks::NEED_A_PROFILE.contains(&check) && !abstentions.contains(&abstention) {
                    abstentions.push(abstention);
                }
            }
        }
        let mut findings = checks::settle(found);
        findings.retain(|finding| finding.confidence >= rules.thresholds.min_confidence);
        // What no finding tells apart, the second figure does: it stays below the smallest penalty.
        let blemish = match &subject {
            Subject::Bitext(bitext) => checks::blemish::of(bitext, &context),
            _ => 0.0,
        };
        let checks = rules.names(&subject);
        let mut input = InputReport {
            id,
            subject,
            findings,
            abstentions,
            score: None,
            penalty: blemish,
            verdict: None,
            error: None,
            accepted: Vec::new(),
            checks,
            block_confidence: rules.thresholds.block_confidence,
        };
        judge(&mut input, &rules);
        input
    }

    /// Score and verdict anew, after findings were accepted.
    pub fn judge(&self, input: &mut InputReport) {
        if let Ok(rules) = self.rules.of(&input.id, &input.subject) {
            judge(input, &rules);
        }
    }
}

/// Finds the lines that translations of one run share, and those that their sources share. Accounts of a story come from
/// many pages.
fn mark_shared(batch: &mut [Input]) {
    let (mut sources, mut targets) = (Vec::new(), Vec::new());
    for input in &*batch {
        let (source, target) = match input {
            Input::Text { target, .. } => ("", target.text.as_str()),
            Input::Pair { source, target, .. } => (source.text.as_str(), target.text.as_str()),
            Input::Story { .. } | Input::Unreadable { .. } => ("", ""),
        };
        sources.push(source);
        targets.push(target);
    }
    let (sources, targets) = (shared_lines(&sources), shared_lines(&targets));
    for ((input, in_source), in_target) in batch.iter_mut().zip(sources).zip(targets) {
        match input {
            Input::Text { target, .. } => target.shared = in_target,
            // On one side alone it would be a gap on the other.
            Input::Pair { source, target, .. } if in_source.len() == in_target.len() => {
                (source.shared, target.shared) = (in_source, in_target);
            }
            _ => {}
        }
    }
}

fn judge(input: &mut InputReport, rules: &Ruleset) {
    if input.error.is_some() {
        return;
    }
    let words = match &input.subject {
        Subject::Text(document) => document.language.count_words(&document.text),
        Subject::Bitext(bitext) => bitext.target.language.count_words(&bitext.target.text),
        Subject::Story(story) => {
            story.documents.iter().map(|document| document.language.count_words(&document.text)).sum()
        }
        Subject::None => 0,
    };
    let score = score::score(&input.findings, words);
    let before = input.score.as_ref().map_or(0.0, |score| score.penalty_total);
    input.penalty += score.penalty_total - before;
    let unchecked = !input.abstentions.is_empty();
    input.verdict = Some(score::verdict(&input.findings, unchecked, words, &rules.thresholds));
    input.score = Some(score);
}

/// Language, segments and mentions of one text.
pub fn prepare(text: Text) -> Document {
    let language = language_of(&text);
    let mut segments = segment::segment_blocks(&text.text, language, &text.blocks);
    segment::shared::mark(&mut segments, &text.shared);
    let Text { name, text, origin, notes, made_from, day, .. } = text;
    let mut document = Document { name, language, text, segments, origin, notes, made_from, day };
    mentions::find(&mut document);
    document
}

/// The same of a text that has one segment a line already, empty lines included.
pub fn prepare_lines(text: Text) -> Document {
    let language = language_of(&text);
    let Text { name, text, origin, notes, made_from, day, .. } = text;
    let mut segments = Vec::new();
    let mut start = 0;
    // The aligner asks for figures and dates; names would cost more to find than to align.
    for line in text.split_inclusive('\n') {
        let visible = line.strip_suffix('\n').unwrap_or(line);
        let visible = visible.strip_suffix('\r').unwrap_or(visible);
        let mut mentions = mentions::quantities(visible, language);
        for mention in &mut mentions {
            mention.span = mention.span.shift(start);
        }
        let span = Span::new(start, start + visible.len());
        segments.push(Segment { span, kind: SegmentKind::Sentence, paragraph: 0, mentions });
        start += line.len();
    }
    Document { name, language, text, segments, origin, notes, made_from, day }
}

fn language_of(text: &Text) -> &'static Language {
    match text.language.as_deref().and_then(lang::find) {
        Some(language) => language,
        None => lang::identify::detect(&text.text).map_or_else(lang::unknown, |guess| guess.language),
    }
}
