//! Declined and suffixed names against the names they are of, and against near other names (`corpora/names`).

use std::collections::BTreeMap;

use recto::names::{Matcher, Verdict};

#[test]
fn declined_names_are_accepted_and_near_ones_refused() {
    let mut figures: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    let mut misses = Vec::new();
    let table = include_str!("../../corpora/names/declined.tsv");
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let row: Vec<&str> = line.split('\t').collect();
        let [language, form, right, wrong] = row[..] else { panic!("not four columns: {line}") };
        let [rows, accepted, refused] = figures.entry(language).or_default();
        *rows += 1;
        let same = |name: &str| Matcher::compare(form, language, name, "en").verdict == Verdict::Same;
        if same(right) {
            *accepted += 1;
        } else {
            misses.push(format!("{language}: {form} is not {right}"));
        }
        if same(wrong) {
            misses.push(format!("{language}: {form} is taken for {wrong}"));
        } else {
            *refused += 1;
        }
    }
    assert!(figures.len() >= 16, "too few languages: {figures:?}");
    let share = |count: usize, of: usize| count as f64 / of as f64;
    for language in ["cs", "fi", "hu", "pl", "tr", "uk"] {
        let [rows, accepted, refused] = figures[language];
        assert!(rows >= 60, "{language}: {rows} rows");
        assert!(
            share(accepted, rows) >= 0.95 && share(refused, rows) >= 0.9,
            "{language}: {accepted} accepted and {refused} refused of {rows}\n{}",
            misses.join("\n")
        );
    }
    let all = figures.values().fold([0; 3], |all, row| std::array::from_fn(|at| all[at] + row[at]));
    let low = figures
        .values()
        .any(|&[rows, accepted, refused]| share(accepted, rows) < 0.9 || share(refused, rows) < 0.9);
    assert!(
        !low && share(all[1], all[0]) >= 0.95 && share(all[2], all[0]) >= 0.95,
        "rows, accepted, refused: {all:?} {figures:?}\n{}",
        misses.join("\n")
    );
}
