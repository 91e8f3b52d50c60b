//! Settings of checks that hold for some files or languages only.

use glob::{MatchOptions, Pattern};

use crate::lang::Language;
use crate::model::{Document, Subject};

/// For which inputs settings hold: those that fit everything that is said here.
#[derive(Debug, Clone, Default)]
pub struct Scope {
    /// Patterns of paths, one of which must fit the path or the end of it; any where there are none.
    pub paths: Vec<Pattern>,
    /// Language of the source.
    pub source: Option<&'static Language>,
    /// Language of the translation, or of every account.
    pub target: Option<&'static Language>,
}

impl Scope {
    /// Whether a subject is meant.
    pub fn fits(&self, subject: &Subject) -> bool {
        let documents = subject.documents();
        let (source, targets): (Option<&Document>, &[&Document]) = match (subject, documents.as_slice()) {
            (Subject::Bitext(_), [source, targets @ ..]) => (Some(source), targets),
            (_, targets) => (None, targets),
        };
        let path = self.paths.is_empty()
            || targets
                .iter()
                .any(|target| self.paths.iter().any(|pattern| fits_path(pattern, target.file())));
        path && self.source.is_none_or(|wanted| source.is_some_and(|source| speaks(source, wanted)))
            && self.target.is_none_or(|wanted| targets.iter().all(|target| speaks(target, wanted)))
    }
}

/// `pt` means every Portuguese, `pt-BR` that of Brazil alone.
fn speaks(document: &Document, wanted: &Language) -> bool {
    document.language.tag == wanted.tag
        || (wanted.tag == wanted.primary() && document.language.same_language(wanted))
}

/// Whether a pattern fits a path, or what is below one of its folders.
fn fits_path(pattern: &Pattern, path: &str) -> bool {
    let options = MatchOptions { require_literal_separator: true, ..MatchOptions::default() };
    let mut rest = Some(path.trim_start_matches("./"));
    while let Some(path) = rest {
        if pattern.matches_with(path, options) {
            return true;
        }
        rest = path.split_once('/').map(|(_, below)| below);
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_fit_paths_and_their_ends() {
        let fits = |pattern: &str, path: &str| fits_path(&Pattern::new(pattern).expect("a pattern"), path);
        assert!(fits("sport/**", "sport/a/b.md") && fits("sport/*.md", "./site/pt/sport/b.md"));
        assert!(fits("*.po", "locale/pt.po") && fits("**/x.md", "a/b/x.md"));
        assert!(!fits("sport/*.md", "sport/a/b.md") && !fits("port/*", "sport/b.md"));
    }
}
