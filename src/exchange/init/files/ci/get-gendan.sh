#!/bin/sh
# 取 gendan：下载指定的一个版本，核对 SHA-256，放进文件夹。核对不上就停。
# Gets gendan: downloads one pinned release, verifies its SHA-256, puts it into a folder. A mismatch stops here.
#
#   sh ci/get-gendan.sh DIR        →  DIR/gendan
#
#   GENDAN_URL      下载地址：程序本身，或里面有 gendan 的 .tar.gz / the program itself, or a .tar.gz that has it
#   GENDAN_SHA256   那个文件的 SHA-256 / of that file
#
# 没有现成的下载时，自己编译一次放到内网 / without a release to download, build one and put it on your own server:
#   cargo install --locked --git URL-OF-GENDAN --rev COMMIT --root out     →  out/bin/gendan
set -eu

fail() {
  printf '%s\n' "$1" "$2" >&2
  exit 2
}

[ $# -eq 1 ] || fail "用法：sh ci/get-gendan.sh 文件夹" "usage: sh ci/get-gendan.sh DIR"
dir=$1
[ -n "${GENDAN_URL:-}" ] || fail "没有设置 GENDAN_URL：不知道去哪里下载 gendan，见 README.md" \
  "GENDAN_URL is not set: nothing says where to download gendan from, see README.md"
[ -n "${GENDAN_SHA256:-}" ] || fail "没有设置 GENDAN_SHA256：下载的程序不核对就不运行" \
  "GENDAN_SHA256 is not set: a download that cannot be verified is not run"
case $GENDAN_URL in
  https://* | file:///*) ;;
  *) fail "GENDAN_URL 要以 https:// 开头" "GENDAN_URL has to start with https://" ;;
esac

mkdir -p "$dir"
file=$dir/download
if command -v curl >/dev/null; then
  curl --fail --silent --show-error --location --retry 3 --output "$file" -- "$GENDAN_URL"
elif command -v wget >/dev/null; then
  wget -q -O "$file" -- "$GENDAN_URL"
else
  fail "运行环境里没有 curl，也没有 wget" "the runner has neither curl nor wget"
fi

if command -v sha256sum >/dev/null; then
  found=$(sha256sum <"$file")
else
  found=$(shasum -a 256 <"$file")
fi
found=${found%% *}
wanted=$(printf '%s' "$GENDAN_SHA256" | tr 'A-F' 'a-f')
if [ "$found" != "$wanted" ]; then
  rm -f -- "$file"
  fail "SHA-256 不对：要 $wanted，下载到的是 $found" "wrong SHA-256: wanted $wanted, downloaded $found"
fi

case $GENDAN_URL in
  *.tar.gz | *.tgz)
    mkdir -p "$dir/unpacked"
    tar -xzf "$file" -C "$dir/unpacked"
    program=$(find "$dir/unpacked" -type f -name gendan | head -n 1)
    [ -n "$program" ] || fail "压缩包里没有 gendan" "the archive holds no gendan"
    mv -f -- "$program" "$dir/gendan"
    rm -rf -- "$dir/unpacked" "$file"
    ;;
  *) mv -f -- "$file" "$dir/gendan" ;;
esac
chmod 755 "$dir/gendan"
"$dir/gendan" --version
