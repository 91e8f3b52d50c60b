//! Answers of parts, put in order: lines of JSON, or whole reports. Not a byte of an answer is changed.

use std::cmp::Ordering;
use std::collections::{HashMap, VecDeque};
use std::io::{self, BufRead, Seek, SeekFrom, Write};

use serde::Deserialize;
use serde_json::value::RawValue;

/// What we must know of an answer.
#[derive(Debug, Deserialize)]
pub struct Head {
    /// The record's id.
    pub id: String,
    /// Why it could not be checked.
    #[serde(default)]
    pub error: Option<String>,
    /// pass, warn or block.
    #[serde(default)]
    pub verdict: Option<String>,
}

/// Where an answer stands.
#[derive(Debug, Clone, Copy)]
struct Place {
    part: usize,
    start: u64,
    length: usize,
}

/// The answers of all parts, found by id. They stay where they are: memory holds ids and places.
pub struct Answers<R> {
    parts: Vec<R>,
    places: Vec<(String, Place)>,
}

/// Compares ids: numbers by their value, before words by their letters.
pub fn compare(a: &str, b: &str) -> Ordering {
    let number = |id: &str| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
    match (number(a), number(b)) {
        (true, true) => a.len().cmp(&b.len()).then_with(|| a.cmp(b)),
        (true, false) => Ordering::Less,
        (false, true) => Ordering::Greater,
        (false, false) => a.cmp(b),
    }
}

impl<R: BufRead + Seek> Answers<R> {
    /// Looks through parts. The error names the part by its place and the line.
    pub fn new(mut parts: Vec<R>) -> Result<Self, (usize, String)> {
        let mut places = Vec::new();
        for (part, reader) in parts.iter_mut().enumerate() {
            let mut start = 0;
            let mut line = Vec::new();
            for number in 1.. {
                line.clear();
                let fault = |error: &dyn std::fmt::Display| (part, format!("line {number}: {error}"));
                let length = reader.read_until(b'\n', &mut line).map_err(|error| fault(&error))?;
                if length == 0 {
                    break;
                }
                if !line.trim_ascii().is_empty() {
                    if !line.ends_with(b"\n") {
                        return Err(fault(&"was not written to its end: go on with --resume"));
                    }
                    let head: Head = serde_json::from_slice(&line).map_err(|error| fault(&error))?;
                    places.push((head.id, Place { part, start, length }));
                }
                start += length as u64;
            }
        }
        Ok(Self { parts, places })
    }

    /// Writes every answer, ordered by id, then by its own words. `each` sees the lines.
    pub fn write_sorted(mut self, out: &mut dyn Write, mut each: impl FnMut(&[u8])) -> io::Result<()> {
        let mut places = std::mem::take(&mut self.places);
        places.sort_by(|a, b| compare(&a.0, &b.0));
        let mut rest = places.as_slice();
        while let Some((id, _)) = rest.first() {
            let same = rest.iter().take_while(|(other, _)| other == id).count();
            let (these, others) = rest.split_at(same);
            let lines: io::Result<Vec<Vec<u8>>> = these.iter().map(|(_, place)| self.line(*place)).collect();
            let mut lines = lines?;
            lines.sort();
            for line in lines {
                each(&line);
                out.write_all(&line)?;
            }
            rest = others;
        }
        Ok(())
    }

    /// Writes the answer to every id of an archive, in its order. An id that no part answers becomes an error in its
    /// place. Returns how many answers are to no id.
    pub fn write_in_order(
        mut self,
        ids: impl Iterator<Item = String>,
        out: &mut dyn Write,
        mut each: impl FnMut(&[u8]),
    ) -> io::Result<usize> {
        let mut by_id: HashMap<String, VecDeque<Place>> = HashMap::new();
        let mut left = self.places.len();
        for (id, place) in std::mem::take(&mut self.places) {
            by_id.entry(id).or_default().push_back(place);
        }
        for id in ids {
            let line = if let Some(place) = by_id.get_mut(&id).and_then(VecDeque::pop_front) {
                left -= 1;
                self.line(place)?
            } else {
                let mut line = Vec::new();
                let missing = serde_json::json!({ "id": id, "error": "no part has an answer" });
                crate::report::escape::json_line(&missing, &mut line)?;
                line
            };
            each(&line);
            out.write_all(&line)?;
        }
        Ok(left)
    }

    fn line(&mut self, place: Place) -> io::Result<Vec<u8>> {
        let part = &mut self.parts[place.part];
        part.seek(SeekFrom::Start(place.start))?;
        let mut line = vec![0; place.length];
        part.read_exact(&mut line)?;
        Ok(line)
    }
}

/// A report as JSON, its inputs as they are written.
#[derive(Deserialize)]
struct ReportIn<'a> {
    schema: String,
    version: String,
    verdict: Option<String>,
    #[serde(borrow)]
    inputs: Vec<&'a RawValue>,
}

/// Puts whole reports together, inputs ordered by `order` or else by id. The error names the part by its place.
pub fn merge_reports(parts: &[String], order: Option<&[String]>) -> Result<String, (usize, String)> {
    let mut reports: Vec<ReportIn<'_>> = Vec::new();
    for (part, text) in parts.iter().enumerate() {
        let report: ReportIn<'_> = serde_json::from_str(text).map_err(|error| (part, error.to_string()))?;
        let first = reports.first().unwrap_or(&report);
        if (&first.schema, &first.version) != (&report.schema, &report.version) {
            return Err((part, "was written by another version of recto".into()));
        }
        reports.push(report);
    }
    let mut inputs: Vec<(String, &str)> = Vec::new();
    for (part, report) in reports.iter().enumerate() {
        for input in &report.inputs {
            let head: Head = serde_json::from_str(input.get()).map_err(|error| (part, error.to_string()))?;
            inputs.push((head.id, input.get()));
        }
    }
    let ranks: HashMap<&str, usize> =
        order.into_iter().flatten().enumerate().map(|(rank, id)| (id.as_str(), rank)).collect();
    inputs.sort_by(|a, b| {
        let rank = |id: &str| ranks.get(id).copied().unwrap_or(usize::MAX);
        rank(&a.0).cmp(&rank(&b.0)).then_with(|| compare(&a.0, &b.0)).then_with(|| a.1.cmp(b.1))
    });
    let grave = |verdict: &&str| ["pass", "warn", "block"].iter().position(|known| known == verdict);
    let verdict = reports.iter().filter_map(|report| report.verdict.as_deref()).max_by_key(grave);
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let (schema, version) = match reports.first() {
        Some(report) => (quoted(&report.schema), quoted(&report.version)),
        None => return Err((0, "no report".into())),
    };
    let list: Vec<&str> = inputs.iter().map(|(_, text)| *text).collect();
    let list = if list.is_empty() { "[]".into() } else { format!("[\n    {}\n  ]", list.join(",\n    ")) };
    Ok(format!(
        "{{\n  \"schema\": {schema},\n  \"version\": {version},\n  \"verdict\": {},\n  \"inputs\": {list}\n}}\n",
        verdict.map_or_else(|| "null".to_owned(), quoted),
    ))
}
