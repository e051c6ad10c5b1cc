#!/bin/sh
# Smoke test of an installed aiblog, in a new blog outside the checkout: every packaged scaffold in both languages,
# then a post from nothing to a commit, what looks at the blog, and the hooks as the pre-commit framework installs them.
# Usage: smoke.sh PATH-TO-AIBLOG PATH-TO-PRE-COMMIT
set -eu
aiblog=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
pre_commit=$(cd "$(dirname "$2")" && pwd)/$(basename "$2")
checkout=$(cd "$(dirname "$0")/.." && pwd)
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
for variable in $(git rev-parse --local-env-vars); do unset "$variable"; done
export GIT_CONFIG_GLOBAL="$place/gitconfig" GIT_CONFIG_NOSYSTEM=1
git config --global user.name "Ada Author"
git config --global user.email ada@example.org
git init --quiet --initial-branch main "$place/blog"
cd "$place/blog"

"$aiblog" --version
"$aiblog" init
git add . && git commit --quiet --message "Lay out the blog"
for kind in post project-intro release-highlights event-guide case-study how-to report-digest translated-article; do
  set --
  case $kind in
    report-digest) set -- --set source=https://example.org/report ;;
    translated-article)
      set -- --set source=https://example.org/article --set "licence=CC BY 4.0" --set "original_author=Ada"
      ;;
  esac
  "$aiblog" new "A $kind / 一篇文章" --slug "a-$kind" --date 2026-02-25 --scaffold "$kind" -l en -l zh "$@"
  test -s "posts/2026-02-25/a-$kind.md"
  test -s "posts/2026-02-25/a-${kind}_zh.md"
done
test "$("$aiblog" list | wc -l)" -eq 8
echo "A sentence." | "$aiblog" new "Ready" --slug ready --date 2026-02-26 --body -
"$aiblog" publish ready --yes
test "$(git log --format=%s blog/2026-02-26-ready | head -n 1)" = "Add blog post: Ready"
git switch --quiet blog/2026-02-26-ready
"$aiblog" index --check
"$aiblog" status --fail-on unlisted
"$aiblog" check
"$aiblog" init --ci github --quiet
cat > .pre-commit-config.yaml << EOF
repos:
  - repo: $checkout
    rev: $(git -C "$checkout" rev-parse HEAD)
    hooks:
      - id: aiblog-check
      - id: aiblog-index
EOF
git add .
PRE_COMMIT_HOME="$place/pre-commit" "$pre_commit" run --all-files
echo "smoke test passed"
