//! What we know about languages: profiles, words, gazetteer, identification. Knows nothing of documents.

pub mod agreement;
pub mod calques;
pub mod concord;
pub mod dictionary;
pub mod forms;
pub mod gazetteer;
pub mod homoglyphs;
pub mod identify;
pub(crate) mod letters;
pub mod lexicon;
pub mod lexis;
pub mod links;
pub mod opposites;
pub mod order;
pub mod orthography;
pub mod packs;
pub mod paradigms;
pub mod per_language;
pub mod phrases;
pub mod profile;
pub mod quotes;
pub mod remarks;
pub mod roles;
pub mod senses;
pub mod slips;
pub mod sounds;
pub mod stems;
pub mod surnames;
pub mod tables;
pub mod text;
pub mod titles;
pub mod tokens;
pub mod vocabulary;
pub mod wildcards;
pub mod words;

use std::sync::OnceLock;

pub use per_language::PerLanguage;
pub use profile::{Direction, Language};

/// One entry of the registry: parsed on first use.
pub struct Entry {
    /// Its tag.
    pub tag: &'static str,
    source: &'static str,
    parsed: OnceLock<Language>,
}

impl Entry {
    /// The profile.
    pub fn language(&'static self) -> &'static Language {
        self.parsed.get_or_init(|| {
            toml::from_str(self.source).unwrap_or_else(|error| panic!("profile {}: {error}", self.tag))
        })
    }
}

macro_rules! profiles {
    ($($tag:literal)*) => {
        /// How many languages can be named, with a profile or without.
        const LANGUAGES: usize = [$($tag),*].len() + UNPROFILED;

        /// Every language with a profile, in order of tag.
        pub static PROFILES: [Entry; [$($tag),*].len()] = [$(Entry {
            tag: $tag,
            source: include_str!(concat!("profiles/", $tag, ".toml")),
            parsed: OnceLock::new(),
        },)*];
    };
}

profiles! {
    "ar"
    "az"
    "bg"
    "cs"
    "de"
    "el"
    "en"
    "es"
    "fa"
    "fr"
    "he"
    "hi"
    "hy"
    "id"
    "it"
    "ja"
    "ko"
    "nl"
    "pl"
    "pt"
    "ro"
    "ru"
    "th"
    "tr"
    "uk"
    "vi"
    "zh"
    "zh-Hant"
}

/// How many languages can be named that have no profile.
const UNPROFILED: usize = 54;

/// Languages that we can name but know little of: identification tells them apart, checks that need a
/// profile abstain. Tag, English name, script, cased, spaced; of some we know how names are written and declined.
pub static OTHERS: [Other; UNPROFILED] = [
    Other::new("und", "an unknown language", "Zyyy", true, true),
    Other::new("af", "Afrikaans", "Latn", true, true),
    Other::new("am", "Amharic", "Ethi", false, true),
    Other::named("be", "Belarusian", "Cyrl", true, true, include_str!("profiles/names/be.toml")),
    Other::new("bn", "Bengali", "Beng", false, true),
    Other::new("ca", "Catalan", "Latn", true, true),
    Other::new("cy", "Welsh", "Latn", true, true),
    Other::named("da", "Danish", "Latn", true, true, include_str!("profiles/names/da.toml")),
    Other::new("eo", "Esperanto", "Latn", true, true),
    Other::named("et", "Estonian", "Latn", true, true, include_str!("profiles/names/et.toml")),
    Other::named("eu", "Basque", "Latn", true, true, include_str!("profiles/names/eu.toml")),
    Other::named("fi", "Finnish", "Latn", true, true, include_str!("profiles/names/fi.toml")),
    Other::new("ga", "Irish", "Latn", true, true),
    Other::new("gl", "Galician", "Latn", true, true),
    Other::new("gu", "Gujarati", "Gujr", false, true),
    Other::named("hr", "Croatian", "Latn", true, true, include_str!("profiles/names/hr.toml")),
    Other::named("hu", "Hungarian", "Latn", true, true, include_str!("profiles/names/hu.toml")),
    Other::named("is", "Icelandic", "Latn", true, true, include_str!("profiles/names/is.toml")),
    Other::named("ka", "Georgian", "Geor", false, true, include_str!("profiles/names/ka.toml")),
    Other::named("kk", "Kazakh", "Cyrl", true, true, include_str!("profiles/names/kk.toml")),
    Other::new("km", "Khmer", "Khmr", false, false),
    Other::new("kn", "Kannada", "Knda", false, true),
    Other::new("ku", "Kurdish", "Latn", true, true),
    Other::named("ky", "Kyrgyz", "Cyrl", true, true, include_str!("profiles/names/ky.toml")),
    Other::new("la", "Latin", "Latn", true, true),
    Other::new("lo", "Lao", "Laoo", false, false),
    Other::named("lt", "Lithuanian", "Latn", true, true, include_str!("profiles/names/lt.toml")),
    Other::named("lv", "Latvian", "Latn", true, true, include_str!("profiles/names/lv.toml")),
    Other::named("mk", "Macedonian", "Cyrl", true, true, include_str!("profiles/names/mk.toml")),
    Other::new("ml", "Malayalam", "Mlym", false, true),
    Other::new("mn", "Mongolian", "Cyrl", true, true),
    Other::new("mr", "Marathi", "Deva", false, true),
    Other::named("ms", "Malay", "Latn", true, true, include_str!("profiles/names/ms.toml")),
    Other::new("my", "Burmese", "Mymr", false, false),
    Other::named("nb", "Norwegian", "Latn", true, true, include_str!("profiles/names/nb.toml")),
    Other::new("ne", "Nepali", "Deva", false, true),
    Other::new("pa", "Punjabi", "Guru", false, true),
    Other::new("ps", "Pashto", "Arab", false, true),
    Other::new("si", "Sinhala", "Sinh", false, true),
    Other::named("sk", "Slovak", "Latn", true, true, include_str!("profiles/names/sk.toml")),
    Other::named("sl", "Slovene", "Latn", true, true, include_str!("profiles/names/sl.toml")),
    Other::new("so", "Somali", "Latn", true, true),
    Other::named("sq", "Albanian", "Latn", true, true, include_str!("profiles/names/sq.toml")),
    Other::named("sr", "Serbian", "Cyrl", true, true, include_str!("profiles/names/sr.toml")),
    Other::named("sv", "Swedish", "Latn", true, true, include_str!("profiles/names/sv.toml")),
    Other::named("sw", "Swahili", "Latn", true, true, include_str!("profiles/names/sw.toml")),
    Other::new("ta", "Tamil", "Taml", false, true),
    Other::new("te", "Telugu", "Telu", false, true),
    Other::new("tg", "Tajik", "Cyrl", true, true),
    Other::named("tl", "Tagalog", "Latn", true, true, include_str!("profiles/names/tl.toml")),
    Other::new("ur", "Urdu", "Arab", false, true),
    Other::named("uz", "Uzbek", "Latn", true, true, include_str!("profiles/names/uz.toml")),
    Other::new("yi", "Yiddish", "Hebr", false, true),
    Other::new("zu", "Zulu", "Latn", true, true),
];

/// A language without a profile.
pub struct Other {
    /// Its tag.
    pub tag: &'static str,
    name: &'static str,
    script: &'static str,
    cased: bool,
    spaced: bool,
    /// The section `names`, where there is one.
    names: Option<&'static str>,
    made: OnceLock<Language>,
}

impl Other {
    const fn new(
        tag: &'static str,
        name: &'static str,
        script: &'static str,
        cased: bool,
        spaced: bool,
    ) -> Self {
        Self { tag, name, script, cased, spaced, names: None, made: OnceLock::new() }
    }

    const fn named(
        tag: &'static str,
        name: &'static str,
        script: &'static str,
        cased: bool,
        spaced: bool,
        names: &'static str,
    ) -> Self {
        Self { tag, name, script, cased, spaced, names: Some(names), made: OnceLock::new() }
    }

    fn language(&'static self) -> &'static Language {
        self.made.get_or_init(|| Language {
            names: self.names.map(|source| {
                toml::from_str(source).unwrap_or_else(|error| panic!("names of {}: {error}", self.tag))
            }),
            ..Language::unprofiled(self.tag, self.name, self.script, self.cased, self.spaced)
        })
    }
}

/// The language of a tag: the profile itself, else that of a shorter tag (`pt-AO` -> `pt`), else one
/// without a profile. `None` where the tag is of no language we can name.
pub fn find(tag: &str) -> Option<&'static Language> {
    if let Some(entry) = PROFILES.iter().find(|entry| entry.tag == tag) {
        return Some(entry.language());
    }
    let tag = canonical(tag);
    let mut tag = tag.as_str();
    loop {
        if let Some(entry) = PROFILES.iter().find(|entry| entry.tag.eq_ignore_ascii_case(tag)) {
            return Some(entry.language());
        }
        if let Some(other) = OTHERS.iter().find(|other| other.tag.eq_ignore_ascii_case(tag)) {
            return Some(other.language());
        }
        tag = tag.rsplit_once('-')?.0;
    }
}

/// The language nobody knows.
pub fn unknown() -> &'static Language {
    OTHERS[0].language()
}

/// Old and regional tags under the names the profiles have: `zh-TW` is `zh-Hant`, `iw` is `he`, `no` is `nb`.
fn canonical(tag: &str) -> String {
    let tag = tag.replace('_', "-");
    let lower = tag.to_ascii_lowercase();
    let known = match lower.as_str() {
        "zh-tw" | "zh-hk" | "zh-mo" | "zh-hant-tw" | "zh-hant-hk" => "zh-Hant",
        "zh-cn" | "zh-sg" | "zh-hans" | "cmn" => "zh",
        "iw" => "he",
        "in" => "id",
        "no" | "nn" => "nb",
        "sh" | "bs" => "hr",
        _ => return tag,
    };
    known.to_owned()
}

impl Language {
    fn unprofiled(tag: &str, name: &str, script: &str, cased: bool, spaced: bool) -> Self {
        Self {
            tag: tag.to_owned(),
            name: name.to_owned(),
            native: String::new(),
            script: script.to_owned(),
            direction: if matches!(script, "Arab" | "Hebr") { Direction::Rtl } else { Direction::Ltr },
            cased,
            spaced,
            characters_per_word: 0.0,
            locales: Vec::new(),
            sentences: None,
            quotes: None,
            numbers: None,
            units: None,
            dates: None,
            negation: None,
            names: None,
            roles: None,
            function_words: None,
            stems: None,
            typography: None,
            furniture: None,
            grammar: None,
        }
    }

    /// The sections the profile has, by name.
    pub fn sections(&self) -> Vec<&'static str> {
        let all = [
            ("sentences", self.sentences.is_some()),
            ("quotes", self.quotes.is_some()),
            ("numbers", self.numbers.is_some()),
            ("units", self.units.is_some()),
            ("dates", self.dates.is_some()),
            ("negation", self.negation.is_some()),
            ("names", self.names.is_some()),
            ("roles", self.roles.is_some()),
            ("function-words", self.function_words.is_some()),
            ("typography", self.typography.is_some()),
            ("furniture", self.furniture.is_some()),
            ("grammar", self.grammar.is_some()),
        ];
        all.into_iter().filter(|(_, known)| *known).map(|(name, _)| name).collect()
    }

    /// Whether both are one language, whatever the region or script variant.
    pub fn same_language(&self, other: &Self) -> bool {
        self.primary() == other.primary()
    }

    /// The tag without script and region.
    pub fn primary(&self) -> &str {
        self.tag.split('-').next().unwrap_or(&self.tag)
    }

    /// Lower case by the rules of the language (Turkish and Azerbaijani dotless i).
    pub fn lower(&self, text: &str) -> String {
        text::lower(text, self.dotless())
    }

    /// Whether capital I is the capital of dotless ı.
    pub fn dotless(&self) -> bool {
        matches!(self.primary(), "tr" | "az")
    }

    /// The evaluation word count of a text (MQM), words being counted by characters where the language
    /// writes no spaces.
    pub fn count_words(&self, text: &str) -> usize {
        words::count(text, self)
    }
}
