//! Forms that everybody writes though no rule leads to them: Michael Майкл, Stephen Стивен. Pairs of single words seen
//! often that the chunk tables refuse; the forms that are established already are not asked, so that the same rows give
//! the same bytes however often it is run.

use std::collections::BTreeMap;

use recto::lang::text::fold;
use recto::names::Matcher;

use crate::Row;

/// Rows that a form must be seen in.
const OFTEN: u32 = 3;

pub fn main(rows: &[Row]) {
    let mut most: BTreeMap<(&str, &str), u32> = BTreeMap::new();
    let mut users: BTreeMap<(&str, &str), u32> = BTreeMap::new();
    for row in rows {
        let most = most.entry((&row.b_lang, &row.a)).or_default();
        *most = row.count.max(*most);
        let users = users.entry((&row.b_lang, &row.b)).or_default();
        *users = row.count.max(*users);
    }
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.count >= OFTEN) {
        // A rare form beside a common one, of the name or of another, is a row that was cut wrongly.
        let rare = row.count * 3 < most[&(row.b_lang.as_str(), row.a.as_str())]
            || row.count * 5 < users[&(row.b_lang.as_str(), row.b.as_str())];
        let (a, b) = (fold(&row.a), fold(&row.b));
        let short = a.chars().count() < 3 || b.is_empty() || row.b.contains([' ', '\t']);
        let short = short || !a.chars().chain(b.chars()).all(char::is_alphabetic);
        if rare || short || Matcher::by_letters(&row.a, "en", &row.b, &row.b_lang) > 0.0 {
            continue;
        }
        let forms = found.entry(a).or_default();
        if !forms.contains(&b) {
            forms.push(b);
        }
    }
    println!("# Latin form, folded; forms in other scripts that are established for it though the chunk tables refuse them.");
    for (latin, mut others) in found {
        others.sort();
        println!("{latin}\t{}", others.join(" "));
    }
}
