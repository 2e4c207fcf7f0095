#!/bin/bash
# Checks what scrubjay is built from: licences, bans and sources of the crates (deny.toml), advisories of crates and npm packages.
# `scripts/audit.sh --complete` also fails if something could not be checked; without it, the last lines name what that was.
set -euo pipefail
cd "$(dirname "$0")/.."
complete=${1-}
tools=${XDG_CACHE_HOME:-$HOME/.cache}/scrubjay/tools
version=0.20.2
advisories=https://github.com/RustSec/advisory-db
unchecked=()

say() { printf '\n== %s\n' "$*"; }

if [ "$("$tools/bin/cargo-deny" --version 2>/dev/null)" != "cargo-deny $version" ]; then
    say "cargo install cargo-deny $version into $tools, some minutes"
    CARGO_TARGET_DIR=$tools/build cargo install --quiet --locked --debug --force --root "$tools" --version $version cargo-deny
    rm -rf "$tools/build"
fi
deny() { "$tools/bin/cargo-deny" --locked "$@"; }

say "crates of the module: licences, bans, sources"
deny check --hide-inclusion-graph -A skipped bans licenses sources
say "crates of the command: licences, sources"
# It may have C in it (mimalloc), and its duplicates cost nobody a download.
deny --target x86_64-unknown-linux-gnu --features cli check --hide-inclusion-graph -A license-exception-not-encountered licenses sources

say "advisories of crates"
if GIT_TERMINAL_PROMPT=0 timeout 60 git ls-remote --quiet $advisories HEAD >/dev/null 2>&1; then
    deny check advisories
    deny --target x86_64-unknown-linux-gnu --features cli check advisories
else
    echo "$advisories cannot be reached"
    unchecked+=("advisories of crates")
fi

for folder in www www/developers tests/browser; do
    say "npm packages of $folder: what the lock file names, and advisories"
    (cd $folder && npm ci --dry-run --ignore-scripts --no-audit --no-fund --silent >/dev/null)
    # Of what an installation of the package brings (nothing, today), then of the tools. A registry may have no such service.
    (cd $folder && npm audit --omit=dev --audit-level=low)
    report=$(cd $folder && npm audit --json 2>/dev/null) || true
    case $(node -p 'const { metadata } = JSON.parse(process.argv[1] || "{}"); metadata ? metadata.vulnerabilities.total : "unknown"' -- "$report") in
    0) echo "found 0 vulnerabilities in the tools" ;;
    unknown)
        echo "the registry answers no audit"
        unchecked+=("advisories of npm packages in $folder")
        ;;
    *)
        (cd $folder && npm audit) || true
        exit 1
        ;;
    esac
done

for what in "${unchecked[@]}"; do printf 'NOT CHECKED: %s\n' "$what"; done
if [ ${#unchecked[@]} != 0 ] && [ "$complete" = --complete ]; then exit 1; fi
echo "audit: what was checked is in order"
