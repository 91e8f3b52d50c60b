#!/usr/bin/env bash
# The body of action.yml: installs recto unless it is there, checks, annotates, and ends with recto's own status.
set -euo pipefail
if [ -z "${RECTO:-}" ]; then
    if [[ ! "$INPUT_VERSION" =~ ^v[0-9]+\.[0-9]+\.[0-9]+ ]]; then
        echo "::error title=recto::give the input version, or use the action at a tag such as v0.1.0"
        exit 2
    fi
    base="${GITHUB_SERVER_URL:-https://github.com}/$ACTION_REPOSITORY/releases/download"
    RECTO="$(bash "$(dirname "$0")/install.sh" "$base" "$INPUT_VERSION" "${RUNNER_TEMP:-/tmp}/recto")/recto"
fi
arguments=()
while IFS= read -r line; do
    if [ -n "$line" ]; then arguments+=("$line"); fi
done <<<"$INPUT_ARGS"
if [ -n "$INPUT_CONFIG" ]; then arguments+=(--config "$INPUT_CONFIG"); fi
if [ -n "$INPUT_BASELINE" ]; then arguments+=(--baseline "$INPUT_BASELINE"); fi
if [ -n "$INPUT_SARIF" ]; then arguments+=(--to "sarif=$INPUT_SARIF"); fi
if [ -n "$INPUT_HTML" ]; then arguments+=(--to "html=$INPUT_HTML"); fi
summary="$(mktemp)"
if [ "$INPUT_SUMMARY" = true ]; then arguments+=(--to "markdown=$summary"); fi
# One format to standard output: what a runner reads there is escaped, whatever the articles hold.
if [ "$INPUT_ANNOTATIONS" = true ]; then arguments+=(--to github); else arguments+=(--to text); fi
status=0
"$RECTO" check "${arguments[@]}" || status=$?
if [ "$INPUT_SUMMARY" = true ] && [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then cat "$summary" >>"$GITHUB_STEP_SUMMARY"; fi
if [ -n "${GITHUB_OUTPUT:-}" ]; then echo "status=$status" >>"$GITHUB_OUTPUT"; fi
exit "$status"
