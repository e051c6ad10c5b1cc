#!/bin/sh
# Smoke test of an installed aiblog: every packaged scaffold, in both languages, in a new blog.
# Usage: smoke.sh PATH-TO-AIBLOG
set -eu
aiblog=$1
blog=$(mktemp -d)
trap 'rm -rf "$blog"' EXIT
cd "$blog"
git init --quiet --initial-branch main .
git config user.name "Ada Author"
git config user.email ada@example.org

"$aiblog" --version
"$aiblog" init
git add . && git commit --quiet --message "Lay out the blog"
for kind in post project-intro release-highlights event-guide case-study how-to report-digest translated-article; do
  set --
  case $kind in
    report-digest) set -- --set source=https://example.org/report ;;
    translated-article) set -- --set source=https://example.org/article --set licence=CC-BY-4.0 ;;
  esac
  "$aiblog" new "A $kind / 一篇文章" --slug "a-$kind" --date 2026-02-25 --scaffold "$kind" --lang en --lang zh "$@"
done
"$aiblog" list --json | grep -c '"slug"' | grep -qx 8
"$aiblog" new "Ready" --slug ready --date 2026-02-26 --body - < /dev/null
"$aiblog" publish ready --yes
git log --oneline blog/2026-02-26-ready
