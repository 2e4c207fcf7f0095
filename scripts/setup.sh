#!/bin/bash
# Installs what building (`scripts/setup.sh build`) or testing (`scripts/setup.sh test`, the default) needs and is missing,
# on Debian or Ubuntu with Rust and Node. Says what it does; does nothing the second time.
set -euo pipefail
cd "$(dirname "$0")/.."

purpose=${1:-test}
cache=${XDG_CACHE_HOME:-$HOME/.cache}/scrubjay
tools=$cache/tools
target=wasm32-unknown-unknown

say() { printf 'setup: %s\n' "$*" >&2; }
die() { printf 'setup: error: %s\n' "$*" >&2; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }
at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; elif have sudo; then sudo "$@"; else die "this needs root: $*"; fi
}

updated=
apt_install() {
    have apt-get || die "install by hand, there is no apt-get here: $*"
    say "apt-get install $*"
    if [ -z "$updated" ]; then as_root apt-get update -q >&2; updated=yes; fi
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" >&2 || die "apt-get cannot install $*"
}

rust_and_node() {
    have cargo && have rustc || die "Rust is missing: https://rustup.rs"
    local rust node
    rust=$(rustc --version | awk '{print $2}')
    at_least "$rust" 1.95.0 || die "Rust 1.95 or newer is wanted, this is $rust"
    have node && have npm || die "Node is missing: https://nodejs.org"
    node=$(node --version)
    at_least "${node#v}" 20.19.0 || die "Node 20.19 or newer is wanted, this is $node"
    have cc || apt_install build-essential
}

# rustup where it can download; else Debian's compiler, whose package of sources the standard library is built from.
wasm_target() {
    [ "$(scripts/wasm-cargo.sh --route)" = none ] || return 0
    if have rustup; then
        say "rustup target add $target"
        if timeout 300 rustup target add $target >&2 && [ "$(scripts/wasm-cargo.sh --route)" != none ]; then return 0; fi
        say "rustup could not add the target; building it from Debian's packages of the compiler instead"
    fi
    apt_install rustc-web cargo-web rust-web-src lld-22
    build_std
    [ "$(scripts/wasm-cargo.sh --route)" != none ] || die "the $target target does not work; run scripts/wasm-cargo.sh to see why"
}

build_std() {
    local crate lib
    lib=$(/usr/bin/rustc --print target-libdir --target $target)
    say "building the standard library for $target ($(/usr/bin/rustc --version)), about a minute"
    crate=$(mktemp -d)
    mkdir "$crate/src"
    printf '[package]\nname = "std-for-wasm"\nversion = "0.0.0"\nedition = "2024"\n' >"$crate/Cargo.toml"
    : >"$crate/src/lib.rs"
    (
        cd "$crate"
        export PATH=/usr/bin:$PATH RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR="$crate/target"
        unset RUSTFLAGS CARGO_ENCODED_RUSTFLAGS
        cargo build --release --target $target -Zbuild-std=std,panic_abort >&2
    )
    rm -f "$crate/target/$target/release/deps/"libstd_for_wasm-*
    # Those of an older compiler would be found beside the new ones.
    as_root rm -rf "$lib"
    as_root mkdir -p "$lib"
    as_root cp "$crate/target/$target/release/deps/"*.rlib "$lib/"
    rm -rf "$crate"
}

# The very version of the crate in Cargo.lock: the two must agree.
wasm_bindgen() {
    local wanted found
    wanted=$(awk '/^name = "wasm-bindgen"$/ { getline; gsub(/[^0-9.]/, ""); print; exit }' Cargo.lock)
    [ -n "$wanted" ] || die "Cargo.lock names no wasm-bindgen"
    found=$("$tools/bin/wasm-bindgen" --version 2>/dev/null | awk '{print $2}' || true)
    [ "$found" != "$wanted" ] || return 0
    say "cargo install wasm-bindgen-cli $wanted into $tools, some minutes"
    # Its lock file may name releases that a mirror does not have yet.
    CARGO_TARGET_DIR=$tools/build cargo install --quiet --locked --force --root "$tools" --version "$wanted" wasm-bindgen-cli >&2 ||
        CARGO_TARGET_DIR=$tools/build cargo install --quiet --force --root "$tools" --version "$wanted" wasm-bindgen-cli >&2 ||
        die "wasm-bindgen-cli cannot be installed"
    rm -rf "$tools/build"
}

npm_packages() {
    local folder=$1
    cmp -s "$folder/package-lock.json" "$folder/node_modules/.installed-lock" && return 0
    say "npm ci in $folder"
    (cd "$folder" && npm ci --ignore-scripts --no-audit --no-fund >&2) || die "npm ci failed in $folder"
    cp "$folder/package-lock.json" "$folder/node_modules/.installed-lock"
}

browser() {
    if have "${CHROMIUM:-chromium}" && have "${CHROMEDRIVER:-chromedriver}"; then return 0; fi
    if [ -n "$(apt-cache policy chromium-driver 2>/dev/null)" ]; then
        apt_install chromium chromium-driver
    else
        apt_install chromium-browser chromium-chromedriver
    fi
    have chromium || have "${CHROMIUM:-chromium}" || die "there is no chromium in PATH: set CHROMIUM and CHROMEDRIVER"
}

# Not Ubuntu's snap, which cannot read the profiles that a test lays down in /tmp.
firefox() {
    [ -z "${FIREFOX:-}" ] && [ ! -x /usr/bin/firefox-esr ] && [ ! -x /usr/bin/firefox ] || return 0
    [ -n "$(apt-cache policy firefox-esr 2>/dev/null)" ] || die "there is no package firefox-esr: install Firefox, and set FIREFOX"
    apt_install firefox-esr
}

# Spark and what it needs, in an environment of its own.
spark() {
    local home=$cache/spark wanted=tests/spark/requirements.txt
    have java || apt_install default-jre-headless
    cmp -s $wanted "$home/.installed" && return 0
    have python3 || apt_install python3
    say "pip install -r $wanted into $home, some minutes"
    rm -rf "$home"
    python3 -m venv "$home" 2>/dev/null || { apt_install python3-venv && python3 -m venv "$home"; }
    "$home/bin/pip" install --quiet --disable-pip-version-check -r $wanted >&2 || die "pip cannot install $wanted"
    cp $wanted "$home/.installed"
}

rust_and_node
wasm_target
wasm_bindgen
npm_packages www
npm_packages www/developers
if [ "$purpose" = test ]; then
    npm_packages tests/browser
    npm_packages tests/package
    npm_packages tests/firefox
    browser
    firefox
    spark
fi
say "everything is there"
