# Thin: each target is what a person would type.
.PHONY: run test wasm lint audit package spark
PORT ?= 8080

# Builds the page and serves it; prints its address.
run:
	scripts/setup.sh build
	cd www && npm run --silent build
	cd www && node scripts/serve.mjs --port $(PORT)

# Every check and test there is.
test:
	scripts/test.sh

# The WebAssembly module, for work.
wasm:
	scripts/setup.sh build
	cd www && npm run --silent wasm

lint:
	cargo fmt --check
	cargo clippy --release --all-targets --features cli -- -D warnings
	cd www && npm run --silent check

# Licences, bans, sources and advisories of what scrubjay is built from. The first time it builds cargo-deny, some minutes.
audit:
	scripts/audit.sh

# The npm package as it is shipped: with link-time optimisation, which takes long. Ends in a .tgz in www/ of known size.
package:
	scripts/setup.sh build
	cd www && node scripts/build-wasm.mjs dist && npm run --silent lib && npm run --silent notices && node scripts/pack.mjs

# Redacts 10,000 notes on a Spark cluster of two workers, and compares the result and the speed with the command's.
spark:
	scripts/setup.sh test
	cargo build --release
	SCRUBJAY="$${CARGO_TARGET_DIR:-target}/release/scrubjay" "$${XDG_CACHE_HOME:-$$HOME/.cache}/scrubjay/spark/bin/python" tests/spark/test_spark.py
