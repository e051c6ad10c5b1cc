#!/bin/sh
# A post in two languages, from nothing to a pushed branch: in a throw-away blog whose remote is a bare repository
# beside it. `aiblog` is taken from PATH. Nothing is left behind.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
for variable in $(git rev-parse --local-env-vars); do unset "$variable"; done
export GIT_CONFIG_GLOBAL="$place/gitconfig" GIT_CONFIG_NOSYSTEM=1 GIT_PAGER=cat TZ=UTC LC_ALL=C.UTF-8 NO_COLOR=1
git config --global user.name "Ada Author"
git config --global user.email ada@example.org
git config --global init.defaultBranch main

# A step's heading; a command as it would be typed; and a command shown, then run.
step() { printf '\n== %s\n' "$1"; }
typed() { printf '\n$ %s\n' "$1"; }
run() {
  typed "$1"
  eval "$1"
}

step "A new blog, whose remote is a bare repository"
git init --quiet --bare "$place/remote.git"
git clone --quiet "$place/remote.git" "$place/blog" 2> /dev/null
cd "$place/blog"
run "aiblog init"
run "git add . && git commit --quiet --message 'Lay out the blog' && git push --quiet origin main"

step "A post, its text written elsewhere"
cat > "$place/claims.md" << 'TEXT'
Dynamic resource allocation moves device requests out of the scheduler's
extenders and into the API.

| Kind | What it is for |
| --- | --- |
| `ResourceClaim` | one request for devices |
| `DeviceClass` | which devices match |

```sh
kubectl get resourceclaims
```
TEXT
run "aiblog new 'Notes on DRA' --slug dra-notes --date 2026-02-25 --tag dra,kubernetes --body ../claims.md"

step "Its Chinese edition: a marker above each block that waits"
run "aiblog translate-stub dra-notes --title 动态资源分配笔记"
run "cat posts/2026-02-25/dra-notes_zh.md"

step "Not yet: one of the editions is a stub"
typed "aiblog publish dra-notes --yes"
aiblog publish dra-notes --yes || echo "(exit $?)"

step "The translation is written"
cat > "$place/translation.sed" << 'TEXT'
/^<!-- aiblog:todo -->$/d
s/^Dynamic resource allocation moves .*/动态资源分配把设备请求从调度器扩展移进了 API。/
/^extenders and into the API\.$/d
s/| Kind | What it is for |/| 类型 | 用途 |/
s/one request for devices/一次设备请求/
s/which devices match/匹配哪些设备/
TEXT
typed "\$EDITOR posts/2026-02-25/dra-notes_zh.md"
sed -f "$place/translation.sed" posts/2026-02-25/dra-notes_zh.md > "$place/written"
cat "$place/written" > posts/2026-02-25/dra-notes_zh.md
run "sed -n '10,$ p' posts/2026-02-25/dra-notes_zh.md"

step "Published: checked, entered into the index, committed on a branch of its own, pushed"
echo "an unrelated note" > scratch.txt
run "aiblog publish dra-notes --summary 'What a claim is, and when to use one.' --push --yes"

step "What that did"
run "git diff main blog/2026-02-25-dra-notes -- posts/README.md"
run "git log --graph --oneline --stat --all"
run "git ls-tree -r --name-only blog/2026-02-25-dra-notes"
run "git ls-remote --heads origin"
run "git status --short --branch"
run "aiblog list"
