//! The description of the interface, as `OpenAPI` 3.1, made of the types that requests and answers are.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Value, json};

use super::wire::{
    CheckReply, CheckRequest, CompareRequest, DecisionReply, DecisionRequest, DecisionsReply, Health, Problem,
};

/// The description of the interface.
pub fn document() -> Value {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.definitions_path = "/components/schemas".into();
        settings.meta_schema = None;
    });
    let mut generator = settings.into_generator();
    let checks = |generator: &mut SchemaGenerator, id: &str, summary: &str, asks: Value| {
        let mut responses = json!({
            "200": content(generator.subschema_for::<CheckReply>().to_value(), "The verdict, whatever it is."),
        });
        refusals(generator, &mut responses, &["400", "401", "403", "408", "413", "415", "503"]);
        json!({
            "operationId": id,
            "summary": summary,
            "requestBody": { "required": true, "content": { "application/json": { "schema": asks } } },
            "responses": responses,
        })
    };
    let request = generator.subschema_for::<CheckRequest>().to_value();
    let check =
        checks(&mut generator, "check", "Check a translation, with its source where there is one", request);
    let request = generator.subschema_for::<CompareRequest>().to_value();
    let compare = checks(&mut generator, "compare", "Compare accounts of one event", request);
    let mut paths = json!({
        "/v1/check": { "post": check },
        "/v1/compare": { "post": compare },
        "/v1/reports/{id}": { "get": report(&mut generator) },
    });
    paths["/v1/decisions"] = decisions(&mut generator);
    paths["/"] = json!({ "get": {
        "operationId": "page",
        "summary": "The page to review a report, or to check two texts",
        "parameters": [{
            "name": "report", "in": "query", "description": "`report_id` of an answer.",
            "schema": { "type": "string" },
        }],
        "responses": {
            "200": { "description": "A page.", "content": { "text/html": { "schema": { "type": "string" } } } },
            "401": content(generator.subschema_for::<Problem>().to_value(), "No valid token."),
            "403": content(generator.subschema_for::<Problem>().to_value(), "Not for this caller."),
            "404": { "description": "A page that says so.", "content": { "text/html": { "schema": { "type": "string" } } } },
            "503": { "description": "A page that says so.", "content": { "text/html": { "schema": { "type": "string" } } } },
        },
    } });
    let health = answer::<Health>(&mut generator, "health", "Whether the gate is there", &[]);
    paths["/healthz"] = json!({ "get": open(health) });
    let mut ready = answer::<Health>(&mut generator, "ready", "Whether the gate is ready", &[]);
    let state = generator.subschema_for::<Health>().to_value();
    ready["responses"]["503"] = content(state, "Not yet, or no longer.");
    paths["/readyz"] = json!({ "get": open(ready) });
    let mut metrics =
        answer::<Health>(&mut generator, "metrics", "Counters, as Prometheus reads them", &["401", "403"]);
    metrics["responses"]["200"] = json!({
        "description": "Counts, durations and verdicts; never content.",
        "content": { "text/plain": { "schema": { "type": "string" } } },
    });
    paths["/metrics"] = json!({ "get": metrics });
    let mut itself = answer::<Health>(&mut generator, "description", "This description", &[]);
    itself["responses"]["200"] = content(json!({ "type": "object" }), "OpenAPI 3.1.");
    paths["/openapi.json"] = json!({ "get": open(itself) });
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "recto",
            "description": "The gate before publication: texts in, a verdict out.",
            "version": env!("CARGO_PKG_VERSION"),
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "paths": paths,
        "security": [{ "token": [] }, {}],
        "components": {
            "schemas": generator.take_definitions(true),
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } },
        },
    })
}

fn decisions(generator: &mut SchemaGenerator) -> Value {
    let request = generator.subschema_for::<DecisionRequest>().to_value();
    let refused = ["400", "401", "403", "404", "408", "413", "415", "503"];
    let mut decide = answer::<DecisionReply>(generator, "decide", "Decide about a finding", &refused);
    decide["requestBody"] =
        json!({ "required": true, "content": { "application/json": { "schema": request } } });
    let refused = ["401", "403", "404", "503"];
    json!({
        "get": answer::<DecisionsReply>(generator, "decisions", "What was decided", &refused),
        "post": decide,
    })
}

fn report(generator: &mut SchemaGenerator) -> Value {
    let mut report = answer::<CheckReply>(
        generator,
        "report",
        "The answer to an earlier request, as it is now",
        &["401", "403", "404", "503"],
    );
    report["parameters"] = json!([{
        "name": "id", "in": "path", "required": true, "description": "`report_id` of the answer.",
        "schema": { "type": "string" },
    }]);
    report
}

/// An operation that answers with a type.
fn answer<T: JsonSchema>(
    generator: &mut SchemaGenerator,
    id: &str,
    summary: &str,
    refused: &[&str],
) -> Value {
    let mut responses = json!({ "200": content(generator.subschema_for::<T>().to_value(), "The answer.") });
    refusals(generator, &mut responses, refused);
    json!({ "operationId": id, "summary": summary, "responses": responses })
}

/// An operation for which nobody needs a token.
fn open(mut operation: Value) -> Value {
    operation["security"] = json!([]);
    operation
}

#[expect(clippy::needless_pass_by_value, reason = "it is moved into the answer")]
fn content(schema: Value, description: &str) -> Value {
    json!({ "description": description, "content": { "application/json": { "schema": schema } } })
}

fn refusals(generator: &mut SchemaGenerator, responses: &mut Value, statuses: &[&str]) {
    for status in statuses {
        let about = match *status {
            "400" => "Not a request.",
            "401" => "No valid token or signature.",
            "403" => "Not from there, or not for this caller.",
            "404" => "Not there, or no longer.",
            "408" => "The body took too long to arrive.",
            "409" => "It cannot be decided so.",
            "413" => "The body is too large.",
            "415" => "The body is not plain JSON.",
            _ => "Too many checks wait already: ask again.",
        };
        responses[*status] = content(generator.subschema_for::<Problem>().to_value(), about);
        if *status == "503" {
            responses[*status]["headers"] =
                json!({ "Retry-After": { "description": "Seconds.", "schema": { "type": "integer" } } });
        }
    }
}
