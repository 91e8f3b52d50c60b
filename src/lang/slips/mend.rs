//! A word that no listed word is near, and that holds letters which never stand in a row: one letter changed, and
//! they are usual. A rare word or a foreign one cannot be mended so.

use super::kin::Kin;
use super::model::Model;
use super::{Apart, Slip, is};
use crate::lang::{Language, forms, lexis};

/// Letters that a mended word must have: shorter ones are made by chance.
const SHORTEST: usize = 5;

/// The likeliest word one letter away with usual letters, a listed one first.
pub(super) fn mend(word: &str, language: &Language, demanded: f64) -> Option<Slip> {
    let letters: Vec<char> = word.chars().collect();
    let unheard = forms::unheard(&letters, language);
    if unheard == 0 {
        return None;
    }
    let model = Model::of(language);
    let must_be_listed = forms::listed(language);
    let mut best: Option<(bool, f64, String)> = None;
    lexis::edits(word, language, |candidate| {
        let meant: Vec<char> = candidate.chars().collect();
        if meant.len() < SHORTEST || forms::unheard(&meant, language) > 0 {
            return;
        }
        let listed = forms::has(candidate, language);
        if must_be_listed && !listed {
            return;
        }
        let chance: f64 = model.surprise(&meant).iter().sum();
        let better = best.as_ref().is_none_or(|(best_listed, best_chance, right)| {
            (listed, chance) > (*best_listed, *best_chance)
                || (listed, chance) == (*best_listed, *best_chance) && candidate < right.as_str()
        });
        if better {
            best = Some((listed, chance, candidate.to_owned()));
        }
    });
    let (listed, chance, right) = best?;
    let sure = odds(word, &letters, &right, (listed, chance), unheard, model) - demanded;
    (sure >= 0.0).then_some(Slip { right, listed, sure })
}

/// Log odds that the word is a slip for the right one, fitted as those of [`super::odds`] are.
fn odds(
    word: &str,
    letters: &[char],
    right: &str,
    (listed, chance): (bool, f64),
    unheard: usize,
    model: &'static Model,
) -> f64 {
    let meant: Vec<char> = right.chars().collect();
    let Apart { front, back } = Apart::of(letters, &meant);
    let written = model.surprise(letters);
    let worst = written.iter().copied().fold(0.0, f64::min);
    let kin = Kin::of(word, right, model);
    -2.505 + 0.142 * letters.len().min(14) as f64 + 0.295 * (chance - written.iter().sum::<f64>())
        - 0.003 * worst
        + 0.882 * unheard.min(5) as f64
        - 0.129 * is(unheard == 1)
        + 2.085 * is(listed)
        - 0.425 * front.min(4) as f64
        + 0.256 * is(front == 0)
        - 0.304 * back.min(4) as f64
        + 0.227 * is(back == 0)
        - kin.begins([0.185, 0.035, 0.299])
        - kin.ends([0.928, -0.056, 0.125])
        + 0.058 * is(letters.len() <= 6)
}
