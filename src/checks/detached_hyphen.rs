//! A space beside a hyphen that joins.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::running::{self, Token};
use super::{Check, Context, Findings, TextCheck};
use crate::lang::{Language, lexis, slips, text};
use crate::model::{Document, ErrorType, Severity};

/// `detached-hyphen` has no options.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DetachedHyphen {}

impl Check for DetachedHyphen {
    const NAME: &'static str = "detached-hyphen";
    const ERROR_TYPE: ErrorType = ErrorType::Punctuation;
    const SEVERITY: Severity = Severity::Minor;
    const CASEBOOK: &'static str = include_str!("detached_hyphen.md");
}

impl TextCheck for DetachedHyphen {
    fn run(&self, text: &Document, _context: &Context, findings: &mut Findings<'_>) {
        let reader = Reader::new(text.language);
        for segment in &text.segments {
            if !segment.span.of(&text.text).contains(text::is_hyphen) {
                continue;
            }
            let tokens = running::tokens(text, segment.span);
            let mut index = 1;
            while index < tokens.len() {
                let Some(mut join) = reader.join(&tokens, index) else {
                    index += 1;
                    continue;
                };
                let first = index;
                // The chain goes on over further detached hyphens and over hyphens in their right place.
                let mut last = index;
                while last + 1 < tokens.len() {
                    if let Some(next) = reader.join(&tokens, last + 1) {
                        join.confidence = join.confidence.max(next.confidence);
                    } else if !is_joined(&tokens[last + 1]) {
                        break;
                    }
                    last += 1;
                }
                let mut start = first - 1;
                while start > 0 && is_joined(&tokens[start]) {
                    start -= 1;
                }
                index = last + 1;
                let span = tokens[start].span.join(tokens[last].span);
                if running::in_link(text, span) {
                    continue;
                }
                let mut whole = tokens[start].text.to_owned();
                for token in &tokens[start + 1..=last] {
                    if !join.split {
                        whole.push('-');
                    }
                    whole.push_str(token.text);
                }
                let written = text.excerpt(span);
                findings
                    .at(span, format!("“{written}” has a space beside its hyphen: “{whole}”"))
                    .confidence(join.confidence)
                    .replace_with(whole);
            }
        }
    }
}

/// A place where a hyphen has lost its word.
struct Join {
    confidence: f64,
    /// A word cut in two: the hyphen goes with the space.
    split: bool,
}

struct Reader<'a> {
    language: &'a Language,
    function: &'a std::collections::BTreeSet<&'a str>,
    after: Vec<&'a str>,
    before: Vec<&'a str>,
}

impl<'a> Reader<'a> {
    fn new(language: &'a Language) -> Self {
        Self {
            language,
            function: running::function_words(language),
            after: running::listed(language, |part| &part.hyphen_after),
            before: running::listed(language, |part| &part.hyphen_before),
        }
    }

    /// Whether the hyphen before `tokens[index]` stands apart though it joins.
    fn join(&self, tokens: &[Token<'_>], index: usize) -> Option<Join> {
        let (left, right) = (tokens.get(index - 1)?, tokens.get(index)?);
        // An ordinal: `ke -12`.
        let ordinal = side(right.gap) == Some(Side::SpaceBefore)
            && right.text.chars().all(char::is_numeric)
            && self.before.contains(&self.language.lower(left.text).as_str());
        if ordinal {
            return Some(Join { confidence: 0.8, split: false });
        }
        // `מ - 60`: what is written to words, joined to a figure.
        let prefix = || {
            let names = self.language.names.as_ref();
            names.is_some_and(|names| {
                names.prefixes.iter().any(|prefix| prefix.trim_end_matches('-') == left.text)
            })
        };
        if side(right.gap).is_some() && right.text.chars().all(char::is_numeric) && prefix() {
            return Some(Join { confidence: 0.8, split: false });
        }
        // `CO2 -Löschanlage`
        let formula = left.text.starts_with(text::is_upper)
            && left.text.chars().any(char::is_numeric)
            && left.text.chars().filter(|letter| letter.is_alphabetic()).count() >= 2;
        if formula && right.wordy() && side(right.gap) == Some(Side::SpaceBefore) {
            return Some(Join { confidence: 0.8, split: false });
        }
        if self.is_of_a_figure(left, right) {
            return Some(Join { confidence: 0.8, split: false });
        }
        if !left.wordy() || !right.wordy() {
            return None;
        }
        match side(right.gap)? {
            Side::SpaceBefore => self.space_before(tokens, index, left, right),
            Side::SpaceAfter => self.space_after(tokens, index, left, right),
            Side::Both if left.small() && right.small() && self.joins(left, right) => {
                Some(Join { confidence: 0.8, split: false })
            }
            Side::Both => self.split_word(left, right, false),
        }
    }

    /// `31 -letni`, `10- day`: a figure and the word that it is joined to.
    fn is_of_a_figure(&self, left: &Token<'_>, right: &Token<'_>) -> bool {
        let figure = left.text.chars().count() <= 3 && left.text.chars().all(char::is_numeric);
        figure
            && right.small()
            && right.wordy()
            && right.text.chars().nth(2).is_some()
            && matches!(side(right.gap), Some(Side::SpaceBefore | Side::SpaceAfter))
            && !self.function.contains(right.text)
    }

    /// Whether public text joins the two, or they are one word doubled: `anak-anaknya`, `berlari-lari`.
    fn joins(&self, left: &Token<'_>, right: &Token<'_>) -> bool {
        let doubled = || {
            let long = |word: &str| word.chars().nth(2).is_some();
            let (left, right) = (left.text, right.text);
            long(left) && long(right) && (right.starts_with(left) || left.ends_with(right))
        };
        let reduplicates = self.language.typography.as_ref().is_some_and(|part| part.reduplicates);
        reduplicates && doubled()
            || lexis::joins(&self.language.lower(left.text), &self.language.lower(right.text), self.language)
    }

    /// `sexta -feira`
    fn space_before(
        &self,
        tokens: &[Token<'_>],
        index: usize,
        left: &Token<'_>,
        right: &Token<'_>,
    ) -> Option<Join> {
        let (before, after) = (self.language.lower(left.text), self.language.lower(right.text));
        let expected = self.after.contains(&after.as_str()) || self.before.contains(&before.as_str());
        // An aside between hyphens set like dashes: `the town -a port- was`.
        let aside =
            !expected
                && tokens.iter().skip(index + 1).take(12).any(|token| {
                    side(token.gap) == Some(Side::SpaceAfter) && !self.before.contains(&token.text)
                });
        if aside {
            return None;
        }
        if let Some(join) = self.split_word(left, right, true) {
            return Some(join);
        }
        if expected || lexis::joins(&before, &after, self.language) {
            return Some(Join { confidence: 0.95, split: false });
        }
        // `-v` is an option of a program, `words in -ing` an ending, `he -who came- said` a clause.
        if !self.language.cased
            || right.text.chars().count() < 2
            || self.function.contains(after.as_str())
            || self.function.contains(before.as_str())
        {
            return None;
        }
        if right.capitalised() {
            // `PARIS -The` is a place line, `SARS -CoV` is none.
            let mixed = right.text.chars().skip(1).any(text::is_upper) && !text::is_all_capitals(right.text);
            let names = left.capitalised()
                && (mixed || !text::is_all_capitals(left.text))
                && !running::may_open(tokens, index - 1);
            return names.then_some(Join { confidence: 0.7, split: false });
        }
        Some(Join { confidence: 0.85, split: false })
    }

    /// `pré- escolar`
    fn space_after(
        &self,
        tokens: &[Token<'_>],
        index: usize,
        left: &Token<'_>,
        right: &Token<'_>,
    ) -> Option<Join> {
        let (before, after) = (self.language.lower(left.text), self.language.lower(right.text));
        // Suspended: `pre- and post-war`, `Vor- und Nachteile`; another follows: `pre-, post- and`.
        // `some- one` is a frequent word cut in two.
        let frequent = before.chars().count() > 2
            && lexis::rank(&format!("{before}{after}"), self.language).is_some_and(|rank| rank < 2000);
        let joined = self.joins(left, right);
        let suspended = self.function.contains(after.as_str())
            && !self.after.contains(&after.as_str())
            && !frequent
            && !joined;
        if !suspended && let Some(join) = self.split_word(left, right, true) {
            return Some(join);
        }
        let opened = index >= 2 && side(tokens[index - 1].gap) == Some(Side::SpaceBefore);
        if suspended || opened {
            return None;
        }
        if right.capitalised() {
            let names = left.capitalised()
                && left.text.chars().nth(1).is_some()
                && right.text.chars().nth(1).is_some()
                && !running::may_open(tokens, index - 1);
            return names.then_some(Join { confidence: 0.7, split: false });
        }
        // Where compounds are one word, only a small word follows a part that waits for its rest.
        if running::compounds(self.language)
            && left.text.chars().nth(2).is_some()
            && right.text.chars().nth(3).is_some()
        {
            return Some(Join { confidence: 0.75, split: true });
        }
        let expected = self.before.contains(&before.as_str()) || self.after.contains(&after.as_str());
        if expected || joined {
            return Some(Join { confidence: 0.9, split: false });
        }
        // `italo- americana`: the first is no word of its own.
        let part = left.small()
            && left.text.chars().nth(3).is_some()
            && right.text.chars().nth(3).is_some()
            && !slips::is_word(&before, self.language)
            && lexis::rank(&after, self.language).is_some();
        part.then_some(Join { confidence: 0.7, split: false })
    }

    /// `radi - cal`: a word cut in two whose halves are no words; with a space on one side only, they may be.
    fn split_word(&self, left: &Token<'_>, right: &Token<'_>, one_sided: bool) -> Option<Join> {
        if right.capitalised() || text::is_all_capitals(left.text) {
            return None;
        }
        let (before, after) = (self.language.lower(left.text), self.language.lower(right.text));
        let known = |word: &str| lexis::rank(word, self.language);
        let whole = format!("{before}{after}");
        let expected = self.after.contains(&after.as_str()) || self.before.contains(&before.as_str());
        let Some(rank) = known(&whole) else {
            let likely = lexis::plausible(&whole, self.language);
            let strange = one_sided
                && !expected
                && lexis::size(self.language) > 9000
                && known(&after).is_none()
                && (likely >= 0.95 || (likely >= 0.9 && known(&before).is_none()));
            return strange.then_some(Join { confidence: 0.7, split: true });
        };
        let halves = [&before, &after].map(|half| {
            // A short rare word is more likely half of one.
            known(half).filter(|&half_rank| half.chars().count() > 2 || half_rank < 400 || half_rank < rank)
        });
        match halves {
            [None, None] => Some(Join { confidence: 0.95, split: true }),
            [Some(_), Some(_)] if !one_sided || expected || rank > 5000 => None,
            [Some(_), Some(_)] => Some(Join { confidence: 0.75, split: true }),
            [Some(_), None] if expected && self.after.contains(&after.as_str()) => None,
            _ => Some(Join { confidence: 0.9, split: true }),
        }
    }
}

#[derive(PartialEq, Eq, Clone, Copy)]
enum Side {
    SpaceBefore,
    SpaceAfter,
    Both,
}

/// On which side of the single hyphen in a gap the single space is.
fn side(gap: &str) -> Option<Side> {
    let mut characters = gap.chars();
    let all = [characters.next()?, characters.next()?];
    let space = |character: char| matches!(character, ' ' | '\u{a0}' | '\u{202f}');
    match (all, characters.next(), characters.next()) {
        ([a, b], None, _) if space(a) && text::is_hyphen(b) => Some(Side::SpaceBefore),
        ([a, b], None, _) if text::is_hyphen(a) && space(b) => Some(Side::SpaceAfter),
        ([a, b], Some(c), None) if space(a) && text::is_hyphen(b) && space(c) => Some(Side::Both),
        _ => None,
    }
}

fn is_joined(token: &Token<'_>) -> bool {
    let mut characters = token.gap.chars();
    characters.next().is_some_and(text::is_hyphen) && characters.next().is_none()
}
