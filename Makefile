# make run      set up what is missing, then start the bot
# make test     everything that judges the project
# make preview  a page on this machine where the bot answers in a simulated Discord; no token needed
# make bench    what an answer and a start cost, beside bare bots; the figures are in bench.json too
# make bench-scale   how fast corpora of up to a million sentences answer; a quarter of an hour
# make fuzz     a hundred thousand odd inputs, where make test tries two thousand
# make lock     choose the newest dependencies that pyproject.toml allows, and write down their hashes
#
# A machine needs Python 3.11 or newer with pip and venv, and make.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
SEED ?= $(shell date +%s)
UV := $(BIN)/uv
COMPILE = $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --custom-compile-command "make lock" $(UPGRADE)

.DEFAULT_GOAL := run
.PHONY: run install develop test preview bench bench-scale fuzz lock
.DELETE_ON_ERROR:

run: install
	@exec $(BIN)/python -m bot

install: .venv/.installed

develop: .venv/.developing

# The environment is made without pip, which the system's own pip fills: that is five seconds less.
.venv/.uv: requirements-uv.lock
	@$(PYTHON) -c 'import sys; v = sys.version_info; \
		v < (3, 11) and sys.exit("You have Python %d.%d; Smolny needs 3.11 or newer." % v[:2])'
	@echo "Setting up .venv, once."
	@$(PYTHON) -m venv --clear --without-pip .venv
	@$(PYTHON) -m pip --python $(BIN)/python install --quiet --disable-pip-version-check --require-hashes -r requirements-uv.lock
	@touch $@

.venv/.installed: .venv/.uv requirements.lock
	@$(UV) pip sync --quiet --python $(BIN)/python --require-hashes requirements-uv.lock requirements.lock
	@touch $@

.venv/.developing: .venv/.installed requirements-dev.lock
	@$(UV) pip sync --quiet --python $(BIN)/python --require-hashes requirements-uv.lock requirements-dev.lock
	@touch $@

test: develop
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/hadolint Dockerfile
	$(BIN)/python -m corpus check
	@echo "Tests in random order: SEED=$(SEED) make test repeats it."
	$(BIN)/python -m pytest -q -n 2 --dist worksteal --randomly-seed=$(SEED)

preview: develop
	@exec $(BIN)/python -m tests.preview

bench: develop
	@exec $(BIN)/python -m tests.bench

bench-scale: develop
	@exec $(BIN)/python -m tests.bench.scale

fuzz: develop
	FUZZ_EXAMPLES=100000 $(BIN)/python -m pytest -q tests/test_fuzz.py

lock: UPGRADE = --upgrade
lock: .venv/.uv
	echo uv | $(COMPILE) - -o requirements-uv.lock
	$(COMPILE) pyproject.toml --extra postgres -o requirements.lock
	$(COMPILE) pyproject.toml --extra dev -c requirements.lock -o requirements-dev.lock
