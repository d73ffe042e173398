#!/usr/bin/env bash
# Bring a bare machine to a working .venv/bin/twinedge. Idempotent: a second run takes a second.
#
# Needs Python 3.11+ and Node 20+; whatever else is missing is installed from PyPI and npm, and from
# Debian when run as root. Every step says what it does before it does it.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '\033[1m[setup]\033[0m %s\n' "$*"; }
die() { printf '[setup] %s\n' "$*" >&2; exit 1; }

python=${PYTHON:-python3}
command -v "$python" >/dev/null || die "Python 3.11 or newer is needed: apt-get install python3"
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
  || die "Python 3.11 or newer is needed, this is $("$python" --version)"

debian_install() {
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    say "installing $* from Debian"
    apt-get update -qq && DEBCONF_NOWARNINGS=yes DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
  else
    die "missing: $*. Install it (apt-get install $*) and run make setup again."
  fi
}

if [ ! -x .venv/bin/python ]; then
  say "creating .venv"
  "$python" -m venv .venv 2>/dev/null || { rm -rf .venv; debian_install python3-venv; "$python" -m venv .venv; }
fi

stamp=.venv/.lock-installed
if ! cmp -s requirements.lock "$stamp"; then
  say "installing the locked Python packages"
  [ -x .venv/bin/uv ] || .venv/bin/python -m pip install --quiet --disable-pip-version-check "uv>=0.9,<1"
  uv_path=.venv/bin/uv
  VIRTUAL_ENV=$PWD/.venv "$uv_path" pip install --quiet --require-hashes -r requirements.lock
  VIRTUAL_ENV=$PWD/.venv "$uv_path" pip install --quiet --no-deps -e .
  cp requirements.lock "$stamp"
fi

# Compiled ahead, a start saves seconds even where PYTHONDONTWRITEBYTECODE keeps Python from doing it.
compiled=.venv/.compiled
if [ "$stamp" -nt "$compiled" ]; then
  say "compiling the Python packages"
  .venv/bin/python -m compileall -q -j 0 .venv/lib/python3*/site-packages >/dev/null 2>&1 || true
fi
if [ ! -f "$compiled" ] || [ -n "$(find src -name '*.py' -newer "$compiled" -print -quit)" ]; then
  .venv/bin/python -m compileall -q src
  touch "$compiled"
fi

if [ -f ui/package-lock.json ]; then
  command -v npm >/dev/null || debian_install nodejs npm
  node -e 'process.exit(Number(process.versions.node.split(".")[0]) < 20 ? 1 : 0)' \
    || die "Node 20 or newer is needed to build the web page, this is $(node --version)"
  if ! cmp -s ui/package-lock.json ui/node_modules/.lock-installed; then
    say "installing the locked web packages"
    (cd ui && npm ci --no-audit --no-fund --loglevel=error && cp package-lock.json node_modules/.lock-installed)
  fi
  newest=$(find ui/src ui/index.html ui/package.json ui/vite.config.ts -type f -newer src/twinedge/web/static/index.html 2>/dev/null | head -1 || true)
  if [ ! -f src/twinedge/web/static/index.html ] || [ -n "$newest" ]; then
    say "building the web page"
    (cd ui && npm run --silent build)
  fi
fi
say "ready: .venv/bin/twinedge"
