#!/usr/bin/env bash
# Install node-opcua beside this script, as locked. Idempotent; needs npm and takes half a minute.
set -euo pipefail
cd "$(dirname "$0")"
cmp -s package-lock.json node_modules/.lock-installed && exit 0
command -v npm >/dev/null || { echo "npm is not installed" >&2; exit 3; }
npm ci --no-audit --no-fund --loglevel=error
cp package-lock.json node_modules/.lock-installed
