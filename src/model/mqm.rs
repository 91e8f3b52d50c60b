//! The words of the Multidimensional Quality Metrics standard (themqm.org, version 2), nothing else.

use serde::{Deserialize, Serialize};

/// Dimension of an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dimension {
    /// Terminology.
    Terminology,
    /// Accuracy.
    Accuracy,
    /// Linguistic conventions.
    LinguisticConventions,
    /// Style.
    Style,
    /// Locale conventions.
    LocaleConventions,
    /// Audience appropriateness.
    AudienceAppropriateness,
    /// Design and markup.
    DesignAndMarkup,
}

macro_rules! error_types {
    ($($(#[$doc:meta])* $name:ident => $dimension:ident, $text:literal;)*) => {
        /// Type of an error. Written `dimension/type` in kebab case.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum ErrorType { $($(#[$doc])* $name,)* }

        impl ErrorType {
            /// Every type.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The dimension it belongs to.
            pub const fn dimension(self) -> Dimension {
                match self { $(Self::$name => Dimension::$dimension,)* }
            }

            /// `dimension/type` in kebab case.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }
        }
    };
}

error_types! {
    /// Not the term that the termbase asks for.
    WrongTerm => Terminology, "terminology/wrong-term";
    /// One thing under two names in one text.
    InconsistentTerm => Terminology, "terminology/inconsistent-use";
    /// The target says something else than the source.
    Mistranslation => Accuracy, "accuracy/mistranslation";
    /// The target says what the source does not.
    Addition => Accuracy, "accuracy/addition";
    /// The target lacks what the source says.
    Omission => Accuracy, "accuracy/omission";
    /// Left in the source language.
    Untranslated => Accuracy, "accuracy/untranslated";
    /// Translated though it should have been kept.
    DoNotTranslate => Accuracy, "accuracy/do-not-translate";
    /// Grammar.
    Grammar => LinguisticConventions, "linguistic-conventions/grammar";
    /// Punctuation.
    Punctuation => LinguisticConventions, "linguistic-conventions/punctuation";
    /// Spelling, capitals included.
    Spelling => LinguisticConventions, "linguistic-conventions/spelling";
    /// Cannot be understood.
    Unintelligible => LinguisticConventions, "linguistic-conventions/unintelligible";
    /// Broken characters.
    CharacterEncoding => LinguisticConventions, "linguistic-conventions/character-encoding";
    /// Words or passages said twice without need.
    Repetition => LinguisticConventions, "linguistic-conventions/repetition";
    /// Awkward or not idiomatic.
    Awkward => Style, "style/awkward";
    /// Not in the language that the text is in.
    WrongLanguage => LinguisticConventions, "linguistic-conventions/wrong-language";
    /// Number format of another locale.
    NumberFormat => LocaleConventions, "locale-conventions/number-format";
    /// Date format of another locale.
    DateFormat => LocaleConventions, "locale-conventions/date-format";
    /// Markup lost, added or broken.
    Markup => DesignAndMarkup, "design-and-markup/markup";
    /// Page furniture inside the text (custom).
    Furniture => DesignAndMarkup, "design-and-markup/furniture";
}

impl Serialize for ErrorType {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// Severity of an error, the standard's four.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing, not an error.
    Neutral,
    /// Does not hinder understanding.
    Minor,
    /// Hinders understanding or misleads.
    Major,
    /// Harms who publishes or reads it.
    Critical,
}

impl Severity {
    /// Every severity, lightest first.
    pub const ALL: [Self; 4] = [Self::Neutral, Self::Minor, Self::Major, Self::Critical];

    /// The severity multiplier of the raw score model.
    pub const fn multiplier(self) -> f64 {
        match self {
            Self::Neutral => 0.0,
            Self::Minor => 1.0,
            Self::Major => 5.0,
            Self::Critical => 25.0,
        }
    }

    /// Its name in lower case.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Neutral => "neutral",
            Self::Minor => "minor",
            Self::Major => "major",
            Self::Critical => "critical",
        }
    }
}
