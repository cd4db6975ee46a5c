# Two commands do everything: `make demo` and `make test`. All need only Python >= 3.11, a shell and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install
SOURCES := $(shell find frontend -path frontend/node_modules -prune -o -type f -print) $(shell find src/upswing/locale -name '*.po') hatch_build.py pyproject.toml CHANGELOG.md

.PHONY: demo test check dev assets messages pins shots bench clean

demo: $(VENV)/ready-to-run ## set up, fill a demo organisation, serve it
	UPSWING_DATA_DIR=$${UPSWING_DATA_DIR:-demo-data} $(BIN)/upswing demo $(if $(PORT),--port $(PORT))

test: $(VENV)/ready-to-test ## set up and run every test, on SQLite and on PostgreSQL
	$(BIN)/python -m tests.run

check: $(VENV)/ready-to-test ## lint, types, import contracts, documentation rows, sizes
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q -p no:randomly tests/rules
	$(BIN)/python tests/sizes.py

dev: $(VENV)/ready-to-test ## serve from the sources, reloading
	UPSWING_DEBUG=1 UPSWING_DATA_DIR=$${UPSWING_DATA_DIR:-demo-data} $(BIN)/upswing up --reload

assets: $(VENV)/ready-to-run ## build the front end again
	$(BIN)/python hatch_build.py

messages: $(VENV)/ready-to-test ## bring the catalogues of the languages up to date with the texts
	$(BIN)/python messages.py

shots: $(VENV)/ready-to-test ## a picture of every page, wide and narrow, light and dark
	$(BIN)/python -m tests.web.shots

bench: $(VENV)/ready-to-test ## the figures of benchmarks/README.md
	$(BIN)/python -m benchmarks.run

pins: ## write requirements/ anew from pyproject.toml
	$(BIN)/python -m uv pip compile --universal --generate-hashes --no-emit-index-url --python-version 3.11 -q \
		--custom-compile-command 'make pins' pyproject.toml --group build -o requirements/run.txt
	$(BIN)/python -m uv pip compile --universal --generate-hashes --no-emit-index-url --python-version 3.11 -q \
		--custom-compile-command 'make pins' pyproject.toml --group build --group dev \
		-c requirements/run.txt -o requirements/dev.txt

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit("Upswing needs Python 3.11 or newer, this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)

$(VENV)/ready-to-run: requirements/run.txt $(SOURCES) | $(VENV)/bin/python
	$(PIP) --require-hashes -r requirements/run.txt
	$(PIP) --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/ready-to-test: requirements/dev.txt $(VENV)/ready-to-run
	$(PIP) --require-hashes -r requirements/dev.txt
	touch $@

clean: ## remove what was built
	rm -rf $(VENV) frontend/node_modules src/upswing/web/shared/static/upswing/dist .cache
