//! Titles that say whether a man or a woman is meant: `gazetteer/titles.tsv`.

use std::collections::BTreeMap;

use super::text::fold;
use super::{Language, PerLanguage};

/// What a title says of its bearer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gender {
    /// A man: Mr, Sr., господин, السيد, 先生.
    Man,
    /// A woman: Mrs, Sra., госпожа, السيدة, 女士.
    Woman,
}

type Titles = BTreeMap<String, Gender>;

fn titles(language: &Language) -> &'static Titles {
    static TITLES: PerLanguage<Titles> = PerLanguage::new();
    TITLES.get(language, |language| {
        let mut lines = include_str!("gazetteer/titles.tsv").lines().filter(|line| !line.starts_with('#'));
        let head: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
        let column = head.iter().position(|tag| *tag == language.tag);
        let mut out = Titles::new();
        for line in lines {
            let cells: Vec<&str> = line.split('\t').collect();
            let gender = if cells[0] == "m" { Gender::Man } else { Gender::Woman };
            let forms = column.and_then(|column| cells.get(column)).copied().unwrap_or_default();
            out.extend(forms.split('|').filter(|form| !form.is_empty()).map(|form| (fold(form), gender)));
        }
        out
    })
}

/// What a word says as a title.
pub fn gender(word: &str, language: &Language) -> Option<Gender> {
    titles(language).get(&fold(word)).copied()
}

/// What the title beside a name in running text says, where words are not spaced: the text before, the text behind.
pub fn gender_beside(before: &str, behind: &str, language: &Language) -> Option<Gender> {
    let mut found: Vec<Gender> = titles(language)
        .iter()
        .filter(|(form, _)| before.ends_with(form.as_str()) || behind.starts_with(form.as_str()))
        .map(|(_, gender)| *gender)
        .collect();
    found.sort_unstable();
    found.dedup();
    match found[..] {
        [gender] => Some(gender),
        _ => None,
    }
}
