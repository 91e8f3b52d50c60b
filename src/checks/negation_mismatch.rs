//! `negation-mismatch`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::coverage::{Coverage, Word};
use super::{BitextCheck, Check, Context, Findings};
use crate::lang::Language;
use crate::lang::dictionary::Dictionary;
use crate::mentions::negation::{Cue, Role, agrees, read, unused_support};
use crate::model::{Bitext, Document, ErrorType, Severity, Span};

/// Options of `negation-mismatch`.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct NegationMismatch {
    /// Sentences with more characters than this on the side without negation are let pass: there is room to say
    /// it in another way.
    longest: usize,
}

impl Default for NegationMismatch {
    fn default() -> Self {
        Self { longest: 400 }
    }
}

impl Check for NegationMismatch {
    const NAME: &'static str = "negation-mismatch";
    const ERROR_TYPE: ErrorType = ErrorType::Mistranslation;
    const SEVERITY: Severity = Severity::Major;
    const CASEBOOK: &'static str = include_str!("negation_mismatch.md");
}

impl BitextCheck for NegationMismatch {
    fn run(&self, bitext: &Bitext, context: &Context, findings: &mut Findings<'_>) {
        for document in [&bitext.source, &bitext.target] {
            if document.language.negation.is_none() {
                findings.abstain(format!("nothing known of negation in {}", document.language.name));
                return;
            }
        }
        let sides: Vec<(Half, Half)> = bitext
            .beads
            .iter()
            .map(|bead| {
                let source = bitext.source_span(bead).unwrap_or_default();
                let target = bitext.target_span(bead).unwrap_or_default();
                (Half::new(&bitext.source, source), Half::new(&bitext.target, target))
            })
            .collect();
        let dictionary = context.knowledge().dictionary(bitext.source.language, bitext.target.language);
        for (index, bead) in bitext.beads.iter().enumerate().filter(|(_, bead)| bead.is_pair()) {
            let (source, target) = &sides[index];
            if source.span.len().max(target.span.len()) > self.longest || bead.confidence < SURE_BEAD {
                continue;
            }
            // A neighbour with a negation too many on the other side: the sentences are cut otherwise.
            let excess = |index: usize| {
                sides
                    .get(index)
                    .map_or(0, |(source, target)| source.denials() as isize - target.denials() as isize)
            };
            let mine = excess(index);
            let around = [excess(index.wrapping_sub(1)), excess(index + 1)];
            if mine == 0 || around.iter().any(|theirs| theirs.signum() == -mine.signum()) {
                continue;
            }
            let more_is_source = mine > 0;
            let less = if more_is_source { target } else { source };
            if less.spare() >= mine.unsigned_abs() {
                continue;
            }
            let coverage = &context.coverages(bitext)[index];
            let comparison = Comparison::new(more_is_source, source, target, coverage, &dictionary);
            let (document, other) = if more_is_source {
                (&bitext.source, &bitext.target)
            } else {
                (&bitext.target, &bitext.source)
            };
            let Some((cue, confidence)) =
                comparison.left_over(document.language, other).filter(|(_, confidence)| *confidence >= LEAST)
            else {
                continue;
            };
            let word = document.excerpt(cue);
            let finding = if more_is_source {
                findings
                    .report(format!("nothing in the translation denies what “{word}” denies"))
                    .target(target.span)
                    .source(cue)
            } else {
                findings
                    .report(format!("“{word}” denies what the source does not"))
                    .target(cue)
                    .source(source.span)
            };
            finding.confidence(confidence).severity(if confidence >= GRAVE {
                Severity::Major
            } else {
                Severity::Minor
            });
        }
    }
}

/// Beads less sure than this are not compared.
const SURE_BEAD: f64 = 0.5;
/// Below this confidence nothing is said.
const LEAST: f64 = 0.58;
/// From this confidence on a finding is major: less sure ones are for a second look.
const GRAVE: f64 = 0.8;

/// Words that a negation is taken to deny, the nearest ones that the dictionary knows.
const DENIED: usize = 2;

/// What a bead covers on one side, and what denies there.
struct Half {
    span: Span,
    cues: Vec<Cue>,
}

impl Half {
    fn new(document: &Document, span: Span) -> Self {
        let mut cues = read(document.excerpt(span), document.language);
        for cue in &mut cues {
            cue.span = cue.span.shift(span.start);
        }
        Self { span, cues }
    }

    fn denials(&self) -> usize {
        self.cues.iter().filter(|cue| cue.role.denies()).count()
    }

    /// How many negations it holds that need no counterpart.
    fn spare(&self) -> usize {
        self.cues.iter().filter(|cue| cue.role == Role::Either).count()
    }

    /// The relative place of a byte, 0 to 1.
    fn place(&self, byte: usize) -> f64 {
        byte.saturating_sub(self.span.start) as f64 / self.span.len().max(1) as f64
    }
}

/// A bead one side of which denies more often than the other.
struct Comparison<'a> {
    dictionary: &'a Dictionary,
    more_is_source: bool,
    more: &'a Half,
    less: &'a Half,
    words: &'a [Word],
    others: &'a [Word],
    partners: Vec<Option<(usize, f32)>>,
    /// Of the words of the other side.
    back: Vec<Option<(usize, f32)>>,
}

/// Where on the other side a negation should stand.
#[derive(Clone, Copy)]
struct Expected {
    /// Byte in the text.
    at: usize,
    /// How sure the denied words are of their partners, 0 where none has one.
    sure: f32,
    /// How many of the denied words have one.
    known: usize,
    /// How many denied words the dictionary knows, of the nearest.
    denied: usize,
    /// Whether the opposite of one of them is there instead.
    opposed: bool,
}

impl<'a> Comparison<'a> {
    fn new(
        more_is_source: bool,
        source: &'a Half,
        target: &'a Half,
        coverage: &'a Coverage,
        dictionary: &'a Dictionary,
    ) -> Self {
        let partners = coverage.partners(dictionary);
        if more_is_source {
            let (words, others) = (&coverage.source, &coverage.target);
            Self {
                dictionary,
                more_is_source,
                more: source,
                less: target,
                words,
                others,
                partners: partners.source,
                back: partners.target,
            }
        } else {
            let (words, others) = (&coverage.target, &coverage.source);
            Self {
                dictionary,
                more_is_source,
                more: target,
                less: source,
                words,
                others,
                partners: partners.target,
                back: partners.source,
            }
        }
    }

    /// Where the other side should deny what a cue denies: beside the partner of the denied word, else at the same
    /// share of the sentence.
    fn expected(&self, cue: &Cue, language: &Language) -> Expected {
        let start = self.more.span.start;
        let (first, last) = (cue.span.start - start, cue.span.end - start);
        let weighs = |&at: &usize| !self.words[at].light && !self.words[at].unknown;
        let all = 0..self.words.len();
        let denied: Vec<usize> = if is_verb_final(language) {
            all.rev().filter(|&at| self.words[at].span.start < last).filter(weighs).take(DENIED).collect()
        } else {
            all.filter(|&at| self.words[at].span.end > first).filter(weighs).take(DENIED).collect()
        };
        let opposed = denied.iter().any(|&at| self.is_opposed(at));
        let mut out = Expected { at: 0, sure: 0.0, known: 0, denied: denied.len(), opposed };
        let mut nearest = None;
        for &at in &denied {
            if let Some((there, sure)) = self.partners[at]
                && sure >= RENDERED
            {
                out.known += 1;
                out.sure = out.sure.max(sure);
                nearest.get_or_insert(self.others[there].span.start);
            }
        }
        let relative = (self.more.place(cue.span.start) * self.less.span.len() as f64) as usize;
        out.at = self.less.span.start + nearest.unwrap_or(relative);
        out
    }

    /// Whether a word that may render a negation renders a word of its own: *false* for *falsch*.
    fn is_taken(&self, may: &Cue) -> bool {
        let start = self.less.span.start;
        let cued = |word: &Word| {
            let span = word.span.shift(self.more.span.start);
            self.more.cues.iter().any(|cue| cue.role.denies() && cue.span.overlaps(span))
        };
        self.others.iter().zip(&self.back).any(|(word, partner)| {
            word.span.shift(start).overlaps(may.span)
                && (partner.is_some_and(|(there, sure)| sure >= TAKEN && !cued(&self.words[there])))
        })
    }

    /// Whether two words that deny follow one another, with a space between: *is not no*.
    fn has_neighbours(&self) -> bool {
        let denials: Vec<&Cue> = self.more.cues.iter().filter(|cue| cue.role.denies()).collect();
        denials.windows(2).any(|pair| pair[1].span.start <= pair[0].span.end + 1)
    }

    /// Whether the other side says the opposite of a word: *not large* is *small*.
    fn is_opposed(&self, at: usize) -> bool {
        let opposes = |source: Option<u32>, target: Option<u32>| {
            source.zip(target).is_some_and(|(source, target)| {
                self.dictionary.opposites(source).any(|opposite| opposite == target)
            })
        };
        let own = self.words[at].stem;
        self.others.iter().any(|other| {
            if self.more_is_source { opposes(own, other.stem) } else { opposes(other.stem, own) }
        })
    }

    /// A negation that nothing on the other side renders, and how sure that is.
    fn left_over(&self, language: &'static Language, other: &Document) -> Option<(Span, f64)> {
        let denials = |cue: &&Cue| cue.role.denies();
        let mut free: Vec<(&Cue, Expected)> =
            self.more.cues.iter().filter(denials).map(|cue| (cue, self.expected(cue, language))).collect();
        let mut theirs: Vec<&Cue> = self.less.cues.iter().filter(denials).collect();
        let paired = theirs.len();
        while !theirs.is_empty() {
            let places = |expected: &Expected| {
                let there = theirs.iter().enumerate();
                there.map(|(at, cue)| (expected.at.abs_diff(cue.span.start), at)).min()
            };
            let nearest =
                free.iter().enumerate().filter_map(|(at, (_, expected))| Some((places(expected)?, at)));
            let Some(((_, there), here)) = nearest.min() else { break };
            free.remove(here);
            theirs.remove(there);
        }
        let doubled = !self.more_is_source && !agrees(language) && self.has_neighbours();
        let (cue, expected) = free.into_iter().find(|(cue, _)| doubled || cue.role == Role::Denies)?;
        if expected.opposed {
            return None;
        }
        let may = self.less.cues.iter().filter(|cue| cue.role == Role::May);
        let (free, taken): (Vec<&Cue>, Vec<&Cue>) = may.partition(|may| !self.is_taken(may));
        let nearest = |cues: &[&Cue]| cues.iter().map(|may| may.span.start.abs_diff(expected.at)).min();
        let evidence = Evidence {
            paired,
            nearest: nearest(&free),
            taken: nearest(&taken),
            renderings: free.len(),
            added: !self.more_is_source,
            expected,
            room: self.less.span.len(),
            order: is_verb_final(language) != is_verb_final(other.language),
            // In a source the auxiliary may well be meant.
            bare: self.more_is_source
                && !unused_support(other.excerpt(self.less.span), other.language).is_empty(),
            doubled,
        };
        Some((cue.span, evidence.confidence()))
    }
}

/// What speaks for and against a negation being lost.
struct Evidence {
    /// Negations that both sides have.
    paired: usize,
    /// How far from the place where it should stand the nearest word is that may render a negation.
    nearest: Option<usize>,
    /// The same of words that render a word of their own.
    taken: Option<usize>,
    /// How many such words there are.
    renderings: usize,
    /// Whether the translation has the negation.
    added: bool,
    expected: Expected,
    /// Bytes of the side without it.
    room: usize,
    /// Whether the two languages put the verb in different places.
    order: bool,
    /// Whether the translation has an auxiliary that seldom stands without a negation.
    bare: bool,
    /// Whether the translation denies twice in a row, in a language where that affirms.
    doubled: bool,
}

impl Evidence {
    /// The weights are fitted to translations with a negation taken out or put in: TICO-19 and MLQE-PE, both CC0.
    fn confidence(&self) -> f64 {
        let within = |place: Option<usize>, from: usize, to: usize| {
            place.is_some_and(|bytes| (from..to).contains(&bytes))
        };
        let near = |from: usize, to: usize| f64::from(u8::from(within(self.nearest, from, to)));
        // What renders another word speaks against it too: dictionaries take *disagree* for *agree*.
        let taken = |from: usize, to: usize| {
            let nearer = self.nearest.is_some_and(|bytes| bytes < to);
            let share = if self.added { 0.75 } else { 1.0 };
            if within(self.taken, from, to) && !nearer { share } else { 0.0 }
        };
        let close = |from: usize, to: usize| near(from, to) + taken(from, to);
        let weighed = [
            (0.10, true),
            (ADDED, self.added),
            (-1.56, self.paired >= 1),
            (-0.36, self.paired >= 2),
            (0.21, self.nearest.is_none()),
            (-0.05, self.renderings >= 2),
            (0.62, self.expected.known >= 1),
            (0.88, self.expected.known >= 2),
            (0.75, self.expected.denied == 0),
            (0.33, self.expected.sure >= 0.6),
            (-0.62, self.room > 160),
            (0.27, self.order),
            (0.16, self.order && self.nearest.is_some()),
            (-0.75, self.order && self.paired >= 1),
            (BARE, self.bare),
            (DOUBLED, self.doubled),
        ];
        let sum: f64 = weighed.iter().filter(|(_, holds)| *holds).map(|(weight, _)| weight).sum();
        let sum = sum - 1.70 * close(0, 12) - 1.27 * close(12, 30) - 0.48 * close(30, 60);
        1.0 / (1.0 + (-sum).exp())
    }
}

fn is_verb_final(language: &Language) -> bool {
    language.negation.as_ref().is_some_and(|negation| negation.verb_final)
}

/// What an auxiliary without its negation adds, and a negation beside a negation: in good translations both are rare.
/// What it adds that the translation has the negation: translators drop one oftener than they put one in.
const ADDED: f64 = 0.62;
const BARE: f64 = 1.6;
const DOUBLED: f64 = 2.6;

/// From this on a word that may render a negation renders another word.
const TAKEN: f32 = 0.45;
/// From this on a word is taken to have a partner.
const RENDERED: f32 = 0.3;
