# Every target sets up what it needs; run any of them on a fresh clone.
.PHONY: setup run test test-all check bench lock

setup:
	@./scripts/setup.sh

run: setup
	@.venv/bin/twinedge demo

test: setup
	@./scripts/peers.sh
	@./scripts/browser.sh
	@.venv/bin/pytest -n auto --dist loadfile -m "not slow"

test-all: test
	@.venv/bin/pytest -m slow

check: setup
	@.venv/bin/ruff format --check .
	@.venv/bin/ruff check .
	@.venv/bin/lint-imports
	@.venv/bin/mypy
	@cd ui && npm run --silent schema -- --check
	@cd ui && npm run --silent test

bench: setup
	@.venv/bin/python -m bench

lock:
	@.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	  --group dev pyproject.toml -o requirements.lock
