#!/usr/bin/env bash
# Fetches the binary of a release, checks it against the checksums of the release, and prints the folder it is in.
#   install.sh BASE_URL VERSION FOLDER
# BASE_URL is where the releases are: https://HOST/OWNER/NAME/releases/download
set -euo pipefail
base=$1 version=$2 folder=$3
case "$(uname -s)-$(uname -m)" in
    Linux-x86_64) target=x86_64-unknown-linux-musl ;;
    Linux-aarch64) target=aarch64-unknown-linux-musl ;;
    Darwin-x86_64) target=x86_64-apple-darwin ;;
    Darwin-arm64) target=aarch64-apple-darwin ;;
    MINGW*-x86_64 | MSYS*-x86_64) target=x86_64-pc-windows-msvc ;;
    *) echo "no binary for $(uname -s) on $(uname -m): cargo install --locked recto" >&2; exit 2 ;;
esac
archive="recto-$version-$target.tar.gz"
mkdir -p "$folder"
cd "$folder"
fetch() { curl --fail --silent --show-error --location --proto '=https,file' --retry 3 --output "$2" "$1"; }
fetch "$base/$version/$archive" "$archive"
fetch "$base/$version/SHA256SUMS" SHA256SUMS
# The line of this archive alone, and it must be there.
grep -F "  $archive" SHA256SUMS >"$archive.sha256" || { echo "SHA256SUMS does not name $archive" >&2; exit 2; }
if command -v sha256sum >/dev/null; then sha256sum --check --quiet "$archive.sha256" >&2
else shasum -a 256 --check --quiet "$archive.sha256" >&2; fi
tar -xzf "$archive"
pwd
