//! The log of decisions: lines of JSON, each with the hash of the line before.

use sha2::{Digest, Sha256};

use super::Record;

/// A log as read, lines kept byte for byte.
#[derive(Debug, Clone, Default)]
pub struct Log {
    lines: Vec<String>,
    records: Vec<(usize, Record)>,
    broken: Vec<usize>,
}

/// A line that is no record.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {message}")]
pub struct LogError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub message: String,
}

impl Log {
    /// Reads a log.
    pub fn parse(text: &str) -> Result<Self, LogError> {
        let mut log = Self::default();
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            let number = log.lines.len() + 1;
            let fault = |message: String| LogError { line: number, message };
            let record: Record = serde_json::from_str(line).map_err(|error| fault(error.to_string()))?;
            if record.v != 1 {
                return Err(fault(format!("version {} of the format, and this recto knows 1", record.v)));
            }
            if record.reason.trim().is_empty() {
                return Err(fault("a decision needs a reason".into()));
            }
            if record.expires.as_deref().is_some_and(|day| !is_day(day)) {
                return Err(fault("`expires` is a day, YYYY-MM-DD".into()));
            }
            let before = log.lines.last().map(|line| hash(line));
            if record.prev.is_some() && record.prev != before {
                log.broken.push(number);
            }
            log.lines.push(line.to_owned());
            log.records.push((number, record));
        }
        Ok(log)
    }

    /// The records with their lines, oldest first.
    pub fn records(&self) -> &[(usize, Record)] {
        &self.records
    }

    /// Lines whose predecessor is not the line that it was when they were written: something was changed, taken
    /// out, or two branches were merged.
    pub fn broken(&self) -> &[usize] {
        &self.broken
    }

    /// Appends a record.
    pub fn append(&mut self, mut record: Record) -> Result<(), serde_json::Error> {
        record.prev = self.lines.last().map(|line| hash(line));
        self.lines.push(serde_json::to_string(&record)?);
        self.records.push((self.lines.len(), record));
        Ok(())
    }

    /// The whole log as text.
    pub fn text(&self) -> String {
        self.lines.iter().map(|line| format!("{line}\n")).collect()
    }
}

/// SHA-256 in hexadecimal digits.
pub fn hash(text: &str) -> String {
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whether a text is a day of the form `YYYY-MM-DD`.
pub fn is_day(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts[..] else { return false };
    let figure = |part: &str, length: usize, range: std::ops::RangeInclusive<u32>| {
        part.len() == length
            && part.bytes().all(|byte| byte.is_ascii_digit())
            && part.parse().is_ok_and(|figure| range.contains(&figure))
    };
    figure(year, 4, 1..=9999) && figure(month, 2, 1..=12) && figure(day, 2, 1..=31)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = r#"{"v":1,"at":"2026-05-01T10:00:00Z","decision":"accept","scope":"finding","check":"omission","reason":"cut for length"}"#;

    #[test]
    fn what_is_appended_can_be_read_and_hangs_together() {
        let mut log = Log::parse(LINE).expect("a record");
        let record = log.records()[0].1.clone();
        log.append(record.clone()).expect("JSON");
        log.append(record).expect("JSON");
        let again = Log::parse(&log.text()).expect("records");
        assert_eq!((again.records().len(), again.broken()), (3, &[] as &[usize]));
        let forged = log.text().replacen("cut for length", "no reason", 1);
        assert_eq!(Log::parse(&forged).expect("records").broken(), [2]);
        let lines: Vec<&str> = again.lines.iter().map(String::as_str).collect();
        assert_eq!(Log::parse(&[lines[0], lines[2]].join("\n")).expect("records").broken(), [2]);
    }

    #[test]
    fn lines_that_are_no_decisions_are_refused_with_their_number() {
        let line = |text: String| Log::parse(&format!("{LINE}\n\n{text}")).expect_err("refused").to_string();
        assert!(line("{".into()).starts_with("line 2: "));
        assert!(line(LINE.replace("cut for length", " ")).contains("needs a reason"));
        assert!(line(LINE.replace("\"v\":1", "\"v\":2")).contains("version 2"));
        assert!(line(LINE.replace("\"v\":1", "\"v\":1,\"expires\":\"soon\"")).contains("YYYY-MM-DD"));
    }

    #[test]
    fn days_are_days() {
        assert!(is_day("2026-12-31"));
        for text in ["2026-13-01", "2026-1-1", "26-01-01", "2026-01-01T00:00", "", "٢٠٢٦-01-01"] {
            assert!(!is_day(text), "{text}");
        }
    }
}
