# Everything a person or CI runs. `make help` lists it.
SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
NEWEST_FITTING := $(shell for minor in 14 13 12 11; do \
	if python3.$$minor -c 'import venv, ensurepip' >/dev/null 2>&1; then echo python3.$$minor; break; fi; done)
PYTHON ?= $(NEWEST_FITTING)
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet
COMPILE := uv pip compile --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-header --no-annotate \
	--quiet pyproject.toml build-requirements.in

# Two workers take whole files: the longest rooms first, so that both end together, but those that need a whole refresh once it is made.
PYTEST := $(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder
ROOMS := tests/damage tests/validation tests/integration tests/simulation tests/unit

.PHONY: help run synthesis ui test test-long quick lint format bench bench-large validate damage docs lock clean clean-history sbom faults mutants mutants-claims

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: $(VENV)/run.stamp ## make every table anew, publish, print the gap and the priority threats
	@$(BIN)/darkfigure refresh

ui: $(VENV)/run.stamp ## the Dagster UI on http://127.0.0.1:3000 with the history of `make run`
	@$(BIN)/darkfigure serve --port $${PORT:-3000}

# Tests start some hundred processes: what Python has compiled once is kept, also where the environment says otherwise.
test test-long quick validate: export PYTHONDONTWRITEBYTECODE =

test: $(VENV)/dev.stamp ## all tests but the long ones
	@$(PYTEST) -m "not long" $(ROOMS)

test-long: $(VENV)/dev.stamp ## the long ones, which the workflow of checks runs too: whole runs, more damage, more simulations
	@$(PYTEST) -m long $(ROOMS)

quick: $(VENV)/dev.stamp ## what to run before each commit: format, lint, types, and every unit test that takes no seconds
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy & types=$$!; $(PYTEST) -m "not slow" tests/unit; tests=$$?; wait $$types && exit $$tests

synthesis: $(VENV)/synthesis.stamp ## install what `darkfigure synthesis` needs (NumPyro, 345 MB)

validate: $(VENV)/dev.stamp $(VENV)/synthesis.stamp ## all tests, with what takes long: simulations, every example, the synthesis, killed services
	@DARKFIGURE_VALIDATE=1 $(BIN)/python -m pytest

lint: $(VENV)/dev.stamp ## format, lint and types
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy

format: $(VENV)/dev.stamp ## format and sort imports
	@$(BIN)/ruff check --fix --quiet .
	@$(BIN)/ruff format .

bench: $(VENV)/dev.stamp ## how fast, as ratios against a plain alternative of the same run
	@$(BIN)/python tests/benchmarks/bench.py

damage: $(VENV)/dev.stamp ## damage real releases in thousands of ways and print what became of each class
	@$(BIN)/python tests/damage/run.py

bench-large: $(VENV)/dev.stamp ## force returns at 100 million rows (a quarter of an hour of processor time, 5 GB of disk)
	@$(BIN)/python tests/benchmarks/bench.py returns-large

mutants: $(VENV)/dev.stamp ## change the code on purpose and print what the tests see, per module (half an hour)
	@$(BIN)/python tests/mutants/mutants.py

mutants-claims: $(VENV)/run.stamp ## change every figure of the Statement on purpose and print what its ledger notices (needs `make run`)
	@$(BIN)/darkfigure claims mutants

docs: $(VENV)/run.stamp ## write docs/tables.md, docs/answers.md and the row types anew, and the README's answers from the published file
	@$(BIN)/python -m schemas.document > docs/tables.md
	@$(BIN)/python -m schemas.row_stub > schemas/row_types.pyi
	@$(BIN)/python -m pipelines.cookbook

lock: ## pin every dependency anew, with hashes (needs uv): everything, and of the same versions the base and a service
	$(COMPILE) --extra dev --extra postgres --extra dask --extra k8s --extra iceberg --extra publish -o requirements-dev.lock
	$(COMPILE) -c requirements-dev.lock -o requirements.lock
	$(COMPILE) -c requirements-dev.lock --extra postgres --extra dask --extra k8s --extra publish -o requirements-service.lock
	$(COMPILE) -c requirements-dev.lock --extra synthesis -o requirements-synthesis.lock

clean: ## remove the environment and everything that is made (not what was landed, not the history of runs)
	rm -rf $(VENV) data/output
	@if [ -d data/interim ]; then find data/interim -mindepth 1 -maxdepth 1 ! -name dagster -exec rm -rf {} +; fi

clean-history: ## remove the history of runs, which nothing makes anew
	rm -rf data/interim/dagster

sbom: $(VENV)/dev.stamp ## list every package that is shipped, with its licence, as CycloneDX (data/output/sbom.json)
	@$(BIN)/python -m pipelines.bill_of_materials

faults: $(VENV)/dev.stamp ## do harm on purpose, 300 times and more, and print what came of it (half an hour)
	@$(BIN)/python tests/faults/faults.py

$(VENV)/bin/python:
	@if [ -z "$(PYTHON)" ]; then \
		echo "Darkfigure needs Python 3.11 to 3.14 with venv. Install one, or name it: make $(MAKECMDGOALS) PYTHON=/path/to/python3"; \
		exit 1; fi
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 15))' || \
		{ echo "$(PYTHON) is not Python 3.11 to 3.14."; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "Installing (once) ..."
	@$(PIP) --require-hashes -r requirements.lock
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/dev.stamp: requirements-dev.lock $(VENV)/run.stamp
	@echo "Installing what tests need (once) ..."
	@$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@

$(VENV)/synthesis.stamp: requirements-synthesis.lock $(VENV)/run.stamp
	@$(PIP) --require-hashes -r requirements-synthesis.lock
	@touch $@
