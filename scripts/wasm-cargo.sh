#!/bin/sh
# Runs cargo for wasm32-unknown-unknown: `scripts/wasm-cargo.sh build --release …`. It takes the toolchain that has the target:
# the one in PATH (rustup's), else Debian's in /usr/bin. `scripts/wasm-cargo.sh --route` only names it: path, debian or none.
set -eu

target=wasm32-unknown-unknown

# Whether the given rustc can compile for the target. Its own libraries only: those of another version are of no use to it.
works() {
    "$1" --version >/dev/null 2>&1 || return 1
    probe=$(mktemp -d)
    echo '#[unsafe(no_mangle)] pub extern "C" fn probe() -> usize { std::env::args().count() }' >"$probe/probe.rs"
    "$1" --edition 2024 --crate-type cdylib --target $target $2 --out-dir "$probe" "$probe/probe.rs" >/dev/null 2>&1 && ok=0 || ok=1
    rm -rf "$probe"
    return $ok
}

if works rustc ""; then
    route=path
elif works /usr/bin/rustc "-C linker=wasm-ld-22"; then
    route=debian
else
    route=none
fi

if [ "${1-}" = --route ]; then
    echo $route
    exit 0
fi

case $route in
none)
    echo "error: no Rust toolchain here can compile for $target: run scripts/setup.sh" >&2
    exit 1
    ;;
debian)
    PATH=/usr/bin:$PATH
    # Debian's rustc looks for a rust-lld that another package may or may not bring.
    export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=wasm-ld-22
    ;;
esac

command=$1
shift
set -- "$command" --target $target "$@"
# The standard library that setup.sh builds for Debian's compiler holds no bitcode, so link-time optimisation needs it built along.
if [ "${SCRUBJAY_LTO-}" = 1 ] && [ $route = debian ]; then
    export RUSTC_BOOTSTRAP=1
    set -- "$@" -Zbuild-std=std,panic_abort
fi
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/scrubjay/target}"
export RUSTFLAGS='-C target-feature=+simd128 --cfg getrandom_backend="wasm_js"'
echo "wasm: $(command -v cargo) $command ($(rustc --version))" >&2
exec cargo "$@"
