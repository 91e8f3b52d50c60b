//! What machines say of a translation beside it, told by the company of its words: `remarks.tsv`.

use unicode_normalization::UnicodeNormalization;

use super::text::is_unspaced;
use super::{Language, PerLanguage};

/// Words of a language that remarks on a translation are made of, as [`plain`] writes them.
#[derive(Debug)]
pub struct Remarks {
    /// A translation, translating.
    translation: Vec<String>,
    /// What was translated: an article, the original.
    text: Vec<String>,
    /// What hands over a result.
    here: Vec<String>,
    /// What speaks to who asked for it.
    offer: Vec<String>,
    /// What somebody who translates says of the work.
    own: Vec<String>,
    /// What is written to the beginning of a word.
    prefixes: Vec<String>,
}

impl Remarks {
    /// Whether a paragraph, in lower case, is such a remark.
    pub fn are_in(&self, paragraph: &str) -> bool {
        let paragraph = plain(paragraph);
        let has = |words: &[String]| words.iter().any(|word| self.begins_in(&paragraph, word));
        let hands_over = || {
            let end = paragraph.trim_end().trim_end_matches(['*', '_', '#', ')', ']']);
            end.ends_with([':', '：', '՝', '։']) && has(&self.here)
        };
        let (translation, offer) = (has(&self.translation), has(&self.offer));
        translation && (offer || hands_over()) || (translation || offer) && has(&self.own) && has(&self.text)
    }

    /// Whether a word of the text begins so, or behind what is written to it; in scripts without spaces, anything.
    fn begins_in(&self, text: &str, word: &str) -> bool {
        text.match_indices(word).any(|(at, _)| {
            let before = text.get(..at).unwrap_or_default();
            begins(before, word)
                || self.prefixes.iter().any(|prefix| {
                    before.strip_suffix(prefix.as_str()).is_some_and(|before| begins(before, prefix))
                })
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
    let mut cells = row.split('\t').map(|cell| cell.split('|').map(plain).collect::<Vec<_>>());
    let prefixes = language.names.iter().flat_map(|names| &names.prefixes);
    Some(Remarks {
        translation: cells.next()?,
        text: cells.next()?,
        here: cells.next()?,
        offer: cells.next()?,
        own: cells.next()?,
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
