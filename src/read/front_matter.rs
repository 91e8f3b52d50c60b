//! Front matter: what a file of Markdown says of itself, between `---` or `+++`.

use super::extract::Extract;
use crate::model::Span;

/// What is said.
#[derive(Debug, Default)]
pub(super) struct FrontMatter {
    /// Keys in small letters with their values, places in the file.
    fields: Vec<(String, Extract)>,
}

impl FrontMatter {
    /// Reads lines of `key: value` (YAML) or `key = value` (TOML) at the left margin. Lists, nested values and
    /// folded texts are not what we ask for.
    pub(super) fn read(text: &str, at: usize) -> Self {
        let mut fields = Vec::new();
        let mut start = at;
        for whole in text.split_inclusive('\n') {
            let line = whole.trim_end();
            let begin = start;
            start += whole.len();
            let Some(cut) = line.find([':', '=']) else { continue };
            let (key, rest) = line.split_at(cut);
            let key = key.trim_end();
            if key.is_empty() || !key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-')) {
                continue;
            }
            let mut value = rest.get(1..).unwrap_or_default();
            value = value.trim_start();
            let place = begin + line.len() - value.len();
            if let Some(extract) = scalar(value, place) {
                fields.push((key.to_ascii_lowercase(), extract));
            }
        }
        Self { fields }
    }

    /// The value of the first of the keys that is there.
    pub(super) fn get(&self, keys: &[&str]) -> Option<&Extract> {
        keys.iter().find_map(|key| self.fields.iter().find(|(own, _)| own == key).map(|(_, value)| value))
    }

    /// The same, without places.
    pub(super) fn word(&self, keys: &[&str]) -> Option<String> {
        self.get(keys).map(|value| value.text.trim().to_owned()).filter(|value| !value.is_empty())
    }
}

/// A value in one line: plain, or in quotation marks.
fn scalar(value: &str, at: usize) -> Option<Extract> {
    let mut out = Extract::default();
    let quote = value.chars().next().filter(|first| matches!(first, '"' | '\''));
    let Some(quote) = quote else {
        let plain = value.split(" #").next().unwrap_or_default().trim_end();
        if plain.is_empty() || plain.starts_with(['[', '{', '|', '>', '&', '*', '#']) {
            return None;
        }
        out.copy(plain, at);
        return Some(out);
    };
    let mut characters = value.char_indices().skip(1).peekable();
    while let Some((index, character)) = characters.next() {
        let next = characters.peek().map(|&(_, next)| next);
        match (character, next) {
            ('\'', Some('\'')) if quote == '\'' => {
                characters.next();
                out.put("'", Span::new(at + index, at + index + 2));
            }
            ('\\', Some(escaped)) if quote == '"' => {
                characters.next();
                let text = if escaped == 'n' { '\n' } else { escaped };
                out.put(
                    text.encode_utf8(&mut [0; 4]),
                    Span::new(at + index, at + index + 1 + escaped.len_utf8()),
                );
            }
            (end, _) if end == quote => return Some(out),
            (other, _) => out.copy(other.encode_utf8(&mut [0; 4]), at + index),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yaml_and_toml_values() {
        let text = "title: \"Une \\\"clé\\\"\"\nlang: fr # French\ntags: [a, b]\nsub: 'l''eau'\nindent:\n  deep: no\n";
        let front = FrontMatter::read(text, 10);
        assert_eq!(front.word(&["title"]).as_deref(), Some("Une \"clé\""));
        assert_eq!(front.word(&["language", "lang"]).as_deref(), Some("fr"));
        assert_eq!(front.word(&["sub"]).as_deref(), Some("l'eau"));
        assert_eq!(
            (front.word(&["tags"]), front.word(&["deep"]), front.word(&["indent"])),
            (None, None, None)
        );
        let toml = FrontMatter::read("title = 'x'\n", 0);
        assert_eq!(toml.get(&["title"]).expect("title").pieces[0].file, Span::new(9, 10));
    }
}
