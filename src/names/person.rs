//! Whole names: which word stands for which. Order is free, particles may be missing, an initial stands for a
//! word, a form written together for two.

use std::cell::Cell;
use std::rc::Rc;

use super::chunks::Scratch;
use super::matcher::{Basis, Chunk, ESTABLISHED, Word, explained, initial, margin};
use super::regnal;
use super::tables::{is_particle, is_suffix};
use crate::lang::text::{fold, is_dash, is_hyphen, is_invisible};

/// Words of a name that are compared; no name has more.
const MOST: usize = 8;

/// Margin lost for a word that has no partner.
const MISSING: f64 = 0.03;

/// Margin lost for words that only match when written together or apart.
const JOINED: f64 = 0.05;

/// Margin at most of two monarchs of one name and two numbers.
const OTHER_NUMBER: f64 = -0.2;

/// Two names compared.
pub(super) struct Comparison {
    pub(super) margin: f64,
    pub(super) pairs: Vec<Pair>,
}

impl Comparison {
    /// Two names of which one is read in the other's way by a table, whole.
    pub(super) fn read(a: &str, b: &str, margin: f64) -> Self {
        let cost = if margin > 0.0 { 0.0 } else { 8.0 };
        let chunks = vec![Chunk { a: a.to_owned(), b: b.to_owned(), cost }];
        let pair = Pair { a: a.to_owned(), b: b.to_owned(), margin, basis: Basis::Established, chunks };
        Self { margin, pairs: vec![pair] }
    }
}

/// Words that stand for each other.
#[derive(Clone)]
pub(super) struct Pair {
    pub(super) a: String,
    pub(super) b: String,
    pub(super) margin: f64,
    pub(super) basis: Basis,
    pub(super) chunks: Vec<Chunk>,
}

#[derive(Clone)]
struct Token {
    word: Rc<Word>,
    initial: bool,
    particle: bool,
}

/// Scratch space, and whether names may be those of monarchs.
struct Space {
    chunks: Scratch,
    regnal: bool,
}

/// A name read for comparing: its words, and the number that a monarch has.
pub(super) struct Name {
    tokens: Vec<Token>,
    number: Option<u16>,
}

impl Name {
    pub(super) fn read(name: &str, language: &str) -> Self {
        let (tokens, number) = tokens(name, language);
        Self { tokens, number }
    }
}

/// Compares two names word by word.
pub(super) fn compare(a: &Name, b: &Name, explain: bool) -> Comparison {
    thread_local! {
        /// Room that is kept: a base form more is compared without asking for memory.
        static KEPT: Cell<Scratch> = Cell::default();
    }
    if a.tokens.is_empty() || b.tokens.is_empty() {
        return Comparison { margin: -3.0, pairs: Vec::new() };
    }
    let titled = |name: &Name| name.tokens.iter().any(|token| regnal::title(&token.word.folded).is_some());
    let regnal = a.number.is_some() && a.number == b.number || titled(a) && titled(b);
    let mut scratch = Space { chunks: KEPT.take(), regnal };
    let mut comparison = best(a.tokens.clone(), b.tokens.clone(), explain, &mut scratch);
    KEPT.set(scratch.chunks);
    if a.number.is_some() && b.number.is_some() && a.number != b.number {
        comparison.margin = comparison.margin.min(OTHER_NUMBER);
    }
    comparison
}

fn best(a: Vec<Token>, b: Vec<Token>, explain: bool, scratch: &mut Space) -> Comparison {
    if a.len() == b.len() && !a.iter().chain(&b).any(|token| token.particle) {
        // Nothing to join, nothing to leave out.
        let (margin, partners) = assign(&a, &b, scratch);
        return Candidate { margin, a, b, partners }.explained(explain);
    }
    let mut best: Option<Candidate> = None;
    let mut consider = |a: Vec<Token>, b: Vec<Token>, penalty: f64, scratch: &mut Space| {
        if a.is_empty() || b.is_empty() {
            return;
        }
        let (mut margin, partners) = assign(&a, &b, scratch);
        margin -= penalty;
        if best.as_ref().is_none_or(|best| margin > best.margin) {
            best = Some(Candidate { margin, a, b, partners });
        }
    };
    for (a, b) in variants(&a, &b) {
        let (n, m) = (a.len(), b.len());
        if n != m {
            // One word here for two there: Abd al-Rahman, عبدالرحمن.
            let longer = if n > m { &a } else { &b };
            for place in 0..longer.len() - 1 {
                let merged = merged(longer, place, place + 2);
                let (a, b) = if n > m { (merged, b.clone()) } else { (a.clone(), merged) };
                consider(a, b, JOINED, scratch);
            }
            if n.min(m) == 1 && n.max(m) > 2 {
                let whole = vec![together(longer.iter())];
                let (a, b) = if n > m { (whole, b.clone()) } else { (a.clone(), whole) };
                consider(a, b, JOINED, scratch);
            }
            if n.min(m) == 1 {
                // Given name first here, family name first there: Jae-in Moon, 문재인.
                let last = longer.len() - 1;
                let turned = vec![together(longer[last..].iter().chain(&longer[..last]))];
                let (a, b) = if n > m { (turned, b.clone()) } else { (a.clone(), turned) };
                consider(a, b, JOINED, scratch);
            }
        }
        consider(a, b, 0.0, scratch);
    }
    best.expect("at least one way was considered").explained(explain)
}

struct Candidate {
    margin: f64,
    a: Vec<Token>,
    b: Vec<Token>,
    /// Place in a, place in b, margin, basis.
    partners: Vec<(usize, usize, f64, Basis)>,
}

impl Candidate {
    fn explained(self, explain: bool) -> Comparison {
        let pairs = self.partners.iter().map(|&(i, j, margin, basis)| {
            let (x, y) = (&self.a[i], &self.b[j]);
            let chunks = if !explain {
                Vec::new()
            } else if basis == Basis::Initial {
                let cost = if margin > 0.0 { 0.0 } else { 8.0 };
                vec![Chunk { a: x.word.text.clone(), b: y.word.text.clone(), cost }]
            } else {
                explained(&x.word, &y.word).2
            };
            Pair { a: x.word.text.clone(), b: y.word.text.clone(), margin, basis, chunks }
        });
        Comparison { margin: self.margin, pairs: pairs.collect() }
    }
}

/// The ways to read particles: left out, and joined to the word after them.
fn variants(a: &[Token], b: &[Token]) -> Vec<(Vec<Token>, Vec<Token>)> {
    let of = |tokens: &[Token]| -> Vec<Vec<Token>> {
        if !tokens.iter().any(|token| token.particle) {
            return vec![tokens.to_vec()];
        }
        let bare: Vec<Token> = tokens.iter().filter(|token| !token.particle).cloned().collect();
        let mut joined: Vec<Token> = Vec::new();
        let mut first = None;
        for (place, token) in tokens.iter().enumerate() {
            if token.particle {
                first = first.or(Some(place));
            } else {
                joined.push(together(tokens[first.take().unwrap_or(place)..=place].iter()));
            }
        }
        vec![bare, joined]
    };
    let (a, b) = (of(a), of(b));
    a.iter().flat_map(|a| b.iter().map(move |b| (a.clone(), b.clone()))).collect()
}

fn together<'a>(tokens: impl Iterator<Item = &'a Token>) -> Token {
    let tokens: Vec<&Token> = tokens.collect();
    if let [only] = tokens[..] {
        return only.clone();
    }
    let text: String = tokens.iter().map(|token| token.word.text.as_str()).collect();
    let kanji = tokens.iter().any(|token| token.word.kanji);
    Token { word: Rc::new(Word::new(&text, if kanji { "ja" } else { "" })), initial: false, particle: false }
}

fn merged(tokens: &[Token], start: usize, end: usize) -> Vec<Token> {
    let mut out: Vec<Token> = tokens[..start].to_vec();
    out.push(together(tokens[start..end].iter()));
    out.extend_from_slice(&tokens[end..]);
    out
}

/// The best assignment of the words of the shorter name, and its margin: .7 of the worst pair, .3 of the mean.
#[allow(clippy::many_single_char_names, reason = "a and b, their lengths and places in them")]
fn assign(a: &[Token], b: &[Token], scratch: &mut Space) -> (f64, Vec<(usize, usize, f64, Basis)>) {
    let (n, m) = (a.len(), b.len());
    let mut margins = vec![(0.0, Basis::Unreadable); n * m];
    for (i, x) in a.iter().enumerate() {
        for (j, y) in b.iter().enumerate() {
            let (known, other) = (&x.word.folded, &y.word.folded);
            margins[i * m + j] = if scratch.regnal && regnal::same(known, other) {
                (ESTABLISHED, Basis::Established)
            } else if x.initial || y.initial {
                initial(&x.word, &y.word)
            } else {
                margin(&x.word, &y.word, &mut scratch.chunks)
            };
        }
    }
    let (few, many) = (n.min(m), n.max(m));
    let at = |short: usize, long: usize| {
        let (i, j) = if n <= m { (short, long) } else { (long, short) };
        margins[i * m + j]
    };
    // Best sum of margins over the sets of words taken: names are short.
    let value = |short: usize, long: usize| at(short, long).0.clamp(-2.0, 1.3);
    let mut best = vec![f64::NEG_INFINITY; 1 << many];
    let mut choice = vec![0u8; 1 << many];
    best[0] = 0.0;
    for set in 1usize..1 << many {
        let short = set.count_ones() as usize - 1;
        if short >= few {
            continue;
        }
        for long in 0..many {
            if set & 1 << long != 0 {
                let sum = best[set & !(1 << long)] + value(short, long);
                if sum > best[set] {
                    best[set] = sum;
                    choice[set] = long as u8;
                }
            }
        }
    }
    let mut set = (0usize..1 << many)
        .filter(|set| set.count_ones() as usize == few)
        .max_by(|&x, &y| best[x].total_cmp(&best[y]).then(y.cmp(&x)))
        .unwrap_or_default();
    let mut partners = Vec::with_capacity(few);
    for short in (0..few).rev() {
        let long = usize::from(choice[set]);
        set &= !(1 << long);
        let (margin, basis) = at(short, long);
        let (i, j) = if n <= m { (short, long) } else { (long, short) };
        partners.push((i, j, margin, basis));
    }
    partners.sort_by_key(|&(i, j, _, _)| (i, j));
    let worst = partners.iter().map(|partner| partner.2).fold(f64::INFINITY, f64::min);
    let mean = partners.iter().map(|partner| partner.2).sum::<f64>() / few as f64;
    let mut margin = 0.7 * worst + 0.3 * mean - MISSING * (many - few) as f64;
    if partners.iter().all(|partner| partner.3 == Basis::Initial) {
        // Initials alone say little, unless they are all there is.
        let equal = n == m && partners.iter().all(|&(i, j, _, _)| a[i].word.folded == b[j].word.folded);
        margin = if equal { 0.25 } else { margin.min(-0.05) };
    }
    (margin, partners)
}

/// The words of a name, suffixes left out, and the number that a monarch has.
fn tokens(name: &str, language: &str) -> (Vec<Token>, Option<u16>) {
    let mut monarch = None;
    let mut tokens: Vec<Token> = Vec::new();
    let mut piece = String::new();
    let mut push = |piece: &mut String, dot: bool, hyphen: bool| {
        if piece.chars().any(char::is_alphanumeric) {
            let word = Word::new(piece, language);
            let letters = word.folded.chars().count();
            let cased = piece.chars().any(char::is_uppercase);
            let initial = dot && letters <= 3 || letters == 1 && cased;
            let particle = !initial && (is_particle(&word.folded) || hyphen && letters <= 2 && !cased);
            tokens.push(Token { word: Rc::new(word), initial, particle });
        }
        piece.clear();
    };
    for character in name.chars().filter(|&character| !is_invisible(character)) {
        match character {
            '.' | '．' => push(&mut piece, true, false),
            '·' | '•' | '・' | '=' | '＝' | ',' | '，' | '、' | '،' | '/' | '(' | ')' | '‧' | '"' | '“'
            | '”' | '«' | '»' | ';' => push(&mut piece, false, false),
            _ if character.is_whitespace() => push(&mut piece, false, false),
            _ if is_hyphen(character) || is_dash(character) => push(&mut piece, false, true),
            _ => piece.push(character),
        }
    }
    push(&mut piece, false, false);
    if let [.., before, last] = tokens.as_slice()
        && regnal::is_name(&before.word.folded)
        && let Some(number) = regnal::number(&last.word.folded)
    {
        monarch = Some(number);
        tokens.pop();
    } else if let Some(last) = tokens.last_mut()
        && let Some((text, number)) = regnal::split(&last.word.text)
        && regnal::is_name(&fold(text))
    {
        monarch = Some(number);
        last.word = Rc::new(Word::new(text, language));
    }
    let suffix = |token: &Token| is_suffix(&token.word.folded) && !token.particle;
    if tokens.iter().skip(1).any(suffix) {
        let mut place = 0;
        tokens.retain(|token| {
            place += 1;
            place == 1 || !suffix(token)
        });
        if tokens.len() == 1 && tokens[0].initial {
            tokens[0].initial = false;
        }
    }
    // The first word of a name is no particle unless it stands before the only other: Ben Affleck, de Gaulle.
    let others = tokens.iter().filter(|token| !token.particle).count();
    if others == 0 {
        for token in &mut tokens {
            token.particle = false;
        }
    }
    if let Some(last) = tokens.last_mut() {
        last.particle = false;
    }
    tokens.truncate(MOST);
    (tokens, monarch)
}
