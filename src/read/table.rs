//! Tables with named columns: CSV and TSV.

use super::error::ReadError;
use super::extract::Extract;
use super::file::File;
use super::formats::Options;
use super::rows::{Rows, Side};
use crate::lang;
use crate::model::Span;
use crate::pipeline::Input;

/// Comma-separated: commas, or semicolons where the first line has more of them. Quoted as RFC 4180 says.
pub(super) fn csv(file: &File, options: &Options) -> Result<Vec<Input>, ReadError> {
    let head = file.text.lines().next().unwrap_or_default();
    let count = |mark: char| head.matches(mark).count();
    let delimiter = if count(';') > count(',') { ';' } else { ',' };
    read(file, options, &mut Records { file, at: 0, delimiter, quoted: true })
}

/// Tab-separated; quotation marks are letters like any other.
pub(super) fn tsv(file: &File, options: &Options) -> Result<Vec<Input>, ReadError> {
    read(file, options, &mut Records { file, at: 0, delimiter: '\t', quoted: false })
}

/// The records of a table.
pub(super) struct Records<'a> {
    pub(super) file: &'a File,
    pub(super) at: usize,
    pub(super) delimiter: char,
    pub(super) quoted: bool,
}

impl Records<'_> {
    /// The fields of the next record; blank lines are none.
    pub(super) fn next(&mut self) -> Result<Option<Vec<Extract>>, ReadError> {
        let text = &*self.file.text;
        loop {
            if self.at >= text.len() {
                return Ok(None);
            }
            let mut fields = Vec::new();
            while !self.field(&mut fields)? {}
            if fields.len() > 1 || fields.iter().any(|field| !field.is_blank()) {
                return Ok(Some(fields));
            }
        }
    }

    /// Reads one field; whether it was the last of its record.
    fn field(&mut self, fields: &mut Vec<Extract>) -> Result<bool, ReadError> {
        let text = &*self.file.text;
        let mut field = Extract::default();
        let mut rest = Span::new(self.at, text.len()).of(text);
        if self.quoted && rest.starts_with('"') {
            let opened = self.at;
            self.at += 1;
            loop {
                rest = Span::new(self.at, text.len()).of(text);
                let Some((plain, after)) = rest.split_once('"') else {
                    return Err(self.file.error(opened, "a quoted field without an end"));
                };
                field.copy(plain, self.at);
                self.at += plain.len() + 1;
                if !after.starts_with('"') {
                    break;
                }
                field.put("\"", Span::new(self.at - 1, self.at + 1));
                self.at += 1;
            }
            rest = Span::new(self.at, text.len()).of(text);
        }
        let end = rest.find([self.delimiter, '\n']).unwrap_or(rest.len());
        let plain = Span::new(0, end).of(rest);
        let last = !rest.get(end..).is_some_and(|after| after.starts_with(self.delimiter));
        let plain_end = if last { plain.strip_suffix('\r').unwrap_or(plain) } else { plain };
        field.copy(plain_end, self.at);
        self.at += end + usize::from(end < rest.len());
        fields.push(field);
        Ok(last)
    }
}

/// Which column holds what.
#[derive(Default)]
struct Columns {
    source: Option<usize>,
    target: usize,
    id: Option<usize>,
    source_language: Option<usize>,
    target_language: Option<usize>,
    /// Languages that the columns are named by.
    named: (Option<String>, Option<String>),
}

fn read(file: &File, options: &Options, records: &mut Records<'_>) -> Result<Vec<Input>, ReadError> {
    let numbered = options.columns.iter().any(|(_, column)| column.parse::<usize>().is_ok());
    let head = if numbered { None } else { records.next()? };
    let head: Vec<String> = head.into_iter().flatten().map(|field| field.text.trim().to_owned()).collect();
    let columns = columns(file, options, &head)?;
    let mut rows = Rows::new(file);
    let mut number = 0;
    while let Some(mut fields) = records.next()? {
        number += 1;
        let needed = columns.target.max(columns.source.unwrap_or(0));
        if fields.len() <= needed {
            let at = fields.iter().flat_map(|field| &field.pieces).map(|piece| piece.file.start).next();
            let message = format!("a row of {} columns, where column {} is needed", fields.len(), needed + 1);
            return Err(file.error(at.unwrap_or(records.at), message));
        }
        let cell = |column: Option<usize>| {
            let text = column.and_then(|column| fields.get(column)).map(|field| field.text.trim().to_owned());
            text.filter(|text| !text.is_empty())
        };
        let id = cell(columns.id).unwrap_or_else(|| number.to_string());
        let named = (columns.named.0.clone(), columns.named.1.clone());
        let source_language = cell(columns.source_language).or(named.0).or(options.source_language.clone());
        let target_language = cell(columns.target_language).or(named.1).or(options.target_language.clone());
        let source = columns.source.map(|column| std::mem::take(&mut fields[column]));
        let target = std::mem::take(&mut fields[columns.target]);
        rows.pair(
            &id,
            source.map(|text| Side { text, language: source_language.as_deref() }),
            Side { text: target, language: target_language.as_deref() },
        );
    }
    rows.finish("row")
}

/// Finds the columns: as the user says, by their usual names, or by tags of the two languages.
fn columns(file: &File, options: &Options, head: &[String]) -> Result<Columns, ReadError> {
    let missing = |name: &str| {
        let message = format!(
            "no column `{name}`: say which it is with --columns {name}=NAME, or by number where columns have no names"
        );
        file.error(0, message)
    };
    let asked =
        |role: &str| options.columns.iter().find(|(own, _)| own == role).map(|(_, column)| column.as_str());
    let find = |role: &str| -> Result<Option<usize>, ReadError> {
        let named = |name: &str| head.iter().position(|own| own.eq_ignore_ascii_case(name));
        match asked(role) {
            Some(column) => match column.parse::<usize>() {
                Ok(number) if number > 0 => Ok(Some(number - 1)),
                _ => named(column).map(Some).ok_or_else(|| missing(column)),
            },
            None => Ok(named(role)),
        }
    };
    let by_tag = |tag: &Option<String>| {
        let language = lang::find(tag.as_deref()?)?;
        head.iter().position(|own| lang::find(own).is_some_and(|own| own.tag == language.tag))
    };
    let mut columns = Columns {
        source: find("source")?,
        id: find("id")?,
        source_language: find("source_lang")?,
        target_language: find("target_lang")?,
        ..Columns::default()
    };
    if let Some(target) = find("target")? {
        columns.target = target;
        return Ok(columns);
    }
    // `en;pt`: two languages, the first the source where the user does not say.
    let tags: Vec<usize> = (0..head.len())
        .filter(|&index| Some(index) != columns.id && lang::find(&head[index]).is_some())
        .collect();
    let source = by_tag(&options.source_language).or_else(|| tags.first().copied());
    let target = by_tag(&options.target_language)
        .or_else(|| tags.iter().copied().find(|&index| Some(index) != source && tags.len() == 2));
    match (source, target) {
        (Some(source), Some(target)) if source != target => {
            columns.source = Some(source);
            columns.target = target;
            columns.named = (Some(head[source].clone()), Some(head[target].clone()));
            Ok(columns)
        }
        _ => Err(missing("target")),
    }
}
