//! Markup, escapes and placeholders in running text.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::running;
use super::{Check, Context, Findings, TextCheck};
use crate::model::{Document, ErrorType, Severity, Span};

/// `markup-residue` has no options.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct MarkupResidue {}

impl Check for MarkupResidue {
    const NAME: &'static str = "markup-residue";
    const ERROR_TYPE: ErrorType = ErrorType::Markup;
    const SEVERITY: Severity = Severity::Minor;
    const CASEBOOK: &'static str = include_str!("markup_residue.md");
}

/// Most findings in one text: a page of raw HTML needs no more.
const MOST: usize = 50;

impl TextCheck for MarkupResidue {
    fn run(&self, text: &Document, context: &Context, findings: &mut Findings<'_>) {
        let mut count = 0;
        for segment in &text.segments {
            let stretch = segment.span.of(&text.text);
            let mut at = 0;
            while at < stretch.len() && count < MOST {
                let rest = stretch.get(at..).unwrap_or_default();
                let Some(next) = rest.find(['<', '&', '\\', '*', '_', '[', '{', '%', '#', '$', '`']) else {
                    break;
                };
                at += next;
                let Some(residue) = residue(stretch, at) else {
                    at += rest.get(next..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
                    continue;
                };
                let span = Span::new(at, at + residue.length).shift(segment.span.start);
                at += residue.length;
                let written = text.excerpt(span);
                // A source that has it too may be about it.
                if context.source.as_deref().is_some_and(|source| source.contains(written))
                    || (!residue.anywhere && running::in_link(text, span))
                {
                    continue;
                }
                count += 1;
                let finding = findings.at(span, format!("{} “{written}” is left in the text", residue.kind));
                finding.confidence(residue.confidence);
                if let Some(means) = residue.means {
                    finding.replace_with(means);
                }
            }
        }
    }
}

struct Residue {
    length: usize,
    kind: &'static str,
    confidence: f64,
    means: Option<String>,
    /// Counts inside a link or path too.
    anywhere: bool,
}

fn found(length: usize, kind: &'static str, confidence: f64, means: Option<&str>) -> Residue {
    Residue { length, kind, confidence, means: means.map(str::to_owned), anywhere: true }
}

/// What begins at a byte of the stretch.
fn residue(stretch: &str, at: usize) -> Option<Residue> {
    let rest = stretch.get(at..)?;
    let before = stretch.get(..at).and_then(|head| head.chars().next_back());
    match rest.as_bytes().first()? {
        b'<' => tag(rest),
        b'&' => entity(rest),
        b'\\' => escape(rest, before, stretch, at),
        b'*' | b'_' | b'`' => emphasis(rest, before),
        b'[' => link(rest),
        b'{' | b'$' => placeholder(rest),
        b'%' => format_code(rest, before),
        b'#' => heading(rest, before),
        _ => None,
    }
}

/// Elements of HTML, of the news formats and of translation files.
const ELEMENTS: &[&str] = &[
    "a",
    "abbr",
    "article",
    "aside",
    "b",
    "blockquote",
    "body",
    "br",
    "button",
    "caption",
    "center",
    "cite",
    "code",
    "div",
    "dd",
    "dl",
    "dt",
    "em",
    "embed",
    "figcaption",
    "figure",
    "font",
    "footer",
    "form",
    "g",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "i",
    "iframe",
    "img",
    "input",
    "ins",
    "li",
    "link",
    "main",
    "meta",
    "nav",
    "ol",
    "p",
    "ph",
    "bpt",
    "ept",
    "bx",
    "ex",
    "mrk",
    "pre",
    "q",
    "s",
    "script",
    "section",
    "small",
    "source",
    "span",
    "strike",
    "strong",
    "style",
    "sub",
    "sup",
    "svg",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "time",
    "tr",
    "u",
    "ul",
    "video",
    "x",
    "del",
];

fn tag(rest: &str) -> Option<Residue> {
    if rest.starts_with("<!--") {
        let end = rest.find("-->").map_or(4, |end| end + 3);
        return Some(found(end, "a comment", 0.97, None));
    }
    let inner = rest.strip_prefix('<')?;
    let name_part = inner.strip_prefix('/').unwrap_or(inner);
    let length =
        name_part.find(|character: char| !character.is_ascii_alphanumeric()).unwrap_or(name_part.len());
    let name = name_part.get(..length)?.to_ascii_lowercase();
    if !ELEMENTS.contains(&name.as_str()) {
        return None;
    }
    let after = name_part.get(length..)?;
    // `a <b and c> d` is arithmetic: after the name comes the end, or attributes.
    let fine = after.starts_with(['>', '/'])
        || (after.starts_with(' ')
            && after.get(..200.min(after.len())).unwrap_or(after).contains(['=', '/']));
    let end = rest.find('>')?;
    (fine && end < 400 && !rest.get(1..end)?.contains('<')).then(|| found(end + 1, "the tag", 0.95, None))
}

const ENTITIES: &[(&str, &str)] = &[
    ("amp", "&"),
    ("apos", "'"),
    ("bull", "•"),
    ("copy", "©"),
    ("deg", "°"),
    ("euro", "€"),
    ("gt", ">"),
    ("hellip", "…"),
    ("laquo", "«"),
    ("ldquo", "“"),
    ("lsquo", "‘"),
    ("lt", "<"),
    ("mdash", "—"),
    ("middot", "·"),
    ("nbsp", " "),
    ("ndash", "–"),
    ("quot", "\""),
    ("raquo", "»"),
    ("rdquo", "”"),
    ("reg", "®"),
    ("rsquo", "’"),
    ("sect", "§"),
    ("shy", ""),
    ("thinsp", " "),
    ("times", "×"),
    ("trade", "™"),
    ("zwnj", ""),
    ("aacute", "á"),
    ("acirc", "â"),
    ("agrave", "à"),
    ("atilde", "ã"),
    ("auml", "ä"),
    ("ccedil", "ç"),
    ("eacute", "é"),
    ("ecirc", "ê"),
    ("egrave", "è"),
    ("euml", "ë"),
    ("iacute", "í"),
    ("ntilde", "ñ"),
    ("oacute", "ó"),
    ("ocirc", "ô"),
    ("otilde", "õ"),
    ("ouml", "ö"),
    ("szlig", "ß"),
    ("uacute", "ú"),
    ("uuml", "ü"),
    ("Eacute", "É"),
    ("Aacute", "Á"),
    ("Ouml", "Ö"),
    ("Uuml", "Ü"),
    ("Auml", "Ä"),
    ("Ccedil", "Ç"),
    ("icirc", "î"),
    ("aring", "å"),
    ("oslash", "ø"),
    ("aelig", "æ"),
    ("pound", "£"),
];

fn entity(rest: &str) -> Option<Residue> {
    let end =
        rest.get(..rest.len().min(12)).or_else(|| rest.get(..rest.char_indices().nth(6)?.0))?.find(';')?;
    let body = rest.get(1..end)?;
    if let Some(number) = body.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
            None => number.parse().ok()?,
        };
        let character = char::from_u32(code)?;
        return Some(found(end + 1, "the entity", 0.98, Some(&character.to_string())));
    }
    // Escaped twice: `&amp;quot;`.
    if body == "amp" {
        let inner = rest.get(end + 1..)?;
        if let Some(nested) = entity(&format!("&{}", inner.chars().take(10).collect::<String>())) {
            return Some(Residue { length: end + nested.length, ..nested });
        }
    }
    let (_, means) = ENTITIES.iter().find(|(name, _)| *name == body)?;
    Some(found(end + 1, "the entity", 0.98, Some(means)))
}

fn escape(rest: &str, before: Option<char>, stretch: &str, at: usize) -> Option<Residue> {
    // `C:\new`, `\\server\share`: a path.
    let head = stretch.get(..at)?;
    let word = head.rsplit(char::is_whitespace).next().unwrap_or_default();
    if word.contains(":\\") || word.ends_with(':') || word.contains("\\\\") {
        return None;
    }
    let code = rest.chars().nth(1)?;
    let digits = |from: usize, count: usize| {
        let hexadecimal = rest.get(from..from + count)?;
        char::from_u32(u32::from_str_radix(hexadecimal, 16).ok()?)
    };
    let made = match code {
        'u' => digits(2, 4).map(|character| (6, character.to_string())),
        'x' => digits(2, 2).map(|character| (4, character.to_string())),
        'n' | 'r' | 't' => {
            // `\note` in a path or a TeX command goes on in small letters after a small letter.
            let next = rest.chars().nth(2);
            let alone = next.is_none_or(|next| !next.is_ascii_lowercase())
                || before.is_none_or(|before| !before.is_alphanumeric());
            alone.then(|| (2, " ".to_owned()))
        }
        '"' | '\'' | '/' => Some((2, code.to_string())),
        _ => None,
    };
    let (mut length, mut means) = made?;
    // `\r\n`, `\n\n` and surrogate pairs are one residue.
    while let Some(next) = rest
        .get(length..)
        .filter(|next| next.starts_with("\\n") || next.starts_with("\\r") || next.starts_with("\\t"))
    {
        let _ = next;
        length += 2;
        " ".clone_into(&mut means);
    }
    Some(found(length, "the escape", 0.95, Some(&means)))
}

fn emphasis(rest: &str, before: Option<char>) -> Option<Residue> {
    if before.is_some_and(|before| before.is_alphanumeric() || matches!(before, '*' | '_' | '`')) {
        return None;
    }
    let mark = ["**", "__", "```"].into_iter().find(|mark| rest.starts_with(mark))?;
    let inner = rest.get(mark.len()..)?;
    let end = inner.find(mark)?;
    let body = inner.get(..end)?;
    // `f**k`, `______`: no emphasis.
    let letters = body.chars().next().is_some_and(char::is_alphanumeric)
        && body
            .chars()
            .next_back()
            .is_some_and(|last| last.is_alphanumeric() || matches!(last, '.' | '!' | '?' | ':'))
        && body.chars().count() <= 200;
    letters.then(|| found(mark.len() * 2 + end, "the markup", 0.9, Some(body)))
}

fn link(rest: &str) -> Option<Residue> {
    if rest.starts_with("[[") {
        let end = rest.find("]]")?;
        let body = rest.get(2..end)?;
        return (!body.is_empty() && end < 200 && !body.contains('\n'))
            .then(|| found(end + 2, "the markup", 0.9, None));
    }
    let close = rest.find("](")?;
    let label = rest.get(1..close)?;
    if label.contains(['[', ']', '\n']) || close > 200 {
        return None;
    }
    let target = rest.get(close + 2..)?;
    let end = target.find(')')?;
    let address = target.get(..end)?;
    let plausible = address.contains("://") || address.starts_with(['/', '#']) || address.contains("www.");
    plausible.then(|| found(close + 3 + end, "the link", 0.93, Some(label)))
}

fn placeholder(rest: &str) -> Option<Residue> {
    let (open, close) = if rest.starts_with("{{") {
        ("{{", "}}")
    } else if rest.starts_with("${") {
        ("${", "}")
    } else if rest.starts_with('{') {
        ("{", "}")
    } else {
        return None;
    };
    let inner = rest.get(open.len()..)?;
    let end = inner.find(close)?;
    let name = inner.get(..end)?;
    let identifier = name.trim_start_matches(['#', '/', '%']);
    let plausible = !identifier.is_empty()
        && identifier.len() <= 40
        && identifier.trim().chars().all(|character| {
            character.is_ascii_alphanumeric() || matches!(character, '_' | '.' | '-' | '|' | ':')
        });
    plausible.then(|| found(open.len() + end + close.len(), "the placeholder", 0.93, None))
}

fn format_code(rest: &str, before: Option<char>) -> Option<Residue> {
    if before.is_some_and(|before| before.is_alphanumeric() || before == '%') {
        return None;
    }
    let body = rest.strip_prefix('%')?;
    let position = body
        .find(|character: char| !character.is_ascii_digit())
        .filter(|&end| body.get(end..).is_some_and(|rest| rest.starts_with('$')));
    let skip = position.map_or(0, |end| end + 1);
    let code = body.get(skip..)?.chars().next()?;
    let next = body.get(skip + code.len_utf8()..)?.chars().next();
    let alone = next.is_none_or(|next| !next.is_alphanumeric());
    if body.starts_with('(') {
        let end = body.find(')')?;
        let kind = body.get(end + 1..)?.chars().next()?;
        let name = body.get(1..end)?;
        return (matches!(kind, 's' | 'd') && !name.contains(' ') && !name.is_empty())
            .then(|| found(end + 3, "the placeholder", 0.93, None));
    }
    (matches!(code, 's' | 'd' | 'i' | 'f' | '@') && alone)
        .then(|| found(1 + skip + code.len_utf8(), "the placeholder", 0.9, None))
}

fn heading(rest: &str, before: Option<char>) -> Option<Residue> {
    if before.is_some() {
        return None;
    }
    let marks = rest.len() - rest.trim_start_matches('#').len();
    ((2..=6).contains(&marks) && rest.get(marks..)?.starts_with(' '))
        .then(|| found(marks, "the markup", 0.85, None))
}
