# Needs python3 (3.11 or newer) with venv, and git. Everything else is installed into $(VENV).
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
WORKERS ?= auto

.PHONY: compiled demo test examples faults check sessions bench clean

## A throw-away blog with a bare repository as its remote: new, translate-stub, publish with push.
demo: $(VENV)/.package
	PATH="$(abspath $(BIN)):$$PATH" sh scripts/demo.sh

## Bytecode. Where Python is told to write none, each of the tests' thousands of runs would compile what it imports.
compiled: $(VENV)/.development
	$(BIN)/python -m compileall -q src tests

## The test suite.
test: compiled
	$(BIN)/python -m pytest -n $(WORKERS)

## The property tests with new examples, ten times: what fails becomes an example of its own, and is mended.
examples: compiled
	for round in 1 2 3 4 5 6 7 8 9 10; do EXAMPLES=random $(BIN)/python -m pytest -q -n $(WORKERS) -m hypothesis || exit 1; done

## The fault tests at every point, instead of some of them, and how many that were: docs/faults.md has the last count.
faults: compiled
	FAULTS=1 $(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup tests/faults

## What CI asks besides the tests: style, types, layers.
check: $(VENV)/.development
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

## The terminal sessions of README and docs, as the program prints them now. Read the diff.
sessions: $(VENV)/.development
	-WRITE_SESSIONS=1 $(BIN)/python -m pytest -q --no-header --tb=no tests/test_docs.py
	git diff --stat -- README.md docs

## Start-up and the main commands, as ratios to `python -c pass`; then what blogs of 1,000 and 10,000 posts cost, moving one, 1 MiB of a sign.
bench: $(VENV)/.package
	$(BIN)/python bench/startup.py; startup=$$?; $(BIN)/python bench/scale.py && $(BIN)/python bench/moving.py && $(BIN)/python bench/signs.py && exit $$startup

clean:
	rm -rf $(VENV) dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

$(VENV)/.package: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12 …")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

$(VENV)/.development: $(VENV)/.package
	$(BIN)/python -m pip install --quiet --group dev
	touch $@
