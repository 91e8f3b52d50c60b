//! What holds for every profile, whatever its language: it parses, it names itself, and each section brings
//! enough examples and enough refusals.

use std::collections::BTreeSet;

use recto::lang::PROFILES;
use recto::lang::stems::Stemmer;

/// Examples and refusals of every section that a profile has.
fn sections(language: &recto::lang::Language) -> Vec<(&'static str, usize, usize)> {
    let mut counts = Vec::new();
    macro_rules! count {
        ($($section:ident)*) => {
            $(if let Some(section) = &language.$section {
                counts.push((stringify!($section), section.proof.len(), section.refuse.len()));
            })*
        };
    }
    count!(sentences quotes numbers units dates negation names roles function_words stems typography furniture grammar);
    counts
}

#[test]
fn profiles_name_themselves() {
    for entry in &PROFILES {
        let language = entry.language();
        assert_eq!(language.tag, entry.tag);
        assert!(!language.name.is_empty() && !language.native.is_empty(), "{}: no name", entry.tag);
        assert_eq!(language.script.len(), 4, "{}: {}", entry.tag, language.script);
    }
}

#[test]
fn profiles_stand_in_order_of_tag() {
    let tags: Vec<&str> = PROFILES.iter().map(|entry| entry.tag).collect();
    let mut sorted = tags.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(tags, sorted);
}

#[test]
fn sections_bring_examples_and_refusals() {
    for entry in &PROFILES {
        let counts = sections(entry.language());
        assert!(!counts.is_empty(), "{}: no section", entry.tag);
        for (section, proof, refuse) in counts {
            assert!(
                proof + refuse >= 8 && refuse >= 3,
                "{} {section}: {proof} examples, {refuse} refusals",
                entry.tag
            );
        }
    }
}

#[test]
fn inflected_forms_have_the_stem_of_their_word() {
    let mut buffer = String::new();
    for entry in &PROFILES {
        let language = entry.language();
        let Some(section) = &language.stems else { continue };
        let stemmer = Stemmer::new(language);
        let mut stems = |words: &[String]| -> Vec<String> {
            words.iter().map(|word| stemmer.stem(word, &mut buffer).to_owned()).collect()
        };
        for forms in &section.proof {
            let found = stems(forms);
            assert!(
                found.len() > 1 && found.iter().all(|stem| *stem == found[0]),
                "{}: {found:?}",
                entry.tag
            );
        }
        for words in &section.refuse {
            let found = stems(words);
            let apart: BTreeSet<&String> = found.iter().collect();
            assert!(apart.len() > 1 && apart.len() == found.len(), "{}: {found:?}", entry.tag);
        }
    }
}
