//! Characters that deserve a unit of their own: transcribers keep 里 for *ri* and 利 for *li*, though both sound alike.
//!
//! Every name is cut so that each character stands for up to five Latin letters, by expectation maximisation, first as
//! if homophones were one, then character by character. The character whose letters differ most from those of its
//! homophones (by log likelihood, less one for each new run of letters) is taken out, and so on.

use std::collections::{BTreeMap, BTreeSet};

use recto::lang::text::fold;
use recto::names::readings::{UNITS, pinyin};

use crate::Row;

/// Most Latin letters of a character.
const LONGEST: usize = 5;

/// A character is judged when it was seen so often.
const LEAST: f64 = 25.0;

/// The initials and finals of pinyin, and the ends of the word, are units too.
const TAKEN: usize = 63;

/// Traditional and simplified forms of one character.
const FORMS: &str = include_str!("traditional.txt");

type Letters<'a> = BTreeMap<&'a str, f64>;
type Counts<'a> = BTreeMap<&'a str, Letters<'a>>;

/// The text of the file.
pub fn text(rows: &[Row]) -> String {
    let simplified: BTreeMap<char, char> = FORMS
        .lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(|line| line.split(' '))
        .filter_map(|pair| Some((pair.chars().next()?, pair.chars().nth(1)?)))
        .collect();
    let names: Vec<(String, Vec<String>)> = rows
        .iter()
        .filter(|row| row.b_lang == "zh")
        .map(|row| {
            let characters = row.b.chars().filter(|&character| pinyin(character).is_some());
            (fold(&row.a), characters.map(|c| simplified.get(&c).unwrap_or(&c).to_string()).collect::<Vec<_>>())
        })
        .filter(|(a, b)| {
            a.is_ascii() && a.len() > 1 && (1..=8).contains(&b.len()) && a.len() <= LONGEST * b.len()
        })
        .collect();
    let syllable = |character: &str| character.chars().next().and_then(pinyin).unwrap_or_default();
    let mut counts = Counts::new();
    for round in 0..5 {
        counts = expect(&names, |character| syllable(character), &counts, round == 0);
    }
    let of_syllables = counts;
    let known: BTreeSet<&str> = names.iter().flat_map(|(_, b)| b.iter().map(String::as_str)).collect();
    let mut counts: Counts =
        known.iter().map(|&c| (c, of_syllables.get(syllable(c)).cloned().unwrap_or_default())).collect();
    for _ in 0..3 {
        counts = expect(&names, |character| character, &counts, false);
    }

    let mut rest: BTreeMap<&str, Letters> = BTreeMap::new();
    for (&character, letters) in &counts {
        let all = rest.entry(syllable(character)).or_default();
        for (&run, count) in letters {
            *all.entry(run).or_default() += count;
        }
    }
    let mut own: Vec<&str> = Vec::new();
    while own.len() + TAKEN < UNITS {
        let best = counts
            .iter()
            .filter(|(character, letters)| !own.contains(character) && letters.values().sum::<f64>() >= LEAST)
            .filter_map(|(&character, letters)| {
                let all = &rest[syllable(character)];
                let others: Letters =
                    all.iter().map(|(&run, &count)| (run, count - letters.get(run).unwrap_or(&0.0))).collect();
                let new = letters.iter().filter(|&(run, &count)| count > 0.3 && others[run] < 0.3).count();
                let gain = likelihood(letters) + likelihood(&others) - likelihood(all) - new as f64;
                (others.values().sum::<f64>() >= 20.0).then_some((gain, character, others))
            })
            .max_by(|x, y| x.0.total_cmp(&y.0).then(y.1.cmp(x.1)));
        let Some((gain, character, others)) = best else { break };
        eprintln!("{character} {gain:.0}");
        own.push(character);
        rest.insert(syllable(character), others);
    }
    let groups: Vec<String> = own
        .iter()
        .map(|&character| {
            let forms = simplified.iter().filter(|(_, to)| character.starts_with(**to)).map(|(from, _)| *from);
            character.chars().chain(forms).collect()
        })
        .collect();
    format!(
        "# Characters that stand for other sounds in names than their homophones, with their traditional forms; each a \
         unit of the reading\n{}\n",
        groups.join(" "),
    )
}

fn likelihood(letters: &Letters) -> f64 {
    let total: f64 = letters.values().sum();
    letters.values().filter(|&&count| count > 1e-9).map(|count| count * (count / total).ln()).sum()
}

/// How often each key of a character stands for each run of letters, by what was counted before.
fn expect<'a>(
    names: &'a [(String, Vec<String>)],
    key: impl Fn(&'a str) -> &'a str,
    before: &Counts<'a>,
    first: bool,
) -> Counts<'a> {
    /// Chance of a run by its length, before anything is known.
    const LENGTHS: [f64; LONGEST + 1] = [0.02, 0.2, 0.4, 0.25, 0.1, 0.03];
    const UNSEEN: f64 = 1e-9;
    let totals: BTreeMap<&str, f64> =
        before.iter().map(|(&key, letters)| (key, letters.values().sum::<f64>())).collect();
    let mut counts = Counts::new();
    for (a, b) in names {
        let width = a.len() + 1;
        let mut forward = vec![0.0; width * (b.len() + 1)];
        let mut backward = forward.clone();
        forward[0] = 1.0;
        backward[width * b.len() + a.len()] = 1.0;
        let mut edges = Vec::new();
        for (place, character) in b.iter().enumerate() {
            let letters = before.get(key(character));
            let total = totals.get(key(character)).copied().unwrap_or(1.0);
            for start in 0..=a.len() {
                if forward[place * width + start] == 0.0 {
                    continue;
                }
                for length in 0..=LONGEST.min(a.len() - start) {
                    let Some(run) = a.get(start..start + length) else { continue };
                    let chance = if first {
                        LENGTHS[length] * 0.04f64.powi(length as i32)
                    } else {
                        letters.and_then(|letters| letters.get(run)).map_or(UNSEEN, |count| count / total)
                    };
                    forward[(place + 1) * width + start + length] += forward[place * width + start] * chance;
                    edges.push((place, start, run, chance));
                }
            }
        }
        let whole = forward[width * b.len() + a.len()];
        if whole <= 0.0 {
            continue;
        }
        for &(place, start, run, chance) in edges.iter().rev() {
            let weight = chance * backward[(place + 1) * width + start + run.len()];
            backward[place * width + start] += weight;
            let posterior = forward[place * width + start] * weight / whole;
            if posterior > 1e-3 {
                *counts.entry(key(&b[place])).or_default().entry(run).or_default() += posterior;
            }
        }
    }
    counts
}
