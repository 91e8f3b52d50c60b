//! Runs of words inside a sentence that its translation has nothing for. Finds nothing itself.
//!
//! That one word has no partner says little: dictionaries know a part of the words, and translators choose others. What
//! tells is a run of them, in a sentence whose other words have their partners, that makes it longer than it should be,
//! while few words of the other side are still to be had.

use super::coverage::{Coverage, Word};
use super::{Context, anchors};
use crate::lang::packs::Model;
use crate::lang::tokens::{self, Kind};
use crate::model::{Bead, Bitext, Side, Span};

/// A run of words without a partner.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run {
    /// Where, in the text.
    pub span: Span,
    /// How sure.
    pub confidence: f64,
    /// Long and certain.
    pub grave: bool,
}

/// Words of a run at the most.
const LONGEST: usize = 12;
/// Words that each side has at least.
const SHORTEST: (usize, usize) = (4, 3);
/// What the words of a run lack together at least.
const LACK: f64 = 0.3;
/// Confidence of the bead from which its words are compared.
const ALIGNED: f64 = 0.9;
/// Share of the content words that the dictionary must know.
const KNOWN: f64 = 0.5;
/// Support under which a word has no partner, and from which it surely has one.
const NONE: f64 = 0.3;
const SURE: f64 = 0.6;
/// Bounds of what an unexpected word costs more than the word alone, in nats.
const BREAK: (f64, f64) = (-3.0, 4.0);
/// What breaks before and after a run count when the run is chosen.
const EDGE: f64 = 0.15;
/// The most that the order of words can add to the evidence.
const MOST_OF_ORDER: f64 = 5.7;
/// Evidence from which a run of words added is grave.
const GRAVE: f64 = 0.3;
/// Evidence and words from which a run of words left out is: what a translator says in fewer words is no error.
const GRAVE_LEFT_OUT: (f64, usize) = (2.5, 5);

/// What tells a run, in the order of the weights.
const TRAITS: usize = 20;
/// What the traits weigh for words added and for words left out: lack, lack by the support of the words around, words
/// without a partner beyond those of the other side, the same by its support, the same by the words of the sentence,
/// those of the other side, too long by, nearer to the length without it, worst and second worst break of the order of
/// words, breaks at the edges, function words, doubtful words, sure words, capitals, at an edge of the sentence, length,
/// support of the words outside and of the other side, no order of words known.
const ADDED: [f64; TRAITS] = [
    -0.759, 1.933, -0.149, 0.939, 3.789, -0.059, 5.787, 1.214, 0.0, 0.887, 0.266, 0.192, -0.758, 0.0, 0.29,
    -1.254, 0.076, -1.079, 0.0, 0.0,
];
const LEFT_OUT: [f64; TRAITS] = [
    0.044, 0.0, 0.252, 0.0, -2.624, 0.0, 4.559, -0.236, 0.485, 0.0, 0.0, 0.209, 0.0, -0.645, 0.401, -0.726,
    0.0, -5.569, 4.135, 1.617,
];
/// The evidence that is there before anything is seen, and what is needed.
const BIAS: (f64, f64) = (-7.11, -5.45);
const NEEDED: (f64, f64) = (0.3, -0.8);
/// What a known word without a partner that the source leaves out adds by the support of the words around it.
const KNOWN_LEFT_OUT: f64 = 0.332;

/// The runs of one side, at most one a bead.
pub(super) fn runs(bitext: &Bitext, context: &Context, side: Side) -> Vec<Run> {
    if !bitext.parallelism.relation.may_be_translation() {
        return Vec::new();
    }
    let usual = anchors::ratio(bitext);
    let model = context.knowledge().model(bitext.target.language);
    let order = |bead: &Bead| Order::of(bitext, bead, model.as_deref());
    let beads = bitext.beads.iter().zip(context.coverages(bitext));
    beads
        .filter(|(bead, _)| bead.is_pair() && bead.confidence >= ALIGNED && !bead.moved)
        .filter_map(|(bead, coverage)| {
            let sides = Sides::of(bitext, bead, coverage, side, usual)?;
            let run = sides.run(|| order(bead))?;
            Some(Run { span: run.span.shift(sides.start), ..run })
        })
        .collect()
}

/// A bead seen from one side.
struct Sides<'a> {
    added: bool,
    text: &'a str,
    start: usize,
    own: &'a [Word],
    other: &'a [Word],
    /// Length of the other side as this one would have it.
    expected: f64,
}

/// How unexpected the words of the target are.
#[derive(Default)]
struct Order {
    /// By their place.
    breaks: Vec<(usize, f64)>,
    worst: f64,
    second: f64,
    known: bool,
}

impl Order {
    fn of(bitext: &Bitext, bead: &Bead, model: Option<&Model>) -> Self {
        let mut own = Self::default();
        let (Some(model), Some(span)) = (model, bitext.target_span(bead)) else { return own };
        let language = bitext.target.language;
        own.known = true;
        (own.worst, own.second) = (BREAK.0, BREAK.0);
        let mut key = String::new();
        let mut before = model.start();
        let mut first = true;
        for token in tokens::tokens(bitext.target.excerpt(span), language) {
            let (number, _) = model.number(&token, first, language, &mut key);
            let more = f64::from(model.cost(before, number) - model.alone(number)).clamp(BREAK.0, BREAK.1);
            if more > own.worst {
                (own.worst, own.second) = (more, own.worst);
            } else {
                own.second = own.second.max(more);
            }
            own.breaks.push((token.start, more));
            before = [before[1], number];
            first = first && token.kind == Kind::Mark;
        }
        own
    }

    /// At a word; nothing where the order is not known.
    fn at(&self, word: Option<&Word>) -> f64 {
        let Some(word) = word else { return 0.0 };
        let place = self.breaks.binary_search_by_key(&word.span.start, |own| own.0);
        place.map_or(0.0, |place| self.breaks[place].1)
    }
}

/// How surely the other side has something for a word.
pub(super) fn support(word: &Word) -> f64 {
    f64::from(word.partner.max(word.explained.min(1.0))).min(1.0)
}

fn is_bare(word: &Word) -> bool {
    !word.light && support(word) < NONE
}

/// What a word lacks; less than nothing where it has a partner.
fn lack(word: &Word) -> f64 {
    if word.light {
        return (0.15 - f64::from(word.explained.min(1.0))) * 0.5;
    }
    let lacking = if word.unknown { 0.35 } else { 0.5 } - support(word);
    if lacking > 0.0 { lacking } else { lacking * 1.5 }
}

/// Mean support of content words, a half in doubt counted in.
fn mean<'a>(words: impl Iterator<Item = &'a Word>) -> f64 {
    let (sum, count) = words.fold((0.5, 1.0), |(sum, count), word| (sum + support(word), count + 1.0));
    sum / count
}

impl<'a> Sides<'a> {
    fn of(bitext: &'a Bitext, bead: &Bead, coverage: &'a Coverage, side: Side, usual: f64) -> Option<Self> {
        let (source, target) = (bitext.source_span(bead)?, bitext.target_span(bead)?);
        let (from, to) = (bitext.source.excerpt(source), bitext.target.excerpt(target));
        let added = side == Side::Target;
        let (own, other) =
            if added { (&coverage.target, &coverage.source) } else { (&coverage.source, &coverage.target) };
        if own.len() < SHORTEST.0 || other.len() < SHORTEST.1 {
            return None;
        }
        let content = own.iter().filter(|word| !word.light);
        let known = content.clone().filter(|word| !word.unknown).count() as f64;
        if known < KNOWN * content.count() as f64 {
            return None;
        }
        Some(if added {
            Self { added, text: to, start: target.start, own, other, expected: anchors::length(from) * usual }
        } else {
            Self { added, text: from, start: source.start, own, other, expected: anchors::length(to) / usual }
        })
    }

    /// The run that the most speaks for, where it is enough.
    fn run(&self, order: impl Fn() -> Order) -> Option<Run> {
        let needed = if self.added { NEEDED.0 } else { NEEDED.1 };
        let blank = Order::default();
        // Most sentences are done without the order of their words.
        let (start, end, sum) = self.choose(&blank)?;
        if self.evidence(start, end, sum, &blank) + MOST_OF_ORDER < needed {
            return None;
        }
        let order = order();
        let (start, end, sum) = if self.added { self.choose(&order)? } else { (start, end, sum) };
        let evidence = self.evidence(start, end, sum, &order);
        if evidence < needed {
            return None;
        }
        let words = self.own.get(start..end)?;
        let span = words.first()?.span.join(words.last()?.span);
        let bare = words.iter().filter(|word| is_bare(word)).count();
        Some(Run {
            span,
            confidence: (0.5 + 0.1 * (evidence - needed)).clamp(0.5, 0.85),
            grave: if self.added {
                evidence > GRAVE
            } else {
                evidence > GRAVE_LEFT_OUT.0 && bare >= GRAVE_LEFT_OUT.1
            },
        })
    }

    /// The run that lacks most, its edges where the order of words breaks: first word, end, what it lacks.
    fn choose(&self, order: &Order) -> Option<(usize, usize, f64)> {
        let lacks: Vec<f64> = self.own.iter().map(lack).collect();
        let edges: Vec<f64> = (0..=self.own.len())
            .map(|at| if self.added { EDGE * order.at(self.own.get(at)) } else { 0.0 })
            .collect();
        let mut best: Option<(f64, (usize, usize, f64))> = None;
        for start in 0..lacks.len() {
            let mut sum = 0.0;
            for (count, lack) in lacks[start..].iter().take(LONGEST).enumerate() {
                sum += lack;
                let end = start + count + 1;
                let all = sum + edges[start] + edges[end];
                if count > 0 && sum > LACK && best.is_none_or(|(most, _)| all > most) {
                    best = Some((all, (start, end, sum)));
                }
            }
        }
        best.map(|(_, run)| run)
    }

    fn evidence(&self, start: usize, end: usize, sum: f64, order: &Order) -> f64 {
        let (run, all) = (&self.own[start..end], self.own);
        let outside = || all[..start].iter().chain(&all[end..]);
        let near = all[start.saturating_sub(3)..start].iter().chain(all[end..].iter().take(3));
        let content = |word: &&Word| !word.light;
        let bare = run.iter().filter(|word| is_bare(word)).count() as f64;
        let left = self.other.iter().filter(|word| is_bare(word)).count() as f64;
        let surplus = bare - left;
        let others = mean(self.other.iter().filter(content));
        let around = mean(outside().filter(content));
        let length = anchors::length(self.text);
        let span = run[0].span.join(run[run.len() - 1].span);
        let off = |length: f64| (length.max(1.0) / self.expected.max(1.0)).ln();
        let too_long = off(length);
        let shorter = off(length - anchors::length(span.of(self.text)));
        let count = |test: &dyn Fn(&Word) -> bool| run.iter().filter(|word| test(word)).count() as f64;
        let edge = start == 0 || end == all.len();
        let traits: [f64; TRAITS] = [
            sum,
            sum * mean(near),
            surplus,
            surplus * others,
            surplus / all.len() as f64,
            left.min(8.0),
            too_long.clamp(-1.0, 1.0),
            too_long.abs() - shorter.abs(),
            order.worst,
            order.second,
            if self.added { order.at(all.get(start)) + order.at(all.get(end)) } else { 0.0 },
            count(&|word| word.light),
            count(&|word| !word.light && (NONE..SURE).contains(&support(word))),
            count(&|word| !word.light && support(word) >= SURE),
            count(&|word| is_bare(word) && word.capital),
            f64::from(u8::from(edge)),
            all.len().min(40) as f64,
            around,
            others,
            f64::from(u8::from(!order.known)),
        ];
        let weights = if self.added { &ADDED } else { &LEFT_OUT };
        let weighed: f64 = traits.iter().zip(weights).map(|(own, weight)| own * weight).sum();
        if self.added {
            return weighed + BIAS.0;
        }
        let known = count(&|word| is_bare(word) && !word.unknown);
        weighed + KNOWN_LEFT_OUT * known * around + BIAS.1
    }
}
