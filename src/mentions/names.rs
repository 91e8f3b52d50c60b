//! Names in running text, without a model: gazetteer, capitals, titles, given names, and what a document says
//! of a name elsewhere. Scripts without capitals: see `uncased.rs`.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::LazyLock;

use crate::lang::gazetteer::{self, Hit, Kind};
use crate::lang::text::{fold, is_all_capitals, is_capitalised, is_hyphen, is_quote};
use crate::lang::{Language, PerLanguage, lexis, words};
use crate::model::{Document, Mention, Name, NameKind, Segment, SegmentKind, Span, Value};
use crate::names::is_korean_family;

use super::roles::{RoleMention, roles};
use super::uncased;

/// Finds the names of every prose segment and adds them to its mentions.
pub fn find(document: &mut Document) {
    let language = document.language;
    let views: Vec<View> = document
        .segments
        .iter()
        .map(|segment| {
            let text = segment.span.of(&document.text);
            if segment.kind.is_prose() { View::new(text, segment, language) } else { View::default() }
        })
        .collect();
    let found: Vec<Vec<Mention>> =
        if language.cased { cased(document, &views) } else { uncased::find(document, &views) };
    for (segment, names) in document.segments.iter_mut().zip(found) {
        segment.mentions.extend(names);
        segment.mentions.sort_by_key(|mention| (mention.span, mention.kind()));
    }
}

/// One word of a segment; spans are of the document.
#[derive(Debug, Clone)]
pub(super) struct Token {
    pub(super) span: Span,
    pub(super) folded: String,
    pub(super) capitalised: bool,
    pub(super) all_capitals: bool,
    /// Nothing but quotation marks and brackets stands before it in its sentence.
    pub(super) first: bool,
    pub(super) function: bool,
}

/// What one segment offers.
#[derive(Debug, Default)]
pub(super) struct View {
    pub(super) tokens: Vec<Token>,
    pub(super) hits: Vec<Hit>,
    pub(super) roles: Vec<RoleMention>,
    /// Most words have capitals: a heading in title case, where capitals say nothing.
    title_case: bool,
}

/// Function words of a language, in lower case.
static FUNCTION: PerLanguage<HashSet<&str>> = PerLanguage::new();

impl View {
    fn new(text: &str, segment: &Segment, language: &Language) -> Self {
        let shift = segment.span.start;
        let function = FUNCTION.get(language, |language| {
            let sections = language.function_words.iter();
            sections.flat_map(|section| section.words.iter().map(String::as_str)).collect()
        });
        let mut tokens: Vec<Token> = Vec::new();
        let mut end = 0;
        for word in words::words(text) {
            let between = text.get(end..word.start).unwrap_or_default();
            let first = tokens.is_empty()
                || between.trim_end().ends_with(['.', '!', '?', '…', ':', '•', '|', '¿', '¡'])
                    && tokens.last().is_none_or(|last: &Token| last.span.len() > 2)
                || between.chars().any(is_quote) && between.trim().chars().count() > 1;
            let lower = language.lower(word.text);
            tokens.push(Token {
                span: Span::new(word.start, word.end()).shift(shift),
                folded: fold(word.text),
                capitalised: is_capitalised(word.text),
                all_capitals: is_all_capitals(word.text),
                first,
                function: function.contains(lower.as_str()),
            });
            end = word.end();
        }
        let capitals = tokens.iter().filter(|token| token.capitalised).count();
        let long = tokens.iter().filter(|token| !token.function).count();
        let title_case = language.cased
            && tokens.len() >= 4
            && capitals * 10 >= long * 7
            && (segment.kind == SegmentKind::Heading
                || tokens.len() >= 6 && capitals * 10 >= tokens.len() * 6);
        let mut hits = gazetteer::index(language).scan(text, language);
        for hit in &mut hits {
            hit.range = hit.range.start + shift..hit.range.end + shift;
        }
        let mut roles = roles(text, language);
        for role in &mut roles {
            role.span = role.span.shift(shift);
        }
        Self { tokens, hits, roles, title_case }
    }

    pub(super) fn hit_at(&self, span: Span) -> Option<&Hit> {
        let after = self.hits.partition_point(|hit| hit.range.start <= span.start);
        self.hits[..after].iter().rev().take(3).find(|hit| span.start < hit.range.end)
    }

    pub(super) fn role_at(&self, span: Span) -> Option<&RoleMention> {
        let after = self.roles.partition_point(|role| role.span.start <= span.start);
        self.roles[..after].last().filter(|role| span.start < role.span.end)
    }
}

/// Words that make a run of capitals something other than a person, by language, folded.
struct Heads(HashMap<&'static str, HashSet<String>>);

impl Heads {
    /// Of a table with a row of words a language.
    fn of(table: &'static str) -> Self {
        let rows = table.lines().filter(|line| !line.starts_with('#')).skip(1);
        let heads = rows.filter_map(|line| line.split_once('\t'));
        Self(heads.map(|(language, heads)| (language, heads.split(' ').map(fold).collect())).collect())
    }

    fn has(&self, folded: &str, language: &Language) -> bool {
        self.0.get(language.primary()).is_some_and(|heads| {
            heads.contains(folded)
                || gazetteer::bases(folded, language).iter().any(|base| heads.contains(base))
        })
    }
}

/// Words that head the name of an organisation, folded, by language.
pub(super) fn is_org_head(folded: &str, language: &Language) -> bool {
    static HEADS: LazyLock<Heads> =
        LazyLock::new(|| Heads::of(include_str!("../lang/gazetteer/org_heads.tsv")));
    HEADS.has(folded, language)
}

/// Whether a word makes a run of capitals a place: River, Lake.
fn is_place_head(folded: &str, language: &Language) -> bool {
    static HEADS: LazyLock<Heads> =
        LazyLock::new(|| Heads::of(include_str!("../lang/gazetteer/place_heads.tsv")));
    HEADS.has(folded, language)
}

/// A run of capitalised words that may be a name.
struct Run {
    segment: usize,
    first: usize,
    last: usize,
    kind: NameKind,
    certainty: f64,
}

fn cased(document: &Document, views: &[View]) -> Vec<Vec<Mention>> {
    let language = document.language;
    let small: BTreeSet<&str> = views
        .iter()
        .flat_map(|view| &view.tokens)
        .filter(|token| !token.capitalised)
        .map(|token| token.folded.as_str())
        .collect();
    let mut runs: Vec<Run> = Vec::new();
    for (segment, view) in views.iter().enumerate() {
        runs_of(document, segment, view, language, &small, &mut runs);
    }
    // What the document says of a word elsewhere: surnames of persons it has named in full.
    let mut surnames: BTreeMap<&str, f64> = BTreeMap::new();
    for run in runs.iter().filter(|run| run.kind == NameKind::Person && run.last > run.first) {
        let last = views[run.segment].tokens[run.last].folded.as_str();
        let known = surnames.entry(last).or_default();
        *known = known.max(run.certainty);
    }
    for run in &mut runs {
        if run.first == run.last && run.kind == NameKind::Other {
            let word = &views[run.segment].tokens[run.first].folded;
            let known = surnames.get(word.as_str()).copied().or_else(|| {
                gazetteer::bases(word, language).iter().find_map(|base| surnames.get(base.as_str()).copied())
            });
            if let Some(certainty) = known {
                (run.kind, run.certainty) = (NameKind::Person, certainty.min(0.9));
            }
        }
    }
    let mut out: Vec<Vec<Mention>> = views.iter().map(gazetteer_mentions).collect();
    for mention in out.iter_mut().flatten() {
        mention.span = without_possessive(mention.span, document, language);
    }
    for run in &runs {
        if run.kind == NameKind::Other && run.certainty < 0.3 {
            continue;
        }
        let view = &views[run.segment];
        let span = view.tokens[run.first].span.join(view.tokens[run.last].span);
        let span = without_possessive(span, document, language);
        out[run.segment].retain(|mention| !mention.span.overlaps(span));
        let (roles, role_of) = if run.kind == NameKind::Person {
            roles_of(document, view, run)
        } else {
            (Vec::new(), Vec::new())
        };
        let mut name = Name { kind: run.kind, certainty: run.certainty, key: None, roles, role_of };
        if let Some(key) = slip_of_a_place(run, &view.tokens[run.first], language) {
            name = Name { kind: NameKind::Place, certainty: 0.6, key: Some(key.to_owned()), ..name };
        }
        out[run.segment].push(Mention { span, value: Value::Name(name) });
    }
    out
}

/// The table's things of a segment.
pub(super) fn gazetteer_mentions(view: &View) -> Vec<Mention> {
    view.hits
        .iter()
        .map(|hit| {
            let row = hit.rows[0];
            let kind = match row.kind {
                Kind::Place => NameKind::Place,
                Kind::Organisation => NameKind::Organisation,
                Kind::Demonym => NameKind::Demonym,
            };
            let certainty = if hit.inflected { 0.9 } else { 0.97 };
            let key = Some(row.key.to_owned());
            let name = Name { kind, certainty, key, roles: Vec::new(), role_of: Vec::new() };
            Mention { span: hit.range.clone().into(), value: Value::Name(name) }
        })
        .collect()
}

/// English and French possessives and elisions belong to the sentence, not to the name.
fn without_possessive(span: Span, document: &Document, language: &Language) -> Span {
    let written = document.excerpt(span);
    for ending in ["’s", "'s", "’", "'"] {
        if let Some(stem) = written.strip_suffix(ending) {
            return Span::new(span.start, span.start + stem.len());
        }
    }
    if let Some(names) = &language.names {
        for (ending, base) in &names.endings {
            if base.is_empty()
                && ending.starts_with(['\'', '’'])
                && let Some(stem) = written.strip_suffix(ending.as_str())
            {
                return Span::new(span.start, span.start + stem.len());
            }
        }
    }
    span
}

/// Honorifics of a language, folded.
static HONORIFICS: PerLanguage<HashSet<String>> = PerLanguage::new();

fn runs_of(
    document: &Document,
    segment: usize,
    view: &View,
    language: &Language,
    small: &BTreeSet<&str>,
    runs: &mut Vec<Run>,
) {
    let text = &document.text;
    let names = language.names.as_ref();
    let is_particle = |token: &Token| {
        let written = language.lower(token.span.of(text));
        names.is_some_and(|names| {
            names.particles.iter().any(|particle| particle.trim_end_matches('-') == written)
        })
    };
    let honorifics = HONORIFICS.get(language, |language| {
        let names = language.names.iter();
        names.flat_map(|names| names.honorifics.iter().map(|honorific| fold(honorific))).collect()
    });
    let is_honorific = |token: &Token| honorifics.contains(&token.folded);
    let nouns_are_capitals =
        language.typography.as_ref().is_some_and(|rules| rules.capitals.iter().any(|word| word == "*"));
    // Syllables of Vietnamese names are words of the language: *Vương Chí Viễn*.
    let family_first = names.is_some_and(|names| names.family_first);
    let is_syllable = |token: &Token| family_first && !token.first && !token.all_capitals;
    let tokens = &view.tokens;
    let mut at = 0;
    while at < tokens.len() {
        let given = is_given_before_surname(at, view, text);
        if !given && !starts_name(&tokens[at], view) || (is_honorific(&tokens[at]) && at + 1 < tokens.len()) {
            at += 1;
            continue;
        }
        let first = at;
        let mut last = at;
        let mut next = at + 1;
        while next < tokens.len() {
            let between = Span::new(tokens[last].span.end, tokens[next].span.start).of(text);
            let owner = is_possessive(tokens[last].span.of(text))
                || has_marked_ending(tokens[last].span.of(text), language);
            if owner || !joins(between, text, tokens[last].span) {
                break;
            }
            let given_before = gazetteer::is_given_name(tokens[last].span.of(text));
            let follows = tokens[next].capitalised
                && (!tokens[next].function || between.chars().any(is_hyphen) || is_syllable(&tokens[next]))
                && (view.role_at(tokens[next].span).is_none())
                && (view.hit_at(tokens[next].span).is_none()
                    || (given_before && last == first && !tokens[next].first));
            if follows || is_second_syllable(tokens, (first, next), between, text, language) {
                last = next;
                next += 1;
            } else if is_particle(&tokens[next]) {
                // A particle counts only with a capital behind it.
                let ahead =
                    (next + 1..tokens.len().min(next + 3)).find(|&ahead| !is_particle(&tokens[ahead]));
                let beyond = ahead.filter(|&ahead| {
                    starts_name(&tokens[ahead], view)
                        && (next..ahead).all(|middle| {
                            let between = Span::new(tokens[middle].span.end, tokens[middle + 1].span.start);
                            joins(between.of(text), text, tokens[middle].span)
                        })
                });
                match beyond {
                    Some(ahead) => {
                        last = ahead;
                        next = ahead + 1;
                    }
                    None => break,
                }
            } else {
                break;
            }
        }
        at = last + 1;
        // A sentence begins with a capital whatever the word: drop a first word the text knows small.
        let mut first = first;
        while first < last && tokens[first].first && is_common(&tokens[first], small, text, language) {
            first += 1;
        }
        // So is a form of a known word before a given name: *Вечером Сара*.
        if first < last
            && tokens[first].first
            && gazetteer::is_given_name(tokens[first + 1].span.of(text))
            && !gazetteer::is_given_name(tokens[first].span.of(text))
            && gazetteer::bases(&tokens[first].folded, language).iter().any(|base| is_word(base, language))
        {
            first += 1;
        }
        runs.extend(classify(
            document,
            segment,
            view,
            (first, last),
            nouns_are_capitals,
            small,
            &is_honorific,
        ));
    }
}

fn starts_name(token: &Token, view: &View) -> bool {
    token.capitalised
        && (!token.function || token.all_capitals && token.span.len() > 1)
        && view.role_at(token.span).is_none()
        && view.hit_at(token.span).is_none()
}

/// A given name that is a place as well, with a surname behind it: *Vladimir Sorokin*, *Sofia Marques*.
fn is_given_before_surname(at: usize, view: &View, text: &str) -> bool {
    let (Some(token), Some(next)) = (view.tokens.get(at), view.tokens.get(at + 1)) else { return false };
    let lone = view.hit_at(token.span).is_some_and(|hit| hit.range == (token.span.start..token.span.end));
    lone && token.capitalised
        && starts_name(next, view)
        && joins(Span::new(token.span.end, next.span.start).of(text), text, token.span)
        && gazetteer::is_given_name(token.span.of(text))
}

/// Whether a first word is better explained by the start of the sentence.
fn is_common(token: &Token, small: &BTreeSet<&str>, text: &str, language: &Language) -> bool {
    let written = token.span.of(text);
    token.function
        || (small.contains(token.folded.as_str()) || is_word(written, language))
            && !gazetteer::is_given_name(written)
}

/// Whether the language has the word in small letters, as far as its word list tells.
fn is_word(written: &str, language: &Language) -> bool {
    lexis::known(&language.lower(written), language)
}

/// The country or region that an unknown word is one slip away from, where it can be no other: Ucraína for
/// Ucrânia. The mention stands for the place, unsurely.
fn slip_of_a_place(run: &Run, token: &Token, language: &Language) -> Option<&'static str> {
    if run.kind != NameKind::Other
        || run.first != run.last
        || run.certainty < 0.3
        || token.folded.chars().count() < 6
    {
        return None;
    }
    let near = gazetteer::index(language).near(&token.folded);
    let mut places = near.iter().filter(|(_, row)| row.kind == Kind::Place).map(|(_, row)| row.key);
    let key = places.next().filter(|key| !key.contains('/'))?;
    places.all(|other| other == key).then_some(key)
}

/// Whether a word owns what follows: *Moscow’s Red Square* is two names.
fn is_possessive(word: &str) -> bool {
    ["’s", "'s", "s’", "s'"].iter().any(|ending| word.ends_with(ending))
}

/// Whether an ending behind an apostrophe ends the name: *Çeşme'den Sakız*.
fn has_marked_ending(word: &str, language: &Language) -> bool {
    let marked = |ending: &str| {
        ending.starts_with('\'') && (word.ends_with(ending) || word.replace('’', "'").ends_with(ending))
    };
    word.contains(['\'', '’'])
        && language.names.iter().any(|names| {
            names.endings.iter().any(|(ending, base)| base.is_empty() && ending.len() > 2 && marked(ending))
        })
}

/// Whether a small word behind a hyphen is the second syllable of a given name: *Kim Su-jin*. A word of the
/// language is not: *Putin-backed*.
fn is_second_syllable(
    tokens: &[Token],
    (first, next): (usize, usize),
    between: &str,
    text: &str,
    language: &Language,
) -> bool {
    let short = |token: &Token| token.span.of(text).chars().count() <= 6;
    let hyphen = between.chars().all(is_hyphen) && between.chars().count() == 1;
    let letters = |token: &Token| token.span.of(text).chars().count();
    let korean = is_korean_family(&tokens[first].folded) && letters(&tokens[next]) <= 4;
    next > first + 1
        && hyphen
        && short(&tokens[next])
        && short(&tokens[next - 1])
        && !tokens[next].function
        && !tokens[next].span.of(text).contains(|c: char| c.is_numeric())
        && (korean || !is_word(tokens[next].span.of(text), language))
}

/// Whether words are a Korean family name and two syllables with a hyphen: *Kim Su-jin*.
fn is_korean_name(tokens: &[Token], text: &str) -> bool {
    let [family, one, two] = tokens else { return false };
    let hyphen = Span::new(one.span.end, two.span.start.max(one.span.end)).of(text);
    let syllable = |token: &Token| token.span.of(text).chars().count() <= 6;
    is_korean_family(&family.folded)
        && !two.capitalised
        && hyphen.chars().count() == 1
        && hyphen.chars().all(is_hyphen)
        && syllable(one)
        && syllable(two)
}

/// Whether two capitalised words with this between them may be one name.
fn joins(between: &str, text: &str, before: Span) -> bool {
    let mut characters = between.chars();
    match (characters.next(), characters.next()) {
        (Some(' ' | '\u{A0}' | '\u{202F}'), None) => true,
        // An initial: "J. Doe", "A.S. Pushkin".
        (Some('.'), None | Some(' ' | '\u{A0}')) => before.of(text).chars().count() <= 2,
        (Some(one), None) => is_hyphen(one) || matches!(one, '’' | '\''),
        _ => false,
    }
}

fn classify(
    document: &Document,
    segment: usize,
    view: &View,
    (first, last): (usize, usize),
    nouns_are_capitals: bool,
    small: &BTreeSet<&str>,
    is_honorific: &impl Fn(&Token) -> bool,
) -> Option<Run> {
    let text = &document.text;
    let language = document.language;
    let tokens = &view.tokens;
    let run = |kind, certainty| Some(Run { segment, first, last, kind, certainty });
    let inside = &tokens[first..=last];
    let word = tokens[first].span.of(text);
    let headed =
        |is_head: fn(&str, &Language) -> bool| inside.iter().any(|token| is_head(&token.folded, language));
    if headed(is_org_head) {
        // An organisation may hold a place before or after: "Azerbaijan Airlines".
        let mut first = first;
        if first > 0
            && tokens[first - 1].span.end + 1 == tokens[first].span.start
            && view.hit_at(tokens[first - 1].span).is_some()
            && tokens[first - 1].capitalised
            && !is_possessive(tokens[first - 1].span.of(text))
        {
            first -= 1;
        }
        let alone = first == last;
        return (!alone).then_some(Run {
            segment,
            first,
            last,
            kind: NameKind::Organisation,
            certainty: 0.7,
        });
    }
    if headed(is_place_head) {
        return (first != last).then_some(Run {
            segment,
            first,
            last,
            kind: NameKind::Place,
            certainty: 0.7,
        });
    }
    if inside.iter().all(|token| token.all_capitals) {
        let letters = tokens[first].span.of(text).chars().filter(|c| c.is_alphabetic()).count();
        return if first == last && (2..=6).contains(&letters) && !view.title_case {
            run(NameKind::Organisation, 0.6)
        } else {
            None
        };
    }
    let given = gazetteer::is_given_name(word) && tokens[first].span.len() > 2;
    let honorific = first > 0 && is_honorific(&tokens[first - 1]);
    let role = first > 0 && role_before(document, view, first, first == last);
    if last > first {
        if given {
            return run(NameKind::Person, if view.title_case { 0.7 } else { 0.95 });
        }
        if honorific || role {
            return run(NameKind::Person, 0.9);
        }
        if is_korean_name(inside, text) {
            return run(NameKind::Person, 0.9);
        }
        if nouns_are_capitals || view.title_case {
            return None;
        }
        let plain = inside.iter().all(|token| !small.contains(token.folded.as_str()))
            && !inside.iter().all(|token| is_word(token.span.of(text), language));
        return if plain { run(NameKind::Person, 0.6) } else { run(NameKind::Other, 0.4) };
    }
    if honorific || role && !tokens[first].first && (given || !is_word(word, language)) {
        return run(NameKind::Person, 0.8);
    }
    if view.title_case || nouns_are_capitals {
        return run(NameKind::Other, 0.1);
    }
    let common = tokens[first].first || small.contains(tokens[first].folded.as_str());
    let certainty = if common || is_word(word, language) { 0.1 } else { 0.4 };
    run(NameKind::Other, certainty)
}

/// Whether a role of a person stands directly before a token; demonyms and places between are allowed, small
/// words unless `strict`.
fn role_before(document: &Document, view: &View, token: usize, strict: bool) -> bool {
    let mut at = token;
    let mut skipped = 0;
    while at > 0 && skipped < 4 {
        let before = &view.tokens[at - 1];
        let between = Span::new(before.span.end, view.tokens[at].span.start).of(&document.text);
        if !between.trim().is_empty() && between.trim() != "," {
            return false;
        }
        if view.role_at(before.span).is_some() {
            return true;
        }
        if view.hit_at(before.span).is_none() && (!before.function || strict) {
            return false;
        }
        skipped += 1;
        at -= 1;
    }
    false
}

/// What a title says.
#[derive(Default)]
struct Office {
    concepts: Vec<String>,
    of: Vec<String>,
}

impl Office {
    /// Takes a role, place, people or organisation in; tells whether a token may belong to a title at all.
    fn take(&mut self, token: &Token, view: &View, language: &Language) -> bool {
        if let Some(role) = view.role_at(token.span) {
            if !self.concepts.iter().any(|concept| concept == role.concept) {
                self.concepts.push(role.concept.to_owned());
            }
            true
        } else if let Some(hit) = view.hit_at(token.span) {
            if !self.of.iter().any(|key| key == hit.rows[0].key) {
                self.of.push(hit.rows[0].key.to_owned());
            }
            true
        } else {
            token.function || is_org_head(&token.folded, language) || is_place_head(&token.folded, language)
        }
    }
}

/// Roles that stand with a person, and whose they are: before the name with nothing but small words, places
/// and demonyms between, or behind it after a comma.
fn roles_of(document: &Document, view: &View, run: &Run) -> (Vec<String>, Vec<String>) {
    let mut office = title_before(document, view, run);
    if office.concepts.is_empty() {
        office = apposition(document, view, run);
    }
    if office.concepts.is_empty() {
        office.of.clear();
    }
    office.of.sort();
    (office.concepts, office.of)
}

fn title_before(document: &Document, view: &View, run: &Run) -> Office {
    let tokens = &view.tokens;
    let mut office = Office::default();
    let mut at = run.first;
    while at > 0 && run.first - at < 9 {
        let between = Span::new(tokens[at - 1].span.end, tokens[at].span.start).of(&document.text);
        let plain =
            between.chars().all(|c| c.is_whitespace() || is_hyphen(c) || matches!(c, ',' | '’' | '\''));
        let comma = between.contains(',') && at != run.first;
        // "the adviser of X": the office is not X's.
        if at == run.first && tokens[at - 1].function && !between.contains(',') {
            break;
        }
        if !plain || comma || !office.take(&tokens[at - 1], view, document.language) {
            break;
        }
        at -= 1;
    }
    office
}

fn apposition(document: &Document, view: &View, run: &Run) -> Office {
    let tokens = &view.tokens;
    let mut office = Office::default();
    let mut commas = 0;
    let mut after = run.last;
    while after + 1 < tokens.len() && after - run.last < 10 {
        let between = Span::new(tokens[after].span.end, tokens[after + 1].span.start).of(&document.text);
        let comma = between.trim().starts_with([',', '，', '،']);
        if after == run.last && !comma {
            break;
        }
        commas += usize::from(comma);
        let plain =
            comma || between.chars().all(|c| c.is_whitespace() || is_hyphen(c) || matches!(c, '’' | '\''));
        let next = &tokens[after + 1];
        if !plain || commas > 1 || starts_name(next, view) && !next.all_capitals {
            break;
        }
        if !office.take(next, view, document.language) && after - run.last > 3 {
            break;
        }
        after += 1;
    }
    office
}
