//! Sections `sentences`, `quotes`, `furniture` and `function_words` of every profile against their own proof.

use recto::lang::{Language, PROFILES, words};
use recto::mentions::quotations::quotations;
use recto::model::{SegmentKind, Span};
use recto::segment::{segment, sentences};

/// Runs one section over all profiles and reports every failure at once.
fn prove(section: impl Fn(&Language, &mut Vec<String>)) {
    let mut failures = Vec::new();
    for entry in &PROFILES {
        let language = entry.language();
        let mut own = Vec::new();
        section(language, &mut own);
        failures.extend(own.into_iter().map(|failure| format!("{}: {failure}", entry.tag)));
    }
    assert!(failures.is_empty(), "{} failures\n{}", failures.len(), failures.join("\n"));
}

fn excerpts<'t>(text: &'t str, spans: &[Span]) -> Vec<&'t str> {
    spans.iter().map(|span| span.of(text)).collect()
}

#[test]
fn sentences_are_cut_as_the_profile_proves() {
    prove(|language, failures| {
        let Some(section) = &language.sentences else { return };
        for cut in &section.proof {
            let found = sentences(&cut.text, language);
            let found = excerpts(&cut.text, &found);
            if found != cut.pieces {
                failures.push(format!("{:?}\n    found  {found:?}\n    wanted {:?}", cut.text, cut.pieces));
            }
        }
        for text in &section.refuse {
            let found = sentences(text, language);
            if found.len() != 1 {
                failures.push(format!("must not be cut: {:?}", excerpts(text, &found)));
            }
        }
    });
}

#[test]
fn quotations_are_found_as_the_profile_proves() {
    prove(|language, failures| {
        let Some(section) = &language.quotes else { return };
        for cut in &section.proof {
            let found = quotations(&cut.text, language);
            let inner: Vec<&str> = excerpts(&cut.text, &found).into_iter().map(bare).collect();
            if inner != cut.pieces {
                failures.push(format!("{:?}\n    found  {inner:?}\n    wanted {:?}", cut.text, cut.pieces));
            }
        }
        for text in &section.refuse {
            let found = quotations(text, language);
            if !found.is_empty() {
                failures.push(format!("no quotation: {:?} in {text:?}", excerpts(text, &found)));
            }
        }
    });
}

/// A quotation without its marks and the spaces beside them.
fn bare(quotation: &str) -> &str {
    let mut characters = quotation.chars();
    characters.next();
    characters.next_back();
    characters.as_str().trim()
}

#[test]
fn furniture_is_told_from_the_article_as_the_profile_proves() {
    prove(|language, failures| {
        let Some(section) = &language.furniture else { return };
        for (line, wanted) in section
            .proof
            .iter()
            .map(|line| (line, true))
            .chain(section.refuse.iter().map(|line| (line, false)))
        {
            let segments = segment(line, language);
            let kinds: Vec<SegmentKind> = segments.iter().map(|segment| segment.kind).collect();
            let furniture = kinds.iter().all(|kind| {
                matches!(kind, SegmentKind::Boilerplate | SegmentKind::Byline | SegmentKind::Caption)
            });
            let prose = kinds.iter().all(|kind| {
                matches!(kind, SegmentKind::Sentence | SegmentKind::Heading | SegmentKind::ListItem)
            });
            if (wanted && !furniture) || (!wanted && !prose) {
                failures.push(format!("{line:?} came out as {kinds:?}"));
            }
        }
    });
}

#[test]
fn function_words_are_found_as_the_profile_proves() {
    prove(|language, failures| {
        let Some(section) = &language.function_words else { return };
        let found = |text: &str| {
            let spans = words::function_words(text, language);
            excerpts(text, &spans).into_iter().map(|word| language.lower(word)).collect::<Vec<_>>().join(" ")
        };
        for (text, wanted) in &section.proof {
            let found = found(text);
            if found != *wanted {
                failures.push(format!("{text:?}\n    found  {found:?}\n    wanted {wanted:?}"));
            }
        }
        for text in &section.refuse {
            let found = found(text);
            if !found.is_empty() {
                failures.push(format!("no function word: {found:?} in {text:?}"));
            }
        }
    });
}
