//! Speed of the aligner on made-up text of two made-up languages.

use divan::Bencher;
use recto::align::{Options, align_segments};

fn main() {
    divan::main();
}

/// Numbers from a linear congruence (Knuth's constants), so that every run sees the same text.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }

    /// A rank in a vocabulary, the low ones far more often.
    fn rank(&mut self) -> u64 {
        let bits = 1 + self.below(13);
        self.below(1 << bits)
    }
}

/// A word of a language for a rank.
fn word(language: u64, rank: u64) -> String {
    let mut dice = Dice(rank * 2 + language);
    let length = 3 + dice.below(6);
    (0..length).map(|_| char::from(b'a' + dice.below(26) as u8)).collect()
}

fn texts(sentences: usize) -> (Vec<String>, Vec<String>) {
    let mut dice = Dice(1);
    let (mut source, mut target) = (Vec::new(), Vec::new());
    for _ in 0..sentences {
        let ranks: Vec<u64> = (0..8 + dice.below(20)).map(|_| dice.rank()).collect();
        let say =
            |language| ranks.iter().map(|&rank| word(language, rank)).collect::<Vec<_>>().join(" ") + ".";
        source.push(say(0));
        if dice.below(10) == 0 && !target.is_empty() {
            let last: &mut String = target.last_mut().expect("not empty");
            last.push(' ');
            last.push_str(&say(1));
        } else {
            target.push(say(1));
        }
    }
    (source, target)
}

#[divan::bench(args = [30, 300, 3_000, 20_000], sample_count = 3)]
fn article(bencher: Bencher<'_, '_>, sentences: usize) {
    let (source, target) = texts(sentences);
    let source: Vec<&str> = source.iter().map(String::as_str).collect();
    let target: Vec<&str> = target.iter().map(String::as_str).collect();
    bencher.counter(divan::counter::ItemsCount::new(source.len() + target.len())).bench_local(|| {
        align_segments(divan::black_box(&source), divan::black_box(&target), &Options::default())
    });
}
