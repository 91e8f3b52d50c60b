//! How languages say that somebody spoke: `speech.tsv`.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::lang::Language;

/// Where the speaker stands beside the verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// The verb follows the speaker.
    After,
    /// It stands before or behind.
    Before,
    /// It ends the sentence that the speaker begins.
    End,
}

/// The verbs of speaking of a language.
#[derive(Debug)]
pub struct Speech {
    /// Whether a noun without an article that opens a sentence must be a name.
    pub bare: bool,
    /// Auxiliaries: they tell with a participle.
    pub auxiliaries: Vec<&'static str>,
    /// What follows an auxiliary.
    pub participles: Vec<&'static str>,
    /// What tells alone; some are of two words.
    pub verbs: Vec<&'static str>,
    /// The order of speaker and verb.
    pub order: Order,
    /// Particles of the speaker; `-` begins those that are glued to it.
    pub particles: Vec<&'static str>,
}

impl Speech {
    /// The particles that are glued to the speaker.
    pub fn glued(&self) -> impl Iterator<Item = &'static str> {
        self.particles.iter().filter_map(|particle| particle.strip_prefix('-'))
    }
}

/// The verbs of speaking of a language; none where the table has no row.
pub fn of(language: &Language) -> Option<&'static Speech> {
    static TABLE: OnceLock<BTreeMap<&'static str, Speech>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let lines = include_str!("speech.tsv").lines().filter(|line| !line.starts_with('#'));
        lines.filter_map(|line| read(&line.split('\t').collect::<Vec<_>>())).collect()
    });
    table.get(language.tag.as_str()).or_else(|| table.get(language.primary()))
}

fn read(cells: &[&'static str]) -> Option<(&'static str, Speech)> {
    let &[tag, bare, auxiliaries, participles, verbs, order, ref rest @ ..] = cells else { return None };
    let split = |cell: &'static str| cell.split('|').filter(|word| !word.is_empty()).collect();
    let order = match order {
        "after" => Order::After,
        "before" => Order::Before,
        "end" => Order::End,
        _ => return None,
    };
    let bare = bare == "bare";
    let (auxiliaries, participles, verbs) = (split(auxiliaries), split(participles), split(verbs));
    let particles = rest.first().map(|particles| split(particles)).unwrap_or_default();
    Some((tag, Speech { bare, auxiliaries, participles, verbs, order, particles }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang;

    #[test]
    fn every_row_is_read() {
        for line in include_str!("speech.tsv").lines().filter(|line| !line.starts_with('#')) {
            let tag = line.split('\t').next().unwrap_or_default();
            let language = lang::find(tag).expect("a language");
            let speech = of(language).expect("a row");
            for word in speech.auxiliaries.iter().chain(&speech.participles).chain(&speech.verbs) {
                assert_eq!(*word, language.lower(word), "{tag}");
            }
        }
    }
}
