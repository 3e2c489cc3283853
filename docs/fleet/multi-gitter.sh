#!/usr/bin/env bash
# For `multi-gitter run --manual-commit`: migrates the repository in the working directory and commits, with the
# Markdown report as the message's body, which multi-gitter makes the body of the pull request.
set -euo pipefail

message=$(mktemp)
trap 'rm -f "$message"' EXIT
printf 'Migrate to the tempo-coordinator-k8s charm libraries\n\n' >"$message"
${TEMPO_CODEMODS:-npx --yes tempo-codemods} run --no-config --quiet --write --format markdown >>"$message"
git add --all
# No commit is no change: multi-gitter opens no pull request then.
# Headings of the report begin with `#`, which git would take for comments.
git diff --cached --quiet || git commit --quiet --cleanup=whitespace --file "$message"
