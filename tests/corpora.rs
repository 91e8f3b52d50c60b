//! Every story of `corpora/story` against its gold: findings and who is who, written down in `scoreboard.md`.
//! `UPDATE=1` rewrites the scoreboard; a figure that gets worse fails.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use recto::model::{NameKind, Span, Story, Subject};
use recto::pipeline::{Checker, Input, Text};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Gold {
    documents: BTreeMap<String, String>,
    findings: Vec<Fault>,
    entities: Vec<Thing>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fault {
    document: String,
    check: String,
    text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Thing {
    name: String,
    kind: String,
    variants: BTreeMap<String, Vec<String>>,
}

/// One row: what there is, what was found, how much of it is right.
#[derive(Default, Clone, Copy)]
struct Count {
    wanted: usize,
    found: usize,
    right: usize,
}

#[test]
fn stories_are_judged_no_worse_than_before() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/story");
    let mut stories: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the folder of stories")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.join("gold.json").is_file())
        .collect();
    stories.sort();
    assert!(!stories.is_empty(), "no story");
    let worse: Vec<String> = stories.iter().flat_map(|story| judge(story)).collect();
    assert!(worse.is_empty(), "worse than the scoreboard says:\n{}", worse.join("\n"));
}

/// Compares one story with its gold; what got worse.
fn judge(folder: &Path) -> Vec<String> {
    let gold = fs::read_to_string(folder.join("gold.json")).expect("gold");
    let gold: Gold = serde_json::from_str(&gold).expect("gold");
    let accounts: Vec<Text> = (gold.documents.iter())
        .map(|(name, language)| Text {
            name: name.clone(),
            language: Some(language.clone()),
            text: fs::read_to_string(folder.join(name)).expect("an account"),
            ..Text::default()
        })
        .collect();
    let texts: BTreeMap<String, String> =
        accounts.iter().map(|account| (account.name.clone(), account.text.clone())).collect();
    let report = Checker::default().check(Input::Story { id: "story".into(), accounts });
    let Subject::Story(story) = &report.subject else { panic!("a story") };

    let mut rows: BTreeMap<String, Count> = BTreeMap::new();
    let mut remarks = Vec::new();
    let faults: Vec<(&Fault, Span)> =
        gold.findings.iter().map(|fault| (fault, place(&texts, &fault.document, &fault.text))).collect();
    let fits = |fault: &Fault, span: Span, finding: &recto::model::Finding| {
        finding.check == fault.check
            && finding.places.iter().any(|place| {
                let document = report.subject.document(place).map(|document| document.name.as_str());
                document == Some(fault.document.as_str()) && place.span.overlaps(span)
            })
    };
    for (fault, span) in &faults {
        let row = rows.entry(fault.check.clone()).or_default();
        row.wanted += 1;
        if report.findings.iter().any(|finding| fits(fault, *span, finding)) {
            row.right += 1;
        } else {
            remarks.push(format!("* missed: {} “{}” in `{}`", fault.check, fault.text, fault.document));
        }
    }
    for finding in &report.findings {
        let row = rows.entry(finding.check.to_owned()).or_default();
        row.found += 1;
        if !faults.iter().any(|(fault, span)| fits(fault, *span, finding)) {
            remarks.push(format!("* wrong: {}: {}", finding.check, finding.message));
        }
    }
    for (kind, name) in [("person", NameKind::Person), ("place", NameKind::Place)] {
        let mentions = mentions(&gold, &texts, story, kind);
        rows.insert(format!("{} pairs", name.as_str()), pairs(&mentions));
        for thing in gold.entities.iter().filter(|thing| thing.kind == kind) {
            let own: Vec<&Mention> = mentions.iter().filter(|mention| mention.thing == thing.name).collect();
            remarks.extend(strays(&thing.name, &own, story));
        }
    }
    write_down(folder, &rows, &remarks)
}

/// Where the mentions of one thing went that are not where most of them are.
fn strays(name: &str, mentions: &[&Mention], story: &Story) -> Option<String> {
    let mut homes: BTreeMap<Option<usize>, Vec<&Mention>> = BTreeMap::new();
    for mention in mentions {
        homes.entry(mention.entity).or_default().push(mention);
    }
    let main = *homes.iter().max_by_key(|(home, own)| (home.is_some(), own.len()))?.0;
    let listed = |own: &[&Mention]| {
        let places: BTreeSet<String> = own
            .iter()
            .map(|mention| {
                let account = &story.documents[mention.document].name;
                format!("{}: {}", account.trim_end_matches(".txt"), mention.text)
            })
            .collect();
        places.into_iter().collect::<Vec<_>>().join(", ")
    };
    let strays = homes.iter().filter(|(home, _)| **home != main).map(|(home, own)| match home {
        Some(home) => format!("in “{}” {}", story.entities[*home].name, listed(own)),
        None => format!("in none {}", listed(own)),
    });
    let strays: Vec<String> = strays.collect();
    (!strays.is_empty()).then(|| format!("* {name}: {}", strays.join("; ")))
}

/// The one place of these words.
fn place(texts: &BTreeMap<String, String>, document: &str, words: &str) -> Span {
    let text = texts.get(document).unwrap_or_else(|| panic!("gold names no account {document}"));
    let places = occurrences(text, words);
    assert_eq!(places.len(), 1, "“{words}” in {document}");
    places[0]
}

fn occurrences(text: &str, words: &str) -> Vec<Span> {
    text.match_indices(words).map(|(start, found)| Span::new(start, start + found.len())).collect()
}

/// Whether a form is not the beginning of another word: Russia of Russian.
fn is_whole(text: &str, span: Span) -> bool {
    let (before, after) = text.split_at(span.start);
    let letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    !letter(before.chars().next_back()) && !letter(after.chars().nth(span.of(text).chars().count()))
}

/// A mention in the gold, and the entity that recto put it in.
struct Mention {
    thing: String,
    text: String,
    document: usize,
    entity: Option<usize>,
}

fn mentions(gold: &Gold, texts: &BTreeMap<String, String>, story: &Story, kind: &str) -> Vec<Mention> {
    let mut mentions = Vec::new();
    for thing in gold.entities.iter().filter(|thing| thing.kind == kind) {
        for (name, variants) in &thing.variants {
            let document = story.documents.iter().position(|document| document.name == *name);
            let document = document.unwrap_or_else(|| panic!("{}: no account {name}", thing.name));
            let mut longest: Vec<&String> = variants.iter().collect();
            longest.sort_by_key(|variant| std::cmp::Reverse(variant.len()));
            let mut taken: Vec<Span> = Vec::new();
            for variant in longest {
                let places = occurrences(&texts[name], variant);
                assert!(!places.is_empty(), "“{variant}” is not in {name}");
                for span in places {
                    let whole = !story.documents[document].language.cased || is_whole(&texts[name], span);
                    if whole && taken.iter().all(|other| !other.overlaps(span)) {
                        taken.push(span);
                    }
                }
            }
            for span in taken {
                let entity = story.entities.iter().position(|entity| {
                    let mut variants = entity.variants.iter().filter(|variant| variant.document == document);
                    variants.any(|variant| variant.spans.iter().any(|place| place.overlaps(span)))
                });
                let text = span.of(&texts[name]).to_owned();
                mentions.push(Mention { thing: thing.name.clone(), text, document, entity });
            }
        }
    }
    mentions
}

/// Pairs of mentions in different accounts: one thing, one entity, both.
fn pairs(mentions: &[Mention]) -> Count {
    let mut count = Count::default();
    for (nth, a) in mentions.iter().enumerate() {
        for b in mentions.iter().skip(nth + 1).filter(|b| b.document != a.document) {
            let (one, joined) = (a.thing == b.thing, a.entity.is_some() && a.entity == b.entity);
            count.wanted += usize::from(one);
            count.found += usize::from(joined);
            count.right += usize::from(one && joined);
        }
    }
    count
}

#[expect(clippy::print_stdout, reason = "cargo shows it where the test fails or --nocapture is given")]
fn write_down(folder: &Path, rows: &BTreeMap<String, Count>, remarks: &[String]) -> Vec<String> {
    let share = |part: usize, whole: usize| match whole {
        0 => "–".to_owned(),
        _ => format!("{:.0} %", 100.0 * part as f64 / whole as f64),
    };
    let mut page = String::from(
        "# Scoreboard\n\nWritten by `UPDATE=1 cargo test --test corpora`.\n\n\
         | what | wanted | found | right | precision | recall |\n| --- | --: | --: | --: | --: | --: |\n",
    );
    for (name, Count { wanted, found, right }) in rows {
        let (precision, recall) = (share(*right, *found), share(*right, *wanted));
        writeln!(page, "| {name} | {wanted} | {found} | {right} | {precision} | {recall} |")
            .expect("a string");
    }
    if !remarks.is_empty() {
        writeln!(page, "\n{}", remarks.join("\n")).expect("a string");
    }
    let path = folder.join("scoreboard.md");
    let before = fs::read_to_string(&path).unwrap_or_default();
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, page).expect("the scoreboard");
        return Vec::new();
    }
    if before != page {
        println!("{} is out of date; UPDATE=1 rewrites it", path.display());
    }
    let worse = |name: &str, old: Count| {
        let new = rows.get(name).copied().unwrap_or_default();
        let wrong = |count: Count| count.found.saturating_sub(count.right);
        (new.right < old.right || wrong(new) > wrong(old)).then(|| {
            format!(
                "{name}: {} right and {} wrong, before {} and {}",
                new.right,
                wrong(new),
                old.right,
                wrong(old)
            )
        })
    };
    let old: BTreeMap<String, Count> = before.lines().filter_map(row).collect();
    assert!(!old.is_empty(), "{} has no rows; UPDATE=1 writes it", path.display());
    let names: BTreeSet<&String> = old.keys().chain(rows.keys()).collect();
    names
        .into_iter()
        .filter_map(|name| worse(name, old.get(name).copied().unwrap_or_default()))
        .map(|line| format!("{}: {line}", folder.display()))
        .collect()
}

fn row(line: &str) -> Option<(String, Count)> {
    let cells: Vec<&str> = line.split('|').map(str::trim).collect();
    let [_, name, wanted, found, right, ..] = cells[..] else { return None };
    let figure = |cell: &str| cell.parse().ok();
    Some((name.to_owned(), Count { wanted: figure(wanted)?, found: figure(found)?, right: figure(right)? }))
}
