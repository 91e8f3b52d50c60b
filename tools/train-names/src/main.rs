//! Learns a chunk table of recto's name matcher from pairs of names.
//!
//! ```text
//! zcat names-train.jsonl.gz | train-names zh > ../../src/names/tables/zh.tsv
//! zcat names-train.jsonl.gz | train-names zh-wide > ../../src/names/tables/zh-wide.tsv
//! zcat names-train.jsonl.gz | train-names --dev zh          # judge on names held out, write nothing
//! train-names judge zh zh.tsv < names.jsonl                 # on rows that say what is right
//! zcat names-train.jsonl.gz | train-names established > ../../src/names/tables/established.tsv   # after the tables
//! zcat names-train.jsonl.gz | train-names own > ../../src/names/tables/han-own.txt                 # before zh
//! train-names han Han-Latin.txt < names-train.jsonl > ../../src/names/tables/han.tsv
//! ```
//!
//! The rows are `{"a", "a_lang": "en", "b", "b_lang", "count"}`: NETransliteration-COLING2018 (Merhav and Ash, from
//! Wikidata), CC0 1.0. The same rows give the same bytes.

mod chance;
mod em;
mod established;
mod han;
mod judge;
mod model;
mod own;
mod refine;
#[cfg(test)]
mod tests;
mod variants;
mod wrong;

use std::collections::{BTreeMap, BTreeSet};
use std::io::BufRead;

use recto::names::chunks::{Scratch, Table};
use recto::names::readings::{self, Script};

use chance::Chance;
use model::{Model, Sizes, chunk_name, length};
use refine::{Example, Plan};
use wrong::Reading;

#[derive(serde::Deserialize)]
pub struct Row {
    a: String,
    b: String,
    b_lang: String,
    #[serde(default)]
    count: u32,
}

/// What may be turned on the command line; the defaults make the tables that ship.
struct Options {
    table: String,
    dev: bool,
    left: usize,
    right: usize,
    least: f64,
    nearest: usize,
    others: usize,
    names: usize,
    epochs: usize,
    rate: f32,
    slope: f32,
    keep: usize,
    seed: u64,
    floor: f32,
    ranking: f32,
    noise: f64,
}

impl Options {
    fn parse(mut arguments: impl Iterator<Item = String>) -> Self {
        let mut options = Self {
            table: String::new(),
            dev: false,
            left: 3,
            right: 3,
            least: 2.0,
            nearest: 2,
            others: 2,
            names: 80_000,
            epochs: 10,
            rate: 0.5,
            slope: 4.0,
            keep: 9000,
            seed: 11,
            floor: -2.0,
            ranking: 0.5,
            noise: 0.0,
        };
        while let Some(argument) = arguments.next() {
            let Some(name) = argument.strip_prefix("--") else {
                options.shape(&argument);
                continue;
            };
            if name == "dev" {
                options.dev = true;
                continue;
            }
            let value: f64 = arguments.next().and_then(|value| value.parse().ok()).expect("a number after the option");
            match name {
                "left" => options.left = value as usize,
                "right" => options.right = value as usize,
                "least" => options.least = value,
                "nearest" => options.nearest = value as usize,
                "others" => options.others = value as usize,
                "names" => options.names = value as usize,
                "epochs" => options.epochs = value as usize,
                "rate" => options.rate = value as f32,
                "slope" => options.slope = value as f32,
                "keep" => options.keep = value as usize,
                "floor" => options.floor = value as f32,
                "ranking" => options.ranking = value as f32,
                "noise" => options.noise = value,
                "seed" => options.seed = value as u64,
                _ => panic!("no option --{name}"),
            }
        }
        options
    }
}

impl Options {
    /// The shape of a table by its name. Two shapes learn different things from the same names, and the mean of
    /// their margins is better than either.
    fn shape(&mut self, name: &str) {
        let wide = name.ends_with("-wide");
        self.table = name.trim_end_matches("-wide").to_owned();
        if wide {
            (self.left, self.least, self.rate, self.floor, self.seed) = (4, 3.0, 0.3, 0.0, 5);
        }
        match self.table.as_str() {
            "ko" => self.noise = 0.04,
            "zh" => self.noise = 0.03,
            _ => {}
        }
        if wide && matches!(self.table.as_str(), "ko" | "zh") {
            (self.least, self.rate, self.floor) = (2.0, 0.5, -2.0);
            self.right = if self.table == "zh" { 2 } else { 3 };
        }
        if self.table == "la" {
            (self.rate, self.floor, self.least) = (if wide { 0.3 } else { 0.15 }, 0.0, 3.0);
        }
    }
}

fn main() {
    if std::env::args().nth(1).as_deref() == Some("judge") {
        return judge::main();
    }
    let rows = read(std::io::stdin().lock());
    match std::env::args().nth(1).as_deref() {
        Some("established") => return print!("{}", established::text(&rows)),
        Some("own") => return print!("{}", own::text(&rows)),
        Some("han") => {
            let path = std::env::args().nth(2).expect("the transform file");
            return print!("{}", han::text(&path, &rows));
        }
        _ => {}
    }
    let options = Options::parse(std::env::args().skip(1));
    if let Some(text) = table(&options, &rows) {
        print!("{text}");
    }
}

fn read(lines: impl BufRead) -> Vec<Row> {
    lines
        .lines()
        .map(|line| serde_json::from_str(&line.expect("readable input")).expect("a row"))
        .collect()
}

/// The text of a chunk table; `None` where names are only held out and judged.
fn table(options: &Options, rows: &[Row]) -> Option<String> {
    let (script, language) = script_and_language(&options.table);
    let mut chance = Chance::new(options.seed);
    let named: Vec<(String, String)> = match options.table.as_str() {
        "la" => latin_pairs(rows, &mut chance),
        table => {
            let mut named: Vec<(String, String)> = rows
                .iter()
                .filter(|row| row.b_lang == language)
                .map(|row| (row.a.clone(), row.b.clone()))
                .collect();
            if table == "ri" {
                let mut more = Vec::new();
                for (a, b) in &named {
                    let forms = if b.chars().count() >= 4 { variants::declined(b) } else { Vec::new() };
                    if !forms.is_empty() && chance.unit() < 0.45 {
                        more.push((a.clone(), forms[chance.below(forms.len())].clone()));
                    }
                }
                named.append(&mut more);
            }
            named
        }
    };
    let mut pairs: Vec<(Reading, Reading)> = named
        .iter()
        .map(|(a, b)| (readings::read(Script::Latin, a), readings::read(script, b)))
        .filter(|(a, b)| (4..=17).contains(&a.len()) && (3..=26).contains(&b.len()))
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    chance.shuffle(&mut pairs);
    eprintln!("{} pairs", pairs.len());

    // The weights of the margin are fitted on one pair in ten that was kept from learning; the costs that ship are
    // then learned from all.
    let held: Vec<(Reading, Reading)> = pairs.iter().step_by(10).cloned().collect();
    let taught: Vec<(Reading, Reading)> =
        pairs.iter().enumerate().filter(|(place, _)| place % 10 != 0).map(|(_, pair)| pair.clone()).collect();
    let model = learn(options, script, &taught, &pairs);
    let weights = weigh(options, &model, &held, &pairs);
    if options.dev {
        return None;
    }
    let model = learn(options, script, &pairs, &pairs);
    let text = written(&model, &weights);
    eprintln!("{} bytes, {} entries; {weights}", text.len(), model.entries().len());
    Some(text)
}

/// The script of a table, and the language of the rows it is learned from.
fn script_and_language(table: &str) -> (Script, &'static str) {
    match table {
        "ru" | "ri" => (Script::Cyrillic, "ru"),
        "ar" => (Script::Arabic, "ar"),
        "he" => (Script::Hebrew, "he"),
        "ja" => (Script::Kana, "ja"),
        "ko" => (Script::Hangul, "ko"),
        "zh" => (Script::Han, "zh"),
        "la" => (Script::Latin, "ru"),
        other => panic!("no table {other}"),
    }
}

/// Costs learned from some pairs; wrong names are taken from all.
fn learn(options: &Options, script: Script, taught: &[(Reading, Reading)], all: &[(Reading, Reading)]) -> Model {
    let mut chance = Chance::new(options.seed + 1);
    let sizes = Sizes { left: options.left, right: options.right };
    let symmetric = script == Script::Latin;
    let taught = &taught[..taught.len().min(options.names)];
    let both = |pairs: &[(Reading, Reading)]| {
        let mut start = pairs.to_vec();
        if symmetric {
            start.extend(pairs.iter().map(|(a, b)| (b.clone(), a.clone())));
        }
        em::costs(&start, sizes, options.least)
    };
    let mut costs = both(taught);
    let clean;
    let taught = if options.noise > 0.0 {
        clean = believed(&Model::new(script, sizes, symmetric, &costs), taught, options.noise);
        costs = both(&clean);
        &clean[..]
    } else {
        taught
    };
    eprintln!("{} chunk pairs", costs.len());
    let mut model = Model::new(script, sizes, symmetric, &costs);
    let mut wrong = wrong::wrong_names(all, taught, options.nearest, options.others, &mut chance);
    if symmetric {
        for ((_, right), wrong) in taught.iter().zip(&mut wrong) {
            wrong.extend((0..2).map(|_| wrong::slip(right, &mut chance)));
        }
    }
    let examples: Vec<Example> = taught
        .iter()
        .zip(&wrong)
        .map(|((a, b), wrong)| Example {
            left: model.left_word(a),
            right: model.right_word(b),
            wrong: wrong.iter().map(|word| model.right_word(word)).collect(),
        })
        .collect();
    eprintln!("{} names, {} wrong names", examples.len(), wrong.iter().map(Vec::len).sum::<usize>());
    let plan = Plan {
        epochs: options.epochs,
        rate: options.rate,
        slope: options.slope,
        floor: options.floor,
        ranking: options.ranking,
    };
    refine::refine(&mut model, &examples, &plan, &mut chance);
    prune(&mut model, &examples, options.keep);
    model
}

/// The pairs without the share that is least likely: rows of Wikidata whose labels are not of one name, a family
/// name on one side and a given name on the other.
fn believed(model: &Model, pairs: &[(Reading, Reading)], noise: f64) -> Vec<(Reading, Reading)> {
    let (mut path, mut scratch) = (Vec::new(), model::Scratch::default());
    let mut costs: Vec<(f32, usize)> = pairs
        .iter()
        .enumerate()
        .map(|(place, (a, b))| {
            let (left, right) = (model.left_word(a), model.right_word(b));
            let cost = model.align(&left, &right, &mut path, &mut scratch);
            (cost / (left.len() + right.len()) as f32, place)
        })
        .collect();
    costs.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    costs.truncate((pairs.len() as f64 * (1.0 - noise)) as usize);
    let mut places: Vec<usize> = costs.into_iter().map(|(_, place)| place).collect();
    places.sort_unstable();
    places.into_iter().map(|place| pairs[place].clone()).collect()
}

/// The weights that make a margin of a cost, fitted on right names held out and their nearest wrong ones, as the
/// head of a table file.
fn weigh(options: &Options, model: &Model, held: &[(Reading, Reading)], all: &[(Reading, Reading)]) -> String {
    let mut chance = Chance::new(options.seed + 2);
    let wrong = wrong::wrong_names(all, held, 1, 0, &mut chance);
    let table = Table::parse(model.script, &written(model, "theta 0")).expect("what was written can be read");
    let mut scratch = Scratch::default();
    let mut features = |a: &Reading, b: &Reading| {
        let (_, steps) = table.align(a, b, &mut scratch);
        let cost: i32 = steps.iter().map(|step| i32::from(step.cost)).sum();
        let worst = steps.iter().map(|step| step.cost).max().unwrap_or(0);
        let length = (a.len() + b.len()) as f64 / 2.0;
        [1.0, f64::from(cost) / 8.0 / length, f64::from(worst) / 8.0, length.ln()]
    };
    let mut judged: Vec<([f64; 4], bool)> = Vec::new();
    for ((a, b), wrong) in held.iter().zip(&wrong) {
        if let Some(wrong) = wrong.first() {
            judged.push((features(a, b), true));
            judged.push((features(a, wrong), false));
            if model.symmetric {
                judged.push((features(a, b), true));
                judged.push((features(a, &wrong::slip(b, &mut chance)), false));
            }
        }
    }
    let mut best = (0.0, [0.0; 4]);
    for chosen in [[true, true, false, false], [true; 4]] {
        let weights = fit(&judged, chosen);
        let (auc, ranked, right) = judgement(&judged, &weights);
        eprintln!("{}: held out, AUC {auc:.2} rank {ranked:.2} accuracy {right:.2}", options.table);
        if auc > best.0 {
            best = (auc, weights);
        }
    }
    // A margin of 1/4 is a logit of 1.
    let [theta, mean, worst, length] = best.1.map(|weight| weight / 4.0);
    format!("theta {theta:.4} mean {:.4} worst {:.4} length {length:.4}", -mean, -worst)
}

/// Two spellings of one Russian name, and two Latin spellings that at least two scripts write alike.
fn latin_pairs(rows: &[Row], chance: &mut Chance) -> Vec<(String, String)> {
    let fold = recto::lang::text::fold;
    let mut eastern: Vec<&Row> = rows
        .iter()
        .filter(|row| row.b_lang == "ru" && row.b.chars().count() > 4)
        .filter(|row| (0..2).any(|number| fold(&variants::romanised(&row.b, number)) == fold(&row.a)))
        .collect();
    chance.shuffle(&mut eastern);
    eastern.truncate(9000);
    let mut pairs = BTreeSet::new();
    for row in eastern {
        for _ in 0..2 {
            pairs.insert((row.a.clone(), variants::romanised(&row.b, 1 + chance.below(variants::COUNT - 1))));
        }
        let any = |chance: &mut Chance| variants::romanised(&row.b, chance.below(variants::COUNT));
        pairs.insert((any(chance), any(chance)));
    }
    let mut alike: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
    for row in rows {
        alike.entry((&row.b_lang, &row.b)).or_default().push(&row.a);
    }
    let mut seen: BTreeMap<(&str, &str), u32> = BTreeMap::new();
    for names in alike.values().filter(|names| names.len() <= 6) {
        for &a in names {
            for &b in names {
                if a < b && fold(a) != fold(b) {
                    *seen.entry((a, b)).or_default() += 1;
                }
            }
        }
    }
    let mut wild: Vec<(&str, &str)> =
        seen.into_iter().filter(|&(_, count)| count >= 2).map(|(pair, _)| pair).collect();
    chance.shuffle(&mut wild);
    wild.truncate(12_000);
    pairs.extend(wild.into_iter().map(|(a, b)| (a.to_owned(), b.to_owned())));
    pairs.into_iter().filter(|(a, b)| a != b).collect()
}

/// Keeps the costs that the right names use most, counting a wrong name's use a quarter.
fn prune(model: &mut Model, examples: &[Example], keep: usize) {
    let mut uses = vec![0.0f32; model.costs.len()];
    let (mut path, mut scratch) = (Vec::new(), model::Scratch::default());
    for example in examples {
        model.align(&example.left, &example.right, &mut path, &mut scratch);
        for &place in &path {
            uses[place as usize] += 1.0;
        }
        for wrong in &example.wrong {
            model.align(&example.left, wrong, &mut path, &mut scratch);
            for &place in &path {
                uses[place as usize] += 0.25;
            }
        }
    }
    let mut places: Vec<usize> = (0..uses.len()).filter(|&place| model.costs[place].is_finite()).collect();
    places.sort_by(|&a, &b| uses[b].total_cmp(&uses[a]).then(a.cmp(&b)));
    for (rank, &place) in places.iter().enumerate() {
        if uses[place] == 0.0 && !model.has_default(place) || rank >= keep || uses[place] < 0.5 {
            model.forget(place);
        }
    }
}

/// The text of a table: a line for each chunk of the right side.
fn written(model: &Model, head: &str) -> String {
    let mut lines: BTreeMap<(usize, u32), Vec<(usize, u32, i32)>> = BTreeMap::new();
    for (x, y, cost) in model.entries() {
        lines.entry((length(y), y)).or_default().push((length(x), x, cost));
    }
    let mut text = format!("# {head}\n");
    for ((_, y), mut entries) in lines {
        entries.sort_unstable();
        let entries: Vec<String> = entries
            .iter()
            .map(|&(_, x, cost)| format!("{}{cost}", chunk_name(Script::Latin, x)))
            .collect();
        text.push_str(&format!("{}\t{}\n", chunk_name(model.script, y), entries.join(" ")));
    }
    text
}

/// Logistic regression by Newton's method, on the features chosen.
fn fit(judged: &[([f64; 4], bool)], chosen: [bool; 4]) -> [f64; 4] {
    let mut weights = [0.0; 4];
    for _ in 0..25 {
        let (mut gradient, mut hessian) = ([0.0; 4], [[0.0; 4]; 4]);
        for (features, same) in judged {
            let z: f64 = features.iter().zip(&weights).map(|(x, w)| x * w).sum();
            let chance = 1.0 / (1.0 + (-z).exp());
            let error = f64::from(u8::from(*same)) - chance;
            for i in 0..4 {
                gradient[i] += error * features[i];
                for j in 0..4 {
                    hessian[i][j] += chance * (1.0 - chance) * features[i] * features[j];
                }
            }
        }
        for i in 0..4 {
            hessian[i][i] += 1e-3;
            if !chosen[i] {
                hessian[i] = [0.0; 4];
                for row in &mut hessian {
                    row[i] = 0.0;
                }
                hessian[i][i] = 1.0;
                gradient[i] = 0.0;
            }
        }
        let step = solve(hessian, gradient);
        for (weight, step) in weights.iter_mut().zip(step) {
            *weight += step;
        }
    }
    weights
}

fn solve(mut a: [[f64; 4]; 4], mut b: [f64; 4]) -> [f64; 4] {
    for i in 0..4 {
        for j in 0..4 {
            if i != j {
                let factor = a[j][i] / a[i][i];
                for k in 0..4 {
                    a[j][k] -= factor * a[i][k];
                }
                b[j] -= factor * b[i];
            }
        }
    }
    std::array::from_fn(|i| b[i] / a[i][i])
}

/// AUC, share ranked rightly, accuracy at 0.
fn judgement(judged: &[([f64; 4], bool)], weights: &[f64; 4]) -> (f64, f64, f64) {
    let score = |features: &[f64; 4]| features.iter().zip(weights).map(|(x, w)| x * w).sum::<f64>();
    let mut all: Vec<(f64, bool)> = judged.iter().map(|(features, same)| (score(features), *same)).collect();
    let ranked = all.chunks(2).filter(|two| two[0].0 > two[1].0).count() as f64 / (all.len() / 2) as f64;
    let right = all.iter().filter(|(score, same)| (*score > 0.0) == *same).count() as f64 / all.len() as f64;
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut below, mut won) = (0.0, 0.0);
    for &(_, same) in &all {
        if same {
            won += below;
        } else {
            below += 1.0;
        }
    }
    let auc = won / (below * (all.len() as f64 - below));
    (100.0 * auc, 100.0 * ranked, 100.0 * right)
}
