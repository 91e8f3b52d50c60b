//! What is around the findings and the texts: the verdict, the filters, what the checks are for.

use std::fmt::Write as _;

use super::Page;
use super::text::{escape, visible};
use crate::checks;
use crate::model::{InputReport, Report, Severity, Verdict};

impl Page {
    /// What was decided, at the top, with what was not checked.
    pub(super) fn strip(&self, report: &Report) -> String {
        let verdict = report.verdict().map_or("nothing checked", Verdict::as_str);
        let mut out = format!(
            "<header class=\"strip {verdict}\">\n<p class=\"big\">{verdict}</p>\n<p class=\"counts\">"
        );
        for severity in Severity::ALL.iter().rev() {
            let count = self.counts[*severity as usize];
            if count > 0 {
                let name = severity.as_str();
                let _ = write!(out, "<span class=\"{name}\">{count} {name}</span> ");
            }
        }
        if self.records.is_empty() {
            out.push_str("nothing found ");
        }
        let accepted: usize = report.inputs.iter().map(|input| input.accepted.len()).sum();
        if accepted > 0 {
            let _ = write!(out, "· {accepted} accepted before ");
        }
        let unread = report.inputs.iter().filter(|input| input.error.is_some()).count();
        let read = report.inputs.len() - unread;
        let texts = if read == 1 { "text" } else { "texts" };
        let _ = write!(out, "· {read} {texts}");
        if unread > 0 {
            let _ = write!(out, " · <strong>{unread} not read</strong>");
        }
        let _ = writeln!(out, " · recto {}</p>", env!("CARGO_PKG_VERSION"));
        let mut unchecked: Vec<String> = Vec::new();
        for (nth, input) in report.inputs.iter().enumerate() {
            let link = format!("<a href=\"#i{nth}\">{}</a>", visible(&input.id));
            if let Some(error) = &input.error {
                unchecked.push(format!("<li>{link}: not read: {}</li>", visible(error)));
            }
            unchecked.extend(input.abstentions.iter().map(|abstention| {
                format!("<li>{link}: {}: {}</li>", abstention.check, visible(&abstention.reason))
            }));
        }
        if !unchecked.is_empty() {
            let open = if unchecked.len() <= 3 { " open" } else { "" };
            let _ = writeln!(
                out,
                "<details{open} class=\"unchecked\"><summary>Not checked: {}</summary><ul>{}</ul></details>",
                unchecked.len(),
                unchecked.concat()
            );
        }
        out.push_str("</header>\n");
        out
    }

    /// The bar of filters and decisions; hidden where no script runs.
    pub(super) fn filters(&self, report: &Report) -> String {
        let mut pairs: Vec<String> =
            report.inputs.iter().filter(|input| input.error.is_none()).map(InputReport::pair).collect();
        pairs.sort();
        pairs.dedup();
        let option = |value: &str| format!("<option value=\"{0}\">{0}</option>", escape(value));
        let checks: String = self.checks.keys().map(|check| option(check)).collect();
        let severities: String =
            Severity::ALL.iter().rev().map(|severity| option(severity.as_str())).collect();
        let pairs: String = pairs.iter().map(|pair| option(pair)).collect();
        format!(
            "<nav class=\"bar\" id=\"bar\" hidden aria-label=\"Filters and decisions\">\
             <label>check <select id=\"by-check\"><option value=\"\">all</option>{checks}</select></label>\
             <label>severity <select id=\"by-severity\"><option value=\"\">all</option>{severities}</select></label>\
             <label>languages <select id=\"by-pair\"><option value=\"\">all</option>{pairs}</select></label>\
             <label>state <select id=\"by-state\"><option value=\"\">all</option><option value=\"open\">open</option>\
             <option value=\"decided\">decided</option></select></label>\
             <label>find <input id=\"by-text\" type=\"search\" size=\"12\"></label>\
             <span id=\"shown\" role=\"status\"></span><span class=\"gap\"></span>\
             <button id=\"export\" disabled>Save decisions</button><button id=\"terms\" disabled>Save terms</button>\
             <button id=\"help\" aria-expanded=\"false\" aria-controls=\"keys\">Keys</button>\
             <div id=\"keys\" hidden><kbd>j</kbd> <kbd>k</kbd> next, previous · <kbd>Enter</kbd> show in the text · \
             <kbd>a</kbd> accept · <kbd>f</kbd> false alarm · <kbd>w</kbd> won’t fix, <kbd>A</kbd> <kbd>F</kbd> <kbd>W</kbd> the same at once with the last reason · <kbd>x</kbd> fixed · \
             <kbd>t</kbd> add to the terms · <kbd>u</kbd> undo · <kbd>/</kbd> find · <kbd>Esc</kbd> leave, show all</div></nav>\n"
        )
    }

    /// What the checks are for, and where decisions go.
    pub(super) fn about(&self, kept: &str) -> String {
        let mut out = String::from("<footer>\n<h2>What was found, and why it matters</h2>\n<dl>\n");
        for (name, count) in &self.checks {
            let summary = checks::find(name).map(checks::Card::summary).unwrap_or_default();
            let _ = writeln!(out, "<dt id=\"c-{name}\">{name} ×{count}</dt><dd>{}</dd>", escape(&summary));
        }
        let _ = write!(out, "</dl>\n<p>{kept}</p>\n</footer>\n");
        out
    }
}
