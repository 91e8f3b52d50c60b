//! Where a line of text may end.

use crate::lang::text::is_unspaced;
use crate::model::Span;

/// The pieces of a text that stay whole on a line: words with the spaces behind them, and in scripts that write no spaces
/// what the line breaking algorithm (UAX #14) keeps together: `。` never begins a line.
pub fn pieces(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    for word in text.split_inclusive(' ') {
        if !word.chars().any(is_unspaced) {
            out.push(word);
            continue;
        }
        let segmenter =
            icu_segmenter::LineSegmenter::new_dictionary(icu_segmenter::options::LineBreakOptions::default());
        let mut start = 0;
        for end in segmenter.segment_str(word).filter(|end| *end > 0) {
            out.push(Span::new(start, end).of(word));
            start = end;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::pieces;

    #[test]
    fn pieces_are_the_text_and_marks_stay_with_their_words() {
        for text in ["", "Two words ", "他说：“船到了。”然后走了。", "船 ferry が着いた。", "เรือมาถึงแล้ว วันนี้"]
        {
            let pieces = pieces(text);
            assert_eq!(pieces.concat(), text);
            assert!(!pieces.iter().any(|piece| piece.starts_with(['。', '”', '：', '，'])), "{pieces:?}");
        }
        assert!(pieces("เรือมาถึงแล้ว").len() > 1);
    }
}
