//! Readings of Chinese characters from CLDR's `Han-Latin.txt` (npm package `cldr-transforms`): the first reading, without
//! its tone, of the characters of GB 2312, of the first level of Big5 and of the names we learn from.

use std::collections::{BTreeMap, BTreeSet};

use crate::Row;

/// Characters that transcriptions read otherwise than CLDR.
const TRANSCRIBED: &str = "勒:le 圖:tu 伽:jia 乐:le 樂:le 什:shi 哪:na 喀:ka 咖:ka 尓:er 茜:xi 车:che 車:che 贾:jia 賈:jia 谷:gu \
    柏:bo 薄:bo 费:fei 叶:ye 葉:ye";

/// The text of the table.
pub fn text(path: &str, rows: &[Row]) -> String {
    let wanted: BTreeSet<char> =
        rows.iter().filter(|row| row.b_lang == "zh").flat_map(|row| row.b.chars()).collect();
    let text = std::fs::read_to_string(path).expect("the transform file");
    let mut readings: BTreeMap<char, String> = BTreeMap::new();
    for line in text.lines() {
        let Some((characters, syllable)) = line.split_once('→') else { continue };
        let Some(syllable) = syllable.trim().strip_suffix(';') else { continue };
        if line.contains(['{', '}']) {
            continue;
        }
        for character in characters.trim().trim_start_matches('[').trim_end_matches(']').chars() {
            if (0x4E00..=0x9FFF).contains(&u32::from(character))
                && (wanted.contains(&character) || is_common(character)) {
                readings.entry(character).or_insert_with(|| toneless(syllable.trim()));
            }
        }
    }
    for (character, syllable) in TRANSCRIBED.split(' ').filter_map(|entry| entry.split_once(':')) {
        readings.extend(character.chars().map(|character| (character, syllable.to_owned())));
    }
    let mut syllables: BTreeMap<String, String> = BTreeMap::new();
    for (character, syllable) in readings {
        syllables.entry(syllable).or_default().push(character);
    }
    let mut text = String::from(
        "# syllable TAB characters read so; from CLDR 48 Han-Latin.txt, (c) Unicode, Inc., Unicode-3.0; 21 readings changed\n",
    );
    for (syllable, characters) in syllables {
        text.push_str(&format!("{syllable}\t{characters}\n"));
    }
    text
}

fn toneless(syllable: &str) -> String {
    syllable
        .chars()
        .map(|letter| match letter {
            'ā' | 'á' | 'ǎ' | 'à' => 'a',
            'ē' | 'é' | 'ě' | 'è' => 'e',
            'ī' | 'í' | 'ǐ' | 'ì' => 'i',
            'ō' | 'ó' | 'ǒ' | 'ò' => 'o',
            'ū' | 'ú' | 'ǔ' | 'ù' => 'u',
            'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' => 'ü',
            'ń' | 'ň' | 'ǹ' => 'n',
            other => other,
        })
        .filter(|letter| !('\u{300}'..='\u{36F}').contains(letter))
        .collect()
}

/// Whether a character is in GB 2312 or in the first level of Big5.
fn is_common(character: char) -> bool {
    let text = character.to_string();
    let (gbk, _, lost) = encoding_rs::GBK.encode(&text);
    let simplified = !lost && matches!(*gbk, [0xB0..=0xF7, 0xA1..=0xFE]);
    let (big5, _, lost) = encoding_rs::BIG5.encode(&text);
    simplified || !lost && matches!(*big5, [0xA4..=0xC8, _])
}
