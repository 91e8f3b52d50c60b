//! JSON with places: every value knows where it stands.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::extract::Extract;
use crate::model::Span;

/// A value and where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node<'a> {
    raw: &'a str,
    at: usize,
}

impl<'a> Node<'a> {
    /// A whole text of JSON.
    pub(super) fn parse(text: &'a str) -> Result<Self, serde_json::Error> {
        let raw: &RawValue = serde_json::from_str(text)?;
        Ok(Self::inside(text, 0, raw))
    }

    fn inside(text: &'a str, at: usize, value: &'a RawValue) -> Self {
        let raw = value.get();
        Self { raw, at: at + (raw.as_ptr().addr() - text.as_ptr().addr()) }
    }

    /// Where it stands.
    #[cfg(feature = "formats")]
    pub(super) fn span(&self) -> Span {
        Span::new(self.at, self.at + self.raw.len())
    }

    /// The fields of an object, in order of name; nothing of anything else.
    pub(super) fn fields(&self) -> BTreeMap<String, Node<'a>> {
        self.entries().into_iter().collect()
    }

    /// The same; the error is a name that two of them have, so that nobody can tell which is meant.
    pub(super) fn distinct(&self) -> Result<BTreeMap<String, Node<'a>>, String> {
        let mut fields = BTreeMap::new();
        for (name, node) in self.entries() {
            if fields.insert(name.clone(), node).is_some() {
                return Err(name);
            }
        }
        Ok(fields)
    }

    fn entries(&self) -> Vec<(String, Node<'a>)> {
        if !self.raw.starts_with('{') {
            return Vec::new();
        }
        let Entries(entries) = serde_json::from_str(self.raw).unwrap_or_default();
        entries.into_iter().map(|(name, value)| (name, Self::inside(self.raw, self.at, value))).collect()
    }

    /// A field that is there and not null.
    pub(super) fn get(&self, name: &str) -> Option<Node<'a>> {
        self.fields().remove(name).filter(|node| !node.is_null())
    }

    /// The items of a list; nothing of anything else.
    pub(super) fn items(&self) -> Vec<Node<'a>> {
        if !self.raw.starts_with('[') {
            return Vec::new();
        }
        let items: Vec<&'a RawValue> = serde_json::from_str(self.raw).unwrap_or_default();
        items.into_iter().map(|value| Self::inside(self.raw, self.at, value)).collect()
    }

    /// Whether it is a list.
    pub(super) fn is_list(&self) -> bool {
        self.raw.starts_with('[')
    }

    /// Whether it is `null`.
    pub(super) fn is_null(&self) -> bool {
        self.raw == "null"
    }

    /// Whether it is an object.
    pub(super) fn is_object(&self) -> bool {
        self.raw.starts_with('{')
    }

    /// What a string says.
    pub(super) fn string(&self) -> Option<String> {
        self.raw.starts_with('"').then(|| serde_json::from_str(self.raw).ok()).flatten()
    }

    /// What a string says; of anything else, how it is written.
    pub(super) fn in_words(&self) -> String {
        self.string().unwrap_or_else(|| self.raw.to_owned())
    }

    /// What a string says, with places.
    pub(super) fn extract(&self) -> Option<Extract> {
        let inner = self.raw.strip_prefix('"')?.strip_suffix('"')?;
        let at = self.at + 1;
        let mut out = Extract::default();
        let mut rest = inner;
        while let Some((plain, escaped)) = rest.split_once('\\') {
            let start = at + inner.len() - rest.len();
            out.copy(plain, start);
            let (text, length) = escape(escaped)?;
            let mut buffer = [0; 4];
            let from = start + plain.len();
            out.put(text.encode_utf8(&mut buffer), Span::new(from, from + 1 + length));
            rest = escaped.get(length..)?;
        }
        out.copy(rest, at + inner.len() - rest.len());
        Some(out)
    }
}

/// The fields of an object as they stand.
#[derive(Default)]
struct Entries<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Entries<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;
        impl<'de> Visitor<'de> for Fields {
            type Value = Entries<'de>;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("an object")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(Fields)
    }
}

/// What is wrong with a line of JSON, and where in it.
pub(super) fn mistake(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let what = text.split(" at line ").next().unwrap_or(&text);
    format!("{what} (column {})", error.column())
}

/// The character that an escape stands for, and its bytes after the backslash. Half a pair of surrogates stands
/// for nothing.
fn escape(text: &str) -> Option<(char, usize)> {
    let unit = |text: &str| u32::from_str_radix(text.get(..4)?, 16).ok();
    let character = match text.chars().next()? {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        'b' => '\u{8}',
        'f' => '\u{C}',
        'u' => {
            let high = unit(text.get(1..)?)?;
            let low = text.get(5..).and_then(|rest| rest.strip_prefix("\\u")).and_then(unit);
            return Some(match (high, low) {
                (0xD800..=0xDBFF, Some(low @ 0xDC00..=0xDFFF)) => {
                    let code = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
                    (char::from_u32(code)?, 11)
                }
                (other, _) => (char::from_u32(other).unwrap_or(char::REPLACEMENT_CHARACTER), 5),
            });
        }
        other => other,
    };
    Some((character, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_know_where_they_stand() {
        let text = r#" {"a": [1, {"b": "x\u00e9\ud83d\ude00\n\"y"}], "c": null}"#;
        let root = Node::parse(text).expect("JSON");
        let b = root.get("a").expect("a").items()[1].get("b").expect("b");
        assert_eq!(b.span().of(text), r#""x\u00e9\ud83d\ude00\n\"y""#);
        let extract = b.extract().expect("a string");
        assert_eq!(extract.text, "xé😀\n\"y");
        assert_eq!(b.string().as_deref(), Some("xé😀\n\"y"));
        let places: Vec<&str> = extract.pieces.iter().map(|piece| piece.file.of(text)).collect();
        assert_eq!(places, ["x", r"\u00e9", r"\ud83d\ude00", r"\n", r#"\""#, "y"]);
        assert!(root.get("c").is_none());
        assert!(Node::parse("{").is_err());
    }

    #[test]
    fn half_a_pair_is_nothing() {
        let extract = Node { raw: r#""\ud83d!""#, at: 0 }.extract().expect("a string");
        assert_eq!(extract.text, "\u{FFFD}!");
    }
}
