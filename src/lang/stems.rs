//! The part of a word that its inflected forms share, roughly: endings and joined prefixes are cut off
//! (`stems.tsv`), never replaced. Two forms of one word should have one stem; two words sometimes have it too.

use super::text::{self, is_unspaced};
use super::{Language, PerLanguage};

/// How the words of a language are cut.
#[derive(Debug, Clone, Default)]
struct Rules {
    /// Folded, longest first.
    prefixes: Vec<&'static str>,
    /// Folded, longest first.
    endings: Vec<&'static str>,
    /// How often an ending is cut off.
    times: usize,
    /// Letters that must be left.
    shortest: usize,
    /// Letters beyond which the rest is cut off.
    longest: usize,
    /// Whether the last of two equal letters at the end is dropped.
    undouble: bool,
    /// Whether the apostrophe is a letter.
    apostrophe: bool,
}

static RULES: PerLanguage<Rules> = PerLanguage::new();
static TABLE: &str = include_str!("stems.tsv");

impl Rules {
    fn read(language: &Language) -> Self {
        let mut rules = Self { times: 1, shortest: 3, longest: usize::MAX, ..Self::default() };
        let mut known = false;
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            let mut cells = line.split('\t');
            if cells.next() != Some(language.primary()) {
                continue;
            }
            known = true;
            let (what, value) = (cells.next().unwrap_or_default(), cells.next().unwrap_or_default());
            let list = || {
                let mut list: Vec<&'static str> = value.split(' ').filter(|item| !item.is_empty()).collect();
                list.sort_by_key(|item| (std::cmp::Reverse(item.len()), *item));
                list
            };
            match what {
                "prefixes" => rules.prefixes = list(),
                "endings" => rules.endings = list(),
                "times" => rules.times = value.parse().unwrap_or(1),
                "shortest" => rules.shortest = value.parse().unwrap_or(3),
                "longest" => rules.longest = value.parse().unwrap_or(usize::MAX),
                "undouble" => rules.undouble = value == "yes",
                "apostrophe" => rules.apostrophe = value == "letter",
                _ => {}
            }
        }
        if !known && language.spaced {
            rules.longest = 6;
        }
        rules
    }

    fn cut<'a>(&self, word: &'a str) -> &'a str {
        let mut word = word;
        if let Some(rest) = self.prefixes.iter().find_map(|prefix| word.strip_prefix(prefix))
            && self.fits(rest)
        {
            word = rest;
        }
        for _ in 0..self.times {
            let cut = self
                .endings
                .iter()
                .find_map(|ending| word.strip_suffix(ending).filter(|rest| self.fits(rest)));
            match cut {
                Some(rest) => word = rest,
                None => break,
            }
        }
        if self.undouble {
            let mut letters = word.chars().rev();
            if let (Some(last), Some(before), Some(_)) = (letters.next(), letters.next(), letters.next())
                && last == before
            {
                word = word.get(..word.len() - last.len_utf8()).unwrap_or(word);
            }
        }
        match word.char_indices().nth(self.longest) {
            Some((end, _)) => word.get(..end).unwrap_or(word),
            None => word,
        }
    }

    fn fits(&self, rest: &str) -> bool {
        rest.chars().nth(self.shortest.saturating_sub(1)).is_some()
    }
}

/// Cuts words of one language.
#[derive(Debug, Clone, Copy)]
pub struct Stemmer {
    rules: &'static Rules,
}

impl Stemmer {
    /// For a language.
    pub fn new(language: &Language) -> Self {
        Self { rules: rules(language) }
    }

    /// The stem of a word as written, into a buffer that is emptied first. Empty where nothing is left of the word.
    pub fn stem<'a>(&self, word: &str, buffer: &'a mut String) -> &'a str {
        buffer.clear();
        fold_into(word, buffer);
        self.rules.cut(buffer)
    }
}

fn rules(language: &Language) -> &'static Rules {
    RULES.get(language, Rules::read)
}

/// Whether the apostrophe is a letter of the language.
pub fn apostrophe_is_a_letter(language: &Language) -> bool {
    rules(language).apostrophe
}

/// As [`text::fold`], the usual letters without the Unicode tables.
fn fold_into(word: &str, out: &mut String) {
    for character in word.chars() {
        match character {
            'ё' | 'Ё' => out.push('е'),
            'й' | 'Й' => out.push('и'),
            'a'..='z' | '0'..='9' | 'а'..='я' | 'א'..='ת' | 'ء' | 'ا'..='غ' | 'ف'..='ي' => {
                out.push(character);
            }
            'A'..='Z' => out.push(character.to_ascii_lowercase()),
            'А'..='Я' => out.push(char::from_u32(u32::from(character) + 0x20).unwrap_or(character)),
            _ if character.is_ascii() => {}
            _ if is_unspaced(character) => out.push(character),
            _ => out.push_str(&text::fold(character.encode_utf8(&mut [0; 4]))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang;

    fn stem(tag: &str, word: &str) -> String {
        let mut buffer = String::new();
        Stemmer::new(lang::find(tag).expect("a language")).stem(word, &mut buffer).to_owned()
    }

    #[test]
    fn forms_of_a_word_share_a_stem() {
        for (tag, forms) in [
            ("en", &["announce", "announces", "announced", "announcing"][..]),
            ("en", &["country", "countries"]),
            ("en", &["stop", "stopped", "stopping", "stops"]),
            ("de", &["Haus", "Häuser", "Hauses"]),
            ("de", &["sagen", "sagte", "sagt", "gesagt"]),
            ("fr", &["annoncer", "annoncé", "annoncée", "annonçait"]),
            ("es", &["anunciar", "anunció", "anunciaron", "anunciado"]),
            ("pt", &["anunciar", "anunciou", "anunciaram"]),
            ("it", &["annunciare", "annunciato", "annunciano"]),
            ("ru", &["министр", "министра", "министров", "министрами"]),
            ("ru", &["заявил", "заявила", "заявили"]),
            ("uk", &["міністр", "міністра", "міністрів"]),
            ("pl", &["minister", "ministra"]),
            ("tr", &["bakan", "bakanlar", "bakanı", "bakanın"]),
            ("ar", &["وزير", "الوزير", "والوزير", "بالوزير"]),
        ] {
            let stems: Vec<String> = forms.iter().map(|form| stem(tag, form)).collect();
            // Polish drops a vowel: the stems then begin alike.
            let least = stems.iter().map(|stem| stem.chars().count()).min().unwrap_or_default();
            let heads: Vec<String> =
                stems.iter().map(|stem| stem.chars().take(least.min(6)).collect()).collect();
            assert!(heads.iter().all(|head| *head == heads[0]), "{tag} {stems:?}");
        }
    }

    #[test]
    fn short_words_stay_whole() {
        assert_eq!(stem("en", "is"), "is");
        assert_eq!(stem("ru", "мир"), "мир");
        assert_eq!(stem("zh", "宣布"), "宣布");
        assert_eq!(stem("de", "Straße"), "stras");
    }
}
