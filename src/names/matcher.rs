//! Two words: how far they are on the right side of the cut, and by what.

use strsim::generic_levenshtein;

use super::chunks::Scratch;
use super::readings::{Script, Unit, pinyin, read};
use super::romanise::romanise;
use super::tables::{established, tables};
use crate::lang::text::fold;

/// Margin of words that are equal after folding.
const EQUAL: f64 = 1.3;

/// Margin of forms that a table of names gives for each other.
pub(super) const ESTABLISHED: f64 = 1.2;

/// Margin where nothing can be read.
const UNREADABLE: f64 = -3.0;

/// Margin of a Japanese name in Chinese characters, whose reading nobody can tell: no evidence either way, and
/// no ground for calling it the same.
const NO_READING: f64 = -0.35;

/// By what two words were judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// Equal after folding, or by an exact rule: pinyin, ü for ue.
    Equal,
    /// A table of established forms.
    Established,
    /// A learned table of chunks.
    Chunks,
    /// Edits, both being of one script.
    Edits,
    /// An initial against a word.
    Initial,
    /// Nothing can be read: no judgement.
    Unreadable,
}

/// A piece of the alignment of two names.
#[derive(Debug, Clone, PartialEq)]
pub struct Chunk {
    /// Letters of the first name; empty where it has nothing.
    pub a: String,
    /// Letters or sounds of the second name.
    pub b: String,
    /// What the pair costs; 0 is certain, 6 and more is foreign to each other.
    pub cost: f32,
}

/// A word with what comparing needs of it.
#[derive(Debug, Clone)]
pub(super) struct Word {
    /// As written.
    pub(super) text: String,
    /// Script of its letters: the first that is not Latin, else Latin.
    pub(super) script: Option<Script>,
    /// Folded for comparing letter by letter.
    pub(super) folded: String,
    /// Its reading in its own script.
    pub(super) units: Vec<Unit>,
    /// Whether it is Japanese in Chinese characters.
    pub(super) kanji: bool,
}

impl Word {
    pub(super) fn new(text: &str, language: &str) -> Self {
        let script = script(text);
        let units = script.map(|script| read(script, text)).unwrap_or_default();
        let kanji = script == Some(Script::Han) && (language == "ja" || language.starts_with("ja-"));
        Self { text: text.to_owned(), script, folded: fold(text), units, kanji }
    }

    fn is_readable(&self) -> bool {
        self.script.is_some() && self.units.len() > 2
    }

    /// The word in Latin letters, where it is not.
    fn latin(&self) -> Self {
        Self::new(&romanise(&self.text), "")
    }
}

/// The script of the first letter that is not Latin, kana before Han; Latin without one; `None` where a letter
/// belongs to a script without a reading.
fn script(text: &str) -> Option<Script> {
    let mut found = Some(Script::Latin);
    for character in text.chars().filter(|character| character.is_alphabetic()) {
        match Script::of(character) {
            Some(Script::Latin) => {}
            Some(Script::Han) => found = Some(Script::Han),
            other => return other,
        }
    }
    found
}

/// The margin of two words, and by what.
pub(super) fn margin(a: &Word, b: &Word, scratch: &mut Scratch) -> (f64, Basis) {
    judge(a, b, scratch, None)
}

/// The margin of two words by their letters, whatever forms are established.
pub(super) fn by_letters(a: &Word, b: &Word, scratch: &mut Scratch) -> f64 {
    let (margin, basis) = judge(a, b, scratch, None);
    if basis != Basis::Established {
        return margin;
    }
    let (left, right) = if rank(a) <= rank(b) { (a, b) } else { (b, a) };
    let latin;
    let left = if left.script == Some(Script::Latin) {
        left
    } else {
        latin = left.latin();
        &latin
    };
    by_table(right.script.unwrap_or(Script::Latin), left, right, false, scratch, None).0
}

/// The margin of two words with the alignment that gives it.
pub(super) fn explained(a: &Word, b: &Word) -> (f64, Basis, Vec<Chunk>) {
    let mut chunks = Vec::new();
    let (margin, basis) = judge(a, b, &mut Scratch::default(), Some(&mut chunks));
    if chunks.is_empty() {
        let cost = if basis == Basis::Equal || margin > 0.0 { 0.0 } else { 8.0 };
        chunks.push(Chunk { a: a.text.clone(), b: b.text.clone(), cost });
    }
    (margin, basis, chunks)
}

fn judge(a: &Word, b: &Word, scratch: &mut Scratch, chunks: Option<&mut Vec<Chunk>>) -> (f64, Basis) {
    if !a.folded.is_empty() && a.folded == b.folded {
        return (EQUAL, Basis::Equal);
    }
    if a.script == b.script && a.script.is_some() {
        return match a.script {
            Some(Script::Latin) => latin(a, b, scratch, chunks),
            Some(script) => one_script(script, a, b),
            None => (UNREADABLE, Basis::Unreadable),
        };
    }
    if a.kanji || b.kanji {
        return (NO_READING, Basis::Unreadable);
    }
    // The side that loses least in Latin letters is read so.
    let (swapped, left, right) = if rank(a) <= rank(b) { (false, a, b) } else { (true, b, a) };
    let (left_latin, right_latin);
    let left = if left.script == Some(Script::Latin) {
        left
    } else {
        left_latin = left.latin();
        &left_latin
    };
    let right = if right.script.is_some() {
        right
    } else if established(&left.folded, &right.folded) {
        return (ESTABLISHED, Basis::Established);
    } else {
        right_latin = right.latin();
        &right_latin
    };
    if !left.is_readable() || !right.is_readable() {
        return (UNREADABLE, Basis::Unreadable);
    }
    let script = right.script.unwrap_or(Script::Latin);
    if script == Script::Latin {
        if left.folded == right.folded {
            return (EQUAL, Basis::Equal);
        }
    } else if established(&left.folded, &right.folded) {
        return (ESTABLISHED, Basis::Established);
    }
    if script == Script::Han && is_pinyin(&left.folded, &right.text) {
        return (EQUAL, Basis::Equal);
    }
    by_table(script, left, right, swapped, scratch, chunks)
}

/// The order in which scripts are read in Latin letters, the least loss first.
fn rank(word: &Word) -> u8 {
    match word.script {
        Some(Script::Latin) => 0,
        Some(Script::Cyrillic) => 1,
        None => 2,
        Some(Script::Hangul) => 3,
        Some(Script::Kana) => 4,
        Some(Script::Arabic) => 5,
        Some(Script::Hebrew) => 6,
        Some(Script::Han) => 7,
    }
}

fn by_table(
    script: Script,
    left: &Word,
    right: &Word,
    swapped: bool,
    scratch: &mut Scratch,
    chunks: Option<&mut Vec<Chunk>>,
) -> (f64, Basis) {
    let [narrow, wide] = tables(script);
    let other = wide.margin(&left.units, &right.units, scratch);
    let Some(chunks) = chunks else {
        return (f64::midpoint(narrow.margin(&left.units, &right.units, scratch), other), Basis::Chunks);
    };
    let (margin, steps) = narrow.align(&left.units, &right.units, scratch);
    let margin = f64::midpoint(margin, other);
    let shown =
        |script: Script, units: &[Unit]| units.iter().map(|&unit| script.shown(unit)).collect::<String>();
    for step in steps {
        let a = shown(Script::Latin, &left.units[step.left.0..step.left.1]);
        let b = shown(script, &right.units[step.right.0..step.right.1]);
        let (a, b) = if swapped { (b, a) } else { (a, b) };
        let cost = f32::from(step.cost) / 8.0;
        // Ends of words that stand for nothing are of no interest, unless they cost.
        if !(a.is_empty() && b.is_empty()) {
            chunks.push(Chunk { a, b, cost });
        } else if let Some(last) = chunks.last_mut() {
            last.cost += cost;
        }
    }
    (margin, Basis::Chunks)
}

fn latin(a: &Word, b: &Word, scratch: &mut Scratch, chunks: Option<&mut Vec<Chunk>>) -> (f64, Basis) {
    if established(&a.folded, &b.folded) || established(&b.folded, &a.folded) {
        return (ESTABLISHED, Basis::Established);
    }
    let (long_a, long_b) = (spelled_out(&a.text), spelled_out(&b.text));
    if long_a == long_b || long_a == b.folded || a.folded == long_b {
        return (EQUAL, Basis::Equal);
    }
    if !a.is_readable() || !b.is_readable() {
        return (UNREADABLE, Basis::Unreadable);
    }
    by_table(Script::Latin, a, b, false, scratch, chunks)
}

/// Letters with a diaeresis, stroke or ring as two letters, folded: Müller as mueller, Đorđević as djordjevic.
fn spelled_out(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    for character in text.chars() {
        match character {
            'ä' | 'Ä' | 'æ' | 'Æ' => out.push_str("ae"),
            'ö' | 'Ö' | 'ø' | 'Ø' | 'œ' | 'Œ' => out.push_str("oe"),
            'ü' | 'Ü' => out.push_str("ue"),
            'å' | 'Å' => out.push_str("aa"),
            'đ' | 'Đ' => out.push_str("dj"),
            other => out.push(other),
        }
    }
    fold(&out)
}

/// Two words of one script other than Latin: the same but for spelling, else by edits.
fn one_script(script: Script, a: &Word, b: &Word) -> (f64, Basis) {
    let (x, y) = (spelling(script, a), spelling(script, b));
    if x == y && x.len() > 2 {
        return (1.0, Basis::Equal);
    }
    let edits = if script == Script::Han {
        // Another character of the same sound is a spelling; another sound is another name.
        let (x, y): (Vec<_>, Vec<_>) = (a.text.chars().collect(), b.text.chars().collect());
        let (x, y): (Vec<_>, Vec<_>) =
            (x.iter().map(|&c| pinyin(c)).collect(), y.iter().map(|&c| pinyin(c)).collect());
        let edits = generic_levenshtein(&x, &y) as f64;
        return (0.3 - 3.0 * edits / x.len().max(y.len()).max(1) as f64, Basis::Edits);
    } else {
        weighted(script, &x, &y)
    };
    let length = x.len().max(y.len()).saturating_sub(2).max(1) as f64;
    let margin = 0.5 - 4.5 * edits / length;
    // One letter makes another name, however long it is.
    (if edits > 0.5 { margin.min(-0.1) } else { margin }, Basis::Edits)
}

/// A reading without what writers of a script leave out or exchange.
fn spelling(script: Script, word: &Word) -> Vec<Unit> {
    let of = |letter: &str| script.unit(letter);
    let folds: &[(&str, &str)] = match script {
        Script::Arabic => {
            &[("أ", "ا"), ("إ", "ا"), ("آ", "ا"), ("ى", "ي"), ("ة", "ه"), ("ؤ", "و"), ("ئ", "ي")]
        }
        Script::Cyrillic => &[("ё", "е"), ("э", "е"), ("й", "и"), ("ы", "и")],
        _ => &[],
    };
    let silent: &[&str] = match script {
        Script::Cyrillic => &["ь"],
        Script::Kana => &[":"],
        Script::Arabic => &["ء"],
        _ => &[],
    };
    let mut units: Vec<Unit> = Vec::with_capacity(word.units.len());
    for &unit in &word.units {
        if silent.iter().any(|letter| of(letter) == Some(unit)) {
            continue;
        }
        let fold = folds.iter().find(|(from, _)| of(from) == Some(unit)).and_then(|(_, to)| of(to));
        let unit = fold.unwrap_or(unit);
        // Doubled letters are a matter of taste.
        if script != Script::Cyrillic || units.last() != Some(&unit) {
            units.push(unit);
        }
    }
    units
}

/// Edits between two readings; a vowel letter of Arabic or Hebrew that is written or not counts half.
fn weighted(script: Script, a: &[Unit], b: &[Unit]) -> f64 {
    let light: Vec<Unit> = match script {
        Script::Arabic => ["ا", "و", "ي"].iter().filter_map(|letter| script.unit(letter)).collect(),
        Script::Hebrew => ["א", "ו", "י"].iter().filter_map(|letter| script.unit(letter)).collect(),
        _ => Vec::new(),
    };
    let gap = |unit: &Unit| if light.contains(unit) { 0.5 } else { 1.0 };
    let mut row: Vec<f64> = std::iter::once(0.0)
        .chain(b.iter().scan(0.0, |sum, unit| {
            *sum += gap(unit);
            Some(*sum)
        }))
        .collect();
    for x in a {
        let mut diagonal = row[0];
        row[0] += gap(x);
        for (j, y) in b.iter().enumerate() {
            let best = (row[j + 1] + gap(x)).min(row[j] + gap(y)).min(diagonal + f64::from(u8::from(x != y)));
            diagonal = row[j + 1];
            row[j + 1] = best;
        }
    }
    row[b.len()]
}

/// Whether Latin letters are exactly the pinyin of Chinese characters.
fn is_pinyin(folded: &str, characters: &str) -> bool {
    let mut rest = folded;
    for character in characters.chars() {
        let Some(syllable) = pinyin(character) else { return false };
        let next = if syllable.contains('ü') {
            let plain = syllable.replace('ü', "u");
            let v = syllable.replace('ü', "v");
            rest.strip_prefix(plain.as_str()).or_else(|| rest.strip_prefix(v.as_str()))
        } else {
            rest.strip_prefix(syllable)
        };
        let Some(next) = next else { return false };
        rest = next;
    }
    rest.is_empty()
}

/// An initial against a word or an initial: may the word begin with that sound?
pub(super) fn initial(a: &Word, b: &Word) -> (f64, Basis) {
    const FITS: f64 = 0.5;
    const CLASH: f64 = -1.0;
    /// The dearest first chunk that is still the same sound, in eighths.
    const DEAREST: i16 = 28;
    let (short, long) = if a.folded.chars().count() <= b.folded.chars().count() { (a, b) } else { (b, a) };
    if a.folded == b.folded {
        return (FITS + 0.1, Basis::Initial);
    }
    if a.script == b.script && long.folded.starts_with(short.folded.as_str()) {
        return (FITS, Basis::Initial);
    }
    if a.kanji || b.kanji {
        return (0.0, Basis::Unreadable);
    }
    let (left, right) = if rank(a) <= rank(b) { (a, b) } else { (b, a) };
    let left = if left.script == Some(Script::Latin) { left.clone() } else { left.latin() };
    let right = if right.script.is_some() { right.clone() } else { right.latin() };
    if !left.is_readable() || !right.is_readable() {
        return (0.0, Basis::Unreadable);
    }
    let [table, _] = tables(right.script.unwrap_or(Script::Latin));
    let (x, y) = (&left.units[..left.units.len() - 1], &right.units[..right.units.len() - 1]);
    let mut best = i16::MAX;
    for i in 1..x.len().min(4) {
        for j in 1..y.len().min(4) {
            let whole = table.look_up(&x[..=i], &y[..=j]);
            let parts = table.look_up(&x[1..=i], &y[1..=j]).map(|cost| cost + 4);
            best = best.min(whole.unwrap_or(i16::MAX)).min(parts.unwrap_or(i16::MAX));
        }
    }
    (if best < DEAREST { FITS } else { CLASH }, Basis::Initial)
}
