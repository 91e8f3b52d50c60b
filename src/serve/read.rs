//! Requests to inputs of the pipeline, through the readers that files go through.

use sha2::{Digest, Sha256};

use super::wire::{CheckRequest, CompareRequest, TextIn};
use crate::lang;
use crate::pipeline::{Input, Text};
use crate::read::ReadError;
use crate::read::formats::{self, Content, Options};

/// What is wrong with a request.
pub(super) struct Refusal(pub(super) String);

/// Refuses a name that is none, or an article.
pub(super) fn short(what: &str, name: Option<&str>, most: usize) -> Result<(), Refusal> {
    match name.map(|name| name.chars().take(most + 1).count()) {
        Some(0) => Err(Refusal(format!("`{what}` is empty"))),
        Some(length) if length > most => Err(Refusal(format!("`{what}` has more than {most} characters"))),
        _ => Ok(()),
    }
}

/// The input that a check is about. A text that cannot be read is an input too: one that says why.
pub(super) fn check(request: CheckRequest) -> Result<Input, Refusal> {
    let CheckRequest { id, source, target } = request;
    short("id", id.as_deref(), 500)?;
    // Decisions know a document by its name: two articles must not share one.
    let name = id.clone().unwrap_or_else(|| named_after(&target));
    let source = source.map(|source| text(source, "source")).transpose()?;
    let target = text(target, &name)?;
    let id = |target: &Text| id.unwrap_or_else(|| target.name.clone());
    Ok(match (source, target) {
        (None, Ok(target)) => Input::Text { id: id(&target), target },
        (Some(Ok(source)), Ok(target)) => Input::Pair { id: id(&target), source, target },
        (Some(Err(error)), _) | (_, Err(error)) => Input::Unreadable { id: name, error: error.to_string() },
    })
}

/// The input that a comparison is about.
pub(super) fn compare(request: CompareRequest) -> Result<Input, Refusal> {
    let CompareRequest { id, accounts } = request;
    short("id", id.as_deref(), 500)?;
    if !(2..=64).contains(&accounts.len()) {
        return Err(Refusal(format!("`accounts` holds {} texts: 2 to 64 make a story", accounts.len())));
    }
    let id = id.unwrap_or_else(|| format!("{} accounts", accounts.len()));
    let read: Vec<_> = (accounts.into_iter().enumerate())
        .map(|(nth, account)| text(account, &format!("account {}", nth + 1)))
        .collect::<Result<_, _>>()?;
    let read: Result<Vec<Text>, ReadError> = read.into_iter().collect();
    Ok(match read {
        Ok(accounts) => Input::Story { id, accounts },
        Err(error) => Input::Unreadable { id, error: error.to_string() },
    })
}

/// A name for an article that nobody named: the same for the same text.
fn named_after(target: &TextIn) -> String {
    if let Some(name) = &target.name {
        return name.clone();
    }
    let mut hash = Sha256::new();
    let ninjs = target.ninjs.as_ref().map(|item| item.get());
    for part in [target.text.as_deref(), target.html.as_deref(), target.markdown.as_deref(), ninjs] {
        hash.update(part.unwrap_or_default());
        hash.update([0]);
    }
    let digits: String = hash.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    format!("article {digits}")
}

fn text(given: TextIn, name: &str) -> Result<Result<Text, ReadError>, Refusal> {
    let TextIn { name: own, language, text, html, markdown, ninjs } = given;
    short("name", own.as_deref(), 500)?;
    let whole = |tag: &str| {
        let parts = tag.split(['-', '_']).skip(1);
        parts.into_iter().all(|part| {
            (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
    };
    if let Some(tag) = language.as_deref().filter(|tag| !whole(tag) || lang::find(tag).is_none()) {
        return Err(Refusal(format!("no language `{tag}`")));
    }
    let ninjs = ninjs.map(|item| item.get().to_owned());
    if ninjs.as_ref().is_some_and(|item| !item.starts_with('{')) {
        return Err(Refusal("`ninjs` is an object".into()));
    }
    let forms = [("text", text), ("html", html), ("markdown", markdown), ("ninjs", ninjs)];
    let mut there = forms.into_iter().filter_map(|(form, content)| Some((form, content?)));
    let (Some((form, content)), None) = (there.next(), there.next()) else {
        return Err(Refusal("a text is exactly one of `text`, `html`, `markdown` and `ninjs`".into()));
    };
    let name = own.as_deref().unwrap_or(name);
    let options = Options { target_language: language, ..Options::default() };
    let nothing = |message: &str| ReadError::Nothing { name: name.to_owned(), message: message.to_owned() };
    let content = formats::content(name, content.into_bytes(), false, formats::find(form), &options);
    Ok(content.and_then(|content| match content {
        Content::Text(text) => Ok(*text),
        Content::Items(items) if items.len() == 1 => {
            items.into_iter().next().map_or_else(|| Err(nothing("holds no text")), |item| item.text)
        }
        Content::Items(items) => Err(nothing(&format!("holds {} texts where one is needed", items.len()))),
        Content::Rows(_) => Err(nothing("holds pairs where one text is needed")),
    }))
}

/// How much work an input is, roughly its words: runs of letters and digits, and every character of scripts that
/// write no spaces.
pub(super) fn work(input: &Input) -> usize {
    let texts: Vec<&Text> = match input {
        Input::Text { target, .. } => vec![target],
        Input::Pair { source, target, .. } => vec![source, target],
        Input::Story { accounts, .. } => accounts.iter().collect(),
        Input::Unreadable { .. } => Vec::new(),
    };
    texts.into_iter().map(|text| words(&text.text)).sum()
}

fn words(text: &str) -> usize {
    let mut count = 0;
    let mut inside = false;
    for character in text.chars() {
        let wide = matches!(character, '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{2E80}'..='\u{D7FF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}');
        let letter = character.is_alphanumeric();
        count += usize::from(wide || (letter && !inside) || character == '\n');
        inside = letter;
    }
    count
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn work_is_counted_in_every_script() {
        assert_eq!(words("Two words, 14 days"), 4);
        assert_eq!(words("слово и дело"), 3);
        assert_eq!(words("東京駅"), 3);
        assert_eq!(words("a \n\n b"), 4);
        assert_eq!(words(""), 0);
    }
}
