#!/bin/sh
# 检查、比较、生成网站、打包：任何流水线都能调用，自己电脑上也能跑。
# Checks, compares, builds and packs: for any pipeline, and for your own computer.
#
#   sh ci/gendan.sh check     检查；有基准时只让新问题失败 / only new findings fail where there is a base
#   sh ci/gendan.sh diff      这次改动对生意的影响 / what the change means for the business
#   sh ci/gendan.sh build     生成网站到 public/ / the site, into public/
#   sh ci/gendan.sh pack      把 public/ 打成一个文件 / packs public/
#   sh ci/gendan.sh all       依次全做 / all of them, in this order
#
#   GENDAN        程序；不写就找 PATH，再不行用 GENDAN_URL 下载 / the program; else from PATH, else from GENDAN_URL
#   GENDAN_BASE   和哪个版本比，例如 origin/main；不写就检查全部 / the base, e.g. origin/main; without it everything counts
#   GENDAN_OUT    报告放哪里，默认 ci-out / folder of the reports
#
# 退出码：0 没有新的错误，1 有，2 没法检查。Exit codes: 0 nothing that fails, 1 findings, 2 could not do its work.
# 网站里有价格和客户，不要放到公网：见 ci/web/。The site shows prices and customers: keep it off the open internet.
set -eu

fail() {
  printf '%s\n' "$1" "$2" >&2
  exit 2
}

cd "$(dirname "$0")/.." || fail "进不了数据目录" "cannot enter the data root"
out=${GENDAN_OUT:-ci-out}
base=${GENDAN_BASE:-}

find_program() {
  program=${GENDAN:-}
  if [ -z "$program" ] && command -v gendan >/dev/null; then
    program=gendan
  fi
  if [ -z "$program" ]; then
    [ -n "${GENDAN_URL:-}" ] || fail "找不到 gendan：装到 PATH 里，或设置 GENDAN、或 GENDAN_URL 和 GENDAN_SHA256" \
      "no gendan: put it on the PATH, or set GENDAN, or GENDAN_URL and GENDAN_SHA256"
    sh ci/get-gendan.sh "$out/bin"
    program=$out/bin/gendan
  fi
  command -v "$program" >/dev/null || fail "运行不了 $program" "cannot run $program"
}

# 浅克隆没有历史：查不出谁改了什么，也找不到基准。A shallow clone has no history to compare with.
is_shallow() {
  [ "$(git rev-parse --is-shallow-repository 2>/dev/null)" = true ]
}

need_history() {
  if is_shallow; then
    git fetch --quiet --unshallow || true
  fi
  # 没有远端时 git fetch 也说成功 / without a remote, git fetch succeeds as well
  if is_shallow; then
    fail "这是浅克隆，取不到历史：把克隆深度设为 0" "a shallow clone, and its history cannot be fetched: set the depth to 0"
  fi
}

need_base() {
  git rev-parse --verify --quiet --end-of-options "$base^{commit}" >/dev/null ||
    fail "找不到基准 $base：先 git fetch" "no commit $base to compare with: git fetch first"
}

check() {
  set -- --output "json=$out/gendan.json" --output "junit=$out/junit.xml" --output "markdown=$out/gendan.md"
  if [ -n "$base" ]; then
    need_base
    set -- --since "$base" "$@"
  fi
  "$program" check --format human "$@"
}

difference() {
  [ -n "$base" ] || fail "没有设置 GENDAN_BASE：不知道和什么比" "GENDAN_BASE is not set: nothing to compare with"
  need_base
  "$program" diff "$base" HEAD --format json >"$out/diff.json"
  "$program" diff "$base" HEAD --format markdown >"$out/diff.md"
  cat "$out/diff.md"
}

build() {
  "$program" build --out public
}

pack() {
  [ -d public ] || fail "还没有 public/：先 build" "there is no public/ yet: build first"
  tar -cf "$out/site.tar" public
  gzip -n -f "$out/site.tar"
  printf '%s\n' "$out/site.tar.gz"
}

mkdir -p "$out"
case ${1:-} in
  check | diff | build | all) find_program && need_history ;;
esac
case ${1:-} in
  check) check ;;
  diff) difference ;;
  build) build ;;
  pack) pack ;;
  all)
    # 有错也把网站做出来（错的单子标红），最后再报失败。
    # The site is built in spite of findings, broken orders are red on it; the exit code comes last.
    code=0
    check || code=$?
    [ "$code" -lt 2 ] || exit "$code"
    [ -z "$base" ] || difference
    build
    pack
    exit "$code"
    ;;
  *) fail "用法：sh ci/gendan.sh check|diff|build|pack|all" "usage: sh ci/gendan.sh check|diff|build|pack|all" ;;
esac
