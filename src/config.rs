//! Settings: the one configuration file, `recto.toml`, validated; errors with line and column.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use glob::Pattern;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::checks;
use crate::lang;
use crate::model::{Severity, Verdict};
use crate::overrides::Scope;
use crate::pipeline::{CheckSettings, Checker, OptionsError};
use crate::score::Thresholds;

/// Name of the file.
pub const FILE_NAME: &str = "recto.toml";

/// What a run uses.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Settings {
    /// When a text is blocked.
    pub verdict: VerdictSettings,
    /// Words the newsroom knows.
    pub words: Words,
    /// Checks by name: `enabled`, `severity`, and the check's own options.
    #[schemars(with = "BTreeMap<String, serde_json::Map<String, serde_json::Value>>")]
    pub checks: BTreeMap<String, toml::Table>,
    /// Other settings of checks for some files or languages; where several fit, the last counts.
    #[serde(rename = "override", skip_serializing_if = "Vec::is_empty")]
    pub overrides: Vec<Override>,
}

/// Other settings of checks, for inputs that fit all of what is said.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Override {
    /// Patterns of paths of translations, such as `sport/**`; one of them fits the path or the end of it.
    pub paths: Vec<String>,
    /// Language of the source: `pt` is every Portuguese, `pt-BR` that of Brazil.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Language of the translation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// Checks by name; what is not said here is as it is for all.
    #[schemars(with = "BTreeMap<String, serde_json::Map<String, serde_json::Value>>")]
    pub checks: BTreeMap<String, toml::Table>,
}

impl Override {
    fn scope(&self) -> Result<Scope, String> {
        let language = |tag: &Option<String>| match tag {
            Some(tag) => lang::find(tag).map(Some).ok_or_else(|| format!("there is no language `{tag}`")),
            None => Ok(None),
        };
        let pattern = |text: &String| Pattern::new(text).map_err(|error| format!("{text}: {}", error.msg));
        Ok(Scope {
            paths: self.paths.iter().map(pattern).collect::<Result<_, _>>()?,
            source: language(&self.source)?,
            target: language(&self.target)?,
        })
    }
}

/// When a text is blocked.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct VerdictSettings {
    /// A critical finding at least this sure blocks, 0 to 1.
    pub block_confidence: f64,
    /// A quality score below this blocks; never applied under 300 words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<f64>,
    /// What a check that could not judge does to the verdict.
    pub on_unchecked: Verdict,
}

impl Default for VerdictSettings {
    fn default() -> Self {
        let Thresholds { block_confidence, score, on_unchecked } = Thresholds::default();
        Self { block_confidence, score, on_unchecked }
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
        if !(0.0..=1.0).contains(&settings.verdict.block_confidence) {
            let at = text.find("block-confidence").unwrap_or_default();
            return Err(content(at, "block-confidence is a probability, 0 to 1".into()));
        }
        for (number, other) in settings.overrides.iter().enumerate() {
            let at = text.match_indices("[[override]]").nth(number).map_or(0, |(at, _)| at);
            other.scope().map_err(|message| content(at, message))?;
        }
        let all = settings.overrides.iter().map(|other| &other.checks).chain([&settings.checks]);
        for (name, set) in all.flatten() {
            let place =
                text.find(&format!("checks.{name}")).or_else(|| text.find(name.as_str())).unwrap_or_default();
            if checks::find(name).is_none() {
                let hint =
                    checks::nearest(name).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
                return Err(content(place, format!("there is no check `{name}`{hint}")));
            }
            let checked = of(set).and_then(|set| {
                checks::CATALOGUE.iter().filter(|card| card.name == *name).try_for_each(|card| {
                    card.make(&set.options).map(drop).map_err(|error| error.message().trim().to_owned())
                })
            });
            if let Err(message) = checked {
                return Err(content(place, format!("{name}: {message}")));
            }
        }
        Ok(settings)
    }

    /// A checker with these settings.
    pub fn checker(&self) -> Result<Checker, OptionsError> {
        let read = |checks: &BTreeMap<String, toml::Table>| -> BTreeMap<String, CheckSettings> {
            checks.iter().filter_map(|(name, set)| Some((name.clone(), of(set).ok()?))).collect()
        };
        let VerdictSettings { block_confidence, score, on_unchecked } = self.verdict;
        let thresholds = Thresholds { block_confidence, score, on_unchecked };
        let mut checker = Checker::new(&read(&self.checks), thresholds, &self.words.known)?;
        for other in &self.overrides {
            let mut merged = BTreeMap::new();
            for (name, set) in &other.checks {
                let mut table = self.checks.get(name).cloned().unwrap_or_default();
                table.extend(set.clone());
                merged.insert(name.clone(), table);
            }
            checker = checker.with_override(other.scope().unwrap_or_default(), &read(&merged))?;
        }
        Ok(checker)
    }

    /// Every setting with its value, defaults filled in.
    #[must_use]
    pub fn effective(&self) -> Self {
        let mut all = self.clone();
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

/// How a table sets a check.
fn of(set: &toml::Table) -> Result<CheckSettings, String> {
    let mut options = set.clone();
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

/// JSON Schema of the file, every check with its options.
pub fn schema() -> serde_json::Value {
    let mut schema = schemars::schema_for!(Settings).to_value();
    let severities = Severity::ALL.map(Severity::as_str);
    let mut all = serde_json::Map::new();
    for card in checks::CATALOGUE {
        let mut own = card.schema().to_value();
        let mut properties = own["properties"].take().as_object().cloned().unwrap_or_default();
        properties.insert(
            "enabled".into(),
            json!({ "description": "Whether the check runs.", "type": "boolean", "default": true }),
        );
        properties.insert(
            "severity".into(),
            json!({ "description": "Severity of all its findings.", "enum": severities }),
        );
        let entry = json!({
            "description": card.summary(),
            "type": "object",
            "properties": properties,
            "additionalProperties": false,
        });
        all.insert(card.name.into(), entry);
    }
    schema["$defs"]["Checks"] = json!({
        "description": "Checks by name.",
        "type": "object",
        "properties": all,
        "additionalProperties": false,
    });
    for pointer in ["/properties/checks", "/$defs/Override/properties/checks"] {
        if let Some(checks) = schema.pointer_mut(pointer) {
            *checks = json!({ "description": checks["description"], "$ref": "#/$defs/Checks" });
        }
    }
    schema
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline::{Input, Text};

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
    fn some_files_and_languages_may_be_set_otherwise() {
        let text = "[checks.doubled-word]\nenabled = false\n[[override]]\npaths = [\"news/**\"]\ntarget = \"fr\"\n\
                    [override.checks.doubled-word]\nenabled = true\nseverity = \"major\"\n";
        let settings = Settings::parse(text, Path::new("recto.toml")).expect("settings");
        let checker = settings.checker().expect("a checker");
        let found = |path: &str, language: &str, text: &str| {
            let target = Text::new(path, Some(language), text);
            let report = checker.check(Input::Text { id: path.into(), target });
            report.findings.iter().map(|finding| (finding.check, finding.severity)).collect::<Vec<_>>()
        };
        let french = "Le maire a parlé de de la route.";
        assert_eq!(found("site/news/a.md", "fr", french), [("doubled-word", Severity::Major)]);
        assert_eq!(found("site/sport/a.md", "fr", french), []);
        assert_eq!(found("site/news/a.md", "pt", "O presidente falou de de tudo."), []);
        assert!(
            error("[[override]]\ntarget = \"xx\"\n").contains("recto.toml:1:1: there is no language `xx`")
        );
        assert!(
            error("[[override]]\n[override.checks.number-mismach]\n").contains("no check `number-mismach`")
        );
    }

    #[test]
    fn the_effective_settings_are_settings() {
        let effective = toml::to_string(&Settings::default().effective()).expect("settings are a table");
        let again = Settings::parse(&effective, Path::new("effective")).expect("they parse");
        assert!(again.checks.len() >= 2);
    }
}
