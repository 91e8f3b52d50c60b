//! Dictionaries of dictd, as `FreeDict` publishes them: an index that says where in the body each entry stands.

use std::collections::BTreeSet;

use super::SourceError;

/// Letters of the numbers of an index, the lowest first.
const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Head words and the lines of their renderings, in order of the body. Entries that several lines of the index lead to
/// come once; what the dictionary says of itself does not.
pub fn entries<'a>(index: &str, body: &'a str) -> Result<Vec<(&'a str, Vec<&'a str>)>, SourceError> {
    let mut places: BTreeSet<(usize, usize)> = BTreeSet::new();
    for (number, line) in index.lines().enumerate() {
        let mut cells = line.split('\t');
        let head = cells.next().unwrap_or_default();
        if line.is_empty() || head.starts_with("00database") || head.starts_with("00-database") {
            continue;
        }
        let place = cells.next().and_then(value).zip(cells.next().and_then(value));
        places.insert(place.ok_or(SourceError::Index { line: number + 1 })?);
    }
    let mut out = Vec::with_capacity(places.len());
    for (start, length) in places {
        let entry = start.checked_add(length).and_then(|end| body.get(start..end));
        out.extend(parts(entry.ok_or(SourceError::Body)?));
    }
    Ok(out)
}

fn value(digits: &str) -> Option<usize> {
    digits.bytes().try_fold(0_usize, |value, letter| {
        let digit = DIGITS.iter().position(|&own| own == letter)?;
        value.checked_mul(64)?.checked_add(digit)
    })
}

/// The head word without its pronunciation and part of speech, and the line of renderings of each sense. Lines between
/// them explain a sense.
fn parts(entry: &str) -> Option<(&str, Vec<&str>)> {
    let mut lines = entry.lines().map(str::trim).filter(|line| !line.is_empty());
    let head = lines.next()?.split(['/', '<', '[']).next().unwrap_or_default().trim();
    if head.is_empty() {
        return None;
    }
    let mut renderings = Vec::new();
    for (at, line) in lines.enumerate() {
        let plain = line.trim_start_matches(|c: char| c.is_ascii_digit());
        let numbered = plain.strip_prefix('.').filter(|_| plain.len() < line.len()).map(str::trim);
        let rendering = numbered.or_else(|| (at == 0).then_some(line)).filter(|text| !text.is_empty());
        renderings.extend(rendering);
    }
    (!renderings.is_empty()).then_some((head, renderings))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_read_at_their_places() {
        let body = "00-database-info\nA dictionary.\nkiln /kɪln/ <n>\nOfen, Brennofen\nwhere pots are fired\nbank /bæŋk/ <n>\n1. Ufer\nof a river\n2. Bank\nof money\n";
        let kiln = body.find("kiln").expect("kiln");
        let bank = body.find("bank").expect("bank");
        let digits = |value: usize| format!("{}{}", DIGITS[value / 64] as char, DIGITS[value % 64] as char);
        let index = format!(
            "00databaseinfo\tA\tf\nbank\t{}\t{}\nkiln\t{}\t{}\nkilns\t{2}\t{3}\n",
            digits(bank),
            digits(body.len() - bank),
            digits(kiln),
            digits(bank - kiln),
        );
        let found = entries(&index, body).expect("a dictionary");
        assert_eq!(found, [("kiln", vec!["Ofen, Brennofen"]), ("bank", vec!["Ufer", "Bank"])]);
    }

    #[test]
    fn an_index_of_another_body_is_refused() {
        assert_eq!(entries("kiln\tA\tB!", "kiln\nOfen"), Err(SourceError::Index { line: 1 }));
        assert_eq!(entries("kiln\tA\tBA", "kiln\nOfen"), Err(SourceError::Body));
        // Not between two letters.
        assert_eq!(entries("é\tB\tB", "éé"), Err(SourceError::Body));
    }
}
