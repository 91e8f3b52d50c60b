//! Forms that everybody writes though no rule leads to them: Michael Майкл, Stephen Стивен. Pairs of single words seen
//! often that the chunk tables refuse; the forms that are established already are not asked, so that the same rows give
//! the same bytes however often it is run.

use std::collections::BTreeMap;

use recto::lang::text::fold;
use recto::names::Matcher;

use crate::Row;

/// Rows that a form must be seen in.
const OFTEN: u32 = 3;

/// The text of the table: forms as they are written, since folding may take what a chunk table needs.
pub fn text(rows: &[Row]) -> String {
    let mut most: BTreeMap<(&str, &str), u32> = BTreeMap::new();
    let mut users: BTreeMap<(&str, &str), u32> = BTreeMap::new();
    for row in rows {
        let most = most.entry((&row.b_lang, &row.a)).or_default();
        *most = row.count.max(*most);
        let users = users.entry((&row.b_lang, &row.b)).or_default();
        *users = row.count.max(*users);
    }
    let mut found: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.count >= OFTEN) {
        // A rare form beside a common one, of the name or of another, is a row that was cut wrongly.
        let rare = row.count * 3 < most[&(row.b_lang.as_str(), row.a.as_str())]
            || row.count * 5 < users[&(row.b_lang.as_str(), row.b.as_str())];
        let (a, b) = (fold(&row.a), fold(&row.b));
        let short = a.chars().count() < 3 || b.is_empty() || row.b.contains([' ', '\t']) || row.a.contains([' ', '\t']);
        // Of what folding leaves only figures are no letters: marks are parts of them, as in ド.
        let figures = a.chars().chain(b.chars()).any(char::is_numeric);
        if rare || short || figures || Matcher::by_letters(&row.a, "en", &row.b, "") > 0.0 {
            continue;
        }
        let forms = found.entry(&row.a).or_default();
        if !forms.contains(&row.b.as_str()) {
            forms.push(&row.b);
        }
    }
    let mut text =
        String::from("# Latin form; forms in other scripts that are established for it though the chunk tables refuse them.\n");
    for (latin, mut others) in found {
        others.sort_unstable();
        text.push_str(&format!("{latin}\t{}\n", others.join(" ")));
    }
    text
}
