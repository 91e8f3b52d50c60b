//! What a language profile may say. One TOML file a language, in `profiles/`; every section carries
//! the examples that prove it (`proof`) and what must not match (`refuse`): at least eight together,
//! three of them refusals. `tests/languages.rs` holds each profile to them.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

use super::text::fold;

/// Direction of writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// Left to right.
    #[default]
    Ltr,
    /// Right to left.
    Rtl,
}

/// A language and its conventions. A section that is `None` is one we know nothing of: what needs it
/// abstains and says so.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Language {
    /// BCP 47 tag: `pt`, `zh-Hant`.
    pub tag: String,
    /// English name.
    pub name: String,
    /// Its name in itself.
    #[serde(default)]
    pub native: String,
    /// ISO 15924 code of its script: `Latn`, `Cyrl`, `Hans`.
    pub script: String,
    /// Direction of writing.
    #[serde(default)]
    pub direction: Direction,
    /// Whether its script has capitals and small letters.
    pub cased: bool,
    /// Whether words are separated by spaces.
    pub spaced: bool,
    /// Characters counted as one word in the score, where words have no spaces; 0 elsewhere.
    #[serde(default)]
    pub characters_per_word: f64,
    /// Locales whose conventions all count as right where only the language is known.
    #[serde(default)]
    pub locales: Vec<String>,
    /// Where sentences end.
    pub sentences: Option<Sentences>,
    /// Quotation marks.
    pub quotes: Option<Quotes>,
    /// Numbers, in digits and in words.
    pub numbers: Option<Numbers>,
    /// Units of measure and currencies.
    pub units: Option<Units>,
    /// Months, weekdays, date and clock formats.
    pub dates: Option<Dates>,
    /// Negation.
    pub negation: Option<Negation>,
    /// Names: particles, honorifics, endings.
    pub names: Option<Names>,
    /// Offices and functions of people.
    pub roles: Option<Roles>,
    /// Function words.
    pub function_words: Option<FunctionWords>,
    /// What proves the rules by which words are cut to stems.
    pub stems: Option<Stems>,
    /// Hyphens, dashes, spaces.
    pub typography: Option<Typography>,
    /// Phrases of web furniture.
    pub furniture: Option<Furniture>,
    /// Local grammar that machines break.
    pub grammar: Option<Grammar>,
}

/// Where sentences end.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sentences {
    /// Marks that end a sentence: `.`, `!`, `。`, `।`.
    pub end: Vec<String>,
    /// Abbreviations, with their full stop, after which the sentence goes on whatever follows: `Sr.`.
    #[serde(default)]
    pub abbreviations: Vec<String>,
    /// Abbreviations after which the sentence goes on only where a figure or a small letter follows: `p.`,
    /// `etc.`.
    #[serde(default)]
    pub abbreviations_before_number: Vec<String>,
    /// Whether a figure with a full stop may be an ordinal: `3. Oktober`.
    #[serde(default)]
    pub ordinal_dot: bool,
    /// Words that go on after a quotation that ends with a mark: *said*, *disse*, *сказал*. Only needed where
    /// the verb is capitalised or the script has no case.
    #[serde(default)]
    pub speech_verbs: Vec<String>,
    /// A text, and the sentences it must be cut into.
    pub proof: Vec<Cut>,
    /// Texts that are one sentence and must not be cut.
    pub refuse: Vec<String>,
}

/// A text and its parts.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cut {
    /// The text.
    pub text: String,
    /// Its parts, in order, without white space around them.
    pub pieces: Vec<String>,
}

/// Quotation marks.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quotes {
    /// Opening and closing mark; those the language prefers first. All that are in use belong here.
    pub pairs: Vec<(String, String)>,
    /// Whether a dash at the start of a line opens direct speech.
    #[serde(default)]
    pub dialogue_dash: bool,
    /// Whether a new paragraph of one quotation repeats the opening mark.
    #[serde(default)]
    pub reopens: bool,
    /// A text, and the quotations in it without their marks, outermost only.
    pub proof: Vec<Cut>,
    /// Texts without a quotation: apostrophes, inches, feet.
    pub refuse: Vec<String>,
}

/// Numbers, in digits and in words. Words are given in lower case.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Numbers {
    /// Decimal separators, the usual one first.
    pub decimal: Vec<String>,
    /// Separators between groups of digits, the usual one first.
    pub grouping: Vec<String>,
    /// Groups of two above the thousand: 1,00,000.
    #[serde(default)]
    pub indian: bool,
    /// Signs and words after a number for hundredths: `%`, `por cento`.
    #[serde(default)]
    pub percent: Vec<String>,
    /// Number words below a thousand, with every gender and case form: `um = 1`, `uma = 1`, `duzentos = 200`.
    /// A compound that is no sum of its parts is an entry of its own: `"quatre-vingt-dix" = 90`.
    #[serde(default)]
    pub words: BTreeMap<String, f64>,
    /// Words that multiply what stands before them, and may stand alone, with every form:
    /// `mil = 1000`, `milhões = 1e6`, `"mil milhões" = 1e9`. Where locales differ, see `locale_scales`.
    #[serde(default)]
    pub scales: BTreeMap<String, f64>,
    /// Scale words that mean something else in one locale: `"pt-BR" = { "bilhão" = 1e9 }`. Where only the
    /// language is known either value is accepted.
    #[serde(default)]
    pub locale_scales: BTreeMap<String, BTreeMap<String, f64>>,
    /// Abbreviated scales, only directly after digits: `mn = 1e6`, `bn = 1e9`, `тыс. = 1000`.
    #[serde(default)]
    pub short_scales: BTreeMap<String, f64>,
    /// Words between number words: `e`, `and`, `und`.
    #[serde(default)]
    pub joiners: Vec<String>,
    /// Compounds are written as one word: dreiundzwanzig, ventitré.
    #[serde(default)]
    pub glued: bool,
    /// The unit stands before the ten: dreiundzwanzig.
    #[serde(default)]
    pub unit_first: bool,
    /// Words that count one or few only in company of another number word, being articles or pronouns
    /// elsewhere: `um`, `uma`, `one`.
    #[serde(default)]
    pub ambiguous: Vec<String>,
    /// Words and phrases that hold a number word and are no number: `四川`, `十分`, `唯一`.
    #[serde(default)]
    pub not_number: Vec<String>,
    /// Ordinals in words, with every form: `primeiro = 1`.
    #[serde(default)]
    pub ordinals: BTreeMap<String, f64>,
    /// What follows (or, for `第`, precedes) digits in an ordinal: `º`, `th`, `-й`.
    #[serde(default)]
    pub ordinal_marks: Vec<String>,
    /// Fractions and multiples: `metade = 0.5`, `dúzia = 12`, `dezenas` is vague and left out.
    #[serde(default)]
    pub fractions: BTreeMap<String, f64>,
    /// Words beside a Roman numeral or ordinal for a century: `século`.
    #[serde(default)]
    pub century: Vec<String>,
    /// Words beside a figure for a decade: `anos` (anos 90); a suffix begins with a hyphen: `-s` (1990s),
    /// `-er` (1990er).
    #[serde(default)]
    pub decade: Vec<String>,
    /// A text, and the values in it in order, written `12`, `1234.5`, `7%`, `#3` (ordinal), `1990s` (decade).
    pub proof: Vec<(String, String)>,
    /// Texts without a number.
    pub refuse: Vec<String>,
}

/// Units of measure and currencies; words in lower case, every form.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Units {
    /// Unit by the name that `mentions/measures.tsv` gives it: `km = ["km", "quilômetro", "quilômetros"]`.
    #[serde(default)]
    pub measures: BTreeMap<String, Vec<String>>,
    /// Currency by ISO 4217 code: `EUR = ["€", "euro", "euros"]`. A word of several currencies (dollars, $)
    /// stands under each.
    #[serde(default)]
    pub currencies: BTreeMap<String, Vec<String>>,
    /// A text, and its amounts in order: `50 km`, `10 EUR`, `20.5 celsius`; several codes are joined by `|`.
    pub proof: Vec<(String, String)>,
    /// Texts without an amount that has a unit.
    pub refuse: Vec<String>,
}

/// Months, weekdays, date and clock formats; words in lower case.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dates {
    /// Every form of the months: nominative, inflected, abbreviated.
    pub months: BTreeMap<String, u8>,
    /// Every form of the weekdays, 1 for Monday.
    pub weekdays: BTreeMap<String, u8>,
    /// Patterns of `{d}` `{month}` `{m}` `{y}` and text between, longest first: `{d} de {month} de {y}`.
    /// A space stands for any run of spaces, commas and a following full stop of an abbreviation.
    pub patterns: Vec<String>,
    /// Orders of all-figure dates that are in use: `dmy`, `mdy`, `ymd`.
    pub numeric: Vec<String>,
    /// Clock patterns of `{h}` `{min}`: `{h}h{min}`, `{h}:{min}`; `{ap}` stands for a word of `am` or `pm`.
    #[serde(default)]
    pub clock: Vec<String>,
    /// Words for the first half of the day.
    #[serde(default)]
    pub am: Vec<String>,
    /// Words for the second half of the day.
    #[serde(default)]
    pub pm: Vec<String>,
    /// Words around a year of another calendar: `พ.ศ. = buddhist`.
    #[serde(default)]
    pub calendars: BTreeMap<String, String>,
    /// Words for year after which a figure is read in the calendar of the language where its size says so: `ปี`.
    #[serde(default)]
    pub years: Vec<String>,
    /// A text, and its dates in order: `2024-08-08`, `2024-12`, `--08-08`, `W5` (Friday), `W5 --06-27`
    /// (a weekday and a date said together: `W5+--06-27`), `T15:30`.
    pub proof: Vec<(String, String)>,
    /// Texts without a date.
    pub refuse: Vec<String>,
}

/// Negation.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Negation {
    /// Words and phrases that negate a sentence: `não`, `nunca`, `fails to`.
    pub words: Vec<String>,
    /// Word beginnings that negate: a prefix list for languages where the verb carries it (`не` glued). Here, in
    /// `suffixes`, `not_negation` and `strong` a star stands for any letters: `*mıyor*`, `ne*la`.
    #[serde(default)]
    pub prefixes: Vec<String>,
    /// Word endings that negate: Turkish `-madı`, given without the hyphen.
    #[serde(default)]
    pub suffixes: Vec<String>,
    /// Phrases that hold such a word and do not negate: `não só`, `not only`.
    #[serde(default)]
    pub not_negation: Vec<String>,
    /// Those of `words` and `suffixes` that no translation can do without: `not`, `never`. Without this list all
    /// of `words` are taken to be so.
    #[serde(default)]
    pub strong: Vec<String>,
    /// Words that may render a negation of another language though they are none: `unable`, `only`. A star stands
    /// for any letters: `un*`, `*less`; `!under*` takes words out again.
    #[serde(default)]
    pub covers: Vec<String>,
    /// Pairs of cues that count as one: `ne … pas`, `no … nada` (negative concord).
    #[serde(default)]
    pub concord: bool,
    /// Words that make a negation near them a matter of degree: *not only*, *not just*.
    #[serde(default)]
    pub only: Vec<String>,
    /// Whether verbs, and what denies them, stand at the end of the clause.
    #[serde(default)]
    pub verb_final: bool,
    /// Endings of a verb after which the same verb, denied, asks *whether or not*: Turkish *gelip gelmediği*.
    #[serde(default)]
    pub alternates: Vec<String>,
    /// Auxiliaries that a statement seldom has unless it denies: English *did*.
    #[serde(default)]
    pub support: Support,
    /// A text, and how many negations it holds.
    pub proof: Vec<(String, usize)>,
    /// Texts without negation.
    pub refuse: Vec<String>,
}

/// Auxiliaries that carry a negation. Where one stands in a statement without any, the negation may be lost: *they did
/// leave*.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Support {
    /// The auxiliaries.
    pub words: Vec<String>,
    /// Words before which they are verbs of their own, or stand for one: *did the work*, *did so*.
    pub not_before: Vec<String>,
    /// Words after which they make no statement: *where did*, *than did*.
    pub not_after: Vec<String>,
}

/// Names: what stands around them and how they change.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Names {
    /// Small words inside names: `de`, `von`, `al-`, `bin`.
    #[serde(default)]
    pub particles: Vec<String>,
    /// Forms of address before or after a name: `Sr.`, `Mr`, `氏`, `씨`.
    #[serde(default)]
    pub honorifics: Vec<String>,
    /// Whether the family name comes first in names of this language.
    #[serde(default)]
    pub family_first: bool,
    /// Endings of inflected names and what stands there in the base form: `["ом", ""]`, `["ой", "а"]`,
    /// `["’s", ""]`, `["'ın", ""]`. For scripts without spaces also particles that follow a name.
    #[serde(default)]
    pub endings: Vec<(String, String)>,
    /// What is written together before a name: Arabic `و`, Hebrew `ב`.
    #[serde(default)]
    pub prefixes: Vec<String>,
    /// How other languages spell the letters of names: each list is one convention, `[["ə", "a"], ["ş", "sh"]]`.
    #[serde(default)]
    pub respelling: Vec<Vec<(String, String)>>,
    /// Shortest base form that an ending or prefix may leave, in characters.
    #[serde(default = "three")]
    pub shortest: usize,
    /// Folded prefixes, and endings with what replaces them.
    #[serde(skip)]
    pub(crate) folded: OnceLock<FoldedAffixes>,
    /// A form in a text, and a bare base form it may stand for: `["Президента Путина", "Путин"]`.
    pub proof: Vec<(String, String)>,
    /// A form, and a base form it must not be taken for.
    pub refuse: Vec<(String, String)>,
}

/// Prefixes and endings of names in the form words are compared in.
#[derive(Debug, Clone, Default)]
pub(crate) struct FoldedAffixes {
    /// What is taken off the front.
    pub(crate) prefixes: Vec<String>,
    /// What is taken off the end, and what replaces it.
    pub(crate) endings: Vec<(String, String)>,
}

impl Names {
    /// Computed on first use.
    pub(crate) fn affixes(&self) -> &FoldedAffixes {
        self.folded.get_or_init(|| FoldedAffixes {
            prefixes: self.prefixes.iter().map(|prefix| fold(prefix)).filter(|x| !x.is_empty()).collect(),
            endings: (self.endings.iter().map(|(ending, base)| (fold(ending), fold(base))))
                .filter(|(ending, base)| !ending.is_empty() && ending != base)
                .collect(),
        })
    }
}

fn three() -> usize {
    3
}

/// Offices and functions of people.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Roles {
    /// Concept (`deputy-prime-minister`; the same word in every profile), and every form of it in lower case.
    pub forms: BTreeMap<String, Vec<String>>,
    /// A text, and the concepts in it in order, separated by a space.
    pub proof: Vec<(String, String)>,
    /// Texts without a role.
    pub refuse: Vec<String>,
}

/// Proof of the rules of `stems.tsv`, by which inflected forms find their word in a word table.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stems {
    /// Forms that have one stem.
    pub proof: Vec<Vec<String>>,
    /// Words each of which has a stem of its own.
    pub refuse: Vec<Vec<String>>,
}

/// Function words: articles, pronouns, prepositions, conjunctions, auxiliaries, particles.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FunctionWords {
    /// In lower case, every form.
    pub words: Vec<String>,
    /// Adverbs and prepositions that open a sentence and are words of no other language: `meanwhile`, `according`.
    #[serde(default)]
    pub openers: Vec<String>,
    /// A text, and the function words in it in order, separated by a space.
    pub proof: Vec<(String, String)>,
    /// Texts without one.
    pub refuse: Vec<String>,
}

/// Hyphens, dashes, spaces.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Typography {
    /// Whether compounds are written in one word: `Rathausplatz`.
    #[serde(default)]
    pub compounds: bool,
    /// Whether particles stand apart from the word before, in a script without case: Hindi postpositions.
    #[serde(default)]
    pub particles_apart: bool,
    /// Whether parts of compounds may stand apart or together, as the writer likes: Korean.
    #[serde(default)]
    pub loose_compounds: bool,
    /// Whether words are doubled with a hyphen between: Indonesian `anak-anak`.
    #[serde(default)]
    pub reduplicates: bool,
    /// Words that are written to the figure before them without a space: Czech `krát`.
    #[serde(default)]
    pub behind_figures: Vec<String>,
    /// Words that are joined by a hyphen to the word before: enclitics (`se`, `lo`, `os`), `feira`, `lo`.
    #[serde(default)]
    pub hyphen_after: Vec<String>,
    /// Words that are joined by a hyphen to the word after: `vice`, `ex`, `pré`, `sub`.
    #[serde(default)]
    pub hyphen_before: Vec<String>,
    /// Marks with a space (or no-break space) before them: French `?`, `!`, `:`, `;`.
    #[serde(default)]
    pub space_before: Vec<String>,
    /// Marks that never have a space before them: `,`, `.`, `)`.
    #[serde(default)]
    pub no_space_before: Vec<String>,
    /// Marks that have a space after them unless a figure, quote or bracket follows: `,`, `;`.
    #[serde(default)]
    pub space_after: Vec<String>,
    /// Marks that careful writers too set with a space before them or none after: a fault only in a text that sets most
    /// of them otherwise.
    #[serde(default)]
    pub space_by_habit: Vec<String>,
    /// Dashes between clauses, with the spaces they want: ` – `, `—`.
    #[serde(default)]
    pub dashes: Vec<String>,
    /// Words written with a capital inside a sentence though they are no names: German nouns are `*`.
    #[serde(default)]
    pub capitals: Vec<String>,
    /// Beginnings of nouns that a single capital letter labels, in lower case: `vitamin`, `grup`, `clas`.
    #[serde(default)]
    pub labelled: Vec<String>,
    /// Function words that may be doubled: `que que`, `had had`, `that that`, `vous vous`.
    #[serde(default)]
    pub doubles: Vec<String>,
    /// Words with a mark inside, in lower case: Greek `ό,τι`.
    #[serde(default)]
    pub marked: Vec<String>,
    /// Letters that the language writes though its word list may lack them, in lower case: all toned vowels of
    /// Vietnamese.
    #[serde(default)]
    pub letters: String,
    /// A text with one fault, and the faulty part.
    pub proof: Vec<(String, String)>,
    /// Texts without a fault.
    pub refuse: Vec<String>,
}

/// Phrases of web furniture, in lower case. `*` stands for anything within the line, `#` for a number,
/// `^` and `$` for the line's start and end.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Furniture {
    /// Phrases that make a line furniture: `join us on telegram`, `^views: #$`, `all rights reserved`.
    pub phrases: Vec<String>,
    /// Headings over related stories and the like: the line is furniture: `other topics of interest`.
    #[serde(default)]
    pub headings: Vec<String>,
    /// Phrases of bylines: `^author: *`, `^por *`.
    #[serde(default)]
    pub bylines: Vec<String>,
    /// Phrases of captions: `^image caption: *`, `^photo: *`.
    #[serde(default)]
    pub captions: Vec<String>,
    /// Lines that are furniture.
    pub proof: Vec<String>,
    /// Lines that belong to an article.
    pub refuse: Vec<String>,
}

/// Local grammar that machines break; only what is certain.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grammar {
    /// Gender of determiners: `um = "m"`, `uma = "f"`.
    #[serde(default)]
    pub determiners: BTreeMap<String, String>,
    /// Noun endings that tell the gender: `ção = "f"`, `mento = "m"`.
    #[serde(default)]
    pub noun_endings: BTreeMap<String, String>,
    /// Nouns whose gender their ending hides or belies: `coração = "m"`, `problema = "m"`. `"?"` for both.
    #[serde(default)]
    pub nouns: BTreeMap<String, String>,
    /// What replaces a determiner in the other gender: `um = "uma"`.
    #[serde(default)]
    pub other_gender: BTreeMap<String, String>,
    /// Word sequences that cannot be: words separated by spaces, `~ndo` for any word with that ending,
    /// `a|o` for alternatives, `_` for any word: `a ~ndo como`.
    #[serde(default)]
    pub impossible: Vec<String>,
    /// Words with a preposition or case that they never govern, written as `impossible` is: `capaz a`, `depende em`.
    #[serde(default)]
    pub government: Vec<String>,
    /// Neighbours that do not agree in gender or number, written as `impossible` is; `ال~ة` has a beginning and an
    /// ending.
    #[serde(default)]
    pub disagree: Vec<String>,
    /// More of them, with nouns by the classes of `src/lang/concord`: `{f}`, or `{f~а}` for those that end so: `^^ the {P} says`.
    #[serde(default)]
    pub disagree_nouns: Vec<String>,
    /// Nouns that no such pattern means: those that stand for several (`maioria`) and those that are other words besides.
    #[serde(default)]
    pub unsure_nouns: Vec<String>,
    /// Prepositions behind which an article is no pronoun: Spanish *con la*.
    #[serde(default)]
    pub prepositions: Vec<String>,
    /// Endings of nouns that are verb forms, too, with the ending of the verb's first form in the word list: `["o", "ar"]`. An
    /// article that may be a pronoun tells nothing before them; without a list it tells nothing before any noun.
    #[serde(default)]
    pub verb_endings: Vec<(String, String)>,
    /// What may stand between the parts of a compound noun, an empty string for nothing. Its last part tells its class.
    #[serde(default)]
    pub links: Vec<String>,
    /// Endings of nouns that have none of their own in the plural: German *die Brunnen*.
    #[serde(default)]
    pub same_plural: Vec<String>,
    /// Articles that are possessives, too, behind a word: Greek *τα γυμνά του πόδια*. They tell behind a preposition alone.
    #[serde(default)]
    pub enclitics: Vec<String>,
    /// Endings of adjectives that may stand between a determiner and its noun: `ische`.
    #[serde(default)]
    pub between: Vec<String>,
    /// Particles whose form depends on the last sound of the word they are written to.
    #[serde(default)]
    pub by_sound: Vec<BySound>,
    /// Nouns in a form that never stands behind a figure for five or more (by its last digits, where languages count
    /// so): Polish *osoby*, after *26*.
    #[serde(default)]
    pub not_after_five: Vec<String>,
    /// Endings of adjectives that may stand between such a figure and its noun: `ых`.
    #[serde(default)]
    pub many: Vec<String>,
    /// Nouns in the singular, which never stand behind a figure for two or more.
    #[serde(default)]
    pub not_after_two: Vec<String>,
    /// A text with one fault, and the faulty part.
    pub proof: Vec<(String, String)>,
    /// Texts without a fault.
    pub refuse: Vec<String>,
}

/// A particle with two forms: Korean 을 and 를.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BySound {
    /// The form after a consonant.
    pub consonant: String,
    /// The form after a vowel.
    pub vowel: String,
    /// Whether the form after a vowel stands after ㄹ, too.
    #[serde(default)]
    pub liquid: bool,
    /// Those of the two that no other word ends in: where one stands after the wrong sound, it is wrong whatever the
    /// word. The other is told of words of the list alone.
    #[serde(default)]
    pub certain: Vec<String>,
    /// Whether the other is part of too many words to be told at all: 과 ends names of departments.
    #[serde(default)]
    pub only: bool,
}
