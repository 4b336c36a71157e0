# Two commands on a fresh machine: `make run` and `make test`. Python 3.11+ with pip is needed.
.POSIX:
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check

help:  ## Show the targets
	@grep -hE '^[a-z]+:.*##' Makefile | awk -F ':.*## ' '{printf "  make %-6s %s\n", $$1, $$2}'

run: .venv/.runtime  ## Main job: the shipped seeds to maps/corridor.html and tables
	@$(BIN)/python -m flows run

test: .venv/.dev  ## All tests, with a real Prefect server and a real browser
	@$(BIN)/python tests/browser/ensure.py
	@$(BIN)/python -m pytest
	@echo "All tests passed. The environment is in .venv; nothing was written elsewhere in the project."

lint: .venv/.dev  ## Style, types and generated documentation
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/python docs/generate.py --check

bench: .venv/.dev  ## Speed, beside the peers a user would pick (routes and extraction: see there)
	@for name in run page rail counts; do echo "== $$name"; $(BIN)/python benchmarks/$$name.py || exit 1; done

pin:  ## Pin the requirements anew, with hashes and without any index host
	@$(BIN)/python -m piptools compile $(PIN) --all-build-deps -o requirements.txt pyproject.toml
	@$(BIN)/python -m piptools compile $(PIN) -o requirements-dev.txt requirements-dev.in

clean:  ## Remove the environment and everything generated
	rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find maps -mindepth 1 ! -name README.md -delete

PIN = --quiet --generate-hashes --strip-extras --allow-unsafe --no-header \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options

# Every requirement is pinned with its hash, so pip need not resolve anything (--no-deps).
.venv/.runtime: requirements.txt pyproject.toml
	@echo "Setting up .venv (once; about a minute) ..."
	@$(PYTHON) -m venv .venv
	@$(PIP) install --quiet --require-hashes --no-deps -r requirements.txt
	@$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.dev: .venv/.runtime requirements-dev.txt
	@echo "Adding what the tests need ..."
	@$(PIP) install --quiet --require-hashes --no-deps -r requirements-dev.txt
	@touch $@

.PHONY: help run test lint bench pin clean
