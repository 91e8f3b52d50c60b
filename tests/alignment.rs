//! The aligner: promises for any text, and the articles of `corpora/alignment` with their scoreboard.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use recto::align::{Alignment, Options, align, align_all, align_lists, align_segments};
use recto::entities::gather;
use recto::lang;
use recto::lang::dictionary::Knowledge;
use recto::model::{Bead, Document, Relation, Segment, SegmentKind, Span};
use recto::pipeline::{Text, prepare, prepare_lines};

fn aligned(source: &[&str], target: &[&str]) -> Alignment {
    align_segments(source, target, &Options::default())
}

fn ranges(beads: &[Bead]) -> Vec<(Range<usize>, Range<usize>)> {
    beads.iter().map(|bead| (bead.source.clone(), bead.target.clone())).collect()
}

/// Every index of either side is in exactly one bead.
fn covers(beads: &[Bead], source: usize, target: usize) -> bool {
    let mut seen: (Vec<usize>, Vec<usize>) = Default::default();
    for bead in beads {
        seen.0.extend(bead.source.clone());
        seen.1.extend(bead.target.clone());
    }
    seen.0.sort_unstable();
    seen.1.sort_unstable();
    seen.0.into_iter().eq(0..source) && seen.1.into_iter().eq(0..target)
}

/// Made-up text: sentences of words drawn by a linear congruence, said in two made-up languages.
fn invented(sentences: usize) -> (Vec<String>, Vec<String>) {
    let mut state = 7_u64;
    let mut below = move |limit: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % limit
    };
    let mut sides = (Vec::new(), Vec::new());
    for _ in 0..sentences {
        // Few words are frequent, many rare.
        let words: Vec<u64> = (0..8 + below(16))
            .map(|_| {
                let bits = 2 + below(9);
                below(1 << bits)
            })
            .collect();
        // Four letters that tell all words apart, and an ending.
        let say = |vowels: [char; 5]| {
            let word = |&rank: &u64| -> String {
                let consonants = ['b', 'd', 'f', 'g', 'k', 'l', 'm', 'n', 'p', 'r', 's', 't'];
                let consonant = |at: u64| consonants[(at % 12) as usize];
                let vowel = |at: u64| vowels[(at % 5) as usize];
                [
                    consonant(rank),
                    vowel(rank / 12),
                    consonant(rank / 60),
                    vowel(rank / 720),
                    consonant(rank / 7),
                ]
                .iter()
                .collect()
            };
            words.iter().map(word).collect::<Vec<_>>().join(" ") + "."
        };
        sides.0.push(say(['a', 'e', 'i', 'o', 'u']));
        // The other language puts other consonants, too: nothing looks alike.
        let swapped: String = say(['y', 'o', 'u', 'a', 'e'])
            .chars()
            .map(|letter| match letter {
                'b' => 'z',
                'd' => 'v',
                'f' => 'x',
                'g' => 'h',
                'k' => 'j',
                'l' => 'w',
                'm' => 'q',
                'n' => 'c',
                other => other,
            })
            .collect();
        sides.1.push(swapped);
    }
    sides
}

fn strs(lines: &[String]) -> Vec<&str> {
    lines.iter().map(String::as_str).collect()
}

fn segments() -> impl Strategy<Value = Vec<String>> {
    let word = prop_oneof![
        4 => "[a-zé]{1,8}",
        1 => "[0-9.,]{1,6}",
        1 => "[а-яА-Я]{1,8}",
        1 => "[一-龠ぁ-ん]{1,6}",
        1 => "[ก-ฮะ-ู]{1,8}",
        1 => "[ء-ي]{1,6}",
        1 => "\\PC{0,6}",
    ];
    let sentence = proptest::collection::vec(word, 0..12).prop_map(|words| words.join(" "));
    proptest::collection::vec(sentence, 0..14)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn every_segment_is_in_exactly_one_bead(source in segments(), target in segments()) {
        let found = aligned(&strs(&source), &strs(&target));
        prop_assert!(covers(&found.beads, source.len(), target.len()));
        prop_assert_eq!(found.beads.len(), found.evidence.len());
        for bead in &found.beads {
            prop_assert!((0.0..=1.0).contains(&bead.confidence), "{:?}", bead);
            prop_assert!(bead.source.len() <= 5 && bead.target.len() <= 5);
        }
        prop_assert!((0.0..=1.0).contains(&found.parallelism.confidence));
    }

    #[test]
    fn swapping_the_sides_mirrors_the_beads(source in segments(), target in segments()) {
        let there = aligned(&strs(&source), &strs(&target));
        let back = aligned(&strs(&target), &strs(&source));
        let mut mirrored: Vec<_> = back
            .beads
            .iter()
            .map(|bead| (bead.target.clone(), bead.source.clone(), bead.confidence.to_bits()))
            .collect();
        let mut found: Vec<_> = there
            .beads
            .iter()
            .map(|bead| (bead.source.clone(), bead.target.clone(), bead.confidence.to_bits()))
            .collect();
        let key = |bead: &(Range<usize>, Range<usize>, u64)| {
            (bead.0.start, bead.0.end, bead.1.start, bead.1.end)
        };
        mirrored.sort_by_key(key);
        found.sort_by_key(key);
        prop_assert_eq!(mirrored, found);
    }

    #[test]
    fn text_aligns_to_itself_one_to_one(source in proptest::collection::vec("[a-z]{3,9}( [a-z]{3,9}){2,9}[.?]", 1..14)) {
        let found = aligned(&strs(&source), &strs(&source));
        let expected: Vec<_> = (0..source.len()).map(|at| (at..at + 1, at..at + 1)).collect();
        prop_assert_eq!(ranges(&found.beads), expected);
    }

    #[test]
    fn an_empty_side_gives_gaps(source in segments()) {
        let found = aligned(&strs(&source), &[]);
        prop_assert!(covers(&found.beads, source.len(), 0));
        prop_assert!(found.beads.iter().all(|bead| bead.source.len() == 1));
        prop_assert_eq!(found.parallelism.relation, Relation::Unclear);
    }
}

/// Numbers below a limit, by a linear congruence.
fn dice(mut state: u64) -> impl FnMut(usize) -> usize {
    move |limit| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % limit
    }
}

/// Sentences of one side, some split at a space, some joined with the next; and the sentences that each holds.
fn cut_anew(lines: &[String], mut below: impl FnMut(usize) -> usize) -> (Vec<String>, Vec<Vec<usize>>) {
    let (mut out, mut held): (Vec<String>, Vec<Vec<usize>>) = Default::default();
    let mut join = false;
    for (index, line) in lines.iter().enumerate() {
        let words: Vec<&str> = line.split(' ').collect();
        if let (true, Some(last), Some(whole)) = (join, out.last_mut(), held.last_mut()) {
            *last += " ";
            *last += line;
            whole.push(index);
        } else if words.len() > 9 && below(10) == 0 {
            let (first, second) = words.split_at(4 + below(words.len() - 8));
            out.extend([first.join(" "), second.join(" ")]);
            held.extend([vec![index], vec![index]]);
        } else {
            out.push(line.clone());
            held.push(vec![index]);
        }
        join = below(10) == 0;
    }
    (out, held)
}

#[test]
fn sentences_cut_anew_cost_no_beads() {
    let (source, target) = invented(80);
    for seed in 1..=6 {
        let (mine, yours) = (cut_anew(&source, dice(seed)), cut_anew(&target, dice(seed + 100)));
        let found = aligned(&strs(&mine.0), &strs(&yours.0));
        let same = |rows: &[Vec<usize>], columns: &[Vec<usize>]| {
            rows.iter().any(|row| columns.iter().any(|column| row.iter().any(|at| column.contains(at))))
        };
        let right = |bead: &Bead| same(&mine.1[bead.source.clone()], &yours.1[bead.target.clone()]);
        let lax = found.beads.iter().filter(|bead| right(bead)).count();
        assert!(lax * 100 >= found.beads.len() * 97, "seed {seed}: {lax} of {}", found.beads.len());
    }
}

#[test]
fn any_dropped_paragraph_is_an_omission() {
    let (source, target) = invented(100);
    for (start, size) in [(8, 3), (30, 6), (57, 4), (80, 9)] {
        let kept = [&target[..start], &target[start + size..]].concat();
        for (first, second, turned) in [(&source, &kept, false), (&kept, &source, true)] {
            let found = aligned(&strs(first), &strs(second));
            let gaps = found.beads.iter().filter(|bead| !bead.is_pair());
            let missing: BTreeSet<usize> = gaps
                .flat_map(|bead| if turned { bead.target.clone() } else { bead.source.clone() })
                .collect();
            assert_eq!(missing, (start..start + size).collect(), "{start} {size} {turned}");
        }
    }
}

#[test]
fn a_dropped_paragraph_is_an_omission() {
    let (source, target) = invented(120);
    let kept = [&target[..50], &target[58..]].concat();
    let found = aligned(&strs(&source), &strs(&kept));
    let missing: BTreeSet<usize> = found
        .beads
        .iter()
        .filter(|bead| bead.target.is_empty())
        .flat_map(|bead| bead.source.clone())
        .collect();
    assert_eq!(missing, (50..58).collect());
    assert_eq!(found.parallelism.relation, Relation::Parallel);
}

#[test]
fn a_long_omission_does_not_lose_the_path() {
    let (source, target) = invented(1500);
    let kept = [&target[..600], &target[800..]].concat();
    let found = aligned(&strs(&source), &strs(&kept));
    let right = found.beads.iter().filter(|bead| {
        let expected = |at: usize| if at < 600 { at } else { at + 200 };
        bead.is_pair() && bead.target.clone().all(|at| bead.source.contains(&expected(at)))
    });
    assert!(right.count() >= 1280, "of 1300");
}

#[test]
fn a_translation_cut_short_is_truncated() {
    let (source, target) = invented(100);
    let found = aligned(&strs(&source), &strs(&target[..70]));
    assert_eq!(found.parallelism.relation, Relation::Truncated);
}

#[test]
fn a_moved_block_is_found() {
    let (source, target) = invented(80);
    let moved = [&target[..20], &target[26..60], &target[20..26], &target[60..]].concat();
    let found = aligned(&strs(&source), &strs(&moved));
    let away: Vec<_> = found.beads.iter().filter(|bead| bead.moved).collect();
    assert!(away.len() >= 5, "{away:?}");
    for bead in away {
        assert_eq!(bead.source.start + 34, bead.target.start);
    }
    assert!(covers(&found.beads, 80, 80));
}

#[test]
fn text_and_its_copy_are_one_language() {
    let (source, _) = invented(30);
    assert_eq!(aligned(&strs(&source), &strs(&source)).parallelism.relation, Relation::SameLanguage);
}

#[test]
fn pairs_teach_each_other() {
    let (source, target) = invented(160);
    let halves = |side: &[String]| side.chunks(8).map(<[String]>::to_vec).collect::<Vec<_>>();
    let (sources, targets) = (halves(&source), halves(&target));
    let lists: Vec<(Vec<&str>, Vec<&str>)> =
        sources.iter().zip(&targets).map(|(source, target)| (strs(source), strs(target))).collect();
    let pairs: Vec<(&[&str], &[&str])> =
        lists.iter().map(|(source, target)| (source.as_slice(), target.as_slice())).collect();
    let mean =
        |all: &[Alignment]| all.iter().map(|one| one.parallelism.explained).sum::<f64>() / all.len() as f64;
    let together = align_lists(&pairs, &Options::default());
    let alone: Vec<Alignment> = pairs.iter().map(|(source, target)| aligned(source, target)).collect();
    assert!(mean(&together) > mean(&alone) + 0.1, "{} {}", mean(&together), mean(&alone));
}

fn document(lines: &[(&str, SegmentKind)], tag: &str) -> Document {
    let mut text = String::new();
    let mut segments = Vec::new();
    for (index, (line, kind)) in lines.iter().enumerate() {
        let span = Span::new(text.len(), text.len() + line.len());
        segments.push(Segment { span, kind: *kind, paragraph: index as u32 / 3, mentions: Vec::new() });
        text.push_str(line);
        text.push('\n');
    }
    Document {
        name: tag.to_owned(),
        language: lang::find(tag).unwrap_or_else(lang::unknown),
        text,
        segments,
        origin: None,
        notes: Vec::new(),
        day: None,
        made_from: None,
    }
}

#[test]
fn boilerplate_is_in_no_bead_and_inside_none() {
    let (source, target) = invented(30);
    let sentence = |line| (line, SegmentKind::Sentence);
    let mut lines: Vec<_> = strs(&source).into_iter().map(sentence).collect();
    for at in [0, 7, 8, 19] {
        lines.insert(at, ("Share this article", SegmentKind::Boilerplate));
    }
    let lines_target: Vec<_> = strs(&target).into_iter().map(sentence).collect();
    let bitext = align(document(&lines, "xx"), document(&lines_target, "yy"));
    let prose: BTreeSet<usize> = (0..lines.len()).filter(|&at| lines[at].1.is_prose()).collect();
    let held: BTreeSet<usize> = bitext.beads.iter().flat_map(|bead| bead.source.clone()).collect();
    assert_eq!(held, prose);
    assert!(bitext.beads.iter().all(|bead| bead.source.len() == 1 && bead.target.len() == 1));
}

#[test]
fn links_are_words_of_the_text() {
    let (source, target) = invented(60);
    let sentence = |line| (line, SegmentKind::Sentence);
    let lines: Vec<_> = strs(&source).into_iter().map(sentence).collect();
    let lines_target: Vec<_> = strs(&target).into_iter().map(sentence).collect();
    let bitext = align(document(&lines, "xx"), document(&lines_target, "yy"));
    let mut right = 0;
    let mut all = 0;
    for bead in &bitext.beads {
        for link in &bead.links {
            let (word, other) = (bitext.source.excerpt(link.source), bitext.target.excerpt(link.target));
            let place = |text: &str, word: usize| text.get(..word).unwrap_or_default().matches(' ').count();
            all += 1;
            let starts = (
                bitext.source_span(bead).expect("a span").start,
                bitext.target_span(bead).expect("a span").start,
            );
            let line = bitext.source.excerpt(Span::new(starts.0, link.source.end));
            let other_line = bitext.target.excerpt(Span::new(starts.1, link.target.end));
            right += usize::from(
                place(line, link.source.start - starts.0) == place(other_line, link.target.start - starts.1),
            );
            assert!(!word.is_empty() && !other.is_empty());
        }
    }
    assert!(all > 300 && right * 10 >= all * 9, "{right} of {all}");
}

#[test]
fn threads_do_not_change_the_beads() {
    let pairs = || -> Vec<(Document, Document)> {
        let (source, target) = invented(120);
        source
            .chunks(10)
            .zip(target.chunks(10))
            .map(|(source, target)| {
                let lines = |side: &[String]| {
                    document(
                        &side.iter().map(|line| (line.as_str(), SegmentKind::Sentence)).collect::<Vec<_>>(),
                        "xx",
                    )
                };
                (lines(source), lines(target))
            })
            .collect()
    };
    let run = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        pool.install(|| {
            align_all(pairs(), &Options::default())
                .into_iter()
                .map(|(bitext, _)| bitext.beads)
                .collect::<Vec<_>>()
        })
    };
    assert_eq!(run(1), run(4));
}

// The corpus.

type Gold = Vec<(Vec<usize>, Vec<usize>)>;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/alignment")
}

fn gold(text: &str) -> Gold {
    let list = |part: &str| -> Vec<usize> {
        let inner = part.trim_matches(['[', ']']);
        inner
            .split(", ")
            .filter(|item| !item.is_empty())
            .map(|item| item.parse().expect("a number"))
            .collect()
    };
    let lines = text.lines().map(|line| line.split_once(':').expect("source:target"));
    lines.map(|(source, target)| (list(source), list(target))).collect()
}

/// F1 of beads that are identical, and of beads that share a pair of segments; gaps count for precision.
fn f1(found: &Gold, gold: &Gold) -> (f64, f64) {
    let two_sided = |bead: &&(Vec<usize>, Vec<usize>)| !bead.0.is_empty() && !bead.1.is_empty();
    let pairs = |beads: &Gold| -> BTreeSet<(usize, usize)> {
        let of_bead = |bead: &(Vec<usize>, Vec<usize>)| {
            let (source, target) = bead.clone();
            source.into_iter().flat_map(move |at| target.clone().into_iter().map(move |other| (at, other)))
        };
        beads.iter().flat_map(of_bead).collect()
    };
    let shares = |bead: &(Vec<usize>, Vec<usize>), pairs: &BTreeSet<(usize, usize)>| {
        bead.0.iter().any(|&at| bead.1.iter().any(|&other| pairs.contains(&(at, other))))
    };
    let (gold_pairs, found_pairs) = (pairs(gold), pairs(found));
    let score = |right: usize, predicted: usize, recalled: usize, wanted: usize| {
        let (precision, recall) = (right as f64 / predicted as f64, recalled as f64 / wanted.max(1) as f64);
        if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 }
    };
    let exact = found.iter().filter(|bead| gold.contains(bead)).count();
    let wanted = gold.iter().filter(two_sided).count();
    let recalled = gold.iter().filter(two_sided).filter(|bead| found.contains(bead)).count();
    let near = found.iter().filter(|bead| gold.contains(bead) || shares(bead, &gold_pairs)).count();
    let met = gold.iter().filter(two_sided).filter(|bead| shares(bead, &found_pairs)).count();
    (score(exact, found.len(), recalled, wanted), score(near, found.len(), met, wanted))
}

fn scoreboard() -> String {
    let mut names: Vec<String> = fs::read_dir(folder())
        .expect("the corpus")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter(|name| name.contains(".src.") || name.contains(".tgt."))
        .collect();
    names.sort();
    let mut page =
        "# Scoreboard\n\nWritten by `UPDATE=1 cargo test --test alignment`. F1 of beads, each pair aligned \
                    alone: first as mere lists without a lexicon, then as texts with what is bundled.\n\n\
                    | pair | languages | strict | lax | moved | relation | strict | lax | moved | relation |\n\
                    | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n"
            .to_owned();
    let (mut sums, mut count) = ([(0.0, 0.0); 2], 0_u32);
    for pair in names.chunks(2) {
        let [source, target] = pair else { panic!("two sides of each pair: {pair:?}") };
        let read = |name: &str| fs::read_to_string(folder().join(name)).expect("a text");
        let part = |name: &String, range: Range<usize>| name.get(range).expect("NN.src.LL").to_owned();
        let (number, tags) = (part(source, 0..2), (part(source, 7..9), part(target, 7..9)));
        let texts = (read(source), read(target));
        let (source, target): (Vec<&str>, Vec<&str>) = (texts.0.lines().collect(), texts.1.lines().collect());
        let gold = gold(&read(&format!("{number}.gold")));
        let language = |tag: &str| lang::find(tag).expect("a language");
        let bridge = Knowledge::bundled().bridge(language(&tags.0), language(&tags.1));
        let options = Options { lexicon: Some(&bridge), ..Options::default() };
        let side = |tag: &str, text: &str| prepare_lines(Text::new(number.clone(), Some(tag), text));
        let sides = (side(&tags.0, &texts.0), side(&tags.1, &texts.1));
        let (known, _) = align_all(vec![sides], &options).pop().expect("one pair in, one bitext out");
        let found = aligned(&source, &target);
        assert!(covers(&found.beads, source.len(), target.len()));
        assert!(covers(&known.beads, source.len(), target.len()));
        let related = gold.iter().any(|bead| !bead.0.is_empty() && !bead.1.is_empty());
        write!(page, "| {number} | {} {} |", tags.0, tags.1).expect("a string takes all");
        let outcomes = [(&found.beads, found.parallelism), (&known.beads, known.parallelism)];
        for (at, (beads, parallelism)) in outcomes.into_iter().enumerate() {
            let moved = beads.iter().filter(|bead| bead.moved).count();
            let relation = parallelism.relation;
            if related {
                let (strict, lax) = f1(&as_gold(beads), &gold);
                sums[at] = (sums[at].0 + strict, sums[at].1 + lax);
                write!(page, " {strict:.3} | {lax:.3} | {moved} | {relation:?} |")
            } else {
                assert_ne!(relation, Relation::Parallel, "{number}");
                write!(page, " | | {moved} | {relation:?} |")
            }
            .expect("a string takes all");
        }
        page.push('\n');
        count += u32::from(related);
    }
    let mean = sums.map(|(strict, lax)| (strict / f64::from(count), lax / f64::from(count)));
    writeln!(
        page,
        "| mean | | {:.3} | {:.3} | | | {:.3} | {:.3} | | |",
        mean[0].0, mean[0].1, mean[1].0, mean[1].1
    )
    .expect("a string takes all");
    page
}

fn as_gold(beads: &[Bead]) -> Gold {
    beads.iter().map(|bead| (bead.source.clone().collect(), bead.target.clone().collect())).collect()
}

#[test]
fn the_scoreboard_is_current() {
    let path = folder().join("scoreboard.md");
    let page = scoreboard();
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &page).expect("the scoreboard can be written");
    }
    let old = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(old, page, "run UPDATE=1 cargo test --test alignment and read the difference");
}

// Across accounts.

#[test]
fn sentences_of_several_accounts_that_tell_the_same_meet() {
    let account = |name: &str, tag: &str, text: &str| prepare(Text::new(name.to_owned(), Some(tag), text));
    let story = gather(vec![
        account(
            "a",
            "en",
            "The ferry Aurelia sank near the harbour of Kessin on 12 March. \
             Rescuers brought 48 passengers ashore. The weather was calm that morning.",
        ),
        account(
            "b",
            "pt",
            "O governo prometeu uma investigação. Os socorristas levaram 48 passageiros para terra. \
             O ferry Aurelia afundou perto do porto de Kessin em 12 de março.",
        ),
        account("c", "ru", "Паром затонул 12 марта. На берег доставили 48 пассажиров."),
    ]);
    let told: Vec<Vec<(usize, &str)>> = story
        .passages
        .iter()
        .map(|passage| {
            let sentences = passage.sentences.iter();
            sentences.map(|&(account, span)| (account, story.documents[account].excerpt(span))).collect()
        })
        .collect();
    for (mark, accounts) in [("48", vec![0, 1, 2]), ("12", vec![0, 1, 2])] {
        let of_mark: Vec<_> = told.iter().filter(|passage| passage[0].1.contains(mark)).collect();
        assert_eq!(of_mark.len(), 1, "{mark}: {told:#?}");
        assert!(of_mark[0].iter().all(|(_, text)| text.contains(mark)), "{mark}: {told:#?}");
        assert_eq!(of_mark[0].iter().map(|(account, _)| *account).collect::<Vec<_>>(), accounts, "{told:#?}");
    }
    assert!(told.iter().flatten().all(|(_, text)| !text.contains("calm") && !text.contains("governo")));
}

#[test]
fn accounts_of_different_events_share_no_passage() {
    let account = |name: &str, text: &str| prepare(Text::new(name.to_owned(), Some("en"), text));
    let story = gather(vec![
        account("a", "The council of Marlow raised the price of water by 3 percent. Residents protested."),
        account("b", "A comet was seen over the desert on Friday. Farmers near Tavira lost 900 sheep."),
    ]);
    assert!(story.passages.is_empty(), "{:#?}", story.passages);
}
