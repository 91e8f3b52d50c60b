//! Every input format, and how a file is told to be of one.

use std::path::Path;

use super::error::ReadError;
use super::feed::{self, Item};
use super::file::{self, File};
use super::{jsonl, markdown, news, office, page, plain, po, subtitles, table, termbase, tmx, xliff};
use crate::pipeline::{Input, Text};

/// What the user says of the files.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Language of the sources of pairs, where a file does not tell.
    pub source_language: Option<String>,
    /// Language of texts and translations; it goes before what a text says of itself.
    pub target_language: Option<String>,
    /// Columns of tables: role (`source`, `target`, `id`, `source_lang`, `target_lang`) and name or number.
    pub columns: Vec<(String, String)>,
}

/// What a file holds.
#[derive(Debug)]
pub enum Content {
    /// One text.
    Text(Box<Text>),
    /// Several texts, each with what names it.
    Items(Vec<Item>),
    /// Pairs, texts or stories.
    Rows(Vec<Input>),
}

/// How a format is read.
enum Reader {
    Text(fn(&File, &Options) -> Result<Text, ReadError>),
    Items(fn(&File, &Options) -> Result<Vec<Item>, ReadError>),
    Rows(fn(&File, &Options) -> Result<Vec<Input>, ReadError>),
    Bytes(fn(&str, &[u8], &Options) -> Result<Text, ReadError>),
}

/// One input format.
pub struct Format {
    /// `--from NAME`.
    pub name: &'static str,
    /// One line for the list of formats.
    pub summary: &'static str,
    /// How its files end.
    pub extensions: &'static [&'static str],
    /// Whether a text looks like it, where no extension tells.
    sniff: fn(&str) -> bool,
    reader: Reader,
}

impl Format {
    /// Whether its files hold several texts or pairs.
    pub const fn is_text(&self) -> bool {
        matches!(self.reader, Reader::Text(_) | Reader::Bytes(_))
    }
}

/// Every input format.
pub static FORMATS: &[Format] = &[
    Format {
        name: "text",
        summary: "plain text",
        extensions: &["txt", "text"],
        sniff: |_| false,
        reader: Reader::Text(|file, options| {
            let text = plain::text(file)?;
            Ok(Text { language: options.target_language.clone(), ..text })
        }),
    },
    Format {
        name: "markdown",
        summary: "Markdown with front matter",
        extensions: &["md", "markdown", "mdx"],
        sniff: |text| text.starts_with("---\n") || text.starts_with("+++\n"),
        reader: Reader::Text(markdown::read),
    },
    Format {
        name: "html",
        summary: "the article of a web page",
        extensions: &["html", "htm", "xhtml"],
        sniff: |text| {
            let head: String = text.trim_start().chars().take(15).collect();
            let head = head.to_ascii_lowercase();
            head.starts_with("<!doctype html") || head.starts_with("<html")
        },
        reader: Reader::Text(page::read),
    },
    Format {
        name: "feed",
        summary: "RSS, Atom or JSON Feed, a text an item",
        extensions: &["rss", "atom"],
        sniff: feed::sniff,
        reader: Reader::Items(feed::read),
    },
    Format {
        name: "ninjs",
        summary: "NINJS, one item or a list of them",
        extensions: &[],
        sniff: news::sniff_ninjs,
        reader: Reader::Items(news::ninjs),
    },
    Format {
        name: "newsml",
        summary: "NewsML-G2 or NITF",
        extensions: &["nitf"],
        sniff: news::sniff_newsml,
        reader: Reader::Items(news::newsml),
    },
    Format {
        name: "jsonl",
        summary: "JSON Lines: a pair, text or story a row",
        extensions: &["jsonl", "ndjson"],
        sniff: |text| {
            let first = text.lines().next().unwrap_or_default();
            first.starts_with('{')
                && first.ends_with('}')
                && (first.contains("\"target\"") || first.contains("\"accounts\""))
        },
        reader: Reader::Rows(|file, options| {
            let languages = (options.source_language.clone(), options.target_language.clone());
            Ok(jsonl::rows(file.name.to_string(), file.text.as_bytes(), languages).collect())
        }),
    },
    Format {
        name: "csv",
        summary: "comma-separated values, columns source and target",
        extensions: &["csv"],
        sniff: |_| false,
        reader: Reader::Rows(table::csv),
    },
    Format {
        name: "tsv",
        summary: "tab-separated values, columns source and target",
        extensions: &["tsv", "tab"],
        sniff: |_| false,
        reader: Reader::Rows(table::tsv),
    },
    Format {
        name: "po",
        summary: "catalogues of gettext, a pair an entry",
        extensions: &["po", "pot"],
        sniff: po::sniff,
        reader: Reader::Rows(po::read),
    },
    Format {
        name: "xliff",
        summary: "XLIFF 1.2 and 2.x, a pair a unit",
        extensions: &["xlf", "xliff", "sdlxliff", "mqxliff"],
        sniff: |text| super::xml::root(text).is_some_and(|root| root == "xliff"),
        reader: Reader::Rows(xliff::read),
    },
    Format {
        name: "tmx",
        summary: "translation memories, a pair a unit",
        extensions: &["tmx"],
        sniff: |text| super::xml::root(text).is_some_and(|root| root == "tmx"),
        reader: Reader::Rows(tmx::read),
    },
    Format {
        name: "subtitles",
        summary: "SRT and WebVTT",
        extensions: &["srt", "vtt"],
        sniff: subtitles::sniff,
        reader: Reader::Text(subtitles::read),
    },
    Format {
        name: "docx",
        summary: "Word documents; lines are paragraphs",
        extensions: &["docx"],
        sniff: |_| false,
        reader: Reader::Bytes(office::docx),
    },
    Format {
        name: "odt",
        summary: "OpenDocument texts; lines are paragraphs",
        extensions: &["odt"],
        sniff: |_| false,
        reader: Reader::Bytes(office::odt),
    },
];

/// The format of a name.
pub fn find(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}

/// The extension of a path in small letters, that of packing aside: `feed.xml.gz` is `xml`.
pub fn extension(path: &Path) -> Option<String> {
    let own =
        |path: &Path| path.extension().map(|extension| extension.to_string_lossy().to_ascii_lowercase());
    match own(path).as_deref() {
        Some("gz" | "zst" | "zstd") => own(Path::new(path.file_stem()?)),
        other => other.map(str::to_owned),
    }
}

/// The format that a path's extension names.
pub fn by_extension(path: &Path) -> Option<&'static Format> {
    let extension = extension(path)?;
    FORMATS.iter().find(|format| format.extensions.contains(&extension.as_str()))
}

/// The format of a file that is read as text, by its content; plain text where nothing speaks for another.
fn by_content(file: &File) -> Result<&'static Format, ReadError> {
    let found = FORMATS.iter().find(|format| (format.sniff)(&file.text));
    let refused = |what: &str| {
        Err(file.nothing(format!("is {what} of no kind that recto reads: say which with --from")))
    };
    let named = extension(Path::new(&*file.name));
    match (found, named.as_deref()) {
        (Some(format), _) => Ok(format),
        (None, Some("xml")) if termbase::sniff(&file.text) => refused("a termbase, which is"),
        (None, Some("xml")) => refused("XML"),
        (None, Some("json")) => refused("JSON"),
        _ => Ok(&FORMATS[0]),
    }
}

/// Reads a file; `format` where the user names one.
pub fn read(path: &Path, format: Option<&Format>, options: &Options) -> Result<Content, ReadError> {
    let (bytes, packed) = file::bytes(path)?;
    content(&path.display().to_string(), bytes, packed, format.or_else(|| by_extension(path)), options)
}

/// Reads bytes; where no format is given, their content tells.
pub fn content(
    name: &str,
    bytes: Vec<u8>,
    packed: bool,
    format: Option<&Format>,
    options: &Options,
) -> Result<Content, ReadError> {
    let office = if format.is_none() { office::sniff(&bytes).and_then(find) } else { None };
    let format = format.or(office);
    if let Some(Format { reader: Reader::Bytes(read), .. }) = format {
        return read(name, &bytes, options).map(|text| Content::Text(Box::new(text)));
    }
    let file = file::decode(name, bytes, packed)?;
    let format = match format {
        Some(format) => format,
        None => by_content(&file)?,
    };
    match &format.reader {
        Reader::Text(read) => read(&file, options).map(|text| Content::Text(Box::new(text))),
        Reader::Items(read) => read(&file, options).map(Content::Items),
        Reader::Rows(read) => read(&file, options).map(Content::Rows),
        Reader::Bytes(read) => {
            read(name, file.text.as_bytes(), options).map(|text| Content::Text(Box::new(text)))
        }
    }
}

/// Reads a file that must hold several texts, and the file itself with them.
pub fn items(
    path: &Path,
    format: Option<&Format>,
    options: &Options,
) -> Result<(File, Vec<Item>), ReadError> {
    let file = file::open(path)?;
    let format = match format.or_else(|| by_extension(path)) {
        Some(format) => format,
        None => by_content(&file)?,
    };
    match &format.reader {
        Reader::Items(read) => read(&file, options).map(|items| (file, items)),
        _ => Err(file.nothing(format!("is read as {}, which is no feed", format.name))),
    }
}

/// Reads a file that must hold one text.
pub fn text(path: &Path, format: Option<&Format>, options: &Options) -> Result<Text, ReadError> {
    let several = |message: String| ReadError::Nothing { name: path.display().to_string(), message };
    match read(path, format, options)? {
        Content::Text(text) => Ok(*text),
        Content::Items(items) if items.len() == 1 => {
            items.into_iter().next().map_or_else(|| Err(several("holds no text".into())), |item| item.text)
        }
        Content::Items(items) => Err(several(format!("holds {} texts where one is needed", items.len()))),
        Content::Rows(_) => Err(several("holds pairs where one text is needed".into())),
    }
}

/// The pairs of a file, texts of both sides: of a translation memory, a catalogue, a table, JSON Lines.
pub fn pairs(
    path: &Path,
    format: Option<&Format>,
    options: &Options,
) -> Result<impl Iterator<Item = (Text, Text)> + use<>, ReadError> {
    let Content::Rows(rows) = read(path, format, options)? else {
        let message = "holds no pairs".to_owned();
        return Err(ReadError::Nothing { name: path.display().to_string(), message });
    };
    Ok(rows.into_iter().filter_map(|input| match input {
        Input::Pair { source, target, .. } => Some((source, target)),
        _ => None,
    }))
}
