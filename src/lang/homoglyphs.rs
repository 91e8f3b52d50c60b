//! Letters of different alphabets that look the same (`homoglyphs.tsv`).

use std::sync::OnceLock;

/// How many alphabets have letters that look like those of others.
pub const ALPHABETS: usize = 4;

/// The number of the Greek alphabet.
pub const GREEK: usize = 2;

/// A row of the table: Latin, Cyrillic, Greek, Armenian; nothing where an alphabet has no such letter.
type Row = [Option<char>; ALPHABETS];

/// The number of the alphabet of a letter: the column of the table.
pub fn alphabet(letter: char) -> Option<usize> {
    match u32::from(letter) {
        0x41..=0x5A | 0x61..=0x7A | 0xC0..=0x24F | 0x1E00..=0x1EFF => Some(0),
        0x400..=0x52F => Some(1),
        0x370..=0x3FF | 0x1F00..=0x1FFF => Some(GREEK),
        0x531..=0x556 | 0x561..=0x587 => Some(3),
        _ => None,
    }
}

/// The letter of another alphabet that looks the same.
pub fn alike(letter: char, home: usize) -> Option<char> {
    let from = alphabet(letter)?;
    rows().iter().find(|row| row[from] == Some(letter) && row[home].is_some()).and_then(|row| row[home])
}

fn rows() -> &'static [Row] {
    static ROWS: OnceLock<Vec<Row>> = OnceLock::new();
    ROWS.get_or_init(|| {
        let lines = include_str!("homoglyphs.tsv").lines().filter(|line| !line.starts_with('#'));
        lines.map(read).collect()
    })
}

fn read(line: &str) -> Row {
    let mut row = [None; ALPHABETS];
    for (cell, place) in line.split('\t').zip(&mut row) {
        *place = cell.chars().next().filter(|&letter| letter != '-');
    }
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_stand_in_the_column_of_their_alphabet() {
        for row in rows() {
            assert!(row.iter().flatten().count() >= 2, "{row:?}");
            for (column, letter) in row.iter().enumerate() {
                assert!(letter.is_none_or(|letter| alphabet(letter) == Some(column)), "{row:?}");
            }
        }
        assert_eq!((alike('a', 1), alike('о', 0), alike('u', 3)), (Some('а'), Some('o'), Some('ս')));
        assert_eq!(alike('w', 1), None);
    }
}
