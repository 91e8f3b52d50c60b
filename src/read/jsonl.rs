//! JSON Lines: a pair, a text or a story a row.

use serde::Deserialize;

use super::plain;
use crate::lang;
use crate::pipeline::{Input, Text};

#[derive(Deserialize)]
struct Row {
    source: Option<String>,
    source_lang: Option<String>,
    target: Option<String>,
    target_lang: Option<String>,
    accounts: Option<Vec<Account>>,
}

#[derive(Deserialize)]
struct Account {
    id: Option<serde_json::Value>,
    lang: Option<String>,
    text: String,
}

/// One line to one input; `number` is the line's, from 1. `languages` stand in where a row names none.
pub fn input(line: &str, number: usize, languages: (Option<&str>, Option<&str>)) -> Input {
    if line.len() > plain::LARGEST << 20 {
        let error = plain::ReadError::Large {
            name: format!("line {number}"),
            megabytes: line.len().div_ceil(1 << 20),
        };
        return Input::Unreadable { id: number.to_string(), error: error.to_string() };
    }
    let value: serde_json::Value = match serde_json::from_str(line) {
        Ok(value) => value,
        Err(error) => {
            return Input::Unreadable { id: number.to_string(), error: format!("line {number}: {error}") };
        }
    };
    let id = value.get("id").map_or_else(|| number.to_string(), in_words);
    let row: Row = match serde_json::from_value(value) {
        Ok(row) => row,
        Err(error) => return Input::Unreadable { id, error: format!("line {number}: {error}") },
    };
    let declared = [row.source_lang.as_deref(), row.target_lang.as_deref()];
    let accounts = row.accounts.iter().flatten().map(|account| account.lang.as_deref());
    if let Some(tag) = declared.into_iter().chain(accounts).flatten().find(|tag| lang::find(tag).is_none()) {
        return Input::Unreadable { id, error: format!("line {number}: no language `{tag}`") };
    }
    let text = |text: String, language: Option<String>, default: Option<&str>| Text {
        name: id.clone(),
        language: language.or_else(|| default.map(str::to_owned)),
        text,
    };
    if let Some(accounts) = row.accounts {
        let accounts = accounts
            .into_iter()
            .enumerate()
            .map(|(nth, account)| Text {
                name: account.id.as_ref().map_or_else(|| nth.to_string(), in_words),
                language: account.lang,
                text: account.text,
            })
            .collect();
        return Input::Story { id, accounts };
    }
    let Some(target) = row.target else {
        return Input::Unreadable { id, error: format!("line {number}: neither `target` nor `accounts`") };
    };
    let target = text(target, row.target_lang, languages.1);
    match row.source {
        Some(source) => Input::Pair { source: text(source, row.source_lang, languages.0), target, id },
        None => Input::Text { id, target },
    }
}

fn in_words(value: &serde_json::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
