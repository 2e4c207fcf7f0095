#!/bin/bash
# Writes sbom.json (CycloneDX 1.6) and THIRD-PARTY-LICENSES.txt of the module and the npm package: `scripts/sbom.sh [FOLDER [PACKAGE…]]`,
# by default www/dist/lib. PACKAGEs are npm's that are bundled with it, as the page has them. Needs what building the module needs (scripts/setup.sh build), but not the built module.
set -euo pipefail
repo=$(cd "$(dirname "$0")/.." && pwd)
folder=${1:-$repo/www/dist/lib}
shift || true
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
cd "$repo"
node www/scripts/sbom.mjs "$folder/sbom.json" "$@"
node www/scripts/third-party.mjs "$folder/THIRD-PARTY-LICENSES.txt" "$@"
