//! The log of decisions: lines of JSON, each with the hash of the line before.

use sha2::{Digest, Sha256};

use super::Record;

/// A log as read, lines kept byte for byte.
#[derive(Debug, Clone, Default)]
pub struct Log {
    lines: Vec<String>,
    records: Vec<(usize, Record)>,
    broken: Vec<usize>,
    torn: Option<Torn>,
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

/// A last line that a crash left half written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Torn {
    /// Its length.
    pub bytes: usize,
}

impl std::fmt::Display for Torn {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "the last line was only half written ({} bytes)", self.bytes)
    }
}

/// Whether a log holds together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Audit {
    /// Lines.
    pub lines: usize,
    /// Lines that do not follow the line before them.
    pub broken: Vec<usize>,
    /// Lines after the first that do not say which line they follow.
    pub loose: Vec<usize>,
    /// Lines that were written before the line before them, by their own words. Clocks differ: this proves nothing.
    pub early: Vec<usize>,
    /// A half-written last line.
    pub torn: Option<Torn>,
    /// SHA-256 of the last line: whoever notes it down can tell later that nothing was cut off.
    pub head: Option<String>,
}

impl Audit {
    /// Whether every line follows the one before.
    pub fn is_sound(&self) -> bool {
        self.broken.is_empty() && self.loose.is_empty() && self.torn.is_none()
    }
}

impl Log {
    /// Reads a log.
    pub fn parse(text: &str) -> Result<Self, LogError> {
        let mut log = Self::default();
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        // However many carriage returns end a line, they are no part of it.
        let lines = text.lines().map(|line| line.trim_end_matches('\r'));
        for line in lines.filter(|line| !line.trim().is_empty()) {
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

    /// Reads a log that a crash may have cut off: a last line without its break that is no record is left out.
    pub fn read(bytes: &[u8]) -> Result<Self, LogError> {
        let at = bytes.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
        let (lines, rest) = bytes.split_at(at);
        let whole = std::str::from_utf8(rest)
            .is_ok_and(|line| line.trim().is_empty() || serde_json::from_str::<Record>(bare(line)).is_ok());
        let text = std::str::from_utf8(if whole { bytes } else { lines }).map_err(|error| {
            let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
            let line =
                before.split(|&byte| byte == b'\n').filter(|line| !line.trim_ascii().is_empty()).count();
            LogError { line: line.max(1), message: "is not UTF-8".into() }
        })?;
        let torn = (!whole).then_some(Torn { bytes: rest.len() });
        Ok(Self { torn, ..Self::parse(text)? })
    }

    /// The records with their lines, oldest first.
    pub fn records(&self) -> &[(usize, Record)] {
        &self.records
    }

    /// The lines as they stand, one a record.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        self.lines.iter().map(String::as_str)
    }

    /// Lines whose predecessor is not the line that it was when they were written: something was changed, taken
    /// out, or two branches were merged.
    pub fn broken(&self) -> &[usize] {
        &self.broken
    }

    /// A last line that was left out since it is half written.
    pub fn torn(&self) -> Option<Torn> {
        self.torn
    }

    /// Whether the log holds together.
    pub fn audit(&self) -> Audit {
        let loose = self.records.iter().skip(1).filter(|(_, record)| record.prev.is_none());
        let early = self.records.windows(2).filter(|two| {
            let moment = |record: &Record| is_moment(&record.at) && record.at.ends_with('Z');
            moment(&two[0].1) && moment(&two[1].1) && two[1].1.at < two[0].1.at
        });
        Audit {
            lines: self.lines.len(),
            broken: self.broken.clone(),
            loose: loose.map(|(line, _)| *line).collect(),
            early: early.map(|two| two[1].0).collect(),
            torn: self.torn,
            head: self.lines.last().map(|line| hash(line)),
        }
    }

    /// Whether a line has this hash: the log then holds all that it held when that line was the last.
    pub fn holds(&self, head: &str) -> bool {
        self.lines.iter().any(|line| hash(line).eq_ignore_ascii_case(head))
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

/// Records as lines that follow `last`, and as they then are.
pub(super) fn chain(
    last: Option<&str>,
    records: Vec<Record>,
) -> Result<(String, Vec<Record>), serde_json::Error> {
    let mut log = Log { lines: last.into_iter().map(str::to_owned).collect(), ..Log::default() };
    records.into_iter().try_for_each(|record| log.append(record))?;
    let text = log.lines.iter().skip(usize::from(last.is_some())).map(|line| format!("{line}\n")).collect();
    Ok((text, log.records.into_iter().map(|(_, record)| record).collect()))
}

fn bare(line: &str) -> &str {
    line.trim_start_matches('\u{FEFF}').trim()
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

/// Whether a text is a moment of RFC 3339.
pub fn is_moment(text: &str) -> bool {
    let Some((day, time)) = text.split_once(['T', 't']) else { return false };
    let zone = time.find(['Z', 'z', '+', '-']).unwrap_or(time.len());
    let (time, zone) = time.split_at(zone);
    let figures = |text: &str, form: &str| {
        text.len() == form.len()
            && text.bytes().zip(form.bytes()).all(|(byte, form)| match form {
                b'0' => byte.is_ascii_digit(),
                other => byte == other,
            })
    };
    let (seconds, part) = time.split_once('.').map_or((time, None), |(time, part)| (time, Some(part)));
    let in_zone = match zone.strip_prefix(['Z', 'z']) {
        Some(rest) => rest.is_empty(),
        None => zone.strip_prefix(['+', '-']).is_some_and(|zone| figures(zone, "00:00")),
    };
    let is_part = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    is_day(day) && figures(seconds, "00:00:00") && part.is_none_or(is_part) && in_zone
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

    #[test]
    fn moments_are_moments() {
        for text in ["2026-05-01T09:00:00Z", "2026-05-01T09:00:00.123+02:00", "2026-05-01t09:00:00-11:30"] {
            assert!(is_moment(text), "{text}");
        }
        for text in
            ["", "2026-05-01", "2026-05-01T09:00", "2026-05-01T09:00:00", "2026-05-01T9:00:00Z", "xTZ"]
        {
            assert!(!is_moment(text), "{text}");
        }
    }

    #[test]
    fn a_half_written_last_line_is_left_out_and_told() {
        let whole = format!("{LINE}\n");
        for cut in 1..LINE.len() {
            let bytes = [whole.as_bytes(), &LINE.as_bytes()[..cut]].concat();
            let log = Log::read(&bytes).expect("a log");
            assert_eq!((log.records().len(), log.torn()), (1, Some(Torn { bytes: cut })), "{cut}");
            assert!(!log.audit().is_sound());
        }
        let log = Log::read(format!("{LINE}\n{LINE}").as_bytes()).expect("a log");
        assert_eq!((log.records().len(), log.torn()), (2, None));
        assert!(Log::read(format!("{{\n{LINE}\n").as_bytes()).is_err(), "only the last line may be torn");
        assert!(Log::read(b"\xFF\n").is_err());
    }

    #[test]
    fn an_audit_tells_what_was_changed_taken_out_put_in_or_cut_off() {
        let mut log = Log::parse(LINE).expect("a record");
        let record = log.records()[0].1.clone();
        for reason in ["one", "two", "three"] {
            log.append(Record { reason: reason.into(), ..record.clone() }).expect("JSON");
        }
        assert!(log.audit().is_sound());
        let head = log.audit().head.expect("a line");
        assert!(log.holds(&head) && !log.holds(&hash("x")));
        let lines: Vec<&str> = log.lines.iter().map(String::as_str).collect();
        let read = |lines: &[&str]| Log::parse(&lines.join("\n")).expect("records");
        let cut = read(&lines[..3]);
        assert!(cut.audit().is_sound() && !cut.holds(&head), "only the noted head tells");
        assert_eq!(read(&[lines[0], lines[2], lines[3]]).audit().broken, [2]);
        let put_in = read(&[lines[0], lines[1], LINE, lines[2]]).audit();
        assert_eq!((put_in.loose, put_in.broken), (vec![3], vec![4]));
    }
}
