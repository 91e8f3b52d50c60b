//! Files to decoded text: unpacked, within bounds, in the encoding they are in.

use std::io::Read;
#[cfg(feature = "formats")]
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::sync::Arc;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::Encoding;
use sha2::{Digest, Sha256};

use super::error::{LARGEST_FILE, ReadError};
use crate::model::Anchor;

/// A file as decoded.
#[derive(Debug, Clone)]
pub struct File {
    /// What the user calls it.
    pub name: Arc<str>,
    /// Its text, without a byte order mark.
    pub text: Arc<str>,
    /// Bytes before the text in the file; `None` where the file is packed or in another encoding.
    pub skipped: Option<usize>,
    /// What a reader of the report must know.
    pub notes: Vec<String>,
}

impl File {
    /// A mistake at a byte of the text.
    pub fn error(&self, at: usize, message: impl Into<String>) -> ReadError {
        let at = self.text.floor_char_boundary(at);
        let Anchor { line, column, .. } = Anchor::START.advance(&self.text, at);
        ReadError::Format { name: self.name.to_string(), line, column, message: message.into() }
    }

    /// The file holds nothing of what is asked for.
    pub fn nothing(&self, message: impl Into<String>) -> ReadError {
        ReadError::Nothing { name: self.name.to_string(), message: message.into() }
    }
}

/// The bytes of a file, or of standard input where the path is `-`; unpacked where they are packed, which the
/// second answer tells.
pub fn bytes(path: &Path) -> Result<(Vec<u8>, bool), ReadError> {
    let name = path.display().to_string();
    let raw = if name == "-" {
        bounded(&name, std::io::stdin().lock())?
    } else {
        if path.is_dir() {
            return Err(ReadError::Folder { name });
        }
        let file = std::fs::File::open(path).map_err(|error| ReadError::io(&name, &error))?;
        bounded(&name, file)?
    };
    unpack(&name, raw)
}

/// Everything of a reader that holds no more than a file may.
fn bounded(name: &str, reader: impl Read) -> Result<Vec<u8>, ReadError> {
    let limit = LARGEST_FILE << 20;
    let mut bytes = Vec::new();
    reader.take(limit as u64 + 1).read_to_end(&mut bytes).map_err(|error| ReadError::io(name, &error))?;
    if bytes.len() > limit {
        return Err(ReadError::LargeFile { name: name.to_owned() });
    }
    Ok(bytes)
}

/// Unpacks gzip and Zstandard, told by their first bytes.
#[cfg(feature = "formats")]
pub fn unpack(name: &str, raw: Vec<u8>) -> Result<(Vec<u8>, bool), ReadError> {
    let broken = |reason: &str| ReadError::Io {
        name: name.to_owned(),
        reason: format!("cannot be unpacked: {reason}"),
    };
    let inner: Box<dyn Read + '_> = if raw.starts_with(&[0x1F, 0x8B]) {
        Box::new(flate2::read::MultiGzDecoder::new(&*raw))
    } else if raw.starts_with(&[0x28, 0xB5, 0x2F, 0xFD]) {
        let decoder = ruzstd::decoding::StreamingDecoder::new(&*raw);
        Box::new(decoder.map_err(|error| broken(&error.to_string()))?)
    } else {
        return Ok((raw, false));
    };
    match bounded(name, inner) {
        Err(ReadError::Io { reason, .. }) => Err(broken(&reason)),
        other => Ok((other?, true)),
    }
}

/// Without the formats nothing is unpacked.
#[cfg(not(feature = "formats"))]
pub fn unpack(_: &str, raw: Vec<u8>) -> Result<(Vec<u8>, bool), ReadError> {
    Ok((raw, false))
}

/// SHA-256 of a file as it is stored, in hexadecimal digits: what `sha256sum` prints.
pub fn digest(path: &Path) -> Result<String, ReadError> {
    let bytes = std::fs::read(path).map_err(|error| ReadError::io(&path.display().to_string(), &error))?;
    Ok(Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect())
}

/// A file or standard input line by line, unpacked, however long it is.
#[cfg(feature = "formats")]
pub fn lines(path: &Path) -> Result<Box<dyn BufRead>, ReadError> {
    let name = path.display().to_string();
    let mut reader: Box<dyn BufRead> = if name == "-" {
        Box::new(BufReader::new(std::io::stdin()))
    } else {
        let file = std::fs::File::open(path).map_err(|error| ReadError::io(&name, &error))?;
        Box::new(BufReader::new(file))
    };
    let head = reader.fill_buf().map_err(|error| ReadError::io(&name, &error))?;
    if head.starts_with(&[0x1F, 0x8B]) {
        Ok(Box::new(BufReader::new(flate2::bufread::MultiGzDecoder::new(reader))))
    } else if head.starts_with(&[0x28, 0xB5, 0x2F, 0xFD]) {
        let decoder = ruzstd::decoding::StreamingDecoder::new(reader)
            .map_err(|error| ReadError::Io { name, reason: format!("cannot be unpacked: {error}") })?;
        Ok(Box::new(BufReader::new(decoder)))
    } else {
        Ok(reader)
    }
}

/// A file from a path, decoded.
pub fn open(path: &Path) -> Result<File, ReadError> {
    let (bytes, packed) = bytes(path)?;
    decode(&path.display().to_string(), bytes, packed)
}

/// Bytes to text: UTF-8, or what a byte order mark, the file's own words or, where they say nothing, a detector
/// says. `packed` where the file itself holds other bytes.
pub fn decode(name: &str, bytes: Vec<u8>, packed: bool) -> Result<File, ReadError> {
    let file = |text: String, skipped: Option<usize>, note: Option<String>| File {
        name: name.into(),
        text: text.into(),
        skipped: skipped.filter(|_| !packed),
        notes: note.into_iter().collect(),
    };
    let marked = Encoding::for_bom(&bytes);
    let skipped = marked.map_or(0, |(_, length)| length);
    let body = bytes.get(skipped..).unwrap_or_default();
    if let Some((encoding, _)) = marked.filter(|(encoding, _)| *encoding != encoding_rs::UTF_8) {
        let (text, broken) = encoding.decode_without_bom_handling(body);
        if broken {
            let message = format!("is not the {} that its byte order mark promises", encoding.name());
            return Err(ReadError::Nothing { name: name.to_owned(), message });
        }
        return Ok(file(text.into_owned(), None, Some(format!("read as {}", encoding.name()))));
    }
    if let Some(at) = body.iter().position(|&byte| byte == 0) {
        let (line, column) = place(body, at);
        return Err(ReadError::Binary { name: name.to_owned(), line, column });
    }
    let bytes = if skipped == 0 { bytes } else { body.to_vec() };
    let error = match String::from_utf8(bytes) {
        Ok(text) => return Ok(file(text, Some(skipped), None)),
        Err(error) => error,
    };
    let (bytes, at) = (error.as_bytes(), error.utf8_error().valid_up_to());
    let (line, column) = place(bytes, at);
    let refusal = ReadError::Encoding {
        name: name.to_owned(),
        line,
        column,
        byte: bytes.get(at).copied().unwrap_or_default(),
    };
    if let Some(encoding) = declared(bytes).filter(|encoding| *encoding != encoding_rs::UTF_8)
        && let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(bytes)
    {
        return Ok(file(
            text.into_owned(),
            None,
            Some(format!("read as {}, as it says itself", encoding.name())),
        ));
    }
    if skipped > 0 || is_broken_utf8(bytes) {
        return Err(refusal);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes).ok_or(refusal)?;
    let note = format!("is not UTF-8: read as {}, which is a guess", encoding.name());
    Ok(file(text.into_owned(), None, Some(note)))
}

/// The encoding that a file says it is in: `encoding="…"` of XML, `charset=…` of HTML.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(2048))?.to_ascii_lowercase();
    let head = String::from_utf8_lossy(&head);
    ["encoding=", "charset="].iter().find_map(|key| {
        let (_, rest) = head.split_once(key)?;
        let rest = rest.trim_start_matches(['"', '\'', ' ']);
        let label: String =
            rest.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':')).collect();
        Encoding::for_label(label.as_bytes())
    })
}

/// Whether bytes are UTF-8 but for a few: a file cut or pasted badly, which a guess would turn into mojibake.
fn is_broken_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    whole >= broken
}

fn place(bytes: &[u8], at: usize) -> (usize, usize) {
    let before = bytes.get(..at).unwrap_or_default();
    let line = before.iter().filter(|&&byte| byte == b'\n').count() + 1;
    let start = before.iter().rposition(|&byte| byte == b'\n').map_or(0, |newline| newline + 1);
    (line, at - start + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Result<File, ReadError> {
        decode("a.txt", bytes.to_vec(), false)
    }

    #[test]
    fn errors_name_file_and_place() {
        let error = read(
            "été ici\noù \u{e9}".as_bytes().iter().chain(b"\xFF!").copied().collect::<Vec<_>>().as_slice(),
        )
        .expect_err("broken UTF-8");
        assert_eq!(
            error.to_string(),
            "a.txt:2:7: is not UTF-8 (byte 0xFF): convert the file, for example with iconv"
        );
        assert!(read(b"x\0").expect_err("binary").to_string().starts_with("a.txt:1:2: holds a zero byte"));
    }

    #[test]
    fn encodings_are_told_by_mark_declaration_and_guess() {
        let utf8 = read("\u{FEFF}né".as_bytes()).expect("UTF-8");
        assert_eq!((&*utf8.text, utf8.skipped, utf8.notes.len()), ("né", Some(3), 0));
        let utf16: Vec<u8> =
            [0xFEFF].into_iter().chain("né 😀".encode_utf16()).flat_map(u16::to_le_bytes).collect();
        let utf16 = read(&utf16).expect("UTF-16");
        assert_eq!((&*utf16.text, utf16.skipped), ("né 😀", None));
        assert_eq!(utf16.notes, ["read as UTF-16LE"]);
        let xml =
            read(b"<?xml version=\"1.0\" encoding=\"iso-8859-2\"?><p>\xB3\xF3d\xBC</p>").expect("Latin 2");
        assert!(xml.text.contains("łódź"), "{}", xml.text);
        let (russian, ..) =
            encoding_rs::WINDOWS_1251.encode("Мост закрыли в понедельник утром из-за ремонта.");
        let russian = read(&russian).expect("a guess");
        assert!(russian.text.starts_with("Мост закрыли"), "{}", russian.text);
        assert_eq!(russian.notes, ["is not UTF-8: read as windows-1251, which is a guess"]);
    }
}
