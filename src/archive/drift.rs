//! Names that drift: the archive wrote a name one way for months, and then another.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Cells;
use crate::ledger::{Kind, Known, Ledger, is_form_of};

/// Mentions from which a month says how a name is written.
const LEAST: u64 = 3;

/// A name whose usual spelling in a language changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Drift {
    /// What reports call it.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// The language.
    pub language: String,
    /// When the usual spelling became another.
    pub changes: Vec<Change>,
    /// Every spelling by month, grammatical forms counted with the form that was seen first.
    pub spellings: BTreeMap<String, BTreeMap<String, u64>>,
}

/// The usual spelling became another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The first month of the new spelling, `2026-05`.
    pub month: String,
    /// What it was.
    pub from: String,
    /// What it became.
    pub to: String,
}

/// Mentions by spelling, then month.
type Spellings = BTreeMap<String, BTreeMap<String, u64>>;

/// The names that drift, by kind, name and language. Months without a usual spelling, with fewer than three mentions
/// of it or with two that are as frequent, say nothing.
pub fn of(cells: &Cells, ledger: Ledger) -> Vec<Drift> {
    let mut known = Known::from(ledger);
    let mut seen: BTreeMap<(usize, String), Spellings> = BTreeMap::new();
    for (naming, month, count) in cells.namings().filter(|(_, month, _)| !month.is_empty()) {
        let Some(entry) = known.learn_name(&naming) else { continue };
        let spellings = seen.entry((entry, naming.language.to_owned())).or_default();
        let form = spellings.keys().find(|form| is_form_of(naming.spelling, form, naming.language)).cloned();
        let form = form.unwrap_or_else(|| naming.spelling.to_owned());
        let sum = spellings.entry(form).or_default().entry(month.to_owned()).or_default();
        *sum = sum.saturating_add(count);
    }
    let mut drifts = Vec::new();
    for ((entry, language), spellings) in seen {
        let changes = changes(&spellings);
        if !changes.is_empty() {
            let entry = &known.ledger().entities[entry];
            let (name, kind) = (entry.name.clone(), entry.kind);
            drifts.push(Drift { name, kind, language, changes, spellings });
        }
    }
    drifts.sort_by(|a, b| (a.kind, &a.name, &a.language).cmp(&(b.kind, &b.name, &b.language)));
    drifts
}

fn changes(spellings: &Spellings) -> Vec<Change> {
    let mut months: BTreeMap<&str, Vec<(u64, &str)>> = BTreeMap::new();
    for (spelling, counts) in spellings {
        for (month, &count) in counts {
            months.entry(month).or_default().push((count, spelling));
        }
    }
    let mut changes = Vec::new();
    let mut usual: Option<&str> = None;
    for (month, mut counts) in months {
        counts.sort_unstable_by(|a, b| b.cmp(a));
        let (count, spelling) = counts[0];
        let tied = counts.get(1).is_some_and(|(other, _)| *other == count);
        if count < LEAST || tied {
            continue;
        }
        if let Some(from) = usual.filter(|from| *from != spelling) {
            changes.push(Change { month: month.to_owned(), from: from.to_owned(), to: spelling.to_owned() });
        }
        usual = Some(spelling);
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(lines: &[(&str, &str, &str, u64)]) -> Cells {
        let mut cells = Cells::default();
        let text: String = (lines.iter())
            .map(|(name, spelling, month, count)| {
                format!("{{\"cell\":[\"name\",\"person\",\"\",\"{name}\",\"en\",\"{spelling}\",\"{month}\"],\"n\":{count}}}\n")
            })
            .collect();
        cells.read(text.as_bytes()).expect("cells");
        cells
    }

    #[test]
    fn a_usual_spelling_that_becomes_another_is_drift_and_a_slip_is_none() {
        let drift = cells(&[
            ("Olena Haidukevych", "Olena Haidukevych", "2026-03", 9),
            ("Olena Haidukevych", "Olena Haidukevich", "2026-03", 1),
            ("Olena Haidukevych", "Olena Haidukevich", "2026-07", 8),
            ("Olena Haidukevych", "Olena Haidukevich", "2026-05", 2),
            ("Ruth Abelard", "Ruth Abelard", "2026-03", 5),
            ("Ruth Abelard", "Ruth Abelard", "2026-07", 5),
            ("Ruth Abelard", "Ruth Abelhard", "2026-07", 1),
        ]);
        let found = of(&drift, Ledger::default());
        assert_eq!(found.len(), 1, "{found:?}");
        let expected = Change {
            month: "2026-07".into(),
            from: "Olena Haidukevych".into(),
            to: "Olena Haidukevich".into(),
        };
        assert_eq!(found[0].changes, [expected]);
    }
}
