//! Something named or counted in one place, in comparable form.

use super::Span;

/// One mention.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// Where, in the document's text.
    pub span: Span,
    /// In comparable form.
    pub value: Value,
}

impl Mention {
    /// What kind of thing is mentioned.
    pub const fn kind(&self) -> MentionKind {
        match &self.value {
            Value::Number(_) => MentionKind::Number,
            Value::Date(_) => MentionKind::Date,
            Value::Name(_) => MentionKind::Name,
            Value::Quotation => MentionKind::Quotation,
            Value::Link => MentionKind::Link,
        }
    }
}

/// Kinds of mentions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MentionKind {
    /// A number, amount, measure, ordinal or percentage.
    Number,
    /// A date, part of a date, weekday or clock time.
    Date,
    /// A person, place, organisation or other name.
    Name,
    /// A quotation with its marks.
    Quotation,
    /// A URL, e-mail address, handle or hashtag.
    Link,
}

/// A mention in comparable form.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A number and what it counts.
    Number(Number),
    /// A date or a part of one.
    Date(Date),
    /// A name.
    Name(Name),
    /// The span covers the quotation with its marks.
    Quotation,
    /// The span covers the link.
    Link,
}

/// How a number is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NumberForm {
    /// How many.
    Cardinal,
    /// Which one in order: third, 3rd, XIX.
    Ordinal,
    /// A part: half, two thirds.
    Fraction,
    /// A hundredth: 7 %, seven per cent.
    Percent,
    /// A decade: the 1990s, les années 90; the value is its first year.
    Decade,
    /// The result of a game or vote: 3-1. The value is the first figure, `second` the other.
    Score,
}

/// A number by value.
#[derive(Debug, Clone, PartialEq)]
pub struct Number {
    /// The value, scale words included: 3.5 million is 3500000.
    pub value: f64,
    /// What else it may be: a scale word that locales use differently, a separator that other locales read
    /// otherwise.
    pub other: Option<f64>,
    /// The other end of a range or score, where there is one.
    pub second: Option<f64>,
    /// How it is meant.
    pub form: NumberForm,
    /// Unit of measure, where one follows.
    pub measure: Option<Measure>,
    /// Currency, where one is named.
    pub currency: Option<Currency>,
    /// Written in words: languages differ in what they write so.
    pub spelled: bool,
    /// Rounded, or with a scale word: compare with tolerance for rounding.
    pub scaled: bool,
}

/// A unit of measure by its physical meaning.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measure {
    /// The unit as the profiles name it: `km`, `mi`, `kg`, `celsius`.
    pub unit: &'static str,
    /// What is measured: `length`, `mass`, `temperature`.
    pub quantity: &'static str,
    /// One unit in the base unit of its quantity: base = value × factor + offset.
    pub factor: f64,
    /// See `factor`; not zero for temperatures alone.
    pub offset: f64,
}

/// A currency by its ISO 4217 code; `None` where the sign is shared ($, kr) or the word is (dollars).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Currency {
    /// ISO 4217 codes it may be, sorted.
    pub codes: Vec<&'static str>,
}

/// Which calendar the numbers of a date belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Calendar {
    /// The Gregorian calendar.
    #[default]
    Gregorian,
    /// Thai years: Gregorian plus 543.
    Buddhist,
    /// Iranian solar.
    Persian,
    /// Islamic lunar.
    Islamic,
}

/// A date or a part of one; what is not said is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Date {
    /// Year as written in its calendar.
    pub year: Option<i32>,
    /// Month, 1 to 12.
    pub month: Option<u8>,
    /// Day of the month, 1 to 31.
    pub day: Option<u8>,
    /// Weekday, 1 for Monday to 7 for Sunday.
    pub weekday: Option<u8>,
    /// Hour, 0 to 23.
    pub hour: Option<u8>,
    /// Minute, 0 to 59.
    pub minute: Option<u8>,
    /// The calendar of the figures.
    pub calendar: Calendar,
}

/// What a name names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NameKind {
    /// A human being.
    Person,
    /// A country, region, city, river.
    Place,
    /// A body, company, party, agency, outlet.
    Organisation,
    /// People of a place, or what belongs to it: Azerbaijani, russe.
    Demonym,
    /// A name of none of these kinds, or we cannot tell.
    Other,
}

impl NameKind {
    /// Its name in lower case.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Place => "place",
            Self::Organisation => "organisation",
            Self::Demonym => "demonym",
            Self::Other => "other",
        }
    }
}

/// A name in one place.
#[derive(Debug, Clone, PartialEq)]
pub struct Name {
    /// What it names.
    pub kind: NameKind,
    /// How sure we are of `kind`, 0 to 1.
    pub certainty: f64,
    /// The row of the gazetteer it stands for, where one does: `place:AZ`, `org:csto`.
    pub key: Option<String>,
    /// Concepts of the roles that stand with it: `deputy-prime-minister`.
    pub roles: Vec<String>,
    /// Keys of the places or organisations the roles belong to: `place:RU`.
    pub role_of: Vec<String>,
}
