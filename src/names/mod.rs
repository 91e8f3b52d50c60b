//! Do two spellings name one person or place? Knows language, nothing of documents.
//!
//! A word is read as units ([`readings`]), two readings are cut into chunks whose costs a learned table holds
//! ([`chunks`]); before that come equality and established forms, after it whole names. The margin that
//! comes out is 0 where both answers are equally likely, in every script.

mod bare;
mod cells;
mod characters;
pub mod chunks;
mod clash;
mod key;
mod known;
mod matcher;
mod pairs;
mod person;
pub mod readings;
mod regnal;
pub mod romanise;
mod skeleton;
mod tables;
mod windows;

pub use bare::{bare_forms, share_base};
pub use characters::{is_korean_family, may_begin, split as latin_words};
pub use key::keys;
pub use matcher::{Basis, Chunk};
pub use skeleton::spelled_alike;
pub use windows::{transliteration, windows};

use crate::lang::text::fold;
use crate::lang::{self, Language};
use chunks::Scratch;
use known::Known;
use person::Name;
use readings::Script;

/// What two spellings are to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// One name.
    Same,
    /// Alike, not the same.
    Near,
    /// Two names.
    Different,
}

/// The outcome of a comparison.
#[derive(Debug, Clone)]
pub struct Match {
    /// The judgement.
    pub verdict: Verdict,
    /// Probability that both are one name, where a right rendering and the nearest wrong name are equally likely.
    pub probability: f64,
    /// Above 0 renderings of one name; the same scale in every script, a quarter of a logit each .25.
    pub margin: f64,
    /// Whether there was nothing to judge by: no reading of one side. Then the verdict is no evidence.
    pub unreadable: bool,
    /// The alignment, piece by piece, of the words that stand for each other.
    pub chunks: Vec<Chunk>,
    /// The words where two names differ most, when they are not the same.
    pub difference: Option<(String, String)>,
}

/// Margin above which two names are near, not different.
const NEAR: f64 = -1.0;

/// The same where one side is Hangul or Chinese characters: syllables are few, and any two names share sounds.
const NEAR_HANGUL: f64 = -0.65;
const NEAR_HAN: f64 = -0.7;

/// The same for Chinese characters that no foreign name is spelled with: a Chinese name or a word.
const NEAR_NO_TRANSCRIPTION: f64 = -0.25;

/// The same for names that share a word: a given name with another surname of a like sound.
const NEAR_IN_PART: f64 = -1.45;

/// Logit for each unit of margin, fitted on names that no table has seen (`docs/names.md`). The tables are made for
/// 4; two of them together know more.
const SLOPE: f64 = 4.8;

/// Compares names.
pub struct Matcher;

impl Matcher {
    /// Compares two names of persons or places, one word or several, in any scripts. The languages are BCP 47 tags,
    /// or empty. The order of the two does not matter.
    pub fn compare(a: &str, a_lang: &str, b: &str, b_lang: &str) -> Match {
        // One order for both questions, so that the answers are equal to the last bit.
        let swap = (a, a_lang) > (b, b_lang);
        let comparison =
            if swap { judge(b, b_lang, a, a_lang, true) } else { judge(a, a_lang, b, b_lang, true) };
        let margin = comparison.margin;
        let in_part = comparison.pairs.iter().any(|pair| pair.margin > 0.0);
        let near = comparison.pairs.iter().map(near).fold(NEAR, f64::max);
        let verdict = if margin > 0.0 {
            Verdict::Same
        } else if margin > if in_part { NEAR_IN_PART } else { near } {
            Verdict::Near
        } else {
            Verdict::Different
        };
        let turn = |(a, b)| if swap { (b, a) } else { (a, b) };
        let worst = comparison.pairs.iter().min_by(|x, y| x.margin.total_cmp(&y.margin));
        let difference =
            worst.filter(|_| verdict != Verdict::Same).map(|pair| turn((pair.a.clone(), pair.b.clone())));
        let chunks = comparison.pairs.iter().flat_map(|pair| &pair.chunks).map(|chunk| {
            let (a, b) = turn((chunk.a.clone(), chunk.b.clone()));
            Chunk { a, b, cost: chunk.cost }
        });
        Match {
            verdict,
            probability: probability(margin),
            margin,
            unreadable: comparison.pairs.iter().all(|pair| pair.basis == Basis::Unreadable),
            chunks: chunks.collect(),
            difference,
        }
    }

    /// The probability that two names are one, without the explanation: the same figure as
    /// [`Matcher::compare`] gives, faster.
    pub fn probability(a: &str, a_lang: &str, b: &str, b_lang: &str) -> f64 {
        let swap = (a, a_lang) > (b, b_lang);
        let ((a, a_lang), (b, b_lang)) =
            if swap { ((b, b_lang), (a, a_lang)) } else { ((a, a_lang), (b, b_lang)) };
        probability(judge(a, a_lang, b, b_lang, false).margin)
    }

    /// The probability that two names are one in a story that names both: spellings that differ in what writing
    /// leaves open are one even where the letters alone would leave it at near.
    pub fn in_a_story(a: &str, a_lang: &str, b: &str, b_lang: &str) -> f64 {
        let probability = Self::probability(a, a_lang, b, b_lang);
        if (DRIFT..0.5).contains(&probability) && spelled_alike(a, b) { DRIFTED } else { probability }
    }

    /// The margin of two single words.
    pub fn words(a: &str, a_lang: &str, b: &str, b_lang: &str) -> f64 {
        let (a, b) = (matcher::Word::new(a, a_lang), matcher::Word::new(b, b_lang));
        let (a, b) = if a.text > b.text { (b, a) } else { (a, b) };
        matcher::margin(&a, &b, &mut Scratch::default()).0
    }

    /// The same by their letters alone, whatever forms are established: by this the table of those is made.
    pub fn by_letters(a: &str, a_lang: &str, b: &str, b_lang: &str) -> f64 {
        let (a, b) = (matcher::Word::new(a, a_lang), matcher::Word::new(b, b_lang));
        let (a, b) = if a.text > b.text { (b, a) } else { (a, b) };
        matcher::by_letters(&a, &b, &mut Scratch::default())
    }
}

/// Above which margin two words are near.
fn near(pair: &person::Pair) -> f64 {
    if pair.basis != Basis::Chunks {
        return NEAR;
    }
    let letters = || pair.a.chars().chain(pair.b.chars());
    let of = |script: Script| letters().filter(move |&letter| Script::of(letter) == Some(script));
    let han = of(Script::Han).count();
    if han > 0 {
        let odds: f64 = of(Script::Han).map(transliteration).sum();
        return if odds < 0.0 { NEAR_NO_TRANSCRIPTION } else { NEAR_HAN };
    }
    if of(Script::Hangul).next().is_some() { NEAR_HANGUL } else { NEAR }
}

/// Probability from which two spellings may be one name in a story, and what it is then.
const DRIFT: f64 = 0.02;
const DRIFTED: f64 = 0.55;

/// Margin lost for a form that is right only without its ending.
const BARE: f64 = 0.1;

/// Below this margin no ending makes two names one, unless they begin alike.
const HOPELESS: f64 = -1.2;

/// The same for names of two scripts: a long ending is much of a short name.
const HOPELESS_ACROSS: f64 = -2.5;

/// Most base forms of a name that are tried.
const MOST_FORMS: usize = 10;

/// Margin of an acronym and the words it stands for.
const ACRONYM: f64 = 0.4;

/// Margin at most of two names that the tables have for two things, and from which spelling goes before the tables.
const TWO_THINGS: f64 = -0.4;
const SPELLED_ALIKE: f64 = 0.7;

/// Margin lost where the tables have one name by other forms in the language of the other.
const OTHERWISE: f64 = 0.3;

/// Compares two names: what the tables know of them, else how they are spelled.
fn judge(a: &str, a_lang: &str, b: &str, b_lang: &str, explain: bool) -> person::Comparison {
    let (a_language, b_language) = (lang::find(a_lang), lang::find(b_lang));
    let known = known::ask(a, a_language, b, b_language);
    match known {
        Some(Known::One) => return person::Comparison::read(a, b, matcher::ESTABLISHED),
        Some(Known::Acronym) => return person::Comparison::read(a, b, ACRONYM),
        _ => {}
    }
    let mut comparison = judge_spelling((a, a_lang, a_language), (b, b_lang, b_language), explain);
    if known == Some(Known::Two) && !may_be_borne(&comparison, a, b) || clash::clash(a, b) {
        comparison.margin = comparison.margin.min(TWO_THINGS);
    } else if known == Some(Known::Otherwise) {
        comparison.margin -= OTHERWISE;
    }
    comparison
}

/// Whether two names that tables have for two places are spelled so much alike that they may be one: persons and
/// smaller places bear the names of places. Chinese characters are spelled alike by chance.
fn may_be_borne(comparison: &person::Comparison, a: &str, b: &str) -> bool {
    let words = |name: &str| name.split([' ', '-']).count();
    let han = a.chars().chain(b.chars()).any(|letter| Script::of(letter) == Some(Script::Han));
    comparison.margin >= SPELLED_ALIKE && words(a) == words(b) && !han
}

/// Compares two names as written, then, where that fails and their languages decline names, their base forms.
fn judge_spelling(
    (a, a_lang, a_language): (&str, &str, Option<&Language>),
    (b, b_lang, b_language): (&str, &str, Option<&Language>),
    explain: bool,
) -> person::Comparison {
    let plain = |text: &str, language: Option<&Language>| match language {
        // A lone given name behind a title must not become a name that stands for every bearer.
        Some(language) if text.contains(' ') => {
            let untitled = bare::without_titles(text, language);
            if untitled.contains(' ') { untitled } else { text.to_owned() }
        }
        _ => text.to_owned(),
    };
    let (a, b) = (plain(a, a_language), plain(b, b_language));
    let (a_read, b_read) = (Name::read(&a, a_lang), Name::read(&b, b_lang));
    let mut best = person::compare(&a_read, &b_read, explain);
    // What the readings of characters say goes before what they sound like.
    if let Some(margin) = characters::read(&a, &b).filter(|&margin| margin > best.margin) {
        return person::Comparison::read(&a, &b, margin);
    }
    // An ending behind an apostrophe may be as long as the name: Su’nun.
    let marked = |text: &str| text.contains(['\'', '’']);
    let hope = || match (fold_start(&a), fold_start(&b)) {
        (Some(x), Some(y)) if x.is_ascii() == y.is_ascii() => best.margin > HOPELESS || x == y,
        _ => best.margin > HOPELESS_ACROSS,
    };
    if best.margin > 0.0 || !hope() && !marked(&a) && !marked(&b) {
        return best;
    }
    let forms = |text: &str, language: Option<&Language>| -> Vec<String> {
        language.map_or_else(Vec::new, |language| {
            let whole = |form: &String| form.contains(' ') || !text.contains(' ');
            bare_forms(text, language).into_iter().skip(1).filter(whole).take(MOST_FORMS).collect()
        })
    };
    for (x, y) in respelt(&a, a_language)
        .iter()
        .map(|form| (form, &b))
        .chain(respelt(&b, b_language).iter().map(|form| (&a, form)))
    {
        let other = person::compare(&Name::read(x, ""), &Name::read(y, ""), explain);
        if other.margin > best.margin {
            best = other;
        }
    }
    let read = |text: &str, language: Option<&Language>, tag: &str| -> Vec<Name> {
        forms(text, language).iter().map(|form| Name::read(form, tag)).collect()
    };
    let (a_forms, b_forms) = (read(&a, a_language, a_lang), read(&b, b_language, b_lang));
    let pairs = a_forms.iter().map(|form| (form, &b_read)).chain(b_forms.iter().map(|form| (&a_read, form)));
    for (x, y) in pairs {
        let mut other = person::compare(x, y, explain);
        other.margin -= BARE;
        if other.margin > best.margin {
            best = other;
        }
    }
    best
}

/// The first two letters of a name, folded; no ending reaches them.
fn fold_start(name: &str) -> Option<String> {
    let start: String = name.chars().filter(|letter| letter.is_alphanumeric()).take(2).collect();
    (start.chars().count() == 2).then(|| fold(&start))
}

/// A name as other languages spell its letters, by the conventions of its profile; none where nothing changes.
fn respelt(text: &str, language: Option<&Language>) -> Vec<String> {
    let conventions = language.and_then(|language| language.names.as_ref()).map(|names| &names.respelling);
    let respell = |letters: &Vec<(String, String)>| {
        letters.iter().fold(text.to_owned(), |text, (letter, spelling)| text.replace(letter, spelling))
    };
    conventions.into_iter().flatten().map(respell).filter(|respelt| respelt != text).collect()
}

fn probability(margin: f64) -> f64 {
    1.0 / (1.0 + (-SLOPE * margin).exp())
}
