#!/usr/bin/env bash
# shard.sh I/N: of the clones in repos/, works on the I-th of N parts: a branch and a pull request for each
# repository that changes, with the Markdown report as its body, and report-I.json of the part as it was.
set -euo pipefail

shard=$1
part=${shard%/*}
branch=${BRANCH:-tempo-coordinator}
codemods=${TEMPO_CODEMODS:-npx --yes tempo-codemods}
failed=0
$codemods run --no-config --quiet --format json --shard "$shard" repos/* >"report-$part.json" || failed=1
# Repositories with a changed file; names of repositories have no white space.
changed=$(node -e '
  const { files } = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"));
  console.log([...new Set(files.filter((one) => one.error === null).map((one) => one.path.split("/")[1]))].join("\n"));
' "report-$part.json")
for name in $changed; do
  body=$PWD/body-$name.md
  (
    cd "repos/$name"
    git switch --quiet --force-create "$branch"
    $codemods run --no-config --quiet --write --format markdown >"$body"
    git add --all
    git commit --quiet --message 'Migrate to the tempo-coordinator-k8s charm libraries'
    git push --quiet --force origin "$branch"
    gh pr create --head "$branch" --title 'Migrate to the tempo-coordinator-k8s charm libraries' --body-file "$body" ||
      gh pr edit "$branch" --body-file "$body"
  ) || {
    echo "error: $name" >&2
    failed=1
  }
done
exit "$failed"
