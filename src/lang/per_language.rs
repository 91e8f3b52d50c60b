//! What is computed once for each language and kept: tables made from a profile.

use std::sync::OnceLock;

use super::{Language, OTHERS, PROFILES};

/// One value for each language of the registry, made on first use.
pub struct PerLanguage<T> {
    slots: [OnceLock<T>; super::LANGUAGES],
}

impl<T> PerLanguage<T> {
    /// Nothing made yet.
    #[allow(clippy::new_without_default, reason = "statics are made by constant functions alone")]
    pub const fn new() -> Self {
        Self { slots: [const { OnceLock::new() }; super::LANGUAGES] }
    }

    /// The value of a language, made from its entry in the registry. A language that is in no registry has the
    /// value of the unknown one.
    pub fn get(&self, language: &Language, make: impl FnOnce(&'static Language) -> T) -> &T {
        let tag = language.tag.as_str();
        if let Some(place) = PROFILES.iter().position(|entry| entry.tag == tag) {
            return self.slots[place].get_or_init(|| make(PROFILES[place].language()));
        }
        let place = OTHERS.iter().position(|other| other.tag == tag).unwrap_or_default();
        self.slots[PROFILES.len() + place].get_or_init(|| make(OTHERS[place].language()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang;

    #[test]
    fn every_language_has_its_own() {
        static TAGS: PerLanguage<String> = PerLanguage::new();
        for tag in ["pt", "zh", "zh-Hant", "und", "ur"] {
            let language = lang::find(tag).expect("is known");
            for _ in 0..2 {
                assert_eq!(TAGS.get(language, |own| own.tag.clone()), tag);
            }
        }
    }
}
