//! The HTML report as a file: nothing of an article is markup, the policy fits script and style, and every link leads
//! somewhere. What a browser makes of it is in `tests/browser`.

use std::collections::BTreeSet;

use proptest::prelude::*;
use recto::decisions::{Acceptance, Baseline, Log};
use recto::model::Report;
use recto::pipeline::{Checker, Input, Text};
use recto::report;
use sha2::{Digest, Sha256};

fn text(name: &str, language: &str, text: &str) -> Text {
    Text::new(name, Some(language), text)
}

fn page(inputs: Vec<Input>) -> String {
    let checker = Checker::default();
    let inputs = inputs.into_iter().map(|input| checker.check(input)).collect();
    written(&Report { inputs })
}

fn written(report: &Report) -> String {
    let mut out = Vec::new();
    report::find("html").expect("a format").write(report, &mut out).expect("memory");
    String::from_utf8(out).expect("UTF-8")
}

fn pair(source: &str, target: &str) -> Input {
    Input::Pair {
        id: "a <b>".into(),
        source: text("s'\"", "en", source),
        target: text("t&amp;", "pt", target),
    }
}

/// Names of the elements that a page opens, in order. What is between the tags is not looked at, but for `<`.
fn elements(page: &str) -> Vec<String> {
    let body = page.split("<body").nth(1).expect("a body");
    let body = body.split("<script type=").next().expect("a part before the data");
    body.split('<')
        .skip(1)
        .map(|tag| {
            tag.chars().take_while(|character| character.is_alphanumeric() || *character == '/').collect()
        })
        .collect()
}

const USED: &[&str] = &[
    "a", "b", "bdi", "br", "button", "code", "dd", "details", "div", "dl", "dt", "em", "footer", "h2",
    "header", "i", "input", "kbd", "label", "li", "main", "mark", "nav", "ol", "option", "p", "section",
    "select", "span", "strong", "summary", "table", "tbody", "td", "th", "thead", "tr", "ul",
];

/// What holds for every page.
fn holds(page: &str) -> Result<(), String> {
    let mut open: Vec<String> = Vec::new();
    for element in elements(page) {
        let name = element.trim_start_matches('/');
        if !USED.contains(&name) {
            return Err(format!("<{element} is not one of ours"));
        }
        if element.starts_with('/') {
            let last = open.pop();
            if last.as_deref() != Some(name) {
                return Err(format!("<{element}> closes {last:?}"));
            }
        } else if !["br", "input"].contains(&name) {
            open.push(element);
        }
    }
    if !open.is_empty() {
        return Err(format!("left open: {open:?}"));
    }
    let ids: Vec<&str> = attributes(page, " id=\"");
    let known: BTreeSet<&str> = ids.iter().copied().collect();
    if known.len() != ids.len() {
        return Err("an id stands there twice".into());
    }
    for link in attributes(page, " href=\"") {
        if !link.strip_prefix('#').is_some_and(|id| known.contains(id)) {
            return Err(format!("{link} leads nowhere"));
        }
    }
    for rows in attributes(page, " data-rows=\"") {
        if let Some(row) = rows.split(' ').find(|row| !row.is_empty() && !known.contains(row)) {
            return Err(format!("there is no row {row}"));
        }
    }
    let data =
        page.split("id=\"data\">").nth(1).and_then(|rest| rest.split("</script>").next()).expect("data");
    if data.contains(['<', '>', '&', '\u{2028}', '\u{2029}']) {
        return Err("markup in the data".into());
    }
    let data: serde_json::Value = serde_json::from_str(data).map_err(|error| error.to_string())?;
    let findings = attributes(page, "<li class=\"f ").len();
    if data["records"].as_array().map(Vec::len) != Some(findings) {
        return Err("not a record a finding".into());
    }
    Ok(())
}

fn attributes<'a>(page: &'a str, before: &str) -> Vec<&'a str> {
    let body = page.split("<body").nth(1).unwrap_or_default();
    let body = body.split("<script type=").next().unwrap_or_default();
    body.split(before).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn an_article_is_text() {
    let evil =
        "</script><script>alert(1)</script><img src=x onerror='x'>\u{202E}\" ' & &lt; ]]> <!-- \u{0}\u{2028}";
    let page = page(vec![
        pair(&format!("He paid 300 dollars. {evil}"), &format!("Pagou 900 dólares . {evil}")),
        Input::Text { id: evil.into(), target: text(evil, "en", &format!("The the end {evil}.")) },
        Input::Story {
            id: evil.into(),
            accounts: vec![text(evil, "en", evil), text("b", "de", "Anna Berg kam.")],
        },
        Input::Unreadable { id: evil.into(), error: evil.into() },
    ]);
    holds(&page).expect("a page");
    assert!(!page.contains("<img") && !page.contains("<script>alert"));
    assert_eq!(page.matches("<script").count(), 2);
    assert!(page.contains(">RLO</span>"));
}

#[test]
fn the_policy_names_the_script_and_the_style_of_the_page() {
    let page = page(vec![pair("He paid 300 dollars.", "Pagou 900 dólares.")]);
    let part = |open: &str, close: &str| {
        page.rsplit(open).next().and_then(|rest| rest.split(close).next()).expect("a part").to_owned()
    };
    let policy =
        page.split("content=\"default-src").nth(1).and_then(|rest| rest.split('"').next()).expect("a policy");
    for (source, text) in
        [("script-src", part("<script>", "</script>")), ("style-src", part("<style>", "</style>"))]
    {
        let named = policy.split(&format!("{source} 'sha256-")).nth(1).expect(source);
        let named = named.split('\'').next().expect("a hash");
        let hash = Sha256::digest(&text);
        let digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let bytes: Vec<u8> = named
            .trim_end_matches('=')
            .bytes()
            .flat_map(|byte| {
                let value = digits.bytes().position(|digit| digit == byte).expect("a digit");
                (0..6).rev().map(move |bit| (value >> bit & 1) as u8)
            })
            .collect::<Vec<u8>>()
            .chunks_exact(8)
            .map(|bits| bits.iter().fold(0, |byte, bit| byte << 1 | bit))
            .collect();
        assert_eq!(bytes, hash.as_slice(), "{source}");
    }
    assert!(policy.contains("'none'") && !policy.contains("unsafe"));
    assert!(!page.contains(" style=\"") && !page.contains(" onclick") && !page.contains("innerHTML"));
}

#[test]
fn an_omission_is_a_hole_with_the_finding_beside_it() {
    let page = page(vec![pair(
        "The ferry left at noon with 40 people. The captain, Inga Moen, had waited for an hour because of the fog. Nobody was hurt in the end.",
        "O ferry partiu ao meio-dia com 40 pessoas. No fim ninguém ficou ferido.",
    )]);
    holds(&page).expect("a page");
    let hole = page.split("<div class=\"row hole\"").nth(1).expect("a hole");
    let hole = hole.split("<div class=\"row").next().expect("a row");
    assert!(hole.contains("Inga Moen") && hole.contains("not translated"), "{hole}");
}

#[test]
fn what_was_accepted_is_shown_apart() {
    let checker = Checker::default();
    let mut input = checker.check(pair("He paid 300 dollars.", "Pagou 900 dólares."));
    let mut open = Baseline::default();
    open.apply(&mut input);
    let mut log = Log::default();
    let acceptance = Acceptance {
        at: "2026-05-01T09:00:00Z",
        by: Some("the <desk>"),
        reason: "it is <b>so</b>",
        ..Acceptance::default()
    };
    for record in open.update(&acceptance) {
        log.append(record).expect("JSON");
    }
    Baseline::new(&log, "2026-05-02").apply(&mut input);
    assert!(input.findings.is_empty() && !input.accepted.is_empty());
    checker.judge(&mut input);
    let page = written(&Report { inputs: vec![input] });
    holds(&page).expect("a page");
    assert!(page.contains("Accepted before: 1") && page.contains("it is &lt;b&gt;so&lt;/b&gt;"));
    assert!(page.contains("<p class=\"big\">pass</p>"));
}

#[test]
fn nothing_found_is_a_page_too() {
    holds(&page(vec![])).expect("a page");
    holds(&page(vec![pair("He came.", "Ele veio.")])).expect("a page");
}

fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(vec![
            "<",
            ">",
            "</script>",
            "<!--",
            "&",
            "\"",
            "'",
            " ",
            "\n\n",
            "\r\n",
            "\u{202E}",
            "\u{0}",
            "\u{FEFF}",
            "##[x]",
            "::",
            "300 km",
            "Anna Berg",
            "the the ",
            " .",
            "東京",
            "القاهرة",
            "👩‍👩‍👧",
            "e\u{301}",
        ])
        .prop_map(str::to_owned),
        "[a-z]{1,6} ",
        any::<String>().prop_map(|text| text.chars().take(6).collect()),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_article_makes_a_page(source in any_text(), target in any_text()) {
        let page = page(vec![
            pair(&source, &target),
            Input::Text { id: target.clone(), target: text(&source, "en", &target) },
            Input::Story { id: "s".into(), accounts: vec![text("a", "en", &source), text(&target, "ru", &target)] },
        ]);
        prop_assert_eq!(holds(&page), Ok(()));
    }
}
