#!/usr/bin/env bash
# What action.yml runs. Reads INPUT_*, writes annotations to stdout, files to RUNNER_TEMP, outputs to GITHUB_OUTPUT.
set -euo pipefail

# One argument a line, so that spaces in paths survive.
lines() {
  local line
  while IFS= read -r line; do
    if [[ -n $line ]]; then printf '%s\0' "$line"; fi
  done <<<"$1"
}

command=(node "$GITHUB_ACTION_PATH/dist/runner/cli/main.js")
if [[ -n ${INPUT_VERSION:-} ]]; then
  command=(npx --yes "tempo-codemods@$INPUT_VERSION")
elif [[ ! -f $GITHUB_ACTION_PATH/dist/runner/cli/main.js ]]; then
  # `npm ci` builds it.
  npm ci --prefix "$GITHUB_ACTION_PATH" --no-audit --no-fund >&2
fi

mapfile -d '' -t paths < <(lines "${INPUT_PATHS:-.}")
mapfile -d '' -t presets < <(lines "${INPUT_PRESET:-}")
mapfile -d '' -t more < <(lines "${INPUT_ARGUMENTS:-}")
run=("${command[@]}" run)
for preset in "${presets[@]}"; do run+=(--preset "$preset"); done
run+=("${more[@]}")

body=$RUNNER_TEMP/tempo-codemods.md
sarif=$RUNNER_TEMP/tempo-codemods.sarif
code=0
# Before anything is written: code scanning shows the changes as fixes. A failure shows in the run that counts.
"${run[@]}" --quiet --format sarif -- "${paths[@]}" >"$sarif" 2>/dev/null || true
case ${INPUT_MODE:-check} in
check)
  "${run[@]}" --quiet --format markdown -- "${paths[@]}" >"$body" 2>/dev/null || true
  "${run[@]}" --check --format github -- "${paths[@]}" || code=$?
  changed=false
  if grep -qE '"fixes"|"Would (create|delete) ' "$sarif"; then changed=true; fi
  ;;
write)
  "${run[@]}" --write --format markdown -- "${paths[@]}" >"$body" || code=$?
  changed=false
  if [[ -n $(git status --porcelain) ]]; then changed=true; fi
  ;;
*)
  echo "::error::mode is 'check' or 'write', not '${INPUT_MODE//[^a-z]/}'"
  exit 2
  ;;
esac

if [[ ${INPUT_SUMMARY:-true} == true && -n ${GITHUB_STEP_SUMMARY:-} ]]; then cat "$body" >>"$GITHUB_STEP_SUMMARY"; fi
{
  echo "changed=$changed"
  echo "body=$body"
  if [[ -s $sarif ]]; then echo "sarif=$sarif"; fi
} >>"$GITHUB_OUTPUT"
exit "$code"
