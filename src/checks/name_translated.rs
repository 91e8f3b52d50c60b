//! A surname that has become a common noun: against the source, or beside the first name that the text gives with a
//! surname elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::name_words::Likeness;
use super::running::{self, Token};
use super::{
    BitextCheck, Check, Context, Findings, TextCheck, idioms, namesakes, surname_beads, surname_titles,
    surname_words,
};
use crate::lang::calques::Kind;
use crate::lang::tables::Strangers;
use crate::lang::{Language, gazetteer, tables, text, words};
use crate::model::{Bitext, Document, ErrorType, NameKind, Severity, Span, Value};

/// `name-translated` has no options.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct NameTranslated {}

impl Check for NameTranslated {
    const NAME: &'static str = "name-translated";
    const ERROR_TYPE: ErrorType = ErrorType::DoNotTranslate;
    const SEVERITY: Severity = Severity::Major;
    const CASEBOOK: &'static str = include_str!("name_translated.md");
}

impl TextCheck for NameTranslated {
    fn run(&self, text: &Document, context: &Context, findings: &mut Findings<'_>) {
        idioms::report(text, context, Kind::Name, findings);
        // Against a source the names themselves tell.
        if context.source.is_some() {
            return;
        }
        let renamed = surname_words::of(text);
        for one in &renamed {
            let message = format!("the name {} seems to have become the word “{}”", one.usual, one.word);
            findings.at(one.span, message).confidence(one.confidence).suggest(one.suggestion(text));
        }
        let told = |span: Span| renamed.iter().any(|one| one.span.overlaps(span));
        let nouns = tables::namesakes(text.language);
        let strangers = tables::strangers(text.language);
        if !text.language.spaced {
            dotted(text, nouns, &told, findings);
            unspaced(text, strangers, &told, findings);
            return;
        }
        let surnames = surnames(text);
        let people = People { surnames: &surnames, nouns, strangers };
        for segment in text.prose() {
            let tokens = running::tokens(text, segment.span);
            for (index, first) in tokens.iter().enumerate() {
                let names = surnames.get(&text::fold(first.text));
                if text.language.cased && !first.capitalised() && !is_title(first, text.language) {
                    continue;
                }
                let introduced = || introduced(&tokens, index, text.language);
                let found = if names.is_some() || introduced() {
                    namesake(&tokens, index, text.language, nouns)
                } else {
                    None
                };
                // Who is called so in this text in full, too, may be called so.
                let found = found.filter(|(_, noun)| {
                    text.language.cased || !names.is_some_and(|names| names.contains(&text::fold(noun.text)))
                });
                let found = found
                    .or_else(|| epithet(&tokens, index, text.language, nouns))
                    .or_else(|| addressed(&tokens, index, text.language, nouns))
                    .or_else(|| stranger(&tokens, index, text.language, strangers))
                    .or_else(|| people.renamed(&tokens, index, text.language))
                    .or_else(|| people.titled(&tokens, index, text.language));
                let Some((last, noun)) = found else { continue };
                let span = first.span.join(last);
                // Behind a particle the noun is the surname itself: *Silva de Carvalho*.
                let inside = tokens.iter().filter(|token| span.contains(token.span));
                let particled = inside.skip(1).any(|token| is_particle(token, text.language));
                if particled || told(span) {
                    continue;
                }
                let by_name = gazetteer::is_given_name(first.text) || names.is_some() || text.language.cased;
                let message = if by_name && !is_title(first, text.language) {
                    format!("the surname of {} seems to have become the word “{}”", first.text, noun.text)
                } else {
                    format!("a surname seems to have become the word “{}”", noun.text)
                };
                findings.at(span, message).confidence(if names.is_some() { 0.75 } else { 0.65 });
            }
        }
    }
}

/// Whether a small word other than an article joins the parts of names.
fn is_particle(token: &Token<'_>, language: &Language) -> bool {
    let particles = language.names.as_ref().map_or(&[][..], |names| names.particles.as_slice());
    let article =
        language.grammar.as_ref().is_some_and(|grammar| grammar.determiners.contains_key(token.text));
    token.small() && !article && particles.iter().any(|particle| particle == token.text)
}

/// A noun behind the dot that joins the parts of a foreign name: 约翰·面包师.
fn dotted(text: &Document, nouns: &[&str], told: &dyn Fn(Span) -> bool, findings: &mut Findings<'_>) {
    for segment in text.prose() {
        let written = text.excerpt(segment.span);
        for (at, dot) in written.match_indices(['·', '・', '‧', '•']) {
            let rest = written.get(at + dot.len()..).unwrap_or_default();
            let Some(noun) =
                nouns.iter().filter(|noun| rest.starts_with(*noun)).max_by_key(|noun| noun.len())
            else {
                continue;
            };
            let span = Span::new(at + dot.len(), at + dot.len() + noun.len()).shift(segment.span.start);
            if told(span) {
                continue;
            }
            findings.at(span, format!("a surname seems to have become the word “{noun}”")).confidence(0.7);
        }
    }
}

/// The noun that stands, with a capital where there are any, where the surname of somebody from abroad should:
/// `John Rivers` called after the water.
fn stranger<'a>(
    tokens: &'a [Token<'a>],
    index: usize,
    language: &Language,
    strangers: &Strangers,
) -> Option<(Span, &'a Token<'a>)> {
    let first = tokens[index].text;
    // Nouns that nobody is called need no name from abroad before them.
    let given = || language.cased && first.chars().count() > 3 && gazetteer::is_given_name(first);
    let from_abroad = || strangers.names.contains(&text::unpointed(first.to_owned()).as_str());
    if !from_abroad() && (strangers.only || !given()) {
        return None;
    }
    let behind = tokens.get(index + 1..)?;
    let is = |token: &Token<'_>, word: &str, last: bool| {
        let written = text::unpointed(language.lower(token.text));
        let particle = |rest: &str| rest.chars().count() <= 2 && rest.chars().all(text::is_hangul);
        token.follows_a_space()
            && (!language.cased || token.capitalised())
            && (written == word
                || last && gazetteer::bases(&text::fold(token.text), language).contains(&text::fold(word))
                || last && written.strip_prefix(word).is_some_and(particle))
    };
    let last = strangers.nouns.iter().find_map(|noun| {
        let words: Vec<&str> = noun.split(' ').collect();
        let place = behind.get(..words.len())?;
        let mut pairs = place.iter().zip(&words).enumerate();
        pairs.all(|(nth, (token, word))| is(token, word, nth + 1 == words.len())).then_some(words.len() - 1)
    })?;
    // A name that goes on is another: `Peter Casa Nova`.
    let goes_on = behind.get(last + 1).is_some_and(|next| {
        next.gap.starts_with(text::is_hyphen)
            || language.cased && next.follows_a_space() && next.capitalised()
    });
    (!goes_on).then(|| (behind[last].span, &behind[last]))
}

/// Those whom a text names in full.
struct People<'a> {
    /// The surnames with each first name.
    surnames: &'a BTreeMap<String, BTreeSet<String>>,
    nouns: &'a [&'static str],
    strangers: &'a Strangers,
}

impl People<'_> {
    /// Whether the text names somebody whose surname is a word elsewhere, other than this one.
    fn has_namesake(&self, besides: &str, language: &Language) -> bool {
        let mut all = self.surnames.values().flatten();
        all.any(|surname| surname != besides && tables::is_namesake_elsewhere(surname, language))
    }

    /// A noun with a capital that is the surname of somebody who has a foreign one elsewhere: *Glenn Fisher*, and then
    /// *Glenn Nelayan*.
    fn renamed<'t>(
        &self,
        tokens: &'t [Token<'t>],
        index: usize,
        language: &Language,
    ) -> Option<(Span, &'t Token<'t>)> {
        let noun = tokens.get(index + 1).filter(|noun| noun.follows_a_space() && noun.capitalised())?;
        let lower = language.lower(noun.text);
        let others = self.surnames.get(&text::fold(tokens[index].text))?;
        let folded = text::fold(noun.text);
        // Not the same name, misspelt.
        let other = |surname: &String| {
            strsim::osa_distance(surname, &folded) > 2 && tables::is_namesake_elsewhere(surname, language)
        };
        (language.cased && self.nouns.contains(&lower.as_str()) && others.iter().any(other))
            .then_some((noun.span, noun))
    }

    /// A noun with a capital behind a form of address: *Herr Bäcker* in a text about Colin Baker.
    fn titled<'t>(
        &self,
        tokens: &'t [Token<'t>],
        index: usize,
        language: &Language,
    ) -> Option<(Span, &'t Token<'t>)> {
        let noun = tokens.get(index + 1)?;
        let lower = language.lower(noun.text);
        let folded = text::fold(noun.text);
        let goes_on = tokens.get(index + 2).is_some_and(|next| {
            next.follows_a_space() && next.capitalised() || next.gap.starts_with(text::is_hyphen)
        });
        let addressed = is_title(&tokens[index], language);
        let stands = (addressed || surname_titles::is_title(&tokens[index], language))
            && matches!(noun.gap, " " | "\u{a0}" | ". " | ".\u{a0}")
            && noun.capitalised()
            && !goes_on
            && !self.surnames.iter().any(|(first, surnames)| {
                *first != text::fold(tokens[index].text) && surnames.contains(&folded)
            });
        // Where others are called so too, the noun tells behind a name from abroad alone.
        let strict = !self.strangers.only && self.strangers.nouns.contains(&lower.as_str());
        let known = strict || addressed && self.nouns.contains(&lower.as_str());
        (stands && known && (strict || self.has_namesake(&folded, language))).then_some((noun.span, noun))
    }
}

/// Whether the word is a form of address before a name.
fn is_title(token: &Token<'_>, language: &Language) -> bool {
    let lower = language.lower(token.text);
    let holy = ["san", "são", "saint", "sf", "sv", "św", "st", "dom", "don"];
    language.cased
        && !holy.iter().any(|start| lower.starts_with(start))
        && lower.chars().count() >= 2
        && language.names.as_ref().is_some_and(|names| {
            let mut forms = names.honorifics.iter();
            forms.any(|form| language.lower(form).trim_end_matches('.') == lower)
        })
}

/// The same where words are not separated: the name, a dot or space, the noun, and no letter of a longer name.
fn unspaced(
    text: &Document,
    strangers: &Strangers,
    told: &dyn Fn(Span) -> bool,
    findings: &mut Findings<'_>,
) {
    let katakana = |letter: char| matches!(letter, '\u{30a1}'..='\u{30fa}' | 'ー');
    let name_goes_on = |letter: char| text::is_unspaced(letter) && !matches!(letter, '\u{3041}'..='\u{309f}');
    for segment in text.prose() {
        let written = text.excerpt(segment.span);
        for name in &strangers.names {
            for (at, _) in written.match_indices(name) {
                let before = written.get(..at).and_then(|before| before.chars().next_back());
                let rest = written.get(at + name.len()..).unwrap_or_default();
                let mut letters = rest.chars();
                if before.is_some_and(katakana)
                    || !letters.next().is_some_and(|sign| matches!(sign, ' ' | '·' | '・' | '＝'))
                {
                    continue;
                }
                let rest = letters.as_str();
                let fitting = strangers.nouns.iter().filter(|noun| rest.starts_with(*noun));
                let Some(noun) = fitting.max_by_key(|noun| noun.len()) else { continue };
                let after = rest.get(noun.len()..).and_then(|after| after.chars().next());
                let honorific = rest.get(noun.len()..).is_some_and(|after| after.starts_with(['氏', '様']));
                if after.is_some_and(|letter| name_goes_on(letter) || katakana(letter)) && !honorific {
                    continue;
                }
                let from = at + written.get(at..).map_or(0, |tail| tail.len() - rest.len());
                let span = Span::new(from, from + noun.len()).shift(segment.span.start);
                if told(span) {
                    continue;
                }
                findings
                    .at(span, format!("a surname seems to have become the word “{noun}”"))
                    .confidence(0.7);
            }
        }
    }
}

/// The surnames that the text gives with each first name, folded.
fn surnames(text: &Document) -> BTreeMap<String, BTreeSet<String>> {
    let mut out: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for mention in text.mentions() {
        let Value::Name(name) = &mention.value else { continue };
        let written: Vec<_> = words::words(text.excerpt(mention.span)).collect();
        let [first, .., last] = written.as_slice() else { continue };
        if name.kind == NameKind::Person && first.text.chars().count() > 2 {
            out.entry(text::fold(first.text)).or_default().insert(text::fold(last.text));
        }
    }
    out
}

/// Whether a first name stands behind a noun that says who it is (`the actor Marek`), in a script with capitals: not
/// behind a small word, which places have, and no month.
fn introduced(tokens: &[Token<'_>], index: usize, language: &Language) -> bool {
    let Some(before) = index.checked_sub(1).and_then(|before| tokens.get(before)) else { return false };
    let first = &tokens[index];
    let lower = language.lower(first.text);
    language.cased
        && first.follows_a_space()
        && before.small()
        && before.text.chars().count() >= 4
        && !running::function_words(language).contains(before.text)
        && first.text.chars().count() > 3
        && gazetteer::is_given_name(first.text)
        && !language.dates.as_ref().is_some_and(|dates| dates.months.contains_key(&lower))
}

/// The noun that stands with an article and a capital where a surname should, behind a first name: `Georges le Forgeron`.
fn epithet<'a>(
    tokens: &'a [Token<'a>],
    index: usize,
    language: &Language,
    nouns: &[&str],
) -> Option<(Span, &'a Token<'a>)> {
    let [first, article, noun] = tokens.get(index..index + 3)? else { return None };
    let lower = language.lower(noun.text);
    // Behind another name it is a part of one: *São Bernardo do Campo*.
    let goes_on = index.checked_sub(1).is_some_and(|before| {
        tokens[before].capitalised() && first.follows_a_space() && !running::may_open(tokens, before)
    });
    let fits = language.cased
        && !goes_on
        && gazetteer::is_given_name(first.text)
        && first.text.chars().count() > 3
        && article.follows_a_space()
        && article.small()
        && article.text.chars().count() <= 3
        && running::function_words(language).contains(article.text)
        && noun.follows_a_space()
        && noun.capitalised()
        && nouns.contains(&lower.as_str());
    fits.then_some((noun.span, noun))
}

/// The noun that stands behind a form of address, in a script without capitals: `آقای جنگل`.
fn addressed<'a>(
    tokens: &'a [Token<'a>],
    index: usize,
    language: &Language,
    nouns: &[&str],
) -> Option<(Span, &'a Token<'a>)> {
    let [title, noun] = tokens.get(index..index + 2)? else { return None };
    let names = language.names.as_ref()?;
    let fits = !language.cased
        && language.spaced
        && names.honorifics.iter().any(|form| form == title.text)
        && noun.follows_a_space()
        && nouns.contains(&noun.text);
    fits.then_some((noun.span, noun))
}

/// The noun that stands where a surname should, in small letters where the script has any: `Giorgi the wolf`.
fn namesake<'a>(
    tokens: &'a [Token<'a>],
    index: usize,
    language: &Language,
    nouns: &[&str],
) -> Option<(Span, &'a Token<'a>)> {
    let next = tokens.get(index + 1).filter(|next| next.follows_a_space())?;
    let is_noun = |token: &Token<'_>| {
        (token.small() || !language.cased)
            && nouns.iter().any(|noun| {
                token.text == *noun
                    || noun.chars().count() >= 4
                        && token.text.strip_prefix(noun).is_some_and(|rest| {
                            rest.chars().count() <= 2 && rest.chars().all(char::is_alphabetic)
                        })
            })
    };
    if is_noun(next) {
        return Some((next.span, next));
    }
    let article = running::function_words(language).contains(next.text) && next.text.chars().count() <= 3;
    let after = tokens.get(index + 2).filter(|after| after.follows_a_space())?;
    (article && is_noun(after)).then_some((after.span, after))
}

impl BitextCheck for NameTranslated {
    fn run(&self, bitext: &Bitext, context: &Context, findings: &mut Findings<'_>) {
        let dictionary = context.knowledge().dictionary(bitext.source.language, bitext.target.language);
        for (bead, changes) in bitext.beads.iter().zip(context.name_changes(bitext)) {
            let words = changes.iter().filter(|change| change.likeness == Likeness::Word);
            let mut found: Vec<(Span, Span)> = words.map(|change| (change.source, change.target)).collect();
            let translated = namesakes::of(bitext, bead, &dictionary).into_iter();
            for name in translated {
                if !found.iter().any(|(_, target)| target.overlaps(name.target)) {
                    found.push((name.source, name.target));
                }
            }
            for (source, target) in surname_beads::of_bead(bitext, bead) {
                if !found.iter().any(|(_, other)| other.overlaps(target)) {
                    found.push((source, target));
                }
            }
            found.sort_unstable();
            for (source, target) in found {
                let (was, is) = (bitext.source.excerpt(source), bitext.target.excerpt(target));
                findings
                    .report(format!("the name {was} became the word {is}"))
                    .grave(0.75)
                    .target(target)
                    .source(source)
                    .suggest(was);
            }
        }
    }
}
