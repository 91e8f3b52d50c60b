//! Every example block of every casebook, run against the whole catalogue: documentation that is tested.
//!
//! A block is fenced as `text pt`, `bitext en>pt` or `story`. Sides of a bitext are separated by a line `---`;
//! an account of a story begins with a line `--- pt name`. Lines that begin with `! ` are what must be found:
//!
//! ```text
//! ! check-name "quoted text": the message
//! ```
//!
//! Lines that begin with `? ` are settings, as in `recto.toml`.
//! A line that begins with `@ ` is a part of the newsroom's ledger.
//! A line `@ change …` in the target of a bitext says how the source differs from the one that was translated.
//!
//! The quoted text is that of the finding's first target place (of the source where there is none); it and the
//! message may be left out. Nothing else may be found, of severity minor or above.

use std::{fs, path::Path};

use libtest_mimic::{Arguments, Failed, Trial};
use recto::config::Settings;
use recto::ledger::Ledger;
use recto::model::{Finding, InputReport, MadeFrom, Severity, Side};
use recto::pipeline::{Input, Text};

fn main() {
    let arguments = Arguments::from_args();
    let mut trials = Vec::new();
    let mut paths: Vec<_> = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/checks"))
        .expect("the folder of checks")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    paths.sort();
    for path in paths {
        let page = fs::read_to_string(&path).expect("a casebook");
        let name = path.file_stem().expect("a name").to_string_lossy().replace('_', "-");
        trials.extend(cases(&name, &page));
    }
    libtest_mimic::run(&arguments, trials).exit();
}

fn cases(check: &str, page: &str) -> Vec<Trial> {
    let mut trials = Vec::new();
    let (mut part, mut title) = (String::new(), String::new());
    let mut lines = page.lines();
    let (mut fires, mut silent) = (0, 0);
    while let Some(line) = lines.next() {
        if let Some(heading) = line.strip_prefix("### ") {
            heading.clone_into(&mut title);
        } else if let Some(heading) = line.strip_prefix("## ") {
            heading.clone_into(&mut part);
            title.clear();
        } else if let Some(fence) = line.strip_prefix("```") {
            let block: Vec<String> =
                lines.by_ref().take_while(|line| !line.starts_with("```")).map(str::to_owned).collect();
            let kind = fence.trim().to_owned();
            if !["text", "bitext", "story"].contains(&kind.split(' ').next().unwrap_or_default()) {
                continue;
            }
            fires += usize::from(part == "Fires");
            silent += usize::from(part == "Stays silent");
            let (check, part) = (check.to_owned(), part.clone());
            trials.push(Trial::test(format!("{check}: {title}"), move || run(&check, &part, &kind, &block)));
        }
    }
    let check = check.to_owned();
    trials.push(Trial::test(format!("{check}: both parts"), move || {
        if fires == 0 || silent == 0 {
            return Err(Failed::from("a casebook holds examples under both “Fires” and “Stays silent”"));
        }
        Ok(())
    }));
    trials
}

fn run(check: &str, part: &str, kind: &str, block: &[String]) -> Result<(), Failed> {
    let (set, block): (Vec<&String>, Vec<&String>) = block.iter().partition(|line| line.starts_with("? "));
    let set: String = set.into_iter().map(|line| format!("{}\n", line.trim_start_matches("? "))).collect();
    let settings = Settings::parse(&set, Path::new("case.toml")).map_err(|error| error.to_string())?;
    let (wanted, body): (Vec<&String>, Vec<&String>) =
        block.into_iter().partition(|line| line.starts_with("! "));
    let (ledger, body): (Vec<&String>, Vec<&String>) =
        body.into_iter().partition(|line| line.starts_with("@ ") && !line.starts_with("@ change "));
    let wanted: Vec<Wanted> = wanted.into_iter().map(|line| Wanted::read(line)).collect();
    if part == "Fires" && !wanted.iter().any(|wanted| wanted.check == check) {
        return Err(format!("under “Fires” the block must expect {check}").into());
    }
    if part == "Stays silent" && wanted.iter().any(|wanted| wanted.check == check) {
        return Err(format!("under “Stays silent” the block must not expect {check}").into());
    }
    let mut checker = settings.checker().map_err(|error| error.to_string())?;
    if !ledger.is_empty() {
        let text: String = ledger.iter().map(|line| line.trim_start_matches("@ ")).collect();
        checker = checker.with_ledger(Ledger::parse(&text).map_err(|error| error.to_string())?.into());
    }
    let report = checker.check(input(kind, &body));
    let mut left: Vec<&Finding> = report
        .findings
        .iter()
        .filter(|finding| {
            finding.severity > Severity::Neutral || wanted.iter().any(|wanted| wanted.check == finding.check)
        })
        .collect();
    let mut problems = Vec::new();
    for wanted in &wanted {
        match left.iter().position(|finding| wanted.fits(finding, &report)) {
            Some(index) => drop(left.remove(index)),
            None => problems.push(format!("not found: {wanted:?}")),
        }
    }
    for finding in left {
        problems.push(format!(
            "found beside: {} {:?}: {}",
            finding.check,
            quote(finding, &report),
            finding.message
        ));
    }
    if problems.is_empty() { Ok(()) } else { Err(problems.join("\n").into()) }
}

fn input(kind: &str, body: &[&String]) -> Input {
    let text = |name: &str, language: &str, lines: &[&String]| Text {
        name: name.to_owned(),
        language: Some(language.to_owned()),
        text: lines.iter().map(|line| line.as_str()).collect::<Vec<_>>().join("\n"),
        ..Text::default()
    };
    let id = "case".to_owned();
    let (kind, languages) = kind.split_once(' ').unwrap_or((kind, "und"));
    match kind {
        "text" => Input::Text { id, target: text("text", languages, body) },
        "bitext" => {
            let (source, target) = languages.split_once('>').expect("bitext SOURCE>TARGET");
            let cut = body.iter().position(|line| line.as_str() == "---").expect("a line ---");
            let (said, translation): (Vec<&String>, Vec<&String>) =
                body[cut + 1..].iter().copied().partition(|line| line.starts_with("@ change "));
            let change = said.first().map(|line| line.trim_start_matches("@ change ").to_owned());
            let made_from = change.map(|change| MadeFrom { change: Some(change), ..MadeFrom::default() });
            Input::Pair {
                id,
                source: text("source", source, &body[..cut]),
                target: Text { made_from, ..text("target", target, &translation) },
            }
        }
        _ => {
            let mut accounts: Vec<(String, String, Vec<&String>)> = Vec::new();
            for line in body {
                if let Some(head) = line.strip_prefix("--- ") {
                    let (language, name) = head.split_once(' ').unwrap_or((head, head));
                    accounts.push((language.to_owned(), name.to_owned(), Vec::new()));
                } else if let Some(last) = accounts.last_mut() {
                    last.2.push(line);
                }
            }
            let accounts =
                accounts.iter().map(|(language, name, lines)| text(name, language, lines)).collect();
            Input::Story { id, accounts }
        }
    }
}

fn quote<'a>(finding: &Finding, report: &'a InputReport) -> Option<&'a str> {
    let place = finding.places.iter().find(|place| place.side != Side::Source).or(finding.places.first())?;
    Some(report.subject.document(place)?.excerpt(place.span))
}

#[derive(Debug)]
struct Wanted {
    check: String,
    quote: Option<String>,
    message: Option<String>,
}

impl Wanted {
    /// `! check "quote": message`
    fn read(line: &str) -> Self {
        let rest = line.trim_start_matches("! ");
        let end = rest.find([':', ' ']).unwrap_or(rest.len());
        let (check, rest) = rest.split_at(end);
        let rest = rest.trim_start();
        let (quote, rest) = match rest.strip_prefix('"') {
            Some(inner) => match inner.rsplit_once("\":") {
                Some((quote, message)) => (Some(quote), Some(message)),
                None => (inner.strip_suffix('"'), None),
            },
            None => (None, rest.strip_prefix(':')),
        };
        let message = rest.map(|message| message.trim().to_owned());
        Self { check: check.to_owned(), quote: quote.map(str::to_owned), message }
    }

    fn fits(&self, finding: &Finding, report: &InputReport) -> bool {
        self.check == finding.check
            && self.quote.as_deref().is_none_or(|wanted| quote(finding, report) == Some(wanted))
            && self.message.as_deref().is_none_or(|wanted| finding.message == wanted)
    }
}
