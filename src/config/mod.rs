//! Settings: the one configuration file, `recto.toml`, validated; errors with line and column.

mod schema;
mod verdict;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use globset::{Glob, GlobSetBuilder};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::checks;
use crate::model::Severity;
use crate::pipeline::Checker;
use crate::rules::{CheckSettings, OptionsError, Rules, Ruleset, Scope};

pub use schema::schema;
pub use verdict::{FailOn, VerdictSettings};

/// Name of the file.
pub const FILE_NAME: &str = "recto.toml";

/// What a run uses.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Settings {
    /// The file of decisions, from the folder of this file; or `postgres://…`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub baseline: Option<PathBuf>,
    /// The verdict that makes a run fail, with status 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fail_on: Option<FailOn>,
    /// When a text is blocked.
    pub verdict: VerdictSettings,
    /// Who may decide against a block.
    #[serde(skip_serializing_if = "DecisionSettings::is_default")]
    pub decisions: DecisionSettings,
    /// What `--fix` may change.
    #[serde(skip_serializing_if = "FixSettings::is_default")]
    pub fix: FixSettings,
    /// Words the newsroom knows.
    pub words: Words,
    /// Checks by name: `enabled`, `severity`, and the check's own options.
    #[schemars(with = "BTreeMap<String, serde_json::Map<String, serde_json::Value>>")]
    pub checks: BTreeMap<String, toml::Table>,
    /// Settings for some paths or languages, later ones over earlier ones.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub r#override: Vec<Override>,
}

/// Who may decide against a block.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct DecisionSettings {
    /// Only these roles, and every decision against a block needs one of them. Where none is named any role will do, and
    /// decisions that do not say how sure the finding was need none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<String>,
}

impl DecisionSettings {
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// What `--fix` may change.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct FixSettings {
    /// A finding less sure than this is left to a person, 0 to 1; 0.85 where not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_confidence: Option<f64>,
}

impl FixSettings {
    fn is_default(&self) -> bool {
        *self == Self::default()
    }

    /// How sure a finding must be to be fixed.
    pub fn least(&self) -> f64 {
        self.min_confidence.unwrap_or(0.85)
    }
}

/// Settings for some paths or languages. Every condition that is given must fit.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Override {
    /// Globs of paths of translations: `content/pt/**`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub paths: Vec<String>,
    /// Source languages: `en`, which is every English.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub source_languages: Vec<String>,
    /// Languages of the translation.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub target_languages: Vec<String>,
    /// When a text is blocked.
    pub verdict: VerdictSettings,
    /// Checks by name: `enabled`, `severity`, and the check's own options.
    #[schemars(with = "BTreeMap<String, serde_json::Map<String, serde_json::Value>>")]
    pub checks: BTreeMap<String, toml::Table>,
}

impl Override {
    fn scope(&self) -> Result<Scope, String> {
        if self.paths.is_empty() && self.source_languages.is_empty() && self.target_languages.is_empty() {
            return Err("an override needs `paths`, `source-languages` or `target-languages`".into());
        }
        let mut globs = GlobSetBuilder::new();
        for path in &self.paths {
            globs.add(Glob::new(path).map_err(|error| error.to_string())?);
        }
        let globs = globs.build().map_err(|error| error.to_string())?;
        for tag in self.source_languages.iter().chain(&self.target_languages) {
            if crate::lang::find(tag).is_none() {
                return Err(format!("no language `{tag}`"));
            }
        }
        Ok(Scope {
            paths: (!self.paths.is_empty()).then_some(globs),
            source: self.source_languages.clone(),
            target: self.target_languages.clone(),
        })
    }
}

/// Words the newsroom knows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Words {
    /// Never misspelt.
    pub known: Vec<String>,
}

/// What is wrong with a settings file.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// It cannot be read.
    #[error("{path}: {error}")]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// It does not hold what it should.
    #[error("{path}:{line}:{column}: {message}")]
    Content {
        /// The file.
        path: PathBuf,
        /// Line, from 1.
        line: usize,
        /// Column in code points, from 1.
        column: usize,
        /// What is wrong.
        message: String,
    },
}

impl Settings {
    /// The settings of `explicit`, or of the nearest `recto.toml` in `start` or above it, or the defaults.
    pub fn find(explicit: Option<&Path>, start: &Path) -> Result<(Self, Option<PathBuf>), ConfigError> {
        let found = match explicit {
            Some(path) => Some(path.to_owned()),
            None => start.ancestors().map(|folder| folder.join(FILE_NAME)).find(|path| path.is_file()),
        };
        match found {
            Some(path) => Ok((Self::read(&path)?, Some(path))),
            None => Ok((Self::default(), None)),
        }
    }

    /// Reads a file.
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        let text = std::fs::read_to_string(path)
            .map_err(|error| ConfigError::Read { path: path.to_owned(), error })?;
        Self::parse(&text, path)
    }

    /// Parses the text of a file; `path` is for messages.
    pub fn parse(text: &str, path: &Path) -> Result<Self, ConfigError> {
        let content = |at: usize, message: String| {
            let before = text.get(..at).unwrap_or(text);
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
            ConfigError::Content { path: path.to_owned(), line, column, message }
        };
        let settings: Self = toml::from_str(text).map_err(|error| {
            content(error.span().map_or(0, |span| span.start), error.message().trim().to_owned())
        })?;
        if let Err((key, message)) = settings.verdict.validate() {
            return Err(content(text.find(key).unwrap_or_default(), message));
        }
        if !(0.0..=1.0).contains(&settings.fix.least()) {
            let at = text.find("[fix]").unwrap_or_default();
            return Err(content(at, "min-confidence is a probability, 0 to 1".into()));
        }
        if let Err((place, message)) = validate_checks(&settings.checks, text) {
            return Err(content(place, message));
        }
        let mut at = 0;
        for layer in &settings.r#override {
            let rest = text.get(at..).unwrap_or_default();
            at += rest.find("override").unwrap_or_default();
            let rest = text.get(at..).unwrap_or_default();
            let fault = layer.scope().map(drop).map_err(|message| (0, message));
            let fault = fault.and_then(|()| {
                let verdict = layer.verdict.validate();
                verdict.map_err(|(key, message)| (rest.find(key).unwrap_or_default(), message))
            });
            let fault = fault.and_then(|()| validate_checks(&layer.checks, rest));
            if let Err((place, message)) = fault {
                return Err(content(at + place, message));
            }
            at += "override".len();
            // The tables of this override are named after it: the next one is the next in double brackets.
            let rest = text.get(at..).unwrap_or_default();
            at += rest.find("[[override").unwrap_or_default();
        }
        Ok(settings)
    }

    /// A checker with these settings.
    pub fn checker(&self) -> Result<Checker, OptionsError> {
        let scopes = self.r#override.iter().filter_map(|layer| layer.scope().ok()).collect();
        let settings = self.clone();
        let rules = Rules::layered(scopes, move |layers| settings.layered(layers).ruleset())?;
        Ok(Checker::new(rules, &self.words.known))
    }

    /// These settings with some overrides put over them.
    fn layered(&self, layers: &[usize]) -> Self {
        let mut all = Self { r#override: Vec::new(), ..self.clone() };
        for layer in layers.iter().filter_map(|&index| self.r#override.get(index)) {
            all.verdict = layer.verdict.over(all.verdict);
            for (name, table) in &layer.checks {
                let under = all.checks.entry(name.clone()).or_default();
                under.extend(table.iter().map(|(key, value)| (key.clone(), value.clone())));
            }
        }
        all
    }

    fn ruleset(&self) -> Result<Ruleset, OptionsError> {
        let set = self.checks.iter();
        let set = set.filter_map(|(name, table)| Some((name.clone(), read_check(table).ok()?))).collect();
        Ruleset::new(&set, self.verdict.thresholds())
    }

    /// Every setting with its value, defaults filled in.
    #[must_use]
    pub fn effective(&self) -> Self {
        let mut all = self.clone();
        all.verdict = self.verdict.effective();
        all.fail_on = Some(self.fail_on.unwrap_or_default());
        all.fix.min_confidence = Some(self.fix.least());
        for card in checks::CATALOGUE {
            let set = self.checks.get(card.name);
            let table = all.checks.entry(card.name.to_owned()).or_default();
            table.insert("enabled".into(), true.into());
            for (key, value) in card.options() {
                table.insert(key, value);
            }
            for (key, value) in set.into_iter().flatten() {
                table.insert(key.clone(), value.clone());
            }
        }
        all
    }
}

/// Whether every check exists and its options fit, or where the fault is and what it is.
fn validate_checks(set: &BTreeMap<String, toml::Table>, text: &str) -> Result<(), (usize, String)> {
    for (name, table) in set {
        let place =
            text.find(&format!("checks.{name}")).or_else(|| text.find(name.as_str())).unwrap_or_default();
        if checks::find(name).is_none() {
            let hint =
                checks::nearest(name).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            return Err((place, format!("there is no check `{name}`{hint}")));
        }
        let checked = read_check(table).and_then(|set| {
            checks::CATALOGUE.iter().filter(|card| card.name == *name).try_for_each(|card| {
                card.make(&set.options).map(drop).map_err(|error| error.message().trim().to_owned())
            })
        });
        checked.map_err(|message| (place, format!("{name}: {message}")))?;
    }
    Ok(())
}

/// How one check is set.
fn read_check(table: &toml::Table) -> Result<CheckSettings, String> {
    let mut options = table.clone();
    let enabled = match options.remove("enabled") {
        None => None,
        Some(toml::Value::Boolean(enabled)) => Some(enabled),
        Some(other) => return Err(format!("`enabled` is true or false, not {other}")),
    };
    let severity = match options.remove("severity") {
        None => None,
        Some(value) => Some(value.try_into::<Severity>().map_err(|error| error.message().trim().to_owned())?),
    };
    Ok(CheckSettings { enabled, severity, options })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> String {
        Settings::parse(text, Path::new("recto.toml")).expect_err("must not parse").to_string()
    }

    #[test]
    fn mistakes_are_shown_with_their_place() {
        assert!(error("[verdict]\nblock-confidense = 1\n").starts_with("recto.toml:2:1: unknown field"));
        assert!(error("[checks.number-mismach]\n").contains("there is no check `number-mismach`"));
        assert!(error("[verdict]\nblock-confidence = 7.0\n").starts_with("recto.toml:2:1:"));
        assert!(error("[checks.misspelt-name]\nenabled = 3\n").contains("true or false"));
        assert!(
            error("[checks.misspelt-name]\nno-such-option = 3\n").contains("misspelt-name: unknown field")
        );
    }

    #[test]
    fn mistakes_in_overrides_are_shown_with_their_place() {
        let first = "[[override]]\npaths = [\"a/**\"]\n[override.checks.spacing]\nenabled = false\n";
        assert!(error(&format!("{first}[[override]]\n")).starts_with("recto.toml:5:3: an override needs"));
        let second = format!("{first}[[override]]\ntarget-languages = [\"pt\"]\n");
        assert!(Settings::parse(&second, Path::new("recto.toml")).is_ok());
        assert!(error(&second.replace("pt", "xx")).contains(":5:3: no language `xx`"));
        assert!(
            error(&format!("{second}[override.checks.spacin]\n"))
                .starts_with("recto.toml:7:11: there is no check `spacin`; did you mean `spacing`?")
        );
        assert!(error(&format!("{second}[override.verdict]\nmin-confidence = 3.0\n")).contains(":8:1: "));
        assert!(error(&second.replace("a/**", "a/[")).contains("recto.toml:1:3: "));
    }

    #[test]
    fn later_overrides_lie_over_earlier_ones() {
        let text = "[verdict]\nmax-major = 1\n[checks.spacing]\nseverity = \"minor\"\n[[override]]\npaths = [\"*\"]\n\
                    [override.verdict]\nmax-major = 2\n[override.checks.spacing]\nenabled = false\n[[override]]\npaths = [\"*\"]\n\
                    [override.verdict]\nmax-major = 3\n";
        let settings = Settings::parse(text, Path::new("recto.toml")).expect("settings");
        assert_eq!(settings.layered(&[0, 1]).verdict.max_major, Some(3));
        assert_eq!(settings.layered(&[0]).verdict.max_major, Some(2));
        assert_eq!(settings.layered(&[]).verdict.max_major, Some(1));
        let spacing = &settings.layered(&[0]).checks["spacing"];
        assert_eq!((spacing.get("enabled").is_some(), spacing.get("severity").is_some()), (true, true));
    }

    #[test]
    fn the_effective_settings_are_settings() {
        let effective = toml::to_string(&Settings::default().effective()).expect("settings are a table");
        let again = Settings::parse(&effective, Path::new("effective")).expect("they parse");
        assert!(again.checks.len() >= 2);
    }
}
