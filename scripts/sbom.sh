#!/bin/bash
# Writes sbom.json (CycloneDX 1.6) and THIRD-PARTY-LICENSES.txt of the module and the npm package: `scripts/sbom.sh [FOLDER]`, by default
# www/dist/lib. Needs what building the module needs (scripts/setup.sh build), but not the built module.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$(realpath -- "${1:-www/dist/lib}")
mkdir -p "$folder"
node www/scripts/sbom.mjs "$folder/sbom.json"
node www/scripts/third-party.mjs "$folder/THIRD-PARTY-LICENSES.txt"
