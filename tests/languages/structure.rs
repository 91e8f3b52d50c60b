//! What holds for every profile, whatever its language: it parses, it names itself, and each section brings
//! enough examples and enough refusals.

use recto::lang::PROFILES;

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
    count!(sentences quotes numbers units dates negation names roles function_words typography furniture grammar);
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
