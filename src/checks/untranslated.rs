//! Sentences, clauses and words left in the language of the source.

use std::collections::BTreeSet;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::foreign;
use super::running::{self, Token};
use super::{BitextCheck, Check, Context, Findings};
use crate::lang::dictionary::Dictionary;
use crate::lang::{Language, identify, lexis, text};
use crate::model::{Bitext, ErrorType, Segment, Severity, Span, Value};

/// `untranslated` has no options.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Untranslated {}

impl Check for Untranslated {
    const NAME: &'static str = "untranslated";
    const ERROR_TYPE: ErrorType = ErrorType::Untranslated;
    const SEVERITY: Severity = Severity::Major;
    const CASEBOOK: &'static str = include_str!("untranslated.md");
}

impl BitextCheck for Untranslated {
    fn run(&self, bitext: &Bitext, context: &Context, findings: &mut Findings<'_>) {
        let (from, to) = (bitext.source.language, bitext.target.language);
        if from.same_language(to) || to.primary() == "und" || context.swapped(bitext) {
            return;
        }
        let reader = Reader::new(bitext, context);
        let mut found: Vec<(Span, f64, usize)> = Vec::new();
        for segment in bitext.target.prose() {
            reader.judge(segment, &mut found);
        }
        let mut joined: Vec<(Span, f64, usize)> = Vec::new();
        for (span, confidence, words) in found {
            let between = joined.last().map(|last| Span::new(last.0.end, span.start).of(&bitext.target.text));
            match joined.last_mut() {
                Some(last) if between.is_some_and(|gap| gap.chars().all(char::is_whitespace)) => {
                    *last = (last.0.join(span), last.1.max(confidence), last.2 + words);
                }
                _ => joined.push((span, confidence, words)),
            }
        }
        for (span, confidence, words) in joined {
            let excerpt = foreign::shorten(bitext.target.excerpt(span));
            let severity = if words >= 3 { Severity::Major } else { Severity::Minor };
            findings
                .at(span, format!("“{excerpt}” is left in {}", from.name))
                .confidence(confidence)
                .severity(severity);
        }
    }
}

/// How surely the dictionary must know what a word is called in the target.
const TRANSLATES: f32 = 0.6;

/// Words from which a sentence is taken for one of a third language.
const SAYING: usize = 4;

struct Reader<'a> {
    bitext: &'a Bitext,
    context: &'a Context,
    /// What is known of the words of the two languages.
    dictionary: Arc<Dictionary>,
    /// Words of the source as written.
    words: BTreeSet<&'a str>,
    /// Whether the source writes its nouns with capitals.
    nouns: bool,
    /// Whether the two languages share a script.
    one_script: bool,
    /// Whether the list of the target is long enough to tell its words.
    listed: bool,
}

impl<'a> Reader<'a> {
    fn new(bitext: &'a Bitext, context: &'a Context) -> Self {
        let (from, to) = (bitext.source.language, bitext.target.language);
        let source = bitext.source.segments.iter();
        let words = source
            .flat_map(|segment| running::tokens(&bitext.source, segment.span))
            .map(|token| token.text)
            .collect();
        let nouns = from
            .typography
            .as_ref()
            .is_some_and(|typography| typography.capitals.iter().any(|entry| entry == "*"));
        let dictionary = context.knowledge().dictionary(from, to);
        let one_script = from.script == to.script;
        Self { bitext, context, dictionary, words, nouns, one_script, listed: is_listed(to) }
    }

    fn judge(&self, segment: &Segment, found: &mut Vec<(Span, f64, usize)>) {
        let (source, target) = (&self.bitext.source, &self.bitext.target);
        let from = source.language;
        let stretches = foreign::stretches(target, segment);
        let mut covered: Vec<Span> = Vec::new();
        for stretch in &stretches {
            let excerpt = target.excerpt(stretch.span);
            let same = stretch.language.is_some_and(|language| language.same_language(from));
            // Few letters do not tell the languages of a script apart; the source does.
            let written = identify::dominant_script(excerpt).is_some_and(|script| {
                identify::writes(from, script) && !identify::writes(target.language, script)
            }) && (source.text.contains(excerpt) || stretch.words < 4);
            if same || written {
                found.push((stretch.span, stretch.confidence, stretch.words.max(1)));
                covered.push(stretch.span);
            }
        }
        if covered.iter().any(|span| span.contains(segment.span)) {
            return;
        }
        if is_copied(self.bitext, segment.span) {
            found.push((segment.span, 0.9, 4));
            return;
        }
        if self.is_of_a_third_language(segment.span) {
            return;
        }
        if self.one_script && from.spaced {
            self.left(segment, found);
        }
    }

    /// Whether a sentence stands in the source word for word, and neither language has most of its words.
    fn is_of_a_third_language(&self, span: Span) -> bool {
        let (source, target) = (&self.bitext.source, &self.bitext.target);
        if !self.listed || !is_listed(source.language) || !source.text.contains(target.excerpt(span)) {
            return false;
        }
        let tokens = running::tokens(target, span);
        let few = |language: &Language| {
            let known = tokens.iter().filter(|token| lexis::known(&language.lower(token.text), language));
            known.count() * 10 < tokens.len() * 6
        };
        tokens.len() >= SAYING && few(source.language) && few(target.language)
    }

    /// Words of the source alone.
    fn left(&self, segment: &Segment, found: &mut Vec<(Span, f64, usize)>) {
        let target = &self.bitext.target;
        let tokens = running::tokens(target, segment.span);
        let mut run: Vec<&Token<'_>> = Vec::new();
        let mut runs: Vec<Vec<&Token<'_>>> = Vec::new();
        for token in &tokens {
            let shared = token.wordy() && self.words.contains(token.text);
            if shared && (run.is_empty() || token.follows_a_space()) {
                run.push(token);
                continue;
            }
            runs.push(std::mem::take(&mut run));
            if shared {
                run.push(token);
            }
        }
        runs.push(run);
        for run in &runs {
            let strange: Vec<&&Token<'_>> = run.iter().filter(|token| self.strange(token)).collect();
            let (Some(first), Some(last)) = (strange.first(), strange.last()) else { continue };
            let (whole, words) = if strange.len() * 2 >= run.len() && run.len() >= 3 {
                (run[0].span.join(run[run.len() - 1].span), run.len())
            } else {
                (first.span.join(last.span), strange.len())
            };
            if is_quoted(&target.text, whole)
                || running::in_link(target, whole)
                || (words < 3 && Self::in_a_name(segment, &tokens, whole))
                || is_joined(&target.text, whole)
                || is_a_gloss(&target.text, whole)
            {
                continue;
            }
            found.push((whole, if words >= 3 { 0.85 } else { 0.7 }, words));
        }
    }

    /// Whether a word or two belong to a name or title: words with capitals beside them, or a mention that holds them.
    fn in_a_name(segment: &Segment, tokens: &[Token<'_>], span: Span) -> bool {
        let mention = segment
            .mentions
            .iter()
            .any(|mention| matches!(mention.value, Value::Name(_)) && mention.span.overlaps(span));
        let beside = tokens.iter().enumerate().any(|(index, token)| {
            index > 0
                && token.capitalised()
                && ((token.span.end + 1 == span.start) || (token.span.start == span.end + 1))
        });
        mention || beside
    }

    /// Whether a word is one of the source's language and not of the target's.
    fn strange(&self, token: &Token<'_>) -> bool {
        let (from, to) = (self.bitext.source.language, self.bitext.target.language);
        if !self.listed
            || token.text.chars().count() < 3
            || self.context.known.contains(&text::fold(token.text))
        {
            return false;
        }
        let lower = from.lower(token.text);
        let small = token.small();
        let noun = self.nouns && token.capitalised() && !text::is_all_capitals(token.text);
        if !small && !noun {
            return false;
        }
        let own = to.lower(token.text);
        if lexis::known(&own, to) || self.context.has_word(&own, to) {
            return false;
        }
        let rank = lexis::rank(&lower, from);
        let rich = lexis::size(to) > 50_000;
        let nearer = identify::preference(&lower, from, to).unwrap_or_default();
        if !small {
            return lower.chars().count() >= 6
                && rank.is_some_and(|rank| rank < 10_000)
                && nearer > 0.3
                && lexis::spread(&lower, from) == 0;
        }
        match rank {
            Some(_) if rich => nearer > 0.0 || self.has_a_translation(&lower),
            // A loan is in the lists of several languages.
            Some(rank) => {
                let own = nearer > 0.25 || (nearer > 0.1 && self.has_a_translation(&lower));
                own && rank < 8_000 && lexis::spread(&lower, from) <= 1
            }
            None => {
                let strange = lexis::plausible(&lower, to) < 0.9 || nearer > 0.8;
                rich && ((nearer > 0.3 && strange) || (nearer > 0.0 && self.has_a_translation(&lower)))
            }
        }
    }

    /// Whether the dictionary knows what the target calls a word of the source, and the target has no such word itself.
    fn has_a_translation(&self, lower: &str) -> bool {
        let mut buffer = String::new();
        let (from, to) = (&self.dictionary.source, &self.dictionary.target);
        let Some(stem) = from.get(from.stem(lower, &mut buffer)) else { return false };
        let known = self.dictionary.partners(stem).iter().any(|partner| partner.sure >= TRANSLATES);
        known && to.get(to.stem(lower, &mut buffer)).is_none_or(|own| !self.dictionary.is_partner(own))
    }
}

/// Whether a passage of the target stands in the source word for word, and is no name, title or figure.
pub(super) fn is_copied(bitext: &Bitext, span: Span) -> bool {
    let (from, target) = (bitext.source.language, &bitext.target);
    let excerpt = target.excerpt(span);
    if excerpt.chars().filter(|c| c.is_alphabetic()).count() < 12 || !bitext.source.text.contains(excerpt) {
        return false;
    }
    let tokens = running::tokens(target, span);
    let small = tokens.iter().skip(1).filter(|token| token.small() && token.wordy()).count();
    let known = |language: &Language| {
        tokens.iter().filter(|token| lexis::known(&language.lower(token.text), language)).count()
    };
    // What the source itself quotes from a third language is right as it stands.
    let quoted = is_listed(from) && known(from) * 10 < tokens.len() * 6;
    small >= 3 && !quoted && (!is_listed(target.language) || known(target.language) * 10 < tokens.len() * 8)
}

/// Whether the list of a language is long enough to tell its words.
fn is_listed(language: &Language) -> bool {
    lexis::size(language) >= 4000
}

/// Whether quotation marks stand right around a place: a term, a title.
fn is_quoted(whole: &str, span: Span) -> bool {
    let before = whole.get(..span.start).and_then(|text| text.chars().next_back());
    let after = whole.get(span.end..).and_then(|text| text.chars().next());
    before.is_some_and(text::is_quote) && after.is_some_and(text::is_quote)
}

/// Whether a bracket opens right before a place: the term of the source beside its translation.
fn is_a_gloss(whole: &str, span: Span) -> bool {
    whole.get(..span.start).is_some_and(|before| before.ends_with(['(', '（', '[']))
}

/// Whether a hyphen or slash joins the place to another word.
fn is_joined(whole: &str, span: Span) -> bool {
    let join = |c: char| text::is_hyphen(c) || matches!(c, '/' | '@' | '_' | '#' | '.');
    let before = whole.get(..span.start).and_then(|text| text.chars().next_back());
    let mut after = whole.get(span.end..).unwrap_or_default().chars();
    let next = after.next();
    before.is_some_and(join) || (next.is_some_and(join) && after.next().is_some_and(char::is_alphanumeric))
}
