//! Sequences of words and endings as profiles write them: `a ~ando como`, `the of|with`, `ال~ة جاهز`; `^ os ~s foi` only
//! where a clause begins, `^^` only where a sentence may, `!` where no word of the guards stands shortly before, `!!`
//! none of the others. `{fP}` is a noun of one of these
//! classes of `src/lang/concord`, `{f~а}` one that ends so, too, `{m!}` one whose plural is written otherwise, `{m-}` one
//! for no person, `<s>` and `<P>` a form of a regular verb in the singular and in the plural, `<~ová>` a word with a capital
//! that ends so, `{ال+f}` one behind what is written to it; the words before it are no names. `~ado!` is a word that ends so
//! and is no noun. `now|then*` stands for up to three of these words or
//! none, `…` for a prepositional phrase or none, `,` says that a comma is before the next word, `$` that no word follows
//! without a mark between; what is behind `/` must follow but is not told.

use std::collections::{BTreeMap, BTreeSet};

use super::agreement::{gender, nouns_have_capitals};
use super::running::{self, Token};
use crate::lang::agreement::{self, Agreement, Number};
use crate::lang::concord::{self, Concord};
use crate::lang::paradigms::{self, Before};
use crate::lang::profile::Grammar;
use crate::lang::{Language, text};

/// Sequences of one list of a profile, by their first words.
#[derive(Default)]
pub(super) struct Patterns<'a> {
    all: Vec<Pattern<'a>>,
    /// Those that begin with certain words.
    by_word: BTreeMap<&'a str, Vec<usize>>,
    /// Those whose first word is told by its beginning, by the first letter of that.
    by_letter: BTreeMap<char, Vec<usize>>,
    /// Those whose first word is told by its ending or its class.
    others: Vec<usize>,
}

struct Pattern<'a> {
    items: Vec<Item<'a>>,
    /// Where alone it stands.
    opens: Opens,
    /// Whether it asks for nouns.
    nouns: bool,
    /// The items that are told; those behind them must follow.
    told: usize,
}

enum Item<'a> {
    /// One of these.
    Word(Vec<&'a str>),
    /// One of these, behind a comma.
    BehindComma(Vec<&'a str>),
    /// Up to three of these, or none.
    Several(Vec<&'a str>),
    /// A prepositional phrase, or none.
    Phrase,
    /// Nothing: no word, or a mark before it.
    End,
}

/// Words of the longest prepositional phrase.
const PHRASE: usize = 7;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Opens {
    Anywhere,
    Clause,
    Sentence,
    /// In no phrase that belongs to another noun: no guard shortly before.
    Bare,
    /// Where no other noun may be meant: none of the others before it.
    Alone,
}

/// What patterns are looked up with.
struct Known<'a> {
    concord: Option<&'static Concord>,
    /// Nouns that stand for several, or that are something else besides.
    unsure: &'a [String],
    agreement: Option<&'static Agreement>,
    language: &'a Language,
    grammar: Option<&'a Grammar>,
    capitals: bool,
    cased: bool,
}

impl<'a> Patterns<'a> {
    pub(super) fn of(list: impl IntoIterator<Item = &'a String>) -> Self {
        let patterns = list.into_iter().map(|pattern| {
            let (opens, words) = if let Some(words) = pattern.strip_prefix("^^ ") {
                (Opens::Sentence, words)
            } else if let Some(words) = pattern.strip_prefix("^ ") {
                (Opens::Clause, words)
            } else if let Some(words) = pattern.strip_prefix("! ") {
                (Opens::Bare, words)
            } else if let Some(words) = pattern.strip_prefix("!! ") {
                (Opens::Alone, words)
            } else {
                (Opens::Anywhere, pattern.as_str())
            };
            let mut items = Vec::new();
            let (mut told, mut comma) = (None, false);
            for item in words.split(' ') {
                match item {
                    "," => comma = true,
                    "/" => told = Some(items.len()),
                    "…" => items.push(Item::Phrase),
                    "$" => items.push(Item::End),
                    _ => {
                        let several = item.strip_suffix('*');
                        let any = several.unwrap_or(item).split('|').collect();
                        items.push(match several {
                            Some(_) => Item::Several(any),
                            None if comma => Item::BehindComma(any),
                            None => Item::Word(any),
                        });
                        comma = false;
                    }
                }
            }
            Pattern { told: told.unwrap_or(items.len()), items, opens, nouns: words.contains('{') }
        });
        let mut out = Self { all: patterns.collect(), ..Self::default() };
        for (number, pattern) in out.all.iter().enumerate() {
            let first = match pattern.items.first() {
                Some(Item::Word(any)) => any.as_slice(),
                _ => &[],
            };
            if first.iter().any(|item| *item == "_" || item.starts_with(['~', '{'])) {
                out.others.push(number);
                continue;
            }
            let (stems, words): (Vec<&str>, Vec<&str>) = first.iter().partition(|item| item.contains('~'));
            for word in words {
                out.by_word.entry(word).or_default().push(number);
            }
            let letters: BTreeSet<char> = stems.iter().filter_map(|stem| stem.chars().next()).collect();
            for letter in letters {
                out.by_letter.entry(letter).or_default().push(number);
            }
        }
        out
    }

    /// Where they are: index, number of words and whether a clause must begin there; never overlapping, the longest
    /// first.
    /// `lower` are the words in lower case.
    pub(super) fn find(
        &self,
        tokens: &[Token<'_>],
        lower: &[String],
        language: &Language,
    ) -> Vec<(usize, usize, bool)> {
        if self.all.is_empty() {
            return Vec::new();
        }
        let known = Known {
            concord: concord::of(language),
            agreement: agreement::of(language),
            language,
            grammar: language.grammar.as_ref(),
            unsure: language.grammar.as_ref().map_or(&[], |grammar| &grammar.unsure_nouns),
            capitals: nouns_have_capitals(language),
            cased: language.cased,
        };
        let mut out = Vec::new();
        let mut index = 0;
        while index < tokens.len() {
            let word = lower[index].as_str();
            let beginning = self.by_word.get(word).into_iter().flatten();
            let stems = word.chars().next().and_then(|letter| self.by_letter.get(&letter));
            let fitting = beginning
                .chain(stems.into_iter().flatten())
                .chain(&self.others)
                .map(|&number| &self.all[number])
                .filter_map(|pattern| {
                    let end = fits(pattern, (tokens, lower), index, &known)?;
                    Some((end - index, pattern.opens != Opens::Anywhere))
                });
            let Some((length, opens)) = fitting.max() else {
                index += 1;
                continue;
            };
            out.push((index, length, opens));
            index += length;
        }
        out
    }
}

/// Where the sequence that begins at the word ends.
fn fits(
    pattern: &Pattern<'_>,
    (tokens, lower): (&[Token<'_>], &[String]),
    index: usize,
    known: &Known<'_>,
) -> Option<usize> {
    let Pattern { items, opens, .. } = pattern;
    let begins = || match opens {
        Opens::Anywhere => true,
        Opens::Sentence => opens_sentence(tokens, index),
        Opens::Clause => opens_sentence(tokens, index) || tokens[index].gap.contains([',', '،', '–', '—']),
        Opens::Bare => !known.behind((tokens, lower), index, 3, |known| &known.guards),
        Opens::Alone => !known.behind((tokens, lower), index, 10, |known| &known.others),
    };
    let Some(Item::Word(first)) = items.first() else { return None };
    let fitting = first.iter().any(|item| item_fits(item, pattern, (tokens, lower), index, (index, known)))
        && begins()
        && !tokens[index].gap.ends_with(text::is_hyphen);
    if !fitting {
        return None;
    }
    let end = rest_fits(pattern, 1, (tokens, lower), index + 1, (index, known))?;
    // A part of a compound stands for the whole: `die Team-Chefin`.
    let compound = tokens.get(end).is_some_and(|token| token.gap.starts_with(text::is_hyphen));
    (!compound).then_some(end)
}

/// Whether a sentence may begin at the word. Behind a quotation that closes one goes on.
fn opens_sentence(tokens: &[Token<'_>], index: usize) -> bool {
    let gap = tokens[index].gap;
    let closes = index > 0
        && gap.ends_with(' ')
        && !gap.starts_with(' ')
        && gap.trim_end().chars().all(text::is_quote);
    running::may_open(tokens, index) && !closes
}

/// Where what the items from `item` on tell ends, if they fit from the word `at` on.
fn rest_fits(
    pattern: &Pattern<'_>,
    item: usize,
    (tokens, lower): (&[Token<'_>], &[String]),
    at: usize,
    (index, known): (usize, &Known<'_>),
) -> Option<usize> {
    // Behind the last item that is told nothing but whether the others follow is of interest.
    let ends = |end: usize| if item == pattern.told { at } else { end };
    let Some(wanted) = pattern.items.get(item) else { return Some(at) };
    let rest = |at: usize| rest_fits(pattern, item + 1, (tokens, lower), at, (index, known));
    let one_of = |any: &[&str], at: usize| {
        any.iter().any(|item| item_fits(item, pattern, (tokens, lower), at, (index, known)))
    };
    let joined = |at: usize| {
        tokens.get(at).is_some_and(|token| token.follows_a_space() || token.gap.is_empty() && unspaced(token))
    };
    let end = match wanted {
        Item::Word(any) => (joined(at) && one_of(any, at)).then(|| rest(at + 1)).flatten(),
        Item::BehindComma(any) => {
            let comma = tokens.get(at).is_some_and(|token| matches!(token.gap, ", " | "، "));
            (comma && one_of(any, at)).then(|| rest(at + 1)).flatten()
        }
        Item::Several(any) => {
            let all = (at..at + 3).take_while(|&at| joined(at) && one_of(any, at)).count();
            (0..=all).find_map(|words| rest(at + words))
        }
        Item::Phrase => rest(at).or_else(|| {
            let words = known.phrase((tokens, lower), at);
            (2..=words).find_map(|words| rest(at + words))
        }),
        Item::End => (!joined(at)).then(|| rest(at)).flatten(),
    };
    end.map(ends)
}

/// Whether the word fits one alternative of an item.
fn item_fits(
    item: &str,
    pattern: &Pattern<'_>,
    (tokens, lower): (&[Token<'_>], &[String]),
    at: usize,
    (index, known): (usize, &Known<'_>),
) -> bool {
    if let Some(noun) = noun(item) {
        return known.is_noun((tokens, lower), at, noun);
    }
    if let Some(number) = number(item) {
        return tokens[at].small() && known.number(&lower[at]) == Some(number);
    }
    if let Some(ending) = item.strip_prefix("<~").and_then(|item| item.strip_suffix('>')) {
        return tokens[at].capitalised() && lower[at].ends_with(ending);
    }
    let name = pattern.nouns && at > index && known.cased && tokens[at].capitalised();
    let (item, no_noun) = item.strip_suffix('!').map_or((item, false), |item| (item, true));
    !name && is(item, &lower[at]) && !(no_noun && known.is_any_noun(&lower[at]))
}

impl Known<'_> {
    fn is_noun(
        &self,
        (tokens, lower): (&[Token<'_>], &[String]),
        at: usize,
        Noun { start, classes, ending, plural_differs, thing }: Noun<'_>,
    ) -> bool {
        let token = &tokens[at];
        let Some(lower) = lower[at].strip_prefix(start) else { return false };
        let small = || token.small() || running::may_open(tokens, at);
        let written = !self.cased || if self.capitals { token.capitalised() } else { small() };
        if !written || !lower.ends_with(ending) {
            return false;
        }
        let of_class = |noun: &str| self.concord.is_some_and(|concord| concord.is_noun(noun, classes));
        let compound = || {
            let (Some(concord), Some(grammar)) = (self.concord, self.grammar) else { return false };
            of_class(super::concord::head(lower, concord, grammar, self.language))
        };
        let by_ending = || {
            let gender = self.grammar.and_then(|grammar| gender(lower, grammar));
            gender.is_some_and(|class| classes.contains(class.as_str()))
        };
        let same_plural =
            || self.agreement.is_some_and(|known| known.same_plural.iter().any(|end| lower.ends_with(end)));
        // An ending tells no number.
        (of_class(lower) || !plural_differs && by_ending() || compound())
            && !(plural_differs && same_plural())
            && !(thing && self.is_person(lower))
            && !self.unsure.iter().any(|noun| noun == lower)
            && !self.agreement.is_some_and(|known| known.unsure.contains(lower))
    }

    fn is_any_noun(&self, word: &str) -> bool {
        self.concord.is_some_and(|concord| concord.is_noun(word, CLASSES))
            || self.agreement.is_some_and(|known| known.unsure.contains(word))
    }

    /// The number of a form of a verb that is no noun, adjective or small word.
    fn number(&self, word: &str) -> Option<Number> {
        let number = self.agreement?.number(word, self.language)?;
        let other = self.is_any_noun(word)
            || running::function_words(self.language).contains(word)
            || paradigms::of(self.language).is_some_and(|known| known.adjective(word, Before::Nothing) != 0);
        (!other).then_some(number)
    }

    /// Whether the noun may name a person, man or woman.
    fn is_person(&self, noun: &str) -> bool {
        let offices = self.language.roles.iter().flat_map(|roles| roles.forms.values().flatten());
        self.agreement.is_some_and(|known| known.persons.iter().any(|end| noun.ends_with(end)))
            || offices.into_iter().any(|office| office == noun)
    }

    /// How many words from here on a prepositional phrase may have.
    fn phrase(&self, (tokens, lower): (&[Token<'_>], &[String]), start: usize) -> usize {
        let Some(known) = self.agreement else { return 0 };
        if lower.get(start).is_none_or(|word| !known.prepositions.contains(word.as_str())) {
            return 0;
        }
        let inside = |at: &usize| {
            let joined = |token: &Token<'_>| token.follows_a_space() || token.gap == "-" && at != &start;
            tokens.get(*at).is_some_and(|token| joined(token) && token.wordy())
                && !known.stops.contains(lower[*at].as_str())
                && self.number(&lower[*at]).is_none()
        };
        (start..start + PHRASE).take_while(inside).count()
    }

    /// Whether a word of the list is among the words before, as many of them as are looked at.
    fn behind(
        &self,
        (tokens, lower): (&[Token<'_>], &[String]),
        index: usize,
        words: usize,
        list: impl Fn(&'static Agreement) -> &'static BTreeSet<&'static str>,
    ) -> bool {
        let Some(list) = self.agreement.map(list) else { return false };
        let verb = |at: usize| self.agreement.is_some_and(|known| known.verbs.contains(lower[at].as_str()));
        // What stands before a verb is its subject.
        (1..=words)
            .map_while(|back| index.checked_sub(back))
            .take_while(|&at| tokens[at + 1].follows_a_space() && !verb(at))
            .any(|at| list.iter().any(|item| is(item, &lower[at])))
    }
}

/// An item for forms of regular verbs: `<s>`, `<P>`.
fn number(item: &str) -> Option<Number> {
    match item {
        "<s>" => Some(Number::Singular),
        "<P>" => Some(Number::Plural),
        _ => None,
    }
}

/// An item for nouns.
struct Noun<'a> {
    /// What is written to it.
    start: &'a str,
    classes: &'a str,
    ending: &'a str,
    /// Whether its plural is written otherwise.
    plural_differs: bool,
    /// Whether it is no person.
    thing: bool,
}

/// All classes of nouns.
const CLASSES: &str = "mfncsdMFNP";

fn noun(item: &str) -> Option<Noun<'_>> {
    let inside = item.strip_prefix('{')?.strip_suffix('}')?;
    let (start, inside) = inside.split_once('+').unwrap_or(("", inside));
    let (classes, ending) = inside.split_once('~').unwrap_or((inside, ""));
    let (classes, plural_differs) =
        classes.strip_suffix('!').map_or((classes, false), |classes| (classes, true));
    let (classes, thing) = classes.strip_suffix('-').map_or((classes, false), |classes| (classes, true));
    Some(Noun { start, classes, ending, plural_differs, thing })
}

/// Whether the word is the one that the item writes, begins and ends as it writes, or any for `_`.
fn is(item: &str, word: &str) -> bool {
    match item.split_once('~') {
        Some((start, end)) => word
            .strip_prefix(start)
            .and_then(|rest| rest.strip_suffix(end))
            .is_some_and(|stem| !stem.is_empty()),
        None => item == "_" || item == word,
    }
}

fn unspaced(token: &Token<'_>) -> bool {
    token.text.chars().all(text::is_unspaced)
}
