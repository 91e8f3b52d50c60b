//! The section `roles` of every profile: what must be read, and what must not.

use recto::lang::{Language, PROFILES};
use recto::mentions::roles::roles;

fn concepts(text: &str, language: &Language) -> String {
    roles(text, language).iter().map(|role| role.concept).collect::<Vec<_>>().join(" ")
}

#[test]
fn roles_are_what_the_profiles_say() {
    let mut wrong: Vec<String> = Vec::new();
    for entry in &PROFILES {
        let language = entry.language();
        let Some(section) = &language.roles else { continue };
        for (text, wanted) in &section.proof {
            let found = concepts(text, language);
            if found != *wanted {
                wrong.push(format!("{}: “{text}” holds “{found}”, not “{wanted}”", entry.tag));
            }
        }
        for text in &section.refuse {
            let found = concepts(text, language);
            if !found.is_empty() {
                wrong.push(format!("{}: “{text}” holds no role, yet “{found}” was found", entry.tag));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
