//! Determiners, adjectives and a noun that have no gender, number and case in common, and prepositions before another
//! case than they take. Finds nothing itself: `agreement` uses it.

use super::Findings;
use super::agreement::{gender, in_case_of, nouns_have_capitals};
use super::concord;
use super::running::{self, Token};
use crate::lang::paradigms::{self, Before, List, Paradigms, Readings, Trait};
use crate::lang::{Language, lexis, text};
use crate::model::{Document, Span};

/// Words before a noun that are read as one phrase.
const ATTRIBUTES: usize = 4;

/// Words before a comma, or behind a phrase, in which a noun is looked for.
const CHAIN: usize = 8;

/// Bytes of the longest word that is read; every end of it may be the last part of a compound.
const LONGEST: usize = 160;

/// A word before the noun.
struct Attribute {
    index: usize,
    readings: Readings,
    determiner: bool,
}

/// One stretch of running text.
struct Stretch<'a> {
    tokens: &'a [Token<'a>],
    lower: &'a [String],
    language: &'a Language,
    known: &'a Paradigms,
}

/// Reports what is not `told` already; what is told is in order and does not overlap.
pub(super) fn report(text: &Document, told: &[Span], findings: &mut Findings<'_>) {
    let Some(known) = paradigms::of(text.language) else { return };
    for segment in text.prose() {
        let tokens = running::tokens(text, segment.span);
        let lower = running::lowered(&tokens, text.language);
        // The apostrophe is a letter: `п'ять`.
        let lower: Vec<String> = lower.into_iter().map(|word| word.replace('’', "'")).collect();
        let stretch = Stretch { tokens: &tokens, lower: &lower, language: text.language, known };
        let mut index = 0;
        while index < tokens.len() {
            let (next, fault) = match stretch.relative(index) {
                None => stretch.phrase(index),
                fault => (index + 1, fault),
            };
            let span = |fault: &Fault| tokens[fault.first].span.join(tokens[fault.last].span);
            if let Some(fault) =
                fault.filter(|fault| !running::is_told(told, span(fault)) && !stretch.is_of_profile(fault))
            {
                let (first, last) = (&tokens[fault.first], &tokens[fault.last]);
                let message = if fault.governed {
                    format!("“{}” does not take the case of “{}”", first.text, last.text)
                } else {
                    format!("“{}” does not agree with “{}”", first.text, last.text)
                };
                let finding = findings.at(span(&fault), message).confidence(0.8);
                if let Some((at, form)) = fault.mend {
                    let word = &tokens[at];
                    let before = text.excerpt(Span::new(first.span.start, word.span.start));
                    let after = text.excerpt(Span::new(word.span.end, last.span.end));
                    let form = in_case_of(word.text, &form, text.language);
                    finding.replace_with(format!("{before}{form}{after}"));
                }
            }
            index = next;
        }
    }
}

/// Words that do not go together, by their places.
struct Fault {
    first: usize,
    last: usize,
    /// Whether the first is a preposition.
    governed: bool,
    /// A word of them by its place, and what it should be.
    mend: Option<(usize, String)>,
}

/// Whether a figure is read as a number whose last part is five or more, or nought, or eleven to nineteen.
fn is_many(figure: &str) -> bool {
    let digits = figure.as_bytes();
    digits.iter().all(u8::is_ascii_digit)
        && (digits.last().is_some_and(|last| matches!(last, b'0' | b'5'..=b'9'))
            || digits.iter().rev().nth(1) == Some(&b'1'))
}

impl Stretch<'_> {
    /// Reads a phrase that starts at the word. Returns where to go on, and what is wrong with it.
    fn phrase(&self, start: usize) -> (usize, Option<Fault>) {
        let after = start + 1;
        let mut attributes: Vec<Attribute> = Vec::new();
        let mut before = Before::Nothing;
        let mut at = start;
        while attributes.len() < ATTRIBUTES && at < self.tokens.len() && self.follows(start, at) {
            let Some(attribute) = self.attribute(at, before) else { break };
            // `de inmediato las medidas`, `aquellas del brote`, `in dem der Tunnel endet`
            let late = |last: &Attribute| {
                !last.determiner
                    || self.known.is(List::Contracted, &self.lower[at])
                    || [List::Alone, List::Pronoun]
                        .iter()
                        .any(|&list| self.known.is(list, &self.lower[last.index]))
            };
            if attribute.determiner && attributes.last().is_some_and(late) {
                break;
            }
            if attribute.determiner && attributes.is_empty() {
                before = self.known.determiner(&self.lower[at]).map_or(before, |(_, before)| before);
            }
            attributes.push(attribute);
            at += 1;
        }
        let noun = if at < self.tokens.len() && self.follows(start, at) { self.noun(at) } else { 0 };
        // Where adjectives stand behind nouns, one that opens a phrase may be of the noun before it.
        let of_other = (self.known.has(Trait::Determined) || self.known.has(Trait::Behind))
            && attributes.first().is_some_and(|first| !first.determiner);
        if noun == 0 || of_other || self.is_compound(at) {
            return (after, None);
        }
        let common = attributes.iter().fold(noun, |common, attribute| common & attribute.readings);
        let (taken, words) = self.known.preposed(self.lower, start).unwrap_or((0, 0));
        let governed = words > 0
            && self.tokens[start].follows_a_space()
            && !self.tokens[start - words].gap.ends_with(text::is_hyphen)
            // `z pod ziemi`
            && self.known.preposed(self.lower, start - words).is_none()
            && (!self.tokens[start - words].capitalised() || running::may_open(self.tokens, start - words));
        if self.is_counted(start) || self.is_clause(start, start - words.min(start), &attributes) {
            return (after, None);
        }
        if common != 0 {
            // Not of the clock: `В пять студенты ушли`.
            let numeral = start.checked_sub(1).filter(|&numeral| {
                self.tokens[start].follows_a_space() && self.known.preposed(self.lower, numeral).is_none()
            });
            if let Some(numeral) = numeral
                && self.known.many(&self.lower[numeral]).is_some_and(|plural| {
                    let ordinal = attributes.first().is_some_and(|first| first.readings & plural == 0);
                    common & plural == 0 && !ordinal
                })
                && !self.goes_on(at, &attributes, Readings::MAX)
            {
                return (at + 1, Some(Fault { first: numeral, last: at, governed: false, mend: None }));
            }
            if governed && common & taken == 0 && !self.goes_on(at, &attributes, taken) {
                return (at + 1, Some(Fault { first: start - words, last: at, governed: true, mend: None }));
            }
            if let Some((taken, words)) = self.known.postposed(self.lower, at + 1)
                && self.tokens[at + 1].follows_a_space()
                && common & taken == 0
            {
                return (at + 1, Some(Fault { first: start, last: at + words, governed: false, mend: None }));
            }
            return (at + 1, self.predicate(start, at, (&attributes, common)));
        }
        // Whatever a pronoun may be, `concord` tells before what is surely a noun.
        if attributes.iter().all(|attribute| attribute.determiner)
            && self.known.is(List::Pronoun, &self.lower[start])
        {
            return (after, None);
        }
        let shared =
            !attributes.first().is_some_and(|first| first.determiner) && self.is_shared(start, &attributes);
        let taken = if governed { taken } else { Readings::MAX };
        let fault = self
            .clash(&attributes, (at, noun))
            .filter(|_| !shared && !self.goes_on(at, &attributes, taken))
            .map(|fault| self.mended(&fault, &attributes, (noun & taken, before)));
        (after, fault)
    }

    /// A relative pronoun that is of no noun before the comma.
    fn relative(&self, index: usize) -> Option<Fault> {
        if !self.known.is(List::Relative, &self.lower[index]) {
            return None;
        }
        let pronoun = self.attribute(index, Before::Nothing)?.readings;
        let wanted = self.known.without_case(pronoun);
        // `, na které`, `, ο οποίος`
        let comma =
            (index.saturating_sub(2)..=index).rev().find(|&at| self.tokens[at].gap.starts_with(", "))?;
        let between = (comma..index).all(|at| {
            self.known.determiner(&self.lower[at]).is_some()
                || self.known.preposed(self.lower, at + 1).is_some()
        });
        if !between || self.tokens[comma].gap != ", " {
            return None;
        }
        let mut nearest = None;
        for at in (comma.saturating_sub(CHAIN)..comma).rev() {
            let word = self.lower[at].as_str();
            let noun = self.noun(at);
            let opens = running::may_open(self.tokens, at);
            if noun != 0 && (nouns_have_capitals(self.language) || self.tokens[at].small() || opens) {
                if self.known.without_case(noun) & wanted != 0 {
                    return None;
                }
                nearest = nearest.or(Some(at));
            } else if !self.is_of_phrase(at) {
                if self.joins(at) || !self.tokens[at].small() || !lexis::known(word, self.language) {
                    // Two nouns joined, a name, a word that may be a noun.
                    return None;
                }
                break;
            }
            if !self.tokens[at].follows_a_space() {
                break;
            }
        }
        nearest.filter(|&first| !self.is_one_of(first)).map(|first| Fault {
            first,
            last: index,
            governed: false,
            mend: None,
        })
    }

    /// Whether a pronoun before the preposition of a phrase is what is meant: `jedna z pracovnic, která`.
    fn is_one_of(&self, noun: usize) -> bool {
        (noun.saturating_sub(CHAIN)..noun).rev().take_while(|&at| self.tokens[at + 1].follows_a_space()).any(
            |at| {
                self.known.determiner(&self.lower[at]).is_some()
                    && self.known.preposed(self.lower, at + 2).is_some()
                    && at + 1 < noun
            },
        )
    }

    /// Whether the word may stand beside nouns in one phrase: a figure, an adjective, a determiner, a preposition.
    fn is_of_phrase(&self, at: usize) -> bool {
        self.tokens[at].text.contains(char::is_numeric)
            || self.attribute(at, Before::Nothing).is_some()
            || self.known.preposed(self.lower, at + 1).is_some()
    }

    /// An adjective behind a phrase, or behind a copula, that cannot be of its noun.
    fn predicate(
        &self,
        start: usize,
        at: usize,
        (attributes, common): (&[Attribute], Readings),
    ) -> Option<Fault> {
        // What stands before may be the head: `o presidente da empresa eleito`, `la police et la mairie`.
        attributes
            .first()
            .filter(|first| first.determiner && !self.known.is(List::Contracted, &self.lower[start]))?;
        let opens = running::may_open(self.tokens, start) || self.tokens[start].gap.contains([',', '،']);
        let follows = || {
            let before = self.lower[start - 1].as_str();
            self.tokens[start].follows_a_space()
                && !self.known.is(List::Pronoun, &self.lower[start])
                && self.noun(start - 1) | self.known.adjective(before, Before::Nothing) == 0
                && !running::function_words(self.language).contains(before)
        };
        let next = at + 1;
        let spaced = |index: usize| self.tokens.get(index).is_some_and(Token::follows_a_space);
        let behind = if spaced(next) { self.known.copula(self.lower, next) } else { None };
        let place = match behind {
            Some(words) if opens && (next..next + words).all(spaced) => next + words,
            None if self.known.has(Trait::Behind) && (opens || follows()) => next,
            _ => return None,
        };
        let adjective = self.tokens.get(place).filter(|token| token.follows_a_space() && token.small())?;
        let readings = self.known.adjective(&self.lower[place], Before::Nothing);
        let may_be_verb = || {
            let grammar = self.language.grammar.as_ref();
            grammar.is_some_and(|grammar| concord::may_be_verb(&self.lower[place], grammar, self.language))
        };
        let clash = readings != 0
            && readings & common == 0
            && adjective.wordy()
            && self.noun(place) == 0
            && self.known.determiner(&self.lower[place]).is_none()
            // `los sistemas político y económico`
            && !self.joins(place + 1)
            // `um homem limpa a terra`
            && (behind.is_some() || !may_be_verb())
            // `anunciou o governo novas medidas`
            && !self.tokens.get(place + 1).is_some_and(|word| {
                word.follows_a_space() && self.noun(place + 1) & readings != 0
            });
        clash.then(|| {
            let form = self.known.inflected(&self.lower[place], Before::Nothing, common);
            Fault { first: at, last: place, governed: false, mend: form.map(|form| (place, form)) }
        })
    }

    /// Whether the word may go on a phrase that starts at `start`.
    fn follows(&self, start: usize, at: usize) -> bool {
        let token = &self.tokens[at];
        let cased = self.language.cased;
        let small = !cased || token.small();
        let written = small
            || at == start && running::may_open(self.tokens, at)
            || nouns_have_capitals(self.language) && token.capitalised()
            // `een Duitse schip`
            || self.known.has(Trait::Capitals) && self.known.adjective(&self.lower[at], Before::Nothing) != 0;
        token.wordy() && written && (at == start || token.follows_a_space())
    }

    fn attribute(&self, at: usize, before: Before) -> Option<Attribute> {
        let word = self.lower[at].as_str();
        if let Some((readings, _)) = self.known.determiner(word) {
            return Some(Attribute { index: at, readings, determiner: true });
        }
        if nouns_have_capitals(self.language)
            && self.tokens[at].capitalised()
            && !running::may_open(self.tokens, at)
        {
            return None;
        }
        let readings = self.known.adjective(word, before);
        (readings != 0).then_some(Attribute { index: at, readings, determiner: false })
    }

    fn noun(&self, at: usize) -> Readings {
        let word = self.lower[at].as_str();
        if word.len() > LONGEST || nouns_have_capitals(self.language) && !self.tokens[at].capitalised() {
            return 0;
        }
        let known = self.known.noun(word);
        if known != 0 {
            return known;
        }
        let Some(grammar) = self.language.grammar.as_ref().filter(|grammar| !grammar.links.is_empty()) else {
            return 0;
        };
        // Of a compound the last part tells; a short one may be the end of anything.
        let starts = word.char_indices().map(|(at, _)| at).skip(3);
        let parts = starts.filter_map(|at| word.split_at_checked(at));
        let mut heads = parts.filter(|(_, head)| head.chars().count() >= 4).filter_map(|(stem, head)| {
            let readings = self.known.noun(head);
            (readings != 0 && concord::is_stem(stem, grammar, self.language)).then_some(readings)
        });
        heads.next().unwrap_or_default()
    }

    /// Whether the word is one that joins numbers, as *and* does.
    fn joins(&self, at: usize) -> bool {
        let numbers = self.language.numbers.as_ref();
        self.lower.get(at).is_some_and(|word| numbers.is_some_and(|numbers| numbers.joiners.contains(word)))
    }

    /// Whether a numeral stands before the phrase, or the first part of one: `sesenta y un días`.
    fn is_counted(&self, start: usize) -> bool {
        let numbers = self.language.numbers.as_ref();
        let numeral = |at: usize| {
            let word = &self.lower[at];
            self.known.many(word).is_none()
                && (self.tokens[at].text.contains(char::is_numeric) && !is_many(self.tokens[at].text)
                    || self.known.is(List::Two, word)
                    || numbers.is_some_and(|numbers| {
                        numbers.words.contains_key(word) || numbers.scales.contains_key(word)
                    }))
        };
        match start.checked_sub(1) {
            Some(before) if self.known.has_cases() && numeral(before) => true,
            Some(before) if self.joins(before) => before.checked_sub(1).is_some_and(numeral),
            _ => false,
        }
    }

    /// Whether an adjective that opens a phrase may be of the noun before it (`ceny stanovené vyhláškou`), or is one of
    /// several that share a noun (`синього і жовтого кольорів`).
    fn is_shared(&self, start: usize, attributes: &[Attribute]) -> bool {
        let Some(before) = start.checked_sub(1) else { return false };
        let readings = attributes.first().map_or(0, |first| first.readings);
        let adjective = |at: usize| self.attribute(at, Before::Nothing).is_some();
        self.tokens[start].follows_a_space() && self.noun(before) & readings != 0
            || self.tokens[start].gap.starts_with(',') && adjective(before)
            || self.joins(before)
    }

    /// Whether the noun is joined to what follows by a hyphen (`un porte-parole`) or is part of a name (`der Gold Coast`).
    fn is_compound(&self, at: usize) -> bool {
        self.tokens.get(at + 1).is_some_and(|next| {
            let name = nouns_have_capitals(self.language) && next.follows_a_space() && next.capitalised();
            next.gap.trim_start().starts_with(text::is_hyphen) || name && self.noun(at + 1) == 0
        })
    }

    /// Whether the first word may be a pronoun: one that opens a clause, behind a comma or its preposition, or one that
    /// stands behind its noun.
    fn is_clause(&self, start: usize, preposition: usize, attributes: &[Attribute]) -> bool {
        let comma = |at: usize| self.tokens[at].gap.contains([',', '،']);
        // `στον προσωπικό του ιατρικό φάκελο`
        let possessive = || {
            start.checked_sub(1).filter(|_| self.tokens[start].follows_a_space()).is_some_and(|before| {
                self.known.determiner(&self.lower[before]).is_none()
                    && self.noun(before) | self.known.adjective(&self.lower[before], Before::Nothing) != 0
            })
        };
        attributes
            .first()
            .is_some_and(|first| first.determiner && self.known.is(List::Pronoun, &self.lower[start]))
            && (comma(start) || comma(preposition) || possessive())
    }

    /// The words that clash: an attribute and the noun, or else two attributes.
    fn clash(&self, attributes: &[Attribute], (at, noun): (usize, Readings)) -> Option<Fault> {
        let apart =
            |attribute: &Attribute| !attribute.determiner && self.known.is_apart(attribute.readings, noun);
        if attributes.iter().any(apart) {
            return None;
        }
        // A word that may itself be a noun may end the phrase.
        if attributes.iter().any(|attribute| !attribute.determiner && self.noun(attribute.index) != 0) {
            return None;
        }
        // `i nazisti casa per casa`
        let named = |pair: &[Attribute]| {
            self.known.has(Trait::Behind) && !pair[1].determiner && pair[0].readings & pair[1].readings != 0
        };
        if attributes.len() > 1 && attributes.windows(2).all(named) {
            return None;
        }
        let fault = |first: usize, last: usize| Some(Fault { first, last, governed: false, mend: None });
        if let Some(clashing) = attributes.iter().rev().find(|attribute| attribute.readings & noun == 0) {
            return fault(clashing.index, at);
        }
        let pairs = attributes.windows(2).find(|pair| pair[0].readings & pair[1].readings == 0);
        match pairs {
            Some(pair) => fault(pair[0].index, pair[1].index),
            None => fault(attributes[0].index, at),
        }
    }

    /// A clash with what the adjective should be, or the determiner.
    fn mended(&self, fault: &Fault, attributes: &[Attribute], (noun, before): (Readings, Before)) -> Fault {
        let others = attributes.iter().filter(|attribute| attribute.index != fault.first);
        let wanted = others.fold(noun, |wanted, attribute| wanted & attribute.readings);
        let word = self.lower[fault.first].as_str();
        let form = if self.known.determiner(word).is_some() {
            let other = self.language.grammar.as_ref().and_then(|grammar| grammar.other_gender.get(word));
            other
                .filter(|other| {
                    self.known.determiner(other).is_some_and(|(readings, _)| readings & wanted != 0)
                })
                .cloned()
        } else {
            self.known.inflected(word, before, wanted)
        };
        Fault { mend: form.map(|form| (fault.first, form)), ..*fault }
    }

    /// Whether the profile itself tells whether a determiner and its noun agree.
    fn is_of_profile(&self, fault: &Fault) -> bool {
        let (first, last) = (self.lower[fault.first].as_str(), self.lower[fault.last].as_str());
        fault.last == fault.first + 1
            && self.language.grammar.as_ref().is_some_and(|grammar| {
                grammar.determiners.contains_key(first) && gender(last, grammar).is_some()
            })
    }

    /// Whether the word behind the phrase may be its noun: the one found is part of something else then.
    fn goes_on(&self, at: usize, attributes: &[Attribute], taken: Readings) -> bool {
        // `mit der feste Zusagen liebenden Kundin`
        let inner = nouns_have_capitals(self.language)
            && self.tokens.get(at + 1..at + 3).is_some_and(|next| {
                next.iter().all(Token::follows_a_space)
                    && next[0].small()
                    && next[1].capitalised()
                    && !running::function_words(self.language).contains(self.lower[at + 1].as_str())
            });
        if inner {
            return true;
        }
        let nested =
            attributes.iter().any(|attribute| self.known.is(List::Nested, &self.lower[attribute.index]));
        if nested && self.known.postposed(self.lower, at + 1).is_some() {
            return true;
        }
        let behind = self.tokens.get(at + 1..).unwrap_or_default();
        let behind =
            behind.iter().take(if nested { CHAIN } else { 1 }).take_while(|word| word.follows_a_space());
        let wanted = attributes.iter().fold(taken, |wanted, attribute| wanted & attribute.readings);
        let adjective = |at: usize| self.known.adjective(&self.lower[at], Before::Nothing);
        (at + 1..).zip(behind).any(|(at, _)| (self.noun(at) | adjective(at)) & wanted != 0)
    }
}
