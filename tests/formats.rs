//! Every input format: the text that is read, what its paragraphs are, and the way back to the file.
#![cfg(feature = "formats")]

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use recto::model::{SegmentKind, Span};
use recto::pipeline::{Input, Text, prepare};
use recto::read::feed::{self, Item, PairBy};
use recto::read::formats::{self, Content, FORMATS, Options};
use recto::read::termbase::{self, Status};
use recto::report::offsets::Offsets;

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats").join(name)
}

fn read(name: &str) -> Content {
    formats::read(&sample(name), None, &Options::default()).unwrap_or_else(|error| panic!("{error}"))
}

fn text(name: &str) -> Text {
    let Content::Text(text) = read(name) else { panic!("{name}: one text") };
    *text
}

fn items(name: &str) -> Vec<Item> {
    let Content::Items(items) = read(name) else { panic!("{name}: items") };
    items
}

fn rows(name: &str, options: &Options) -> Vec<Input> {
    let content = formats::read(&sample(name), None, options).unwrap_or_else(|error| panic!("{error}"));
    let Content::Rows(rows) = content else { panic!("{name}: rows") };
    rows
}

fn pairs(name: &str) -> Vec<(Text, Text)> {
    let pair = |input| match input {
        Input::Pair { source, target, .. } => Some((source, target)),
        _ => None,
    };
    rows(name, &Options::default()).into_iter().filter_map(pair).collect()
}

/// Paragraphs with the kinds that the markup names.
fn blocks(text: &Text) -> Vec<(&str, Option<SegmentKind>)> {
    text.blocks.iter().map(|block| (block.span.of(&text.text), block.kind)).collect()
}

/// `needle` of the text is reported at the line and columns where `raw` stands in the file.
fn leads(name: &str, text: &Text, needle: &str, raw: &str) {
    let file = fs::read_to_string(sample(name)).expect("UTF-8");
    let file = file.strip_prefix('\u{FEFF}').unwrap_or(&file);
    let start = file.find(raw).unwrap_or_else(|| panic!("{name} does not hold {raw}"));
    assert_eq!(file.matches(raw).count(), 1, "{raw} must stand once in {name}");
    let whole = Offsets::new(file);
    let expected = (whole.position(start), whole.position(start + raw.len()));
    let at = text.text.find(needle).unwrap_or_else(|| panic!("{needle} is not in {:?}", text.text));
    let document = prepare(text.clone());
    let found = Offsets::of(&document).ends(Span::new(at, at + needle.len()));
    assert_eq!(found, expected, "{name}: {needle}");
    assert!(document.file().ends_with(name), "{}", document.file());
}

const HEADING: Option<SegmentKind> = Some(SegmentKind::Heading);
const CAPTION: Option<SegmentKind> = Some(SegmentKind::Caption);
const BYLINE: Option<SegmentKind> = Some(SegmentKind::Byline);
const ITEM: Option<SegmentKind> = Some(SegmentKind::ListItem);

#[test]
fn plain_text_in_its_encodings() {
    let name = "text/boat.pt.txt";
    leads(name, &text(name), "Voltou", "Voltou");
    let name = "text/mark.pt.txt";
    let marked = text(name);
    assert_eq!(marked.text, "O barco partiu.\n");
    leads(name, &marked, "barco", "barco");
    let origin = marked.origin.as_ref().expect("behind a mark");
    assert_eq!(origin.exact(Span::new(2, 7)), Some(Span::new(5, 10)));
    let latin = text("text/latin.pt.txt");
    assert!(latin.text.starts_with("O coração da cidade não pára"), "{}", latin.text);
    assert_eq!(latin.notes, ["is not UTF-8: read as windows-1252, which is a guess"]);
    let wide = text("text/wide.pt.txt");
    assert_eq!((wide.text.as_str(), wide.notes.len()), ("O barco não partiu.\nVoltou.\n", 1));
    let document = prepare(wide);
    let at = document.text.find("partiu").expect("is there");
    assert_eq!(Offsets::of(&document).position(at).column, 13);
}

#[test]
fn packed_files_are_unpacked() {
    for name in ["packed/boat.pt.txt.gz", "packed/boat.pt.txt.zst"] {
        let packed = text(name);
        assert_eq!(packed.text, text("text/boat.pt.txt").text);
        let document = prepare(packed);
        let at = document.text.find("Voltou").expect("is there");
        assert_eq!(Offsets::of(&document).position(at).line, 2);
    }
}

#[test]
fn markdown() {
    let name = "markdown/lighthouse.pt.md";
    let text = text(name);
    assert_eq!(text.language.as_deref(), Some("pt"));
    assert_eq!(
        blocks(&text),
        [
            ("O farol da \"ponta\" reabre", HEADING),
            ("Obras duraram 14 meses.", None),
            ("Obras no farol", HEADING),
            ("A obra do farol custou 3 milhões de euros e durou 14\u{A0}meses, segundo a câmara.", None),
            ("O farol visto do mar", CAPTION),
            ("Bilhetes: 5 euros", ITEM),
            ("Grupos: 3 * 4 euros", ITEM),
            ("Vista da torre", CAPTION),
        ]
    );
    leads(name, &text, "\"ponta\"", "\\\"ponta\\\"");
    leads(name, &text, "14\u{A0}meses", "14&nbsp;meses");
    leads(name, &text, "farol custou", "farol** custou");
    leads(name, &text, "milhões de euros", "milhões\nde euros");
    leads(name, &text, "segundo a câmara.", "segundo\n[a câmara](https://example.org/camara).");
    leads(name, &text, "3 * 4", "3 \\* 4");
    leads(name, &text, "torre", "torre");
}

#[test]
fn html_pages() {
    let name = "html/lighthouse.html";
    let text = text(name);
    assert_eq!(text.language.as_deref(), Some("pt-PT"));
    let found = blocks(&text);
    assert_eq!(
        found,
        [
            ("O farol reabre à noite", HEADING),
            ("Por Inês Prado", BYLINE),
            (
                "A obra do farol custou 3 milhões de euros, disse o vereador, e durou 14\u{A0}meses ao todo.",
                None
            ),
            ("O farol, visto do mar", CAPTION),
            ("Os visitantes pagam 5 euros — menos do que antes, quando a entrada custava 7 euros.", None),
            ("Horário", HEADING),
            ("A torre abre às 10 horas e fecha às 18 horas, todos os dias, mesmo no inverno.", None),
        ]
    );
    leads(name, &text, "à noite", "&agrave; noite");
    leads(name, &text, "durou 14\u{A0}meses", "durou\n   14&nbsp;meses");
    leads(name, &text, "— menos", "&mdash; menos");
    let kinds: Vec<SegmentKind> = prepare(text).segments.iter().map(|segment| segment.kind).collect();
    assert!(kinds.contains(&SegmentKind::Caption) && kinds.contains(&SegmentKind::Byline));
}

#[test]
fn pages_of_other_builds() {
    let article = |html: &str| {
        let read = formats::content("x", html.into(), false, formats::find("html"), &Options::default());
        let Ok(Content::Text(text)) = read else { panic!("a text") };
        text.text.split("\n\n").map(str::to_owned).collect::<Vec<_>>()
    };
    // Paragraphs in divisions of their own, an advertisement between them, the headline inside.
    assert_eq!(
        article(
            "<body><div class=top><a href=/>Home</a> <a href=/x>World</a></div><main><h1>The hall opens</h1>\
             <div><p>Forty people came to the opening of the hall on Monday, they say.</p></div>\
             <div class=ad-slot><p>Buy this now, it is a great thing that everybody must have.</p></div>\
             <div><p>It cost less than the old one, which burned down last year.</p></div></main>\
             <div id=comments><p>I was there and saw nobody, said a reader in a long comment.</p></div>"
        ),
        [
            "The hall opens",
            "Forty people came to the opening of the hall on Monday, they say.",
            "It cost less than the old one, which burned down last year."
        ]
    );
    // Line breaks for paragraphs, a table for a layout.
    assert_eq!(
        article(
            "<table><tr><td><a href=1>Sport</a><br><a href=2>News</a><td><b>The old page</b><br><br>This page was \
             written with breaks in it.<br><br>It says that 40 people came to the opening.<br></table>"
        ),
        [
            "The old page",
            "This page was written with breaks in it.",
            "It says that 40 people came to the opening."
        ]
    );
    // Chinese, with share buttons in the article, a caption and a list of related stories after it.
    assert_eq!(
        article(
            "<html lang=zh-CN><head><title>老桥重新通车 - 河湾晚报</title></head><body><div class=header><ul><li><a href=/>首页</a>\
             <li><a href=/w>国际</a><li><a href=/s>体育</a></ul></div><div id=main><h1 class=title>老桥重新通车</h1>\
             <div class=meta><span class=author>记者 林知远</span></div><div class=article-text><p>河湾镇的老桥经过十四个月的维修，\
             星期一上午重新通车。</p><div class=share><a href=#>微博</a><a href=#>微信</a></div><figure><img src=a.jpg><figcaption>\
             维修后的老桥。</figcaption></figure><p>镇政府表示，工程花费三百万元，比预算少二十万元。</p><p>居民说，绕路的日子终于结束了。</p>\
             </div><div class=related><h3>相关新闻</h3><ul><li><a href=/1>学校食堂更换供应商</a><li><a href=/2>图书馆延长开放</a></ul></div>\
             </div><footer><p>版权所有 河湾晚报 未经许可不得转载</p></footer></body></html>"
        ),
        [
            "老桥重新通车",
            "记者 林知远",
            "河湾镇的老桥经过十四个月的维修，星期一上午重新通车。",
            "维修后的老桥。",
            "镇政府表示，工程花费三百万元，比预算少二十万元。",
            "居民说，绕路的日子终于结束了。"
        ]
    );
    // Arabic, a notice about cookies that is longer than the article.
    assert_eq!(
        article(
            "<html dir=rtl lang=ar><body><div class=cookie-notice><p>نستخدم ملفات تعريف الارتباط لتحسين تجربتك على هذا الموقع \
             ولقياس عدد الزوار، ويمكنك تغيير الإعدادات في أي وقت من صفحة الخصوصية.</p><p>بالمتابعة فإنك توافق على ذلك، وعلى \
             شروط الاستخدام التي تجدها في أسفل الصفحة.</p></div><article><h1>إعادة فتح الجسر القديم</h1><p>أعيد فتح الجسر القديم صباح الاثنين \
             بعد أربعة عشر شهرا من أعمال الصيانة.</p><p>وقالت البلدية إن التكلفة بلغت ثلاثة ملايين.</p></article></body></html>"
        ),
        [
            "إعادة فتح الجسر القديم",
            "أعيد فتح الجسر القديم صباح الاثنين بعد أربعة عشر شهرا من أعمال الصيانة.",
            "وقالت البلدية إن التكلفة بلغت ثلاثة ملايين."
        ]
    );
    // A page that is one form.
    assert_eq!(
        article(
            "<body><form action=/><div class=menu><a href=/>Home</a></div><div><p>Forty people came to the opening of \
             the hall on Monday, they say.</p><p>It cost less than the old one, which burned down.</p></div></form></body>"
        ),
        [
            "Forty people came to the opening of the hall on Monday, they say.",
            "It cost less than the old one, which burned down."
        ]
    );
    // No paragraph at all.
    assert_eq!(article("<html><p>Short.</html>"), ["Short."]);
}

#[test]
fn feeds() {
    let name = "feed/mar.en.xml";
    let english = items(name);
    let first = english[0].text.as_ref().expect("a text");
    assert_eq!(
        blocks(first),
        [
            ("Lighthouse reopens", HEADING),
            ("Ines Prado", BYLINE),
            ("The works took 14 months and cost 3 million euros.", None),
        ]
    );
    leads(name, first, "14 months and", "14 months</b> and");
    let second = english[1].text.as_ref().expect("a text");
    leads(name, second, "5 euros & no", "5 euros &amp;amp; no");
    assert_eq!(second.language.as_deref(), Some("en"));

    let portuguese = items("feed/mar.pt.xml");
    let ids = |inputs: &[Input]| -> Vec<String> {
        let id = |input: &Input| match input {
            Input::Pair { source, target, .. } => {
                format!("{} < {}", key(&target.name), key(&source.name))
            }
            Input::Unreadable { error, .. } => error.rsplit(": ").next().unwrap_or_default().to_owned(),
            _ => "?".into(),
        };
        inputs.iter().map(id).collect()
    };
    assert_eq!(
        ids(&feed::pair(&english, &portuguese, PairBy::Guid)),
        ["sea-2 < sea-2", "sea-1 < sea-1", "no item of the source has `sea-9`"]
    );
    assert_eq!(
        ids(&feed::pair(&english, &portuguese, PairBy::Position)),
        ["sea-2 < sea-1", "sea-1 < sea-2", "sea-9 < sea-3"]
    );
    assert_eq!(ids(&feed::pair(&english, &portuguese, PairBy::Link))[0], "it has neither guid nor link");
}

fn key(name: &str) -> &str {
    name.rsplit('#').next().unwrap_or_default()
}

#[test]
fn atom_and_json_feeds() {
    let name = "feed/atom.xml";
    let atom = items(name);
    assert_eq!(
        (atom[0].guid.as_deref(), atom[0].link.as_deref()),
        (Some("urn:x:1"), Some("https://example.org/1"))
    );
    let entry = atom[0].text.as_ref().expect("a text");
    assert_eq!(
        blocks(entry),
        [("Peixe & sal", HEADING), ("Rui Vale", BYLINE), ("O mercado abre às 7\u{A0}horas.", None)]
    );
    leads(name, entry, "Peixe & sal", "Peixe &amp; sal");
    leads(name, entry, "7\u{A0}horas", "7&#160;horas");

    let name = "feed/mar.json";
    let json = items(name);
    let first = json[0].text.as_ref().expect("a text");
    assert_eq!(blocks(first), [("O \"farol\"", HEADING), ("Reabre às 10\u{A0}horas.", None)]);
    leads(name, first, "\"farol\"", "\\\"farol\\\"");
    leads(name, first, "às 10\u{A0}horas", "\\u00e0s <em>10&nbsp;horas");
    assert_eq!(json[1].guid.as_deref(), Some("2"));
}

#[test]
fn agencies() {
    let name = "ninjs/item.json";
    let ninjs = items(name);
    assert_eq!(ninjs[0].translation_of.as_deref(), Some("urn:news:6"));
    let item = ninjs[0].text.as_ref().expect("a text");
    assert_eq!(
        blocks(item),
        [
            ("Farol reabre", HEADING),
            ("Inês Prado", BYLINE),
            ("As obras custaram 3\u{A0}milhões de euros.", None),
            ("Duraram 14 meses.", None),
            ("O farol em maio", CAPTION),
        ]
    );
    leads(name, item, "3\u{A0}milhões", "3&nbsp;milh\\u00f5es");

    let name = "newsml/item.xml";
    let newsml = items(name);
    let item = newsml[0].text.as_ref().expect("a text");
    assert_eq!(
        blocks(item),
        [
            ("Inês Prado", BYLINE),
            ("Farol reabre ao público", HEADING),
            ("Porto", BYLINE),
            ("As obras duraram 14 meses.", None),
            ("O farol em maio", CAPTION),
        ]
    );
    assert_eq!(item.language.as_deref(), Some("pt"));
    leads(name, item, "público", "p&#250;blico");
    leads(name, item, "14 meses.", "14 meses</em>.");
}

#[test]
fn json_lines() {
    let name = "jsonl/rows.jsonl";
    let all = rows(name, &Options::default());
    assert_eq!(all.len(), 3);
    assert!(
        matches!(&all[2], Input::Unreadable { id, error } if id == "c" && error == "line 4: `target` is no text")
    );
    let Input::Pair { source, target, .. } = &all[0] else { panic!("a pair") };
    assert_eq!(
        (source.language.as_deref(), target.text.as_str()),
        (Some("en"), "O farol tem \"3\" lâmpadas.")
    );
    leads(name, target, "\"3\" lâmpadas", "\\\"3\\\" l\\u00e2mpadas");
    let Input::Pair { target, .. } = &all[1] else { panic!("a pair") };
    leads(name, target, "dois barcos", "dois barcos");
}

#[test]
fn tables() {
    let name = "csv/rows.csv";
    let found = pairs(name);
    assert_eq!(found.len(), 2);
    assert_eq!(found[0].0.text, "The \"old\" lighthouse, they say.");
    leads(name, &found[0].1, "\"velho\" farol", "\"\"velho\"\" farol");
    leads(name, &found[1].1, "Dois", "Dois");
    let name = "csv/tags.csv";
    let found = pairs(name);
    assert_eq!((found[0].0.language.as_deref(), found[0].1.language.as_deref()), (Some("en"), Some("pt")));
    leads(name, &found[0].1, "30 metros", "30 metros");
    let columns = vec![("source".into(), "1".into()), ("target".into(), "2".into())];
    let bare = rows("tsv/bare.tsv", &Options { columns, ..Options::default() });
    let Input::Pair { target, .. } = &bare[0] else { panic!("a pair") };
    assert_eq!(target.text, "O mar está \"calmo\".");
    let error = formats::read(&sample("tsv/bare.tsv"), None, &Options::default()).expect_err("no names");
    assert!(error.to_string().contains("no column `target`"), "{error}");
}

#[test]
fn catalogues() {
    let name = "po/site.po";
    let found = pairs(name);
    let texts: Vec<_> =
        found.iter().map(|(source, target)| (source.text.as_str(), target.text.as_str())).collect();
    assert_eq!(
        texts,
        [
            ("Open the \"tower\"", "Abrir a \"torre\""),
            ("One boat", "Um barco"),
            ("%d boats", "%d barcos"),
            ("The ferry leaves at 9 and comes back at 11.", "O barco parte às 9 e volta às 11."),
        ]
    );
    assert_eq!(found[0].1.language.as_deref(), Some("pt"));
    leads(name, &found[0].1, "\"torre\"", "\\\"torre\\\"");
    leads(name, &found[3].1, "9 e volta", "9 \"\n\"e volta");
    let rules = [
        ("msgid \"a\nmsgstr \"b\"", "1:7: a string without an end"),
        ("msgid \"a\"\nmsgstr b", "2:1: is neither a keyword with a string nor a comment"),
        ("msgstr \"a\"", "1:1: a translation of nothing"),
        ("\"a\"", "1:1: a string that belongs to nothing"),
    ];
    for (text, error) in rules {
        assert_eq!(refusal(text, "po"), format!("x:{error}"));
    }
}

#[test]
fn interchange() {
    let name = "xliff/one.xlf";
    let found = pairs(name);
    assert_eq!(found.len(), 1);
    assert_eq!(
        (found[0].0.text.as_str(), found[0].1.text.as_str()),
        ("The old lighthouse & the sea.", "O velho farol & o mar.")
    );
    leads(name, &found[0].1, "farol & o", "farol<ph id=\"2\">&lt;br/&gt;</ph> &amp; o");
    let name = "xliff/two.xlf";
    let found = pairs(name);
    let texts: Vec<_> = found.iter().map(|(_, target)| (key(&target.name), target.text.as_str())).collect();
    assert_eq!(texts, [("u1", "Partiram dois barcos."), ("u1.2", "Um voltou.")]);
    leads(name, &found[0].1, "barcos.", "barcos</pc>.");
    let name = "tmx/memory.tmx";
    let found = pairs(name);
    let texts: Vec<_> = found.iter().map(|(_, target)| (key(&target.name), target.text.as_str())).collect();
    assert_eq!(texts, [("t1.pt-PT", "A torre velha."), ("t1.fr", "La vieille tour.")]);
    assert_eq!(found[0].0.text, "The old tower.");
    leads(name, &found[0].1, "velha.", "velha<ept i=\"1\">&lt;/b&gt;</ept>.");
    let french = Options { target_language: Some("fr".into()), ..Options::default() };
    assert_eq!(formats::pairs(&sample(name), None, &french).expect("pairs").count(), 1);
}

#[test]
fn termbases() {
    let sea = termbase::read(&sample("tbx/sea.tbx")).expect("TBX");
    assert_eq!((sea.len(), sea[0].id.as_str()), (1, "c1"));
    assert_eq!(sea[0].note.as_deref(), Some("A tower with a lamp."));
    let terms: Vec<_> = (sea[0].terms.iter())
        .map(|term| (term.text.as_str(), term.language.as_str(), term.status, term.line))
        .collect();
    assert_eq!(
        terms,
        [
            ("lighthouse", "en", Status::Admitted, 4),
            ("farol", "pt", Status::Preferred, 5),
            ("fanal", "pt", Status::Forbidden, 6),
        ]
    );
    assert_eq!(sea[0].terms[2].column, 16);
    let old = termbase::read(&sample("tbx/old.tbx")).expect("TBX");
    assert_eq!(old[0].terms.iter().map(|term| term.text.as_str()).collect::<Vec<_>>(), ["harbour", "porto"]);
    let table = termbase::read(&sample("tbx/sea.tsv")).expect("a table");
    let terms = |index: usize| -> Vec<(&str, &str, usize, usize)> {
        let terms = table[index].terms.iter();
        terms.map(|term| (term.text.as_str(), term.language.as_str(), term.line, term.column)).collect()
    };
    assert_eq!(terms(0), [("lighthouse", "en", 2, 4), ("light", "en", 2, 15), ("farol", "pt", 2, 21)]);
    assert_eq!(terms(1)[1..], [("cais", "pt", 3, 9), ("molhe", "pt", 3, 16)]);
    assert!(table[0].terms.iter().all(|term| term.status == Status::Preferred));
}

#[test]
fn subtitles() {
    let name = "subtitles/tower.srt";
    let found = text(name);
    let plain: Vec<&str> = blocks(&found).into_iter().map(|(text, _)| text).collect();
    assert_eq!(plain, ["A torre tem 30 metros e foi construída em 1884.", "- Quem sobe?", "- Eu & ela."]);
    leads(name, &found, "30 metros e foi", "30 metros</i>\ne foi");
    leads(name, &found, "1884", "1884");
    let name = "subtitles/tower.vtt";
    let found = text(name);
    assert_eq!(found.text, "O mar está calmo & frio.");
    leads(name, &found, "calmo & frio", "calmo &amp; frio");
}

#[test]
fn office_documents() {
    for (name, last) in [("docx/tower.docx", "A torre em maio"), ("odt/tower.odt", "Uma nota.")] {
        let text = text(name);
        let found = blocks(&text);
        assert_eq!(found[0], ("A torre reabre", HEADING), "{name}");
        assert!(found[1].0.starts_with("As obras duraram 14 meses"), "{name}: {found:?}");
        assert_eq!(found[2], ("A torre em maio", CAPTION), "{name}");
        assert_eq!(found.last().expect("a paragraph").0, last);
        let document = prepare(text);
        let at = document.text.find("14 meses").expect("is there");
        // Lines are paragraphs.
        assert_eq!(Offsets::of(&document).position(at).line, 2, "{name}");
    }
}

#[test]
fn the_content_tells_where_no_extension_does() {
    let cases = [
        ("html/lighthouse.html", "html"),
        ("feed/mar.en.xml", "feed"),
        ("feed/atom.xml", "feed"),
        ("feed/mar.json", "feed"),
        ("ninjs/item.json", "ninjs"),
        ("newsml/item.xml", "newsml"),
        ("jsonl/rows.jsonl", "jsonl"),
        ("po/site.po", "po"),
        ("xliff/two.xlf", "xliff"),
        ("tmx/memory.tmx", "tmx"),
        ("subtitles/tower.srt", "subtitles"),
        ("subtitles/tower.vtt", "subtitles"),
        ("docx/tower.docx", "docx"),
        ("odt/tower.odt", "odt"),
        ("text/boat.pt.txt", "text"),
    ];
    let show = |content: Result<Content, _>| format!("{content:?}");
    for (name, format) in cases {
        let bytes = fs::read(sample(name)).expect("a sample");
        let told = formats::content("-", bytes.clone(), false, None, &Options::default());
        let named = formats::content("-", bytes, false, formats::find(format), &Options::default());
        assert!(named.is_ok(), "{name}");
        assert_eq!(show(told), show(named), "{name}");
    }
}

fn refusal(text: &str, format: &str) -> String {
    let format = formats::find(format);
    let read = formats::content("x", text.as_bytes().to_vec(), false, format, &Options::default());
    read.map_or_else(|error| error.to_string(), |_| String::from("was read"))
}

#[test]
fn what_is_hostile_is_refused_with_its_place() {
    let bomb = "<!DOCTYPE rss [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>\n<rss><item>&b;</item></rss>";
    for format in ["feed", "newsml", "xliff", "tmx"] {
        assert_eq!(refusal(bomb, format), "x:1:1: defines a document type of its own: refused");
        let deep = "<a>".repeat(100_000);
        assert!(refusal(&deep, format).starts_with("x:1:385: holds more than 128"), "{format}");
    }
    assert!(refusal(&"[".repeat(100_000), "ninjs").contains("is no JSON"));
    assert!(refusal("{\"guid\": \"1\",\n \"headline\": \"a", "ninjs").starts_with("x:2:"));
    assert!(refusal("a,target\n\"b", "csv").starts_with("x:2:1: a quoted field"));
    assert!(refusal("PK\u{3}\u{4}no", "docx").contains("cannot be unpacked"));
    assert!(!refusal(&"<div><p>x ".repeat(50_000), "html").is_empty());
    assert!(!refusal(&"<b><p>x <i>".repeat(20_000), "html").is_empty());
    assert!(!refusal(&"<p>The hall opens, they say. ".repeat(20_000), "html").is_empty());
    assert!(!refusal(&"> ".repeat(20_000), "markdown").is_empty());
}

#[test]
fn bombs_of_packing_are_refused() {
    use std::io::Write;
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    let block = vec![b'a'; 1 << 20];
    for _ in 0..257 {
        packed.write_all(&block).expect("memory");
    }
    let packed = packed.finish().expect("memory");
    let error = recto::read::file::unpack("x", packed.clone()).expect_err("a bomb");
    assert_eq!(error.to_string(), "x: holds more than 256 MB unpacked: split it");
    let cut = packed.get(..packed.len() / 2).expect("half").to_vec();
    assert!(recto::read::file::unpack("x", cut).expect_err("cut").to_string().contains("unpacked"));
}

/// Samples with a part cut off or bytes changed.
fn broken() -> impl Strategy<Value = (usize, usize, Vec<(usize, u8)>)> {
    (0..usize::MAX, 0..usize::MAX, prop::collection::vec((0..usize::MAX, any::<u8>()), 0..4))
}

fn samples() -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    let folders = fs::read_dir(sample("")).expect("samples").map(|entry| entry.expect("an entry").path());
    for folder in folders.filter(|path| path.is_dir()) {
        for file in fs::read_dir(folder).expect("a folder") {
            let path = file.expect("a file").path();
            // What writers made is no sample of what is read.
            if path.extension().is_some_and(|extension| extension == "out") {
                continue;
            }
            all.push((path.display().to_string(), fs::read(&path).expect("a sample")));
        }
    }
    all.sort();
    all
}

/// Whether every text has spans that lead into its file.
fn sound(content: Content) {
    let texts: Vec<Text> = match content {
        Content::Text(text) => vec![*text],
        Content::Items(items) => items.into_iter().filter_map(|item| item.text.ok()).collect(),
        Content::Rows(rows) => rows
            .into_iter()
            .flat_map(|input| match input {
                Input::Pair { source, target, .. } => vec![source, target],
                Input::Text { target, .. } => vec![target],
                Input::Story { accounts, .. } => accounts,
                Input::Unreadable { .. } => Vec::new(),
            })
            .collect(),
    };
    for text in texts {
        let document = prepare(text);
        let offsets = Offsets::of(&document);
        let mut last = 0;
        for segment in &document.segments {
            assert!(segment.span.start >= last && segment.span.end <= document.text.len());
            assert!(!segment.span.of(&document.text).is_empty(), "on borders of characters");
            last = segment.span.end;
            let (start, end) = offsets.ends(segment.span);
            assert!(start <= end, "{start:?} {end:?}");
            if let Some(origin) = &document.origin {
                let span = origin.span(segment.span);
                assert!(span.end <= origin.file.len() && span.start <= span.end);
                let exact = origin.exact(segment.span).map(|exact| exact.shift(0));
                if let (Some(exact), Some(skipped)) = (exact, origin.skipped) {
                    let there = Span::new(exact.start - skipped, exact.end - skipped).of(&origin.file);
                    // White space may be another.
                    let plain = |text: &str| text.replace(char::is_whitespace, " ");
                    assert_eq!(plain(there), plain(segment.span.of(&document.text)));
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn broken_samples_are_read_or_refused((which, cut, changes) in broken()) {
        let samples = samples();
        let (name, bytes) = &samples[which % samples.len()];
        let mut bytes = bytes.clone();
        bytes.truncate(cut % (bytes.len() + 1));
        for (at, byte) in changes {
            let length = bytes.len();
            if let Some(place) = bytes.get_mut(at % length.max(1)) {
                *place = byte;
            }
        }
        let told = formats::by_extension(Path::new(name));
        let (bytes, packed) = match recto::read::file::unpack(name, bytes) {
            Ok(unpacked) => unpacked,
            Err(error) => {
                prop_assert!(error.to_string().contains(name.as_str()));
                return Ok(());
            }
        };
        match formats::content(name, bytes, packed, told, &Options::default()) {
            Ok(content) => sound(content),
            Err(error) => prop_assert!(error.to_string().starts_with(name.as_str()), "{}", error),
        }
    }

    #[test]
    fn any_text_is_read_or_refused_by_every_format(
        text in "([<>&;\"'{}\\[\\]:,|#*_`~ \n\t=-]|[a-zé😀ش]|</?[a-z]{1,3}>|&[a-z]{2,4};|msgid|-->|\\PC){0,80}",
    ) {
        for format in FORMATS {
            let read = formats::content("x", text.as_bytes().to_vec(), false, Some(format), &Options::default());
            match read {
                Ok(content) => sound(content),
                Err(error) => prop_assert!(error.to_string().starts_with('x'), "{}", error),
            }
        }
    }
}

#[test]
fn samples_are_sound() {
    let samples = samples();
    assert!(samples.len() >= 25, "samples");
    for (name, _) in samples {
        if name.contains("/tbx/") || name.ends_with("bare.tsv") {
            continue;
        }
        match formats::read(Path::new(&name), None, &Options::default()) {
            Ok(content) => sound(content),
            Err(error) => panic!("{error}"),
        }
    }
}
