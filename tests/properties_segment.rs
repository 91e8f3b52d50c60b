//! Promises of the segmenter for any text.

use proptest::prelude::*;
use recto::lang::text::is_invisible;
use recto::lang::{self, Language, PROFILES, links, quotes, words};
use recto::mentions::quotations::quotations;
use recto::segment::{segment, sentences};

fn languages() -> Vec<&'static Language> {
    let mut all: Vec<&'static Language> = PROFILES.iter().map(lang::Entry::language).collect();
    all.extend(["und", "be", "ur", "mr"].into_iter().filter_map(lang::find));
    all
}

/// Text with far more line breaks, marks and scripts than chance would give.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-zA-Zäéßçğıİ]{1,9}",
        2 => prop::sample::select(vec![
            " ", " ", " ", "\n", "\n\n", "\r\n", "\r", "\t", "\u{A0}", "\u{202F}", "\u{200B}", "\u{200F}", "\u{FEFF}",
            "\u{2028}", "  ", "",
        ]).prop_map(str::to_owned),
        3 => prop::sample::select(vec![
            ".", "...", "…", "!", "?", ",", ":", ";", "«", "»", "“", "”", "„", "\"", "'", "’", "‘", "(", ")", "[1]", "-",
            " – ", "— ", "* ", "• ", "1. ", "a) ", "。", "！", "「", "」", "।", "؟", "։", "©", "#", "@", "://", "www.", ".com",
            "Dr.", "z. B.", "А. С.", "EE. UU.", "3. ", "19", "3,5",
        ]).prop_map(str::to_owned),
        1 => prop::sample::select(vec![
            "Привет", "мир", "你好", "世界", "東京", "です", "สวัสดี", "नमस्ते", "مرحبا", "שלום", "צה\"ל", "Երևան", "서울", "🙂", "e\u{301}",
        ]).prop_map(str::to_owned),
        1 => any::<String>().prop_map(|text| text.chars().take(6).collect()),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

fn visible(character: char) -> bool {
    !character.is_whitespace() && !is_invisible(character) && !character.is_control()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn every_visible_character_is_in_exactly_one_segment(text in text(), which in any::<prop::sample::Index>()) {
        let all = languages();
        let language = which.get(&all);
        let segments = segment(&text, language);
        let mut at = 0;
        for segment in &segments {
            prop_assert!(segment.span.start >= at, "segments overlap or are out of order");
            prop_assert!(text.is_char_boundary(segment.span.start) && text.is_char_boundary(segment.span.end));
            let excerpt = segment.span.of(&text);
            prop_assert!(!excerpt.is_empty());
            prop_assert_eq!(excerpt.trim(), excerpt);
            let gap = text.get(at..segment.span.start).expect("spans lie on characters");
            prop_assert!(!gap.chars().any(visible), "left out: {:?}", gap);
            at = segment.span.end;
        }
        let rest = text.get(at..).expect("spans lie on characters");
        prop_assert!(!rest.chars().any(visible), "left out: {:?}", rest);
        prop_assert!(segments.windows(2).all(|pair| pair[0].paragraph <= pair[1].paragraph));
    }

    #[test]
    fn sentences_quotations_links_and_function_words_lie_in_the_text(
        text in text(),
        which in any::<prop::sample::Index>(),
    ) {
        let all = languages();
        let language = which.get(&all);
        let mut lists = vec![sentences(&text, language), quotations(&text, language)];
        lists.push(words::function_words(&text, language));
        lists.push(links::links(&text).into_iter().map(|(start, end)| recto::model::Span::new(start, end)).collect());
        for spans in lists {
            prop_assert!(spans.windows(2).all(|pair| pair[0].end <= pair[1].start));
            prop_assert!(spans.iter().all(|span| !span.of(&text).is_empty()));
        }
        for lone in quotes::scan(&text, language).lone {
            prop_assert!(text.get(lone.start..lone.end).is_some_and(|mark| mark.chars().count() == 1));
        }
    }
}

#[test]
fn a_line_of_a_million_characters_takes_no_quadratic_time() {
    let started = std::time::Instant::now();
    for (tag, piece) in [
        ("en", "word “open "),
        ("en", "'a "),
        ("en", "Dr. J. R. "),
        ("und", ". . . "),
        ("und", "no end of words "),
        ("zh", "他说：“我们走。”她问。"),
        ("und", "\" \""),
        ("de", "am 3. Mai; z. B. "),
        ("und", "x\n"),
        ("und", "((((…)\u{A0}"),
    ] {
        let Some(language) = lang::find(tag) else { continue };
        let mut text = piece.repeat(1_000_000 / piece.len());
        text.push('.');
        assert!(!segment(&text, language).is_empty());
        quotes::scan(&text, language);
        assert!(started.elapsed().as_secs() < 120, "{tag} {piece:?}: {:?}", started.elapsed());
    }
}
