#!/bin/sh
# A throw-away blog with a bare repository as its remote: a post in two languages from an idea to a pushed branch.
# `aiblog` is taken from PATH. Leaves nothing behind.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
export GIT_CONFIG_GLOBAL="$place/gitconfig" GIT_CONFIG_NOSYSTEM=1 TZ=UTC NO_COLOR=1
git config --global user.name "Ada Author"
git config --global user.email ada@example.org
git config --global init.defaultBranch main

show() {
  printf '\n$ %s\n' "$*"
  "$@"
}

git init --quiet --bare "$place/remote.git"
git clone --quiet "$place/remote.git" "$place/blog" 2> /dev/null
cd "$place/blog"

show aiblog init
show git add .
show git commit --quiet --message "Lay out the blog"
show git push --quiet origin main

show aiblog new "Notes on DRA / 动态资源分配笔记" --slug dra-notes --date 2026-02-25 --tag dra,kubernetes --body - << 'TEXT'
Dynamic resource allocation moves device requests out of the scheduler's
extenders and into the API.

| Kind | What it is for |
| --- | --- |
| `ResourceClaim` | one request for devices |
| `DeviceClass` | which devices match |

```console
$ kubectl get resourceclaims
```
TEXT

show aiblog translate-stub dra-notes --to zh --title "动态资源分配笔记"
printf '\n$ cat posts/2026-02-25/dra-notes_zh.md\n'
cat posts/2026-02-25/dra-notes_zh.md

printf '\n# The translation is written: no marker is left.\n'
python3 - posts/2026-02-25/dra-notes_zh.md << 'TEXT'
import pathlib, sys
path = pathlib.Path(sys.argv[1])
lines = path.read_text(encoding="utf-8").split("\n")
text = "\n".join(line for line in lines if line != "<!-- aiblog:todo -->")
text = text.replace("Dynamic resource allocation moves device requests out of the scheduler's\nextenders and into the API.", "动态资源分配把设备请求从调度器扩展移进了 API。")
path.write_text(text, encoding="utf-8")
TEXT

show aiblog publish dra-notes --summary "What a claim is, and when to use one." --push --yes
show git log --oneline --stat --all
show git diff main..blog/2026-02-25-dra-notes -- posts/README.md
show git ls-tree -r --name-only blog/2026-02-25-dra-notes
show git ls-remote origin
show git status --short --branch
