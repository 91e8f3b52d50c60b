//! JSON Schema of `recto.toml`, for editors.

use serde_json::json;

use super::Settings;
use crate::checks;
use crate::model::Severity;

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
    let named = json!({ "$ref": "#/$defs/Checks" });
    schema["properties"]["checks"] = named.clone();
    schema["$defs"]["Override"]["properties"]["checks"] = named;
    schema
}
