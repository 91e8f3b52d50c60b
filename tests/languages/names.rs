//! Section `names` of every profile against its own proof.

use recto::lang::{OTHERS, PROFILES, find};
use recto::names::bare_forms;

#[test]
fn forms_lead_to_the_names_they_stand_for() {
    let mut failures = Vec::new();
    let mut proved = 0;
    for tag in PROFILES.iter().map(|entry| entry.tag).chain(OTHERS.iter().map(|other| other.tag)) {
        let language = find(tag).expect("a language of that tag");
        let Some(names) = &language.names else { continue };
        proved += 1;
        if names.proof.len() < 3 || names.refuse.len() < 3 {
            failures.push(format!("{tag}: fewer than three proofs or refusals"));
        }
        for (text, base) in &names.proof {
            let forms = bare_forms(text, language);
            if forms.first() != Some(text) {
                failures.push(format!("{tag}: {text:?} itself is not the first of {forms:?}"));
            }
            if !forms.contains(base) {
                failures.push(format!("{tag}: {base:?} is not among {forms:?}"));
            }
        }
        for (text, base) in &names.refuse {
            let forms = bare_forms(text, language);
            if forms.contains(base) {
                failures.push(format!("{tag}: {text:?} is taken for {base:?}"));
            }
        }
    }
    assert!(proved >= PROFILES.len() + 20, "{proved} languages with names");
    assert!(failures.is_empty(), "{} failures\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn a_language_of_which_names_alone_are_known_claims_nothing_else() {
    for other in &OTHERS {
        let sections = find(other.tag).expect("a language").sections();
        assert!(sections.is_empty() || sections == ["names"], "{}: {sections:?}", other.tag);
    }
}
