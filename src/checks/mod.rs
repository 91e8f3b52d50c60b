//! Checks: a subject in, findings out. One struct a check; its fields are its options; beside it a casebook
//! that is its documentation, its examples and its tests.

mod absent;
mod addition;
mod agreement;
mod anchors;
pub mod blemish;
mod boilerplate;
mod broken_number;
mod calque;
mod collapsed_dash;
mod concord;
mod conflict;
mod copied_source;
mod coverage;
mod currency_mismatch;
mod date_conflict;
mod date_mismatch;
mod detached_hyphen;
mod doubled_punctuation;
mod doubled_word;
mod dropped_text;
mod facts;
mod false_friend;
mod foreign;
mod function_word;
mod gaps;
mod gender_mismatch;
mod idioms;
mod inconsistent_translation;
mod injected_reading;
mod invisible_character;
mod length;
mod link_mismatch;
mod lowercase;
mod markup_mismatch;
mod markup_residue;
mod meaning_reversed;
mod misspelling;
mod misspelt_name;
mod mixed_script;
mod mojibake;
mod name_added;
mod name_drift;
mod name_inconsistent;
mod name_known;
mod name_mismatch;
mod name_omitted;
mod name_spelling;
mod name_style;
mod name_translated;
mod name_twins;
mod name_words;
mod namesakes;
mod negation_mismatch;
mod noun_phrases;
mod number_conflict;
mod number_format;
mod number_mismatch;
mod omission;
mod patterns;
mod persons;
mod placeholder_mismatch;
mod placeholders;
mod places;
mod precedence;
mod punctuation_mismatch;
mod quantities;
mod quotation_altered;
mod refusal;
mod repeated_block;
mod repetition;
mod replacement_character;
mod residue;
mod role_mismatch;
mod run_together;
mod running;
mod runs;
mod scale_mismatch;
mod sounds;
mod source_residue;
mod spacing;
mod split_words;
mod stale_source;
mod stray_capital;
mod surname_beads;
mod surname_subjects;
mod surname_titles;
mod surname_unspaced;
mod surname_words;
mod terminology;
mod truncated;
mod unbalanced_bracket;
mod unbalanced_quotation;
mod unintelligible;
mod unit_mismatch;
mod unrelated;
mod untranslated;
mod wrong_language;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, OnceLock};

use schemars::JsonSchema;
use serde::{Serialize, de::DeserializeOwned};

pub use precedence::{PRECEDENCE, settle};

use crate::lang::Language;
use crate::lang::dictionary::Knowledge;
use crate::model::{Abstention, Bitext, Document, ErrorType, Finding, Severity, Side, Span, Story};

/// What every check says of itself.
pub trait Check: Default + Serialize + DeserializeOwned + JsonSchema + Send + Sync + 'static {
    /// The module's name with hyphens.
    const NAME: &'static str;
    /// MQM type of what it finds.
    const ERROR_TYPE: ErrorType;
    /// Severity unless the finding or the settings say otherwise.
    const SEVERITY: Severity;
    /// `include_str!` of the page beside it; its first paragraph is the summary.
    const CASEBOOK: &'static str;
}

/// A check of one translated text, source unknown. Runs on the target of a bitext and on every account of a
/// story too.
pub trait TextCheck: Check {
    /// Reports what it finds.
    fn run(&self, text: &Document, context: &Context, findings: &mut Findings<'_>);
}

/// A check of a translation against its source.
pub trait BitextCheck: Check {
    /// Reports what it finds.
    fn run(&self, bitext: &Bitext, context: &Context, findings: &mut Findings<'_>);
}

/// A check of several accounts of one event.
pub trait StoryCheck: Check {
    /// Reports what it finds.
    fn run(&self, story: &Story, context: &Context, findings: &mut Findings<'_>);
}

/// What checks may know beside their subject.
#[derive(Debug, Default, Clone)]
pub struct Context {
    /// Words the newsroom knows, folded: never misspelt. From the settings and the names of the story.
    pub known: std::collections::BTreeSet<String>,
    /// The source of the text under check, where there is one: a text check may spare what is copied from it.
    pub source: Option<Arc<str>>,
    /// The language of that source.
    pub source_language: Option<&'static Language>,
    /// Whom the newsroom knows.
    pub ledger: Option<Arc<crate::ledger::Known>>,
    /// What the bitext under check says in figures; five checks read it.
    comparisons: OnceLock<Vec<quantities::Comparison>>,
    /// What was learnt from texts, where it is more than what is bundled.
    pub knowledge: Option<Arc<Knowledge>>,
    /// The words of the beads with two sides, compared; in order of the beads.
    coverages: OnceLock<Vec<coverage::Coverage>>,
    /// Whether its sides are in each other's languages; two checks ask.
    swapped: OnceLock<bool>,
    /// Names of its target that are not those of its source, by bead; two checks read it.
    name_changes: OnceLock<Vec<Vec<name_words::Change>>>,
}

impl Context {
    /// What the checks of one subject may know: these words are good.
    pub fn new(known: std::collections::BTreeSet<String>) -> Self {
        Self { known, ..Self::default() }
    }

    /// What was learnt from texts.
    pub fn knowledge(&self) -> &Knowledge {
        self.knowledge.as_deref().unwrap_or_else(|| Knowledge::bundled())
    }

    /// Whether a word list that the user compiled has the word, in small letters.
    fn has_word(&self, word: &str, language: &Language) -> bool {
        self.knowledge.as_deref().is_some_and(|knowledge| knowledge.has_word(word, language))
    }

    /// Whether the archives of the user write the one name for the other.
    fn names_alike(&self, one: (&str, &Language), other: (&str, &Language)) -> bool {
        self.knowledge.as_deref().is_some_and(|knowledge| knowledge.names_alike(one, other))
    }

    /// The words of every bead, one side of which may be empty, compared on first use.
    fn coverages(&self, bitext: &Bitext) -> &[coverage::Coverage] {
        self.coverages.get_or_init(|| coverage::compare(bitext, self.knowledge()))
    }

    /// The beads with two sides, compared on first use. A context belongs to one bitext.
    fn comparisons(&self, bitext: &Bitext) -> &[quantities::Comparison] {
        self.comparisons.get_or_init(|| quantities::compare(bitext))
    }

    /// Whether each side is in the language declared for the other, found on first use.
    fn swapped(&self, bitext: &Bitext) -> bool {
        *self.swapped.get_or_init(|| unrelated::swapped(bitext))
    }

    /// What names of the source became, by bead, found on first use.
    fn name_changes(&self, bitext: &Bitext) -> &[Vec<name_words::Change>] {
        self.name_changes.get_or_init(|| {
            let mut changes = name_words::in_bitext(bitext);
            let (source, target) = (&bitext.source, &bitext.target);
            for of_bead in &mut changes {
                of_bead.retain(|change| {
                    let was = source.excerpt(change.source);
                    !self
                        .names_alike((was, source.language), (target.excerpt(change.target), target.language))
                });
            }
            changes
        })
    }
}

/// Collects what one check reports on one subject.
pub struct Findings<'a> {
    check: &'static str,
    error_type: ErrorType,
    severity: Severity,
    side: Side,
    document: usize,
    found: &'a mut Vec<Finding>,
    abstained: &'a mut Vec<Abstention>,
}

impl Findings<'_> {
    /// Starts a finding with the check's severity and a confidence of .8; the caller adds places.
    pub fn report(&mut self, message: impl Into<String>) -> &mut Finding {
        self.found.push(Finding {
            check: self.check,
            error_type: self.error_type,
            severity: self.severity,
            confidence: 0.8,
            message: message.into(),
            places: Vec::new(),
            suggestion: None,
            overridden: None,
        });
        self.found.last_mut().expect("just pushed")
    }

    /// Starts a finding in the text under check.
    pub fn at(&mut self, span: Span, message: impl Into<String>) -> &mut Finding {
        let (side, document) = (self.side, self.document);
        self.report(message).place(side, document, span)
    }

    /// Where the check has found something in the text under check, in order; what overlaps is one stretch.
    pub fn places(&self) -> Vec<Span> {
        let own = self.found.iter().filter(|finding| finding.check == self.check);
        let places = own.flat_map(|finding| &finding.places);
        let here = places.filter(|place| place.side == self.side && place.document == self.document);
        let mut spans: Vec<Span> = here.map(|place| place.span).collect();
        spans.sort_unstable();
        spans.dedup_by(|next, span| {
            let overlaps = next.overlaps(*span);
            if overlaps {
                *span = span.join(*next);
            }
            overlaps
        });
        spans
    }

    /// The finding reported last.
    pub fn last(&mut self) -> Option<&mut Finding> {
        self.found.last_mut()
    }

    /// Says that the check could not judge. Said once, however often it is called with one reason.
    pub fn abstain(&mut self, reason: impl Into<String>) {
        let abstention = Abstention { check: self.check, reason: reason.into() };
        if !self.abstained.contains(&abstention) {
            self.abstained.push(abstention);
        }
    }
}

/// Which subjects a check takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// One text.
    Text,
    /// A bitext.
    Bitext,
    /// A story.
    Story,
}

/// A check in the catalogue, its type erased.
pub struct Card {
    /// Its name.
    pub name: &'static str,
    /// What it takes.
    pub kind: Kind,
    /// MQM type.
    pub error_type: ErrorType,
    /// Severity.
    pub severity: Severity,
    /// Its page.
    pub casebook: &'static str,
    make: fn(&toml::Table) -> Result<Box<dyn Run>, toml::de::Error>,
    options: fn() -> toml::Table,
    schema: fn() -> schemars::Schema,
}

/// What a check runs on.
#[derive(Clone, Copy)]
pub enum Target<'a> {
    /// A text: which side it is, which document.
    Text(&'a Document, Side, usize),
    /// A bitext.
    Bitext(&'a Bitext),
    /// A story.
    Story(&'a Story),
}

/// A check with its options.
pub trait Run: Send + Sync {
    /// Runs it where it applies.
    fn run(&self, target: Target<'_>, context: &Context, findings: &mut Findings<'_>);
}

struct OnText<C>(C);
struct OnBitext<C>(C);
struct OnStory<C>(C);

impl<C: TextCheck> Run for OnText<C> {
    fn run(&self, target: Target<'_>, context: &Context, findings: &mut Findings<'_>) {
        if let Target::Text(document, ..) = target {
            self.0.run(document, context, findings);
        }
    }
}

impl<C: BitextCheck> Run for OnBitext<C> {
    fn run(&self, target: Target<'_>, context: &Context, findings: &mut Findings<'_>) {
        if let Target::Bitext(bitext) = target {
            self.0.run(bitext, context, findings);
        }
    }
}

impl<C: StoryCheck> Run for OnStory<C> {
    fn run(&self, target: Target<'_>, context: &Context, findings: &mut Findings<'_>) {
        if let Target::Story(story) = target {
            self.0.run(story, context, findings);
        }
    }
}

fn options<C: Check>() -> toml::Table {
    toml::Table::try_from(C::default()).expect("options are a table")
}

impl Card {
    /// The card of a text check.
    pub const fn text<C: TextCheck>() -> Self {
        Self::of::<C>(Kind::Text, |table| Ok(Box::new(OnText(table.clone().try_into::<C>()?))))
    }

    /// The card of a bitext check.
    pub const fn bitext<C: BitextCheck>() -> Self {
        Self::of::<C>(Kind::Bitext, |table| Ok(Box::new(OnBitext(table.clone().try_into::<C>()?))))
    }

    /// The card of a story check.
    pub const fn story<C: StoryCheck>() -> Self {
        Self::of::<C>(Kind::Story, |table| Ok(Box::new(OnStory(table.clone().try_into::<C>()?))))
    }

    const fn of<C: Check>(
        kind: Kind,
        make: fn(&toml::Table) -> Result<Box<dyn Run>, toml::de::Error>,
    ) -> Self {
        Self {
            name: C::NAME,
            kind,
            error_type: C::ERROR_TYPE,
            severity: C::SEVERITY,
            casebook: C::CASEBOOK,
            make,
            options: options::<C>,
            schema: || schemars::schema_for!(C),
        }
    }

    /// The check with these options; what the table leaves out has its default.
    pub fn make(&self, table: &toml::Table) -> Result<Box<dyn Run>, toml::de::Error> {
        (self.make)(table)
    }

    /// Every option with its default.
    pub fn options(&self) -> toml::Table {
        (self.options)()
    }

    /// JSON Schema of its options.
    pub fn schema(&self) -> schemars::Schema {
        (self.schema)()
    }

    /// The first paragraph of its page.
    pub fn summary(&self) -> String {
        let body = self.casebook.lines().skip_while(|line| line.starts_with('#') || line.trim().is_empty());
        body.take_while(|line| !line.trim().is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// Runs a made check on a subject. A panic becomes an abstention that names the check.
    pub fn run(
        &self,
        check: &dyn Run,
        severity: Option<Severity>,
        target: Target<'_>,
        context: &Context,
        found: &mut Vec<Finding>,
        abstained: &mut Vec<Abstention>,
    ) {
        let (side, document) = match target {
            Target::Text(_, side, document) => (side, document),
            Target::Bitext(_) => (Side::Target, 0),
            Target::Story(_) => (Side::Account, 0),
        };
        let mut mine = Vec::new();
        let mut findings = Findings {
            check: self.name,
            error_type: self.error_type,
            severity: self.severity,
            side,
            document,
            found: &mut mine,
            abstained,
        };
        if catch_unwind(AssertUnwindSafe(|| check.run(target, context, &mut findings))).is_err() {
            mine.clear();
            abstained
                .push(Abstention { check: self.name, reason: "the check failed: please report it".into() });
        }
        if let Some(severity) = severity {
            for finding in &mut mine {
                finding.severity = severity;
            }
        }
        found.extend(mine);
    }
}

/// Every check, in the order reports list them.
pub static CATALOGUE: &[Card] = &[
    Card::bitext::<addition::Addition>(),
    Card::text::<agreement::Agreement>(),
    Card::text::<boilerplate::Boilerplate>(),
    Card::text::<broken_number::BrokenNumber>(),
    Card::text::<calque::Calque>(),
    Card::text::<collapsed_dash::CollapsedDash>(),
    Card::bitext::<copied_source::CopiedSource>(),
    Card::bitext::<currency_mismatch::CurrencyMismatch>(),
    Card::story::<date_conflict::DateConflict>(),
    Card::bitext::<date_mismatch::DateMismatch>(),
    Card::text::<detached_hyphen::DetachedHyphen>(),
    Card::text::<doubled_punctuation::DoubledPunctuation>(),
    Card::text::<doubled_word::DoubledWord>(),
    Card::text::<dropped_text::DroppedText>(),
    Card::text::<false_friend::FalseFriend>(),
    Card::text::<function_word::FunctionWord>(),
    Card::bitext::<gender_mismatch::GenderMismatch>(),
    Card::bitext::<inconsistent_translation::InconsistentTranslation>(),
    Card::text::<injected_reading::InjectedReading>(),
    Card::text::<invisible_character::InvisibleCharacter>(),
    Card::bitext::<length::Length>(),
    Card::bitext::<link_mismatch::LinkMismatch>(),
    Card::text::<lowercase::Lowercase>(),
    Card::bitext::<markup_mismatch::MarkupMismatch>(),
    Card::text::<markup_residue::MarkupResidue>(),
    Card::bitext::<meaning_reversed::MeaningReversed>(),
    Card::text::<misspelling::Misspelling>(),
    Card::text::<misspelt_name::MisspeltName>(),
    Card::text::<mixed_script::MixedScript>(),
    Card::text::<mojibake::Mojibake>(),
    Card::bitext::<name_added::NameAdded>(),
    Card::text::<name_inconsistent::NameInconsistent>(),
    Card::text::<name_mismatch::NameMismatch>(),
    Card::bitext::<name_mismatch::NameMismatch>(),
    Card::story::<name_mismatch::NameMismatch>(),
    Card::bitext::<name_omitted::NameOmitted>(),
    Card::story::<name_spelling::NameSpelling>(),
    Card::text::<name_style::NameStyle>(),
    Card::text::<name_translated::NameTranslated>(),
    Card::bitext::<name_translated::NameTranslated>(),
    Card::bitext::<negation_mismatch::NegationMismatch>(),
    Card::story::<number_conflict::NumberConflict>(),
    Card::bitext::<number_format::NumberFormat>(),
    Card::bitext::<number_mismatch::NumberMismatch>(),
    Card::bitext::<omission::Omission>(),
    Card::bitext::<placeholder_mismatch::PlaceholderMismatch>(),
    Card::bitext::<punctuation_mismatch::PunctuationMismatch>(),
    Card::bitext::<quotation_altered::QuotationAltered>(),
    Card::text::<refusal::Refusal>(),
    Card::text::<repeated_block::RepeatedBlock>(),
    Card::text::<repetition::Repetition>(),
    Card::text::<replacement_character::ReplacementCharacter>(),
    Card::bitext::<role_mismatch::RoleMismatch>(),
    Card::story::<role_mismatch::RoleMismatch>(),
    Card::text::<run_together::RunTogether>(),
    Card::bitext::<scale_mismatch::ScaleMismatch>(),
    Card::text::<source_residue::SourceResidue>(),
    Card::text::<spacing::Spacing>(),
    Card::bitext::<stale_source::StaleSource>(),
    Card::text::<stray_capital::StrayCapital>(),
    Card::bitext::<terminology::Terminology>(),
    Card::text::<truncated::Truncated>(),
    Card::text::<unbalanced_bracket::UnbalancedBracket>(),
    Card::text::<unbalanced_quotation::UnbalancedQuotation>(),
    Card::text::<unintelligible::Unintelligible>(),
    Card::bitext::<unit_mismatch::UnitMismatch>(),
    Card::bitext::<unrelated::Unrelated>(),
    Card::bitext::<untranslated::Untranslated>(),
    Card::text::<wrong_language::WrongLanguage>(),
];

/// Text checks that know nothing of a language without a profile. They say so rather than pass it.
pub static NEED_A_PROFILE: &[&str] = &[
    "agreement",
    "boilerplate",
    "collapsed-dash",
    "function-word",
    "misspelling",
    "misspelt-name",
    "source-residue",
    "stray-capital",
    "unbalanced-quotation",
];

/// The card of a name.
pub fn find(name: &str) -> Option<&'static Card> {
    CATALOGUE.iter().find(|card| card.name == name)
}

/// The name that a mistyped one was probably meant to be: at most a third of its letters away.
pub fn nearest(name: &str) -> Option<&'static str> {
    let distances = CATALOGUE.iter().map(|card| (strsim::osa_distance(card.name, name), card.name));
    distances.min().filter(|(distance, _)| distance * 3 <= name.chars().count()).map(|(_, near)| near)
}
