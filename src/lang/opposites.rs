//! Words that say the opposite of others: rise and fall, allow and forbid. Rows of `opposites/`, one table a language,
//! each with the forms that news writes of them.

use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};

use super::wildcards::{Part, Pattern, Wildcards, Words};
use super::{Language, PerLanguage, text};
use crate::model::Span;

/// One end of an axis: *rise* of *rise* and *fall*.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pole {
    /// The number of the axis.
    pub axis: u16,
    /// Whether it is the second of the two.
    pub second: bool,
}

impl Pole {
    /// The other end.
    #[must_use]
    pub fn opposite(self) -> Self {
        Self { second: !self.second, ..self }
    }
}

static AXES: &str = include_str!("opposites/axes.tsv");

macro_rules! tables {
    ($($tag:literal)*) => {
        static TABLES: &[(&str, &str)] = &[$(($tag, include_str!(concat!("opposites/", $tag, ".tsv")))),*];
    };
}

tables! {
    "ar" "bg" "cs" "de" "el" "en" "es" "fa" "fr" "he" "hi" "id" "it" "ja" "ko" "nl" "pl" "pt" "ru" "th" "tr" "uk" "vi" "zh"
}

/// Each pole by its name.
fn poles() -> BTreeMap<&'static str, Pole> {
    let axes = rows(AXES).filter_map(|line| line.split_once('\t')).enumerate();
    axes.flat_map(|(axis, (first, second))| {
        let pole = |second| Pole { axis: axis as u16, second };
        [(first, pole(false)), (second, pole(true))]
    })
    .collect()
}

fn rows(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|line| !line.starts_with('#') && !line.is_empty())
}

/// The forms of a language.
#[derive(Default)]
struct Forms {
    words: Option<Wildcards<Pole>>,
    /// Of scripts without spaces: found anywhere.
    characters: Option<(AhoCorasick, Vec<Vec<Pole>>)>,
    prefixes: Vec<String>,
}

impl Forms {
    fn new(language: &Language) -> Self {
        let Some((_, table)) = TABLES.iter().find(|(tag, _)| *tag == language.primary()) else {
            return Self::default();
        };
        let poles = poles();
        let forms = rows(table).filter_map(|line| line.split_once('\t')).filter_map(|(pole, forms)| {
            let pole = *poles.get(pole)?;
            Some(forms.split(' ').filter(|form| !form.is_empty()).map(move |form| (form, pole)))
        });
        let forms = forms.flatten();
        if !language.spaced {
            let mut of_form: BTreeMap<&str, Vec<Pole>> = BTreeMap::new();
            for (form, pole) in forms {
                of_form.entry(form).or_default().push(pole);
            }
            let (forms, poles): (Vec<&str>, Vec<Vec<Pole>>) = of_form.into_iter().unzip();
            let built = AhoCorasickBuilder::new().match_kind(MatchKind::LeftmostLongest).build(forms).ok();
            return Self { characters: built.map(|characters| (characters, poles)), ..Self::default() };
        }
        let joins = joins_prefixes(language);
        let part = |part: &'static str| {
            let stem = part.strip_suffix('*');
            // Tables live for the whole run, so a form made of one is no leak.
            let looked: &'static str = look(stem.unwrap_or(part), joins, language).leak();
            if stem.is_some() { Part::Stem(looked) } else { Part::Whole(looked) }
        };
        let patterns =
            forms.map(|(form, pole)| (Pattern::of(form.split(['_', '-']).map(part).collect()), pole));
        let prefixes = language.names.iter().filter(|_| joins).flat_map(|names| &names.prefixes);
        Self {
            words: Some(Wildcards::new(patterns)),
            prefixes: prefixes.map(|prefix| text::fold(prefix)).filter(|prefix| !prefix.is_empty()).collect(),
            ..Self::default()
        }
    }
}

/// Whether a language writes prepositions and articles onto its words: Arabic, Hebrew.
fn joins_prefixes(language: &Language) -> bool {
    !language.cased && language.names.as_ref().is_some_and(|names| !names.prefixes.is_empty())
}

/// A word as it is looked up: in small letters with one apostrophe, and one mark below s and t for Romanian, without
/// vowel signs where words have prefixes.
fn look(word: &str, joins: bool, language: &Language) -> String {
    if joins {
        return text::fold(word);
    }
    let straight = |letter: char| match letter {
        '’' => '\'',
        'ș' => 'ş',
        'ț' => 'ţ',
        other => other,
    };
    language.lower(word).chars().map(straight).collect()
}

/// The poles that a text names, in order of place; of several at one place the longest.
pub fn find(text: &str, language: &Language) -> Vec<(Span, Pole)> {
    static FORMS: PerLanguage<Forms> = PerLanguage::new();
    let forms = FORMS.get(language, Forms::new);
    if let Some((characters, poles)) = &forms.characters {
        let found = characters.find_iter(text);
        return found
            .flat_map(|found| {
                let span = Span::from(found.range());
                poles[found.pattern().as_usize()].iter().map(move |pole| (span, *pole))
            })
            .collect();
    }
    let Some(wildcards) = &forms.words else { return Vec::new() };
    let joins = joins_prefixes(language);
    let words = Words::by(text, |word| look(word, joins, language));
    let mut found = wildcards.find(&words, &forms.prefixes);
    found.sort_by_key(|(span, pole)| (span.start, std::cmp::Reverse(span.end), *pole));
    found.dedup();
    // What is part of a longer form is not said: *trust* in *lack of trust*.
    let mut farthest: BTreeMap<u16, Span> = BTreeMap::new();
    found.retain(|(span, pole)| {
        let longest = farthest.entry(pole.axis).or_insert(*span);
        let part = longest != span && longest.contains(*span);
        if !part {
            *longest = *span;
        }
        !part
    });
    found
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::lang;

    #[test]
    fn every_form_has_a_pole_and_none_has_both_of_an_axis() {
        let poles = poles();
        assert_eq!(poles.len(), 2 * rows(AXES).count(), "no pole has two axes");
        let mut wrong = Vec::new();
        for (tag, table) in TABLES {
            let language = lang::find(tag).expect("is known");
            let mut of_form: BTreeMap<&str, Vec<Pole>> = BTreeMap::new();
            let mut known = BTreeSet::new();
            for line in rows(table) {
                let (pole, forms) = line.split_once('\t').unwrap_or_else(|| panic!("{tag}: {line}"));
                assert!(known.insert(pole), "{tag}: {pole} twice");
                let pole = *poles.get(pole).unwrap_or_else(|| panic!("{tag}: no axis has {pole}"));
                for form in forms.split(' ') {
                    assert_eq!(language.lower(form), form, "{tag}");
                    of_form.entry(form).or_default().push(pole);
                }
            }
            assert!(known.len() > 60, "{tag}: {}", known.len());
            for (form, own) in &of_form {
                let written = form.replace('_', " ").replace('*', "");
                let found: BTreeSet<Pole> = find(&written, language).iter().map(|(_, pole)| *pole).collect();
                for pole in own {
                    if found.contains(&pole.opposite()) {
                        wrong.push(format!("{tag}: {form} says both"));
                    }
                    if !found.contains(pole) {
                        wrong.push(format!("{tag}: {form} is not found"));
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
