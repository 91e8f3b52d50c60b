//! Word lists of hunspell: a list of words with flags (`.dic`), and what the flags put before and after them (`.aff`).
//! All forms are written out; compounds are not made.

use std::collections::{BTreeMap, BTreeSet};

use encoding_rs::Encoding;

use super::SourceError;

/// Forms beyond which a list is too long to be written out.
const MOST: usize = 6_000_000;

/// How flags are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Flags {
    Letters,
    Pairs,
    Numbers,
}

/// One way to put letters before or after a word.
#[derive(Debug)]
struct Rule {
    strip: String,
    add: String,
    /// What the letters of the word at that end must be.
    condition: Vec<Letter>,
    flags: Vec<String>,
    cross: bool,
}

#[derive(Debug)]
enum Letter {
    Any,
    OneOf(Vec<char>, bool),
}

/// What an affix file says.
#[derive(Debug)]
struct Affixes {
    kind: Flags,
    aliases: Vec<String>,
    prefixes: BTreeMap<String, Vec<Rule>>,
    suffixes: BTreeMap<String, Vec<Rule>>,
    /// Words with these flags are no words by themselves, or none at all.
    bound: Vec<String>,
    forbidden: Vec<String>,
}

/// Every form of every word, in order.
pub fn words(list: &[u8], affixes: &[u8]) -> Result<BTreeSet<String>, SourceError> {
    let encoding = encoding(affixes)?;
    let (list, _, broken) = encoding.decode(list);
    if broken {
        return Err(SourceError::Encoding { name: encoding.name() });
    }
    let affixes = Affixes::read(&encoding.decode(affixes).0)?;
    let mut out = BTreeSet::new();
    // The first line counts the others.
    for line in list.lines().skip(1) {
        let entry = line.split('\t').next().unwrap_or_default().trim();
        let (word, flags) = split(entry);
        if word.is_empty() || word.contains(' ') {
            continue;
        }
        affixes.forms(&word, &affixes.flags(flags), &mut out);
        if out.len() > MOST {
            return Err(SourceError::TooMany { most: MOST });
        }
    }
    Ok(out)
}

fn encoding(affixes: &[u8]) -> Result<&'static Encoding, SourceError> {
    let named = affixes.split(|&byte| byte == b'\n').find_map(|line| {
        let line = std::str::from_utf8(line).ok()?.trim_start_matches('\u{FEFF}');
        Some(line.strip_prefix("SET")?.trim().to_owned())
    });
    let name = named.unwrap_or_else(|| "ISO8859-1".into());
    let usual = name.replace("microsoft-cp", "windows-").replace("TIS620-2533", "tis-620");
    Encoding::for_label(usual.as_bytes()).ok_or(SourceError::Charset { name })
}

/// A word and its flags; a slash in the word is written with a backslash.
fn split(entry: &str) -> (String, &str) {
    let mut before = '\0';
    for (at, letter) in entry.char_indices() {
        if letter == '/' && before != '\\' && at > 0 {
            let (word, flags) = entry.split_at(at);
            let flags = flags.get(1..).unwrap_or_default().split(' ').next().unwrap_or_default();
            return (word.replace("\\/", "/"), flags);
        }
        before = letter;
    }
    (entry.replace("\\/", "/"), "")
}

impl Affixes {
    fn read(text: &str) -> Result<Self, SourceError> {
        let mut own = Self {
            kind: Flags::Letters,
            aliases: Vec::new(),
            prefixes: BTreeMap::new(),
            suffixes: BTreeMap::new(),
            bound: Vec::new(),
            forbidden: Vec::new(),
        };
        // Whether affixes of a flag may meet one of the other end.
        let mut cross: BTreeMap<(bool, String), bool> = BTreeMap::new();
        for (index, line) in text.lines().enumerate() {
            let cells: Vec<&str> = line.split(char::is_whitespace).filter(|cell| !cell.is_empty()).collect();
            match cells.as_slice() {
                ["FLAG", "long", ..] => own.kind = Flags::Pairs,
                ["FLAG", "num", ..] => own.kind = Flags::Numbers,
                ["AF", flags, ..] => own.aliases.push((*flags).to_owned()),
                ["NEEDAFFIX" | "PSEUDOROOT" | "ONLYINCOMPOUND" | "CIRCUMFIX", flag, ..] => {
                    own.bound.push((*flag).to_owned());
                }
                ["FORBIDDENWORD", flag, ..] => own.forbidden.push((*flag).to_owned()),
                [kind @ ("SFX" | "PFX"), flag, meets @ ("Y" | "N"), count, ..]
                    if count.bytes().all(|byte| byte.is_ascii_digit()) =>
                {
                    cross.insert((*kind == "SFX", (*flag).to_owned()), *meets == "Y");
                }
                [kind @ ("SFX" | "PFX"), flag, strip, add, rest @ ..] => {
                    let suffix = *kind == "SFX";
                    let (add, flags) = split(add);
                    let rule = Rule {
                        strip: if *strip == "0" { String::new() } else { (*strip).to_owned() },
                        add: if add == "0" { String::new() } else { add },
                        condition: condition(rest.first().copied().unwrap_or("."))
                            .ok_or(SourceError::Affix { line: index + 1 })?,
                        flags: own.flags(flags),
                        cross: cross.get(&(suffix, (*flag).to_owned())).copied().unwrap_or_default(),
                    };
                    let rules = if suffix { &mut own.suffixes } else { &mut own.prefixes };
                    rules.entry((*flag).to_owned()).or_default().push(rule);
                }
                _ => {}
            }
        }
        Ok(own)
    }

    fn flags(&self, written: &str) -> Vec<String> {
        // The first alias counts the others.
        let alias = written.parse::<usize>().ok().filter(|_| !self.aliases.is_empty());
        let written = alias.and_then(|number| self.aliases.get(number)).map_or(written, String::as_str);
        match self.kind {
            Flags::Numbers => written.split(',').filter(|flag| !flag.is_empty()).map(str::to_owned).collect(),
            Flags::Letters => written.chars().map(String::from).collect(),
            Flags::Pairs => {
                let letters: Vec<char> = written.chars().collect();
                letters.chunks(2).map(|pair| pair.iter().collect()).collect()
            }
        }
    }

    fn forms(&self, word: &str, flags: &[String], out: &mut BTreeSet<String>) {
        let has = |list: &[String], flags: &[String]| flags.iter().any(|flag| list.contains(flag));
        if has(&self.forbidden, flags) {
            return;
        }
        if !has(&self.bound, flags) {
            out.insert(word.to_owned());
        }
        let prefixes: Vec<&Rule> =
            flags.iter().filter_map(|flag| self.prefixes.get(flag)).flatten().collect();
        for rule in &prefixes {
            out.extend(rule.before(word).filter(|_| !has(&self.bound, &rule.flags)));
        }
        for rule in flags.iter().filter_map(|flag| self.suffixes.get(flag)).flatten() {
            let Some(form) = rule.after(word) else { continue };
            let also = rule.flags.iter().filter_map(|flag| self.prefixes.get(flag)).flatten();
            let before = prefixes.iter().copied().filter(|prefix| rule.cross && prefix.cross).chain(also);
            out.extend(before.filter_map(|prefix| prefix.before(&form)));
            // A suffix may take another one, once.
            for second in rule.flags.iter().filter_map(|flag| self.suffixes.get(flag)).flatten() {
                out.extend(second.after(&form));
            }
            if !has(&self.bound, &rule.flags) {
                out.insert(form);
            }
        }
    }
}

impl Rule {
    fn after(&self, word: &str) -> Option<String> {
        let rest = word.strip_suffix(self.strip.as_str())?;
        let mut letters = word.chars().rev();
        let fits = self.condition.iter().rev().all(|wanted| letters.next().is_some_and(|own| wanted.is(own)));
        (fits && !rest.is_empty()).then(|| format!("{rest}{}", self.add))
    }

    fn before(&self, word: &str) -> Option<String> {
        let rest = word.strip_prefix(self.strip.as_str())?;
        let mut letters = word.chars();
        let fits = self.condition.iter().all(|wanted| letters.next().is_some_and(|own| wanted.is(own)));
        (fits && !rest.is_empty()).then(|| format!("{}{rest}", self.add))
    }
}

impl Letter {
    fn is(&self, letter: char) -> bool {
        match self {
            Self::Any => true,
            Self::OneOf(letters, wanted) => letters.contains(&letter) == *wanted,
        }
    }
}

/// `[^aeiou]y`: each letter, a set of them, or any. Nothing where a set is not closed.
fn condition(written: &str) -> Option<Vec<Letter>> {
    let mut out = Vec::new();
    let mut letters = written.chars();
    while let Some(letter) = letters.next() {
        out.push(match letter {
            '.' => Letter::Any,
            '[' => {
                let mut set: Vec<char> = Vec::new();
                loop {
                    match letters.next()? {
                        ']' => break,
                        other => set.push(other),
                    }
                }
                let not = set.first() == Some(&'^');
                if not {
                    set.remove(0);
                }
                Letter::OneOf(set, !not)
            }
            other => Letter::OneOf(vec![other], true),
        });
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(list: &str, affixes: &str) -> Vec<String> {
        words(list.as_bytes(), affixes.as_bytes()).expect("a list").into_iter().collect()
    }

    #[test]
    fn forms_are_written_out() {
        let affixes = "SET UTF-8\nPFX U Y 1\nPFX U 0 un .\nSFX S Y 2\nSFX S y ies [^aeiou]y\nSFX S 0 s [^y]\nSFX D N 1\nSFX D 0 ed [^e]\n";
        assert_eq!(
            listed("3\nferry/S\nlock/SUD\nkiln\n", affixes),
            ["ferries", "ferry", "kiln", "lock", "locked", "locks", "unlock", "unlocks"]
        );
    }

    #[test]
    fn flags_are_written_in_every_way() {
        let long = "SET UTF-8\nFLAG long\nSFX Aa Y 1\nSFX Aa 0 lar .\n";
        assert_eq!(listed("1\nköprü/Aa\n", long), ["köprü", "köprülar"]);
        let numbers = "SET UTF-8\nFLAG num\nNEEDAFFIX 9\nSFX 12 Y 1\nSFX 12 0 а .\n";
        assert_eq!(listed("1\nмост/9,12\n", numbers), ["моста"]);
        let aliases = "SET UTF-8\nAF 1\nAF S\nSFX S Y 1\nSFX S 0 s/T .\nSFX T Y 1\nSFX T 0 !\n";
        assert_eq!(listed("1\nboat/1\n", aliases), ["boat", "boats", "boats!"]);
    }

    #[test]
    fn old_encodings_are_read_and_unknown_ones_refused() {
        assert_eq!(
            words(b"1\nBr\xFCcke\n", b"SET ISO8859-1\n").expect("a list").first().map(String::as_str),
            Some("Brücke")
        );
        assert!(matches!(words(b"1\nx\n", b"SET X-NONE\n"), Err(SourceError::Charset { .. })));
        assert!(matches!(words(b"1\n\xFF\xFF\n", b"SET UTF-8\n"), Err(SourceError::Encoding { .. })));
        assert_eq!(words(b"1\nx\n", b"SFX S y s [ab\n").err(), Some(SourceError::Affix { line: 1 }));
    }

    #[test]
    fn what_is_forbidden_is_no_word() {
        assert_eq!(listed("2\nfoo/X\nbar\n", "SET UTF-8\nFORBIDDENWORD X\n"), ["bar"]);
    }
}
