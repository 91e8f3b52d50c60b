//! The page behind a gate: the report, with decisions that are kept and two texts to check.

use std::fmt::Write as _;
use std::io;

use serde_json::json;

use super::text::{escape, visible};
use super::{Page, STYLE, hash_of};
use crate::lang::PROFILES;
use crate::model::Report;

const REVIEW_STYLE: &str = include_str!("review.css");
const REVIEW_SCRIPT: &str = include_str!("review.js");

/// What the page says of decisions.
const KEPT: &str = "A decision counts from the moment it is taken, for everybody who asks this gate, and stays in its log with who \
    took it, when and why: <code>recto decisions show</code> lists them. One about a finding or a document ends when either \
    text changes.";

/// What a gate adds to a report.
#[derive(Debug, Clone, Copy, Default)]
pub struct Review<'a> {
    /// The name of the report at the gate.
    pub report: &'a str,
    /// Who looks at it, where the gate knows.
    pub who: Option<&'a str>,
    /// Bytes that the gate takes.
    pub most: usize,
    /// What is to be said instead of a report.
    pub notice: Option<&'a str>,
}

impl Review<'_> {
    /// The policy of the page, for a header: its own scripts and style, its own server, nobody's frame.
    pub fn policy() -> String {
        format!("{}; frame-ancestors 'none'", policy())
    }

    /// Writes the page; without a report it is there to have texts checked.
    pub fn write(&self, report: Option<&Report>, out: &mut dyn io::Write) -> io::Result<()> {
        let page = report.map(Page::new);
        super::head(&policy(), report, &format!("{STYLE}{REVIEW_STYLE}"), out)?;
        if let (Some(report), Some(page)) = (report, &page) {
            out.write_all(page.strip(report).as_bytes())?;
        }
        if let Some(notice) = self.notice {
            writeln!(out, "<p class=\"notice\" role=\"status\">{}</p>", visible(notice))?;
        }
        out.write_all(self.form(report.is_none()).as_bytes())?;
        let none = Page::default();
        match (report, &page) {
            (Some(report), Some(page)) => page.body(report, KEPT, out)?,
            _ => out.write_all(b"<main></main>\n")?,
        }
        let data = page.as_ref().unwrap_or(&none).data(&json!({
            "report": self.report, "who": self.who, "most": self.most,
        }));
        writeln!(out, "<script type=\"application/json\" id=\"data\">{data}</script>")?;
        if page.is_some() {
            writeln!(out, "<script>{}</script>", super::SCRIPT)?;
        }
        writeln!(out, "<script>{REVIEW_SCRIPT}</script>\n</body>\n</html>")
    }

    fn form(&self, open: bool) -> String {
        let open = if open { " open" } else { "" };
        let mut out = format!(
            "<section class=\"give\" aria-label=\"Check two texts\"><details{open}><summary><h1>Check two texts</h1></summary>\
             <form id=\"give\">"
        );
        let languages: String = (PROFILES.iter())
            .map(|entry| {
                let language = entry.language();
                format!("<option value=\"{}\">{}</option>", escape(&language.tag), escape(&language.name))
            })
            .collect();
        for (side, legend) in [("source", "Source (where there is one)"), ("target", "Translation")] {
            let _ = write!(
                out,
                "<fieldset><legend>{legend}</legend><div class=\"set\">\
                 <label>language <select id=\"give-{side}-language\"><option value=\"\">by itself</option>{languages}</select></label>\
                 <label>as <select id=\"give-{side}-as\"><option value=\"text\">text</option><option value=\"html\">HTML</option>\
                 <option value=\"markdown\">Markdown</option><option value=\"ninjs\">NINJS</option></select></label>\
                 <label>file <input id=\"give-{side}-file\" type=\"file\"></label></div>\
                 <textarea id=\"give-{side}\" dir=\"auto\" spellcheck=\"false\" aria-label=\"{legend}: paste or drop it here\" \
                 placeholder=\"paste it, or drop a file\"></textarea></fieldset>"
            );
        }
        out.push_str("<div class=\"go\"><button type=\"submit\">Check</button>");
        if !self.report.is_empty() {
            let _ = write!(out, "<a href=\"/?report={}\">Check this one again</a>", escape(self.report));
        }
        if let Some(who) = self.who {
            let _ = write!(out, "<span>decisions are signed <bdi>{}</bdi></span>", visible(who));
        }
        out.push_str(
            "</div></form></details><noscript>To check texts and to decide, this page needs its script.</noscript></section>\n\
             <p id=\"said\" class=\"tell\" role=\"status\"></p><p id=\"trouble\" class=\"tell\" role=\"alert\"></p>\n",
        );
        out
    }
}

fn policy() -> String {
    format!(
        "default-src 'none'; script-src {} {}; style-src {}; connect-src 'self'; base-uri 'none'; form-action 'none'",
        hash_of(super::SCRIPT),
        hash_of(REVIEW_SCRIPT),
        hash_of(&format!("{STYLE}{REVIEW_STYLE}")),
    )
}
