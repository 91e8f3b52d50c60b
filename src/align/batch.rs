//! Many pairs at once: documents of one pair of languages share what they teach.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::parallel::{self, Control, Pair};
use super::pool::{Aligned, Pool};
use super::units::{self, Kind, Unit};
use super::words::Linker;
use super::{Alignment, Evidence, Options};
use crate::model::{Bead, Bitext, Document, Value};

/// Pools hold at most so many sentences of both sides: bounds memory.
const SENTENCES: usize = 60_000;

/// Aligns pairs of documents; those of one pair of languages teach each other. Results in the order given, each
/// with what placed its beads.
pub fn align_all(pairs: Vec<(Document, Document)>, options: &Options<'_>) -> Vec<(Bitext, Vec<Evidence>)> {
    let mut groups: BTreeMap<(&str, &str), Vec<Vec<usize>>> = BTreeMap::new();
    let mut sizes: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for (index, (source, target)) in pairs.iter().enumerate() {
        let key = (source.language.tag.as_str(), target.language.tag.as_str());
        let size = source.segments.len() + target.segments.len();
        let so_far = sizes.entry(key).or_default();
        let pools = groups.entry(key).or_default();
        if pools.is_empty() || *so_far + size > SENTENCES {
            pools.push(Vec::new());
            *so_far = 0;
        }
        *so_far += size;
        pools.last_mut().expect("pushed above").push(index);
    }
    let mut done: Vec<(usize, Alignment)> = Vec::new();
    for members in groups.values().flatten() {
        let inputs: Vec<(Prose<'_>, Prose<'_>)> =
            members.iter().map(|&index| (Prose::new(&pairs[index].0), Prose::new(&pairs[index].1))).collect();
        let aligned = pool(&inputs, options, options.links);
        done.extend(members.iter().copied().zip(aligned));
    }
    done.sort_by_key(|(index, _)| *index);
    pairs
        .into_iter()
        .zip(done)
        .map(|((source, target), (_, alignment))| {
            let Alignment { beads, evidence, parallelism } = alignment;
            (Bitext { source, target, beads, parallelism }, evidence)
        })
        .collect()
}

/// Aligns lists of segments.
pub(super) fn lists(pairs: &[(&[&str], &[&str])], options: &Options<'_>) -> Vec<Alignment> {
    let inputs: Vec<_> =
        pairs.iter().map(|(source, target)| (Prose::list(source), Prose::list(target))).collect();
    pool(&inputs, options, false)
}

/// Whether two texts are in one language, and nearly the same text: the tags say so where both are known, and most
/// words of one side stand in the other.
fn is_same_language(source: &Prose<'_>, target: &Prose<'_>) -> bool {
    let known = source.tag != "und" && target.tag != "und";
    if known && source.tag != target.tag {
        return false;
    }
    let words = |prose: &Prose<'_>| {
        let mut keys = BTreeSet::new();
        for unit in &prose.units {
            units::each_token(unit.text, |_, kind, key| {
                if kind != Kind::Number && key.chars().any(char::is_alphabetic) {
                    keys.insert(key.to_owned());
                }
            });
        }
        keys
    };
    let (source, target) = (words(source), words(target));
    let fewer = source.len().min(target.len());
    // Lists of names look alike in any two languages: where the tags do not say, nearly all words must agree.
    let needed = if known { 0.6 } else { 0.9 };
    fewer >= 10 && source.intersection(&target).count() as f64 >= needed * fewer as f64
}

/// What a mention adds to the words of its segment, in a form that no language shares with a word. A figure whose
/// digits give its value already adds nothing: `450,000` does, `450 thousand` does not.
fn values(value: &Value, text: &str) -> Vec<String> {
    match value {
        Value::Number(number) => {
            let value = format!("{}", number.value);
            let mut written = false;
            units::each_token(text, |_, kind, key| written |= kind == Kind::Number && key == value);
            if written { Vec::new() } else { vec![value] }
        }
        Value::Name(name) => name.key.iter().map(|key| format!("name {key}")).collect(),
        Value::Date(date) => {
            let month = date.month.map(|month| format!("month {month}"));
            let weekday = date.weekday.map(|weekday| format!("weekday {weekday}"));
            month.into_iter().chain(weekday).collect()
        }
        _ => Vec::new(),
    }
}

/// The segments of a document that take part.
struct Prose<'a> {
    units: Vec<Unit<'a>>,
    /// Index and first byte of each in the document.
    places: Vec<(usize, usize)>,
    /// Number of segments of the document.
    size: usize,
    /// Primary language, `und` where unknown.
    tag: &'a str,
}

impl<'a> Prose<'a> {
    fn new(document: &'a Document) -> Self {
        let prose: Vec<usize> =
            (0..document.segments.len()).filter(|&at| document.segments[at].kind.is_prose()).collect();
        let units = prose.iter().enumerate().map(|(at, &index)| {
            let segment = &document.segments[index];
            let next = prose.get(at + 1);
            let mentions = segment.mentions.iter();
            let values = mentions.flat_map(|mention| values(&mention.value, document.excerpt(mention.span)));
            Unit {
                text: document.excerpt(segment.span),
                ends_paragraph: next
                    .is_none_or(|&next| document.segments[next].paragraph != segment.paragraph),
                ends_block: next.is_some_and(|&next| next != index + 1),
                values: values.collect(),
            }
        });
        Self {
            units: units.collect(),
            places: prose.iter().map(|&index| (index, document.segments[index].span.start)).collect(),
            size: document.segments.len(),
            tag: document.language.primary(),
        }
    }

    fn list(segments: &[&'a str]) -> Self {
        Self {
            units: segments.iter().map(|&text| Unit { text, ..Unit::default() }).collect(),
            places: (0..segments.len()).map(|index| (index, 0)).collect(),
            size: segments.len(),
            tag: "und",
        }
    }

    fn texts(&self) -> Vec<&'a str> {
        self.units.iter().map(|unit| unit.text).collect()
    }

    /// Range of segments for a run of units; an empty run lies before its next unit.
    fn range(&self, start: usize, count: usize) -> Range<usize> {
        let index = |at: usize| self.places.get(at).map_or(self.size, |place| place.0);
        let first = index(start);
        if count == 0 { first..first } else { first..index(start + count - 1) + 1 }
    }
}

/// The side that comes first whichever way round the caller gives them, so that swapping sides mirrors the result
/// exactly: the one with fewer characters, then fewer segments, then the lesser text.
fn is_turned(inputs: &[(Prose<'_>, Prose<'_>)]) -> bool {
    let measure = |sides: &mut dyn Iterator<Item = &Prose<'_>>| {
        sides.fold((0, 0), |sum: (usize, usize), prose| {
            let bytes: usize = prose.units.iter().map(|unit| unit.text.len()).sum();
            (sum.0 + bytes, sum.1 + prose.units.len())
        })
    };
    let source = measure(&mut inputs.iter().map(|pair| &pair.0));
    let target = measure(&mut inputs.iter().map(|pair| &pair.1));
    source.cmp(&target).then_with(|| {
        let order = inputs.iter().map(|pair| pair.0.texts().cmp(&pair.1.texts()));
        order.fold(std::cmp::Ordering::Equal, std::cmp::Ordering::then)
    }) == std::cmp::Ordering::Greater
}

/// Pairs of more cells than this are held against samples of themselves.
const WHOLE: usize = 10_000;
/// Samples of a long pair, and source segments of each.
const SAMPLES: (usize, usize) = (3, 50);

/// What the evidence of a pair, aligned alone, is worth with the second side out of order: back to front, and with
/// every other sentence first, on average. Sentences that have nothing to do with each other fit as well (as badly)
/// either way; translations lose by it. `own` is the evidence where the pair was aligned alone already.
fn control(
    (first, second): (&[Unit<'_>], &[Unit<'_>]),
    lexicon: Option<&dyn super::Lexicon>,
    aligned: &Aligned,
    own: Option<f32>,
) -> Control {
    let evidence = |first: &[Unit<'_>], second: Vec<Unit<'_>>| {
        let mut pool = Pool::new(&[first.to_vec()], &[second], lexicon);
        pool.run().first().map_or(0.0, |aligned| aligned.evidence)
    };
    let (mut sum, mut out_of_order, mut segments) = (0.0, 0.0, 0);
    let whole = first.len() * second.len() <= WHOLE;
    for (rows, columns) in samples(aligned, (first.len(), second.len())) {
        let (first, second) = (&first[rows], &second[columns]);
        sum += own.filter(|_| whole).unwrap_or_else(|| evidence(first, second.to_vec()));
        let backwards = evidence(first, second.iter().rev().cloned().collect());
        let (odd, even) = (second.iter().skip(1).step_by(2), second.iter().step_by(2));
        let shuffled = evidence(first, odd.chain(even.rev()).cloned().collect());
        out_of_order += f32::midpoint(backwards, shuffled);
        segments += first.len() + second.len();
    }
    let mean = |sum: f32| f64::from(sum) / segments.max(1) as f64;
    Control { own: mean(sum), disordered: mean(out_of_order) }
}

/// The whole of a short pair; of a long one stretches of the path at its beginning, its middle and its end.
fn samples(aligned: &Aligned, (rows, columns): (usize, usize)) -> Vec<(Range<usize>, Range<usize>)> {
    if rows * columns <= WHOLE {
        return vec![(0..rows, 0..columns)];
    }
    let (count, size) = SAMPLES;
    let starts = (0..count).map(|at| rows.saturating_sub(size) * at / (count - 1));
    starts
        .map(|start| {
            let inside = |row: usize| (start..start + size).contains(&row);
            let steps = aligned.path.iter().zip(&aligned.moved).filter(|(step, moved)| {
                !**moved && step.rows > 0 && step.columns > 0 && inside(step.row as usize)
            });
            let ends = steps.map(|(step, _)| {
                let (row, column) = (step.row as usize, step.column as usize);
                (row, row + usize::from(step.rows), column, column + usize::from(step.columns))
            });
            ends.fold((rows..0, columns..0), |(rows, columns), (row, below, column, after)| {
                (rows.start.min(row)..rows.end.max(below), columns.start.min(column)..columns.end.max(after))
            })
        })
        .filter(|(rows, columns)| rows.start < rows.end && columns.start < columns.end)
        .collect()
}

fn pool(inputs: &[(Prose<'_>, Prose<'_>)], options: &Options<'_>, links: bool) -> Vec<Alignment> {
    let turned = is_turned(inputs);
    let units = |second: bool| -> Vec<Vec<Unit<'_>>> {
        inputs.iter().map(|pair| if second { pair.1.units.clone() } else { pair.0.units.clone() }).collect()
    };
    let (first, second) = (units(turned), units(!turned));
    let lexicon = options.lexicon.map(|lexicon| super::Turned { lexicon, turned });
    let mut pool = Pool::new(&first, &second, lexicon.as_ref().map(|lexicon| lexicon as &dyn super::Lexicon));
    let aligned = pool.run();
    let linker = links.then(|| Linker::new(&pool));
    let documents = inputs.iter().zip(aligned).enumerate();
    documents
        .map(|(document, ((source, target), aligned))| {
            let (here, there) = (source.texts(), target.texts());
            let (here, there) = if turned { (there, here) } else { (here, there) };
            let steps = aligned.path.iter().zip(&aligned.parts).zip(&aligned.moved);
            let mut beads: Vec<(Bead, Evidence)> = steps
                .map(|((step, &evidence), &moved)| {
                    let (row, column) = (step.row as usize, step.column as usize);
                    let (rows, columns) = (usize::from(step.rows), usize::from(step.columns));
                    let pairs = linker
                        .as_ref()
                        .filter(|_| rows > 0 && columns > 0)
                        .map(|linker| {
                            linker.link(
                                document,
                                &(row..row + rows, column..column + columns),
                                (&here, &there),
                            )
                        })
                        .unwrap_or_default();
                    let (here, there) = if turned { (column, row) } else { (row, column) };
                    let (m, n) = if turned { (columns, rows) } else { (rows, columns) };
                    let links =
                        pairs.into_iter().map(|pair| pair.place(turned, &source.places, &target.places));
                    let mut links: Vec<_> = links.collect();
                    links.sort_by_key(|link| (link.source, link.target));
                    let bead = Bead {
                        source: source.range(here, m),
                        target: target.range(there, n),
                        confidence: f64::from(step.probability),
                        moved,
                        links,
                    };
                    (bead, evidence)
                })
                .collect();
            beads.sort_by_key(|(bead, _)| {
                (bead.source.start, bead.target.start, bead.source.end, bead.target.end)
            });
            let (beads, evidence): (Vec<_>, Vec<_>) = beads.into_iter().unzip();
            let pair = Pair {
                source: here.len(),
                target: there.len(),
                shared: pool.shared(document),
                known: pool.known / inputs.len(),
                same_words: is_same_language(source, target),
            };
            let sides = (first[document].as_slice(), second[document].as_slice());
            let own = (inputs.len() == 1).then_some(aligned.evidence);
            let lexicon = lexicon.as_ref().map(|lexicon| lexicon as &dyn super::Lexicon);
            let parallelism = parallel::judge(&aligned, &pair, || control(sides, lexicon, &aligned, own));
            Alignment { beads, evidence, parallelism }
        })
        .collect()
}
