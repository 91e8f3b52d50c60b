//! Text of articles inside other formats. Whatever it holds, it stays text.
//!
//! A continuous-integration runner reads what a program prints and carries out lines that begin, after blanks, with
//! `::`, and on older runners anything after `##[`. An article may hold either; nothing that we print may.

use std::fmt::Write;
use std::io;

use serde::Serialize;

/// Serialises as one line of JSON.
pub fn json_line(value: &impl Serialize, out: &mut dyn io::Write) -> io::Result<()> {
    writeln!(out, "{}", unspoken(&serde_json::to_string(value)?))
}

/// Serialises as indented JSON.
pub fn json_pretty(value: &impl Serialize, out: &mut dyn io::Write) -> io::Result<()> {
    writeln!(out, "{}", unspoken(&serde_json::to_string_pretty(value)?))
}

/// JSON whose strings hold no `##[`; it can be nowhere else, and means the same.
fn unspoken(json: &str) -> String {
    json.replace("##[", "#\\u0023[")
}

/// A line for people that no runner takes for a command.
pub fn harmless(line: &str) -> String {
    let line = line.replace("##[", "# #[");
    if line.trim_start().starts_with("::") { line.replacen("::", ": :", 1) } else { line }
}

/// Text or an attribute of XML 1.0; what XML cannot hold is replaced by U+FFFD.
pub fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            '\t' => out.push_str("&#9;"),
            '\u{0}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => out.push('\u{FFFD}'),
            // A runner reads lines of a log, and this is not markup for it.
            ':' if out.ends_with(':') => out.push_str("&#58;"),
            '[' if out.ends_with("##") => out.push_str("&#91;"),
            other => out.push(other),
        }
    }
    out
}

/// The message of a workflow command.
pub fn command(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property of a workflow command.
pub fn command_property(text: &str) -> String {
    command(text).replace(':', "%3A").replace(',', "%2C")
}

/// Text inside Markdown of the kind that forges render: no markup, no HTML, no mention, no link.
pub fn markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '@' => out.push_str("&#64;"),
            // `://` and `www.` become links by themselves.
            ':' => out.push_str("&#58;"),
            '.' if out.ends_with("www") => out.push_str("&#46;"),
            '\n' | '\r' => out.push(' '),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '(' | ')' | '#' | '+' | '-' | '!' | '|'
            | '~' | '$' => {
                out.push('\\');
                out.push(character);
            }
            other if other.is_control() => out.push('\u{FFFD}'),
            other => out.push(other),
        }
    }
    out
}

/// A path as a relative reference of a URI: everything but unreserved characters and slashes is encoded.
pub fn uri(path: &str) -> String {
    let path = path.strip_prefix("./").unwrap_or(path);
    let mut out = String::with_capacity(path.len());
    if path.starts_with('/') {
        out.push_str("file://");
    }
    for byte in path.replace('\\', "/").bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(char::from(byte));
            }
            other => write!(out, "%{other:02X}").expect("a string"),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_means_the_same_and_says_no_command() {
        let mut out = Vec::new();
        json_line(&"##[add-mask]x ###[y]", &mut out).expect("memory");
        let text = String::from_utf8(out).expect("text");
        assert!(!text.contains("##["));
        assert_eq!(serde_json::from_str::<String>(&text).expect("JSON"), "##[add-mask]x ###[y]");
    }

    #[test]
    fn lines_that_begin_like_commands_do_not() {
        assert_eq!(harmless("  ::error::x"), "  : :error::x");
        assert_eq!(harmless("a ::error::x ##[debug]"), "a ::error::x # #[debug]");
    }

    #[test]
    fn xml_holds_what_it_may() {
        assert_eq!(
            xml("a<b>&\"c\"\u{0}\u{B}\u{FFFF}]]>"),
            "a&lt;b&gt;&amp;&quot;c&quot;\u{FFFD}\u{FFFD}\u{FFFD}]]&gt;"
        );
        assert_eq!(xml("::error::"), ":&#58;error:&#58;");
    }

    #[test]
    fn commands_stay_one_line_and_one_property() {
        assert_eq!(command("50 %\r\n::x"), "50 %25%0D%0A::x");
        assert_eq!(command_property("a:b,c"), "a%3Ab%2Cc");
    }

    #[test]
    fn markdown_shows_what_was_written() {
        assert_eq!(markdown("<b>*x*</b> | @a"), "&lt;b&gt;\\*x\\*&lt;/b&gt; \\| &#64;a");
        assert_eq!(markdown("http://x www.y"), "http&#58;//x www&#46;y");
    }

    #[test]
    fn paths_are_references() {
        assert_eq!(uri("./a b/ção#1.txt"), "a%20b/%C3%A7%C3%A3o%231.txt");
        assert_eq!(uri("/tmp/x"), "file:///tmp/x");
        assert_eq!(uri("c:\\x"), "c%3A/x");
    }
}
