#!/usr/bin/env bash
# Make sure a Chromium is there for the browser tests, or say in one line how to get it.
set -euo pipefail
if command -v chromium >/dev/null || command -v google-chrome >/dev/null; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "[test] installing Debian's Chromium for the browser tests"
  apt-get update -qq
  DEBCONF_NOWARNINGS=yes DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null
else
  echo "[test] no Chromium: the browser tests are skipped; get it with: sudo apt-get install chromium"
fi
