//! Places and organisations under their names in other languages, and persons as other accounts spell them, against
//! near wrong ones (`corpora/names`): what tables and spelling know together.

use std::collections::BTreeSet;

use recto::names::{Matcher, Verdict};

/// Rows of a table, right names accepted, wrong ones refused.
struct Count {
    rows: usize,
    accepted: usize,
    refused: usize,
}

/// Counts a table and panics with what went wrong where too few of 100 are right.
fn judge(table: &str, least: &Count, languages: &mut BTreeSet<String>) -> Count {
    let mut count = Count { rows: 0, accepted: 0, refused: 0 };
    let mut misses = Vec::new();
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let row: Vec<&str> = line.split('\t').collect();
        let [a_lang, a, b_lang, right, wrong] = row[..] else { panic!("not five columns: {line}") };
        languages.extend([a_lang.to_owned(), b_lang.to_owned()]);
        count.rows += 1;
        let same = |b: &str| Matcher::compare(a, a_lang, b, b_lang).verdict == Verdict::Same;
        if same(right) {
            count.accepted += 1;
        } else {
            misses.push(format!("{a_lang} {a} is not {b_lang} {right}"));
        }
        if same(wrong) {
            misses.push(format!("{a_lang} {a} is taken for {b_lang} {wrong}"));
        } else {
            count.refused += 1;
        }
        let turned = Matcher::probability(right, b_lang, a, a_lang);
        assert_eq!(Matcher::probability(a, a_lang, right, b_lang).to_bits(), turned.to_bits(), "{a} {right}");
    }
    let Count { rows, accepted, refused } = count;
    let misses = misses.join("\n");
    assert!(rows >= least.rows, "{rows} rows");
    assert!(
        accepted * 100 >= rows * least.accepted && refused * 100 >= rows * least.refused,
        "{accepted} accepted and {refused} refused of {rows}\n{misses}"
    );
    count
}

#[test]
fn places_organisations_and_spellings_are_told() {
    let mut languages = BTreeSet::new();
    let least = |rows, accepted, refused| Count { rows, accepted, refused };
    let counts = [
        judge(include_str!("../../corpora/names/places.tsv"), &least(180, 97, 97), &mut languages),
        judge(include_str!("../../corpora/names/organisations.tsv"), &least(150, 97, 97), &mut languages),
        // Persons are told by sound, and the wrong ones were chosen to sound alike.
        judge(include_str!("../../corpora/names/spellings.tsv"), &least(140, 95, 90), &mut languages),
    ];
    let all = |of: fn(&Count) -> usize| counts.iter().map(of).sum::<usize>();
    let (rows, accepted, refused) = (all(|c| c.rows), all(|c| c.accepted), all(|c| c.refused));
    assert!(accepted * 100 >= rows * 97 && refused * 100 >= rows * 97, "{accepted}, {refused} of {rows}");
    assert!(languages.len() >= 30, "{languages:?}");
}
