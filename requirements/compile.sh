#!/bin/sh
# Resolves requirements/*.in once into requirements.txt, and each image's part at the same versions.
set -eu
cd "$(dirname "$0")/.."
compile() { uv pip compile --quiet --generate-hashes --universal --python-version 3.11 --no-header "$@"; }
compile requirements/dev.in -o requirements.txt
for part in base ml; do compile "requirements/$part.in" -c requirements.txt -o "requirements/$part.txt"; done
for part in models test_models; do compile --no-deps "requirements/$part.in" -o "requirements/$part.txt"; done
