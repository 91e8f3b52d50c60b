//! What machines say of a translation beside it, told by the company of its words: `remarks.tsv`.

use aho_corasick::AhoCorasick;
use unicode_normalization::UnicodeNormalization;

use super::text::is_unspaced;
use super::{Language, PerLanguage};

/// What the words of a remark say, one bit each: the columns of the table.
const TRANSLATION: u8 = 1;
const TEXT: u8 = 2;
const HERE: u8 = 4;
const OFFER: u8 = 8;
const OWN: u8 = 16;

/// Words of a language that remarks on a translation are made of, as `plain` writes them.
#[derive(Debug)]
pub struct Remarks {
    words: AhoCorasick,
    /// What each of the words says.
    says: Vec<u8>,
    /// What is written to the beginning of a word.
    prefixes: Vec<String>,
}

impl Remarks {
    /// Whether a paragraph, in lower case, is such a remark.
    pub fn are_in(&self, paragraph: &str) -> bool {
        let paragraph = plain(paragraph);
        let mut said = 0;
        for hit in self.words.find_overlapping_iter(paragraph.as_str()) {
            let says = self.says[hit.pattern().as_usize()];
            if said & says == 0 && self.begins_word(&paragraph, hit.start()) {
                said |= says;
            }
        }
        let has = |all: u8| said & all == all;
        let end = paragraph.trim_end().trim_end_matches(['*', '_', '#', ')', ']']);
        has(TRANSLATION | OFFER)
            || has(TRANSLATION | HERE) && end.ends_with([':', '：', '՝', '։'])
            || (has(TRANSLATION) || has(OFFER)) && has(OWN | TEXT)
    }

    /// Whether a word begins there, or goes on behind what is written to it; in scripts without spaces anywhere.
    fn begins_word(&self, text: &str, at: usize) -> bool {
        let (before, rest) = text.split_at(at);
        begins(before, rest)
            || self.prefixes.iter().any(|prefix| {
                before.strip_suffix(prefix.as_str()).is_some_and(|before| begins(before, prefix))
            })
    }
}

/// The words of a language; none where the table has no row.
pub fn of(language: &Language) -> Option<&'static Remarks> {
    static TABLE: PerLanguage<Option<Remarks>> = PerLanguage::new();
    TABLE.get(language, read).as_ref()
}

fn read(language: &Language) -> Option<Remarks> {
    let row = |tag: &str| {
        include_str!("remarks.tsv").lines().find_map(|line| line.strip_prefix(tag)?.strip_prefix('\t'))
    };
    let row = row(&language.tag).or_else(|| row(language.primary()))?;
    let cells = row.split('\t').zip([TRANSLATION, TEXT, HERE, OFFER, OWN]);
    let words = cells.flat_map(|(cell, says)| cell.split('|').map(move |word| (plain(word), says)));
    let (words, says): (Vec<String>, Vec<u8>) = words.filter(|(word, _)| !word.is_empty()).unzip();
    let prefixes = language.names.iter().flat_map(|names| &names.prefixes);
    Some(Remarks {
        words: AhoCorasick::new(words).ok()?,
        says,
        prefixes: prefixes.map(|prefix| plain(prefix)).collect(),
    })
}

/// A text as it is compared: one spelling of spaces, apostrophes and letters that are written in several ways, no vowel
/// points.
fn plain(text: &str) -> String {
    let dropped =
        |sign: &char| matches!(sign, '\u{307}' | '\u{308}' | '\u{5b0}'..='\u{5c7}' | '\u{93c}' | '\u{200c}');
    let one = |sign: char| match sign {
        '’' => '\'',
        '\u{a0}' | '\u{202f}' => ' ',
        'ي' | 'ى' => 'ی',
        'ك' => 'ک',
        '\u{327}' => '\u{326}',
        other => other,
    };
    text.nfd().filter(|sign| !dropped(sign)).map(one).collect()
}

/// Where a phrase begins that is no part of a longer word, where words have spaces.
pub fn at_word(text: &str, phrase: &str) -> Option<usize> {
    let at = text.find(phrase)?;
    begins(text.get(..at)?, phrase).then_some(at)
}

/// Whether a phrase behind a text begins a word.
fn begins(before: &str, phrase: &str) -> bool {
    !before.chars().next_back().zip(phrase.chars().next()).is_some_and(|(before, first)| {
        before.is_alphanumeric() && first.is_alphanumeric() && !is_unspaced(before) && !is_unspaced(first)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang;

    #[test]
    fn remarks_are_told_and_reports_of_translations_are_not() {
        for line in include_str!("remark_examples.tsv").lines().filter(|line| !line.starts_with('#')) {
            let (tag, text) = line.split_once('\t').expect("a language and a text");
            let (text, told) = text.strip_prefix("-\t").map_or((text, true), |text| (text, false));
            let language = lang::find(tag).expect("a language");
            let remarks = of(language).expect("its words");
            assert_eq!(remarks.are_in(&language.lower(text)), told, "{tag}: {text}");
        }
    }
}
