//! Section `names` of every profile against its own proof.

use recto::lang::PROFILES;
use recto::names::bare_forms;

#[test]
fn forms_lead_to_the_names_they_stand_for() {
    let mut failures = Vec::new();
    for entry in &PROFILES {
        let language = entry.language();
        let Some(names) = &language.names else { continue };
        for (text, base) in &names.proof {
            let forms = bare_forms(text, language);
            if forms.first() != Some(text) {
                failures.push(format!("{}: {text:?} itself is not the first of {forms:?}", entry.tag));
            }
            if !forms.contains(base) {
                failures.push(format!("{}: {base:?} is not among {forms:?}", entry.tag));
            }
        }
        for (text, base) in &names.refuse {
            let forms = bare_forms(text, language);
            if forms.contains(base) {
                failures.push(format!("{}: {text:?} is taken for {base:?}", entry.tag));
            }
        }
    }
    assert!(failures.is_empty(), "{} failures\n{}", failures.len(), failures.join("\n"));
}
