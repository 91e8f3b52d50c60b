//! Files that mean harm, through every reader: each is refused with its place, or read as what it shows.
#![cfg(feature = "formats")]

use std::io::{Cursor, Write};

use recto::pipeline::{Checker, Input, Text};
use recto::read::formats::{self, Content, FORMATS, Options};
use recto::read::{file, jsonl, termbase};

/// What a format says of bytes; nothing where it reads them.
fn refusal(bytes: &[u8], format: &str) -> Option<String> {
    let format = formats::find(format).unwrap_or_else(|| panic!("{format}"));
    let read = formats::content("x", bytes.to_vec(), false, Some(format), &Options::default());
    read.err().map(|error| error.to_string())
}

fn termbase_refusal(text: &str) -> Option<String> {
    let file = file::decode("x", text.as_bytes().to_vec(), false).expect("UTF-8");
    termbase::concepts(&file).err().map(|error| error.to_string())
}

/// What UTF-8 may not hold, after the catalogue of Markus Kuhn: bytes that begin nothing, beginnings without an end,
/// longer forms than needed, halves of pairs, and what is beyond the last character.
const MALFORMED: &[&[u8]] = &[
    b"\x80",
    b"\xBF",
    b"\x80\xBF\x80",
    b"\xC0",
    b"\xDF",
    b"\xE0\xA0",
    b"\xEF\xBF",
    b"\xF0\x90\x80",
    b"\xF7\xBF\xBF",
    b"\xFE",
    b"\xFF",
    b"\xFE\xFE\xFF\xFF",
    b"\xC0\xAF",
    b"\xE0\x80\xAF",
    b"\xF0\x80\x80\xAF",
    b"\xF8\x80\x80\x80\xAF",
    b"\xFC\x80\x80\x80\x80\xAF",
    b"\xC1\xBF",
    b"\xE0\x9F\xBF",
    b"\xF0\x8F\xBF\xBF",
    b"\xED\xA0\x80",
    b"\xED\xBF\xBF",
    b"\xED\xA0\x80\xED\xB0\x80",
    b"\xF4\x90\x80\x80",
    b"\xF8\x88\x80\x80\x80",
];

#[test]
fn malformed_utf8_is_refused_at_its_byte() {
    for sequence in MALFORMED {
        let text = [
            &b"L\xC3\xBCbeck, M\xC3\xBCnster, \xC3\x84\xC3\x96\xC3\x9C\xC3\xA4\nK\xC3\xB6ln "[..],
            sequence,
            b" end\n",
        ]
        .concat();
        let told = format!("x:2:7: is not UTF-8 (byte 0x{:02X})", sequence[0]);
        for format in FORMATS.iter().filter(|format| !["docx", "odt"].contains(&format.name)) {
            let said =
                refusal(&text, format.name).unwrap_or_else(|| panic!("{}: {sequence:X?}", format.name));
            assert!(said.starts_with(&told), "{}: {said}", format.name);
        }
        let mut row = b"{\"id\":\"a\",\"target\":\"L\xC3\xBCbeck ".to_vec();
        row.extend_from_slice(sequence);
        row.extend_from_slice(b"\"}\n{\"id\":\"b\",\"target\":\"Whole.\"}\n");
        let rows: Vec<Input> = jsonl::rows("x".into(), Cursor::new(row), (None, None)).collect();
        let Input::Unreadable { id, error } = &rows[0] else { panic!("{sequence:X?} was read") };
        let told = format!("line 1: is not UTF-8 (byte 0x{:02X}, column 29)", sequence[0]);
        assert_eq!((id.as_str(), error), ("a", &told));
        assert!(matches!(&rows[1], Input::Text { id, .. } if id == "b"), "the run goes on");
    }
}

/// Documents of XML that define, call or hold what they should not, each with the place of it.
const XML: &[(&str, &str)] = &[
    ("<!DOCTYPE a [<!ENTITY b \"cc\"><!ENTITY d \"&b;&b;\">]>\n<a>&d;</a>", "1:1"),
    ("<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/hostname\">]>\n<a>&b;</a>", "1:1"),
    ("<!DOCTYPE a [<!ENTITY % b SYSTEM \"http://127.0.0.1:9/x.dtd\"> %b;]><a/>", "1:1"),
    ("<!DOCTYPE a SYSTEM \"file:///etc/hostname\">\n<a>\n&b;</a>", "3:1"),
    ("<a>\n x&#0;</a>", "2:3"),
    ("<a>&#xD800;</a>", "1:4"),
    ("<a>&#x110000;</a>", "1:4"),
    ("<a>&#99999999999999999999;</a>", "1:4"),
    ("<a>\n<![CDATA[ without end", "2:"),
    ("<a>\n<!-- without end", "2:"),
    ("<a>\n<b></c></a>", "2:"),
    ("<a><b x=\"1\" x=\"2\"/></a>", "1:4"),
];

#[test]
fn xml_defines_nothing_and_loads_nothing() {
    for (document, place) in XML {
        for format in ["feed", "newsml", "xliff", "tmx"] {
            let said = refusal(document.as_bytes(), format).unwrap_or_else(|| panic!("{format}: {document}"));
            assert!(said.starts_with(&format!("x:{place}")), "{format}: {said}: {document}");
            assert!(!said.contains("root:"), "{said}");
        }
        let said = termbase_refusal(&document.replace("<a>", "<tbx>").replace("</a>", "</tbx>"));
        assert!(said.as_ref().is_some_and(|said| said.starts_with("x:")), "{said:?}: {document}");
    }
    let many: String = (0..300).map(|nth| format!(" a{nth}=\"1\"")).collect();
    let said = refusal(format!("<rss>\n<item{many}/></rss>").as_bytes(), "feed").expect("refused");
    assert!(said.starts_with("x:2:1: has more than 256 attributes"), "{said}");
}

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a part");
        zip.write_all(content).expect("memory");
    }
    zip.finish().expect("memory").into_inner()
}

#[test]
fn archives_are_opened_with_care() {
    let paragraph = b"<d><p>The quay opened.</p></d>";
    for (format, part) in [("docx", "word/document.xml"), ("odt", "content.xml")] {
        // A part that unpacks to more than a file may hold.
        let bomb = vec![b' '; (256 << 20) + 1];
        let said = refusal(&zipped(&[(part, &bomb)]), format).expect("refused");
        assert_eq!(said, "x: holds more than 256 MB unpacked: split it", "{format}");
        // Paths that lead out of it, parts that are not asked for: nobody looks at them.
        let outside =
            zipped(&[("../../etc/passwd", b"root:"), ("/etc/passwd", b"root:"), ("bomb.zip", b"PK")]);
        let said = refusal(&outside, format).expect("refused");
        assert!(said.starts_with("x: ") && said.contains(part), "{format}: {said}");
        // What is wrong with a part is told with its place in it.
        let (document, place) = XML[0];
        let said = refusal(&zipped(&[(part, document.as_bytes())]), format).expect("refused");
        assert!(said.starts_with(&format!("x!{part}:{place}: defines a document type")), "{format}: {said}");
        let said = refusal(
            &zipped(&[(part, b"<a>L\xC3\xBCbeck, M\xC3\xBCnster, K\xC3\xB6ln\n\xED\xA0\x80</a>")]),
            format,
        )
        .expect("refused");
        assert!(said.starts_with(&format!("x!{part}:2:1: is not UTF-8")), "{format}: {said}");
        // Cut anywhere, or with its directory changed.
        let whole = zipped(&[(part, paragraph)]);
        for cut in 0..whole.len() {
            let said = refusal(whole.get(..cut).expect("a part of it"), format);
            assert!(said.is_some_and(|said| said.starts_with('x')), "{format}, cut at {cut}");
            let mut changed = whole.clone();
            changed[cut] ^= 0xFF;
            let said = refusal(&changed, format);
            assert!(said.is_none_or(|said| said.starts_with('x')), "{format}, changed at {cut}");
        }
    }
    let names: Vec<String> = (0..10_001).map(|nth| format!("{nth}")).collect();
    let parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    assert_eq!(
        refusal(&zipped(&parts), "docx").as_deref(),
        Some("x: cannot be unpacked: too many files in it")
    );
}

#[test]
fn what_is_packed_twice_is_unpacked_once() {
    let pack = |bytes: &[u8]| {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(bytes).expect("memory");
        packed.finish().expect("memory")
    };
    let (inner, packed) = file::unpack("x", pack(&pack(b"The quay opened."))).expect("unpacked");
    assert!(packed && inner.starts_with(&[0x1F, 0x8B]));
    let said = file::decode("x", inner, packed).expect_err("no text").to_string();
    assert!(said.starts_with("x:1:"), "{said}");
}

/// Lines that are no records, under the id by which they are told and what is told.
const LINES: &[(&str, &str, &str)] = &[
    (r#"{"id":"half","target":"\ud8"}"#, "half", "invalid escape (column 29)"),
    (r#"{"id":"number","target":1e999999}"#, "number", "`target` is no text"),
    (r#"{"id":"twice","target":"One.","target":"Two."}"#, "twice", "has two fields `target`"),
    (r#"{"id":"nan","target":NaN}"#, "nan", "expected value (column 22)"),
    ("{'id':'quoted','target':'x'}", "", "key must be a string (column 2)"),
    (r#"{"id":"comma","target":"x",}"#, "comma", "(column 28)"),
    (r#"{"id":"note","target":"x"} // no"#, "note", "trailing characters (column 28)"),
    ("{\"id\":\"control\",\"target\":\"a\u{1}b\"}", "control", "(column 27)"),
    (r#"{"id":"escape","target":"\x41"}"#, "escape", "invalid escape (column 27)"),
    (r#"{"id":"none","target":null}"#, "none", "neither `target` nor `accounts`"),
    (r#"{"id":"tag","target":"x","target_lang":["pt"]}"#, "tag", "no language `[\"pt\"]`"),
    (r#"{"id":"story","accounts":"none"}"#, "story", "`accounts` is no list of texts"),
    (r#"{"id":"empty","accounts":[]}"#, "empty", "`accounts` is no list of texts"),
    (r#"{"id":"figures","accounts":[1,2]}"#, "figures", "account 1: `text` is no text"),
    ("[1,2]", "", "neither `target` nor `accounts`"),
    ("null", "", "neither `target` nor `accounts`"),
    ("\u{FEFF}{\"id\":\"mark\",\"target\":\"x\"}", "", "expected value (column 1)"),
];

#[test]
fn lines_that_are_no_records_are_told_with_their_place() {
    let nested = |depth: usize| format!("{{\"id\":\"deep\",\"target\":{}", "[".repeat(depth));
    let (open, closed) = (nested(100_000), nested(100_000) + &"]".repeat(100_000) + "}");
    let more = [
        (open.as_str(), "deep", "EOF while parsing a list (column 100022)"),
        (closed.as_str(), "deep", "`target` is no text"),
    ];
    for (nth, (line, id, said)) in LINES.iter().chain(&more).enumerate() {
        // Behind others, so that the line is not always the first.
        let file = "\n".repeat(nth) + line + "\n";
        let rows: Vec<Input> = jsonl::rows("x".into(), Cursor::new(file), (None, None)).collect();
        let [Input::Unreadable { id: own, error }] = &*rows else { panic!("was read: {line:.60}") };
        let number = (nth + 1).to_string();
        assert_eq!(own, if id.is_empty() { &number } else { *id });
        assert!(
            error.starts_with(&format!("line {number}: ")) && error.ends_with(said),
            "{error}: {line:.60}"
        );
    }
    let without_id = jsonl::input(r#"{"id":null,"target":"The quay opened."}"#, 7, (None, None));
    assert_eq!(without_id.id(), "7");
}

#[test]
fn documents_of_json_are_refused_with_their_place() {
    for (text, place) in [
        ("{\"guid\": \"1\",\n \"headline\": \"\\ud8\"}", "2:"),
        ("{\"guid\": 1e,\n}", "1:"),
        ("{\"guid\": \"1\"\n \"headline\": 2}", "2:"),
        ("{\"guid\": \"1\"}\n{\"guid\": \"2\"}", "2:"),
    ] {
        let said = refusal(text.as_bytes(), "ninjs").unwrap_or_else(|| panic!("{text}"));
        assert!(said.starts_with(&format!("x:{place}")), "{said}: {text}");
    }
}

fn found(text: &str, language: &str) -> Vec<(String, usize)> {
    let target = Text::new("x", Some(language), text);
    let report = Checker::default().check(Input::Text { id: "x".into(), target });
    let place = |finding: &recto::model::Finding| (finding.check.to_owned(), finding.places[0].span.start);
    report.findings.iter().map(place).collect()
}

#[test]
fn characters_that_deceive_are_found_where_they_stand() {
    let control = |at: usize| vec![("invisible-character".to_owned(), at)];
    assert_eq!(found("A multa foi de \u{202E}0001\u{202C} euros.", "pt"), control(15));
    assert_eq!(found("قال الوزير إن الرسم \u{202D}4321\u{202C} دينار.", "ar"), control(36));
    assert_eq!(found("The quay \u{0}opened.", "en"), control(9));
    assert_eq!(found("The quay opened\u{7F} on Monday.", "en"), control(15));
    assert_eq!(found("Порт открылся\u{FFFE} утром.", "ru"), control(25));
    assert_eq!(found("The quay \u{FFFD}pened.", "en"), [("replacement-character".to_owned(), 9)]);
    // What has its use is no deceit.
    assert!(found("نام \u{2066}Lindvik AB\u{2069} در فهرست است.", "fa").is_empty());
}

#[test]
fn every_format_reads_or_refuses_what_is_endless() {
    let hostile: Vec<String> = [
        "<", "<a>", "&", "&amp;", "[", "{\"a\":", "> ", "* ", "`", "|", "-->\n", "msgid \"", "\"", ",", "\t",
        "\u{202E}", "e\u{301}",
    ]
    .into_iter()
    .map(|piece| piece.repeat(20_000))
    .collect();
    for text in &hostile {
        for format in FORMATS {
            let read =
                formats::content("x", text.clone().into_bytes(), false, Some(format), &Options::default());
            match read {
                Err(error) => assert!(error.to_string().starts_with('x'), "{}: {error}", format.name),
                Ok(Content::Text(text)) => assert!(text.text.len() < 10 << 20, "{}", format.name),
                Ok(_) => {}
            }
        }
    }
}

#[test]
fn a_sentence_without_an_end_is_not_compared_and_that_is_told() {
    let report = |times: usize| {
        let source = Text::new("s", Some("ar"), "التقى بيليتييه وتشامبرز في برلين ".repeat(times));
        let target =
            Text::new("t", Some("en"), "Pelletier met Chambers and Ovechkin in Berlin ".repeat(times));
        Checker::default().check(Input::Pair { id: "1".into(), source, target })
    };
    let told =
        |times: usize| report(times).abstentions.iter().any(|abstention| abstention.check == "name-mismatch");
    assert!(told(400) && !told(10));
}

#[test]
fn what_stands_behind_a_word_without_an_end_is_found() {
    // What asks for every part of a word would not be done in an hour.
    for (part, language) in
        [("wasser", "de"), ("wasser", "nl"), ("water", "en"), ("вода", "ru"), ("su", "tr")]
    {
        let word = part.repeat(300_000 / part.len());
        let control = ("invisible-character".to_owned(), word.len() + 1);
        assert!(found(&format!("{word} \u{202E}0001\u{202C}."), language).contains(&control), "{language}");
    }
}
