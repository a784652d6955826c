# make run      set up what is missing, then start the bot
# make test     everything that judges the project
# make test-versions   the tests under each Python from 3.11 on that this machine has; TESTS=tests/corpus runs some
# make preview  a page on this machine where the bot answers in a simulated Discord; no token needed
# make look     all replies as Discord shows them, on a phone and on a desktop; it needs Debian's chromium
# make bench    what an answer and a start cost, beside bare bots; the figures are in bench.json too
# make bench-scale   how fast corpora of up to a million sentences answer; a quarter of an hour
# make fuzz     a hundred thousand odd inputs, where make test tries one thousand, and all cases that it tries some of; hours
# make mutants  changes the subtle modules, and says which changes no test notices; MODULES=corpus/calendar.py takes one, SAMPLE=30 some of each
# make lock     choose the newest dependencies that pyproject.toml allows, and write down their hashes
# make audit    ask whether a fault in security is known of anything that an installation brings
# make sbom     write down all that an installation brings, with licences, as sbom.json (CycloneDX)
#
# A machine needs Python 3.11 or newer with pip and venv, and make.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
SEED ?= $(shell date +%s)
UV := $(BIN)/uv
# What is locked was published by then: the same date gives the same choice, and what is new today is not trusted yet.
LOCK_DATE ?= 2026-11-25T00:00:00Z
COMPILE = $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --exclude-newer $(LOCK_DATE) \
	--custom-compile-command "make lock" $(UPGRADE)

.DEFAULT_GOAL := run
.PHONY: run install develop test test-versions mutants lint types compiled preview look bench bench-scale fuzz lock audit sbom
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
	@$(PYTHON) -m pip --python $(BIN)/python install --quiet --disable-pip-version-check --only-binary :all: --require-hashes -r requirements-uv.lock
	@touch $@

.venv/.installed: .venv/.uv requirements.lock
	@$(UV) pip sync --quiet --no-build --python $(BIN)/python --require-hashes requirements-uv.lock requirements.lock
	@touch $@

.venv/.developing: .venv/.installed requirements-dev.lock
	@$(UV) pip sync --quiet --no-build --python $(BIN)/python --require-hashes requirements-uv.lock requirements-dev.lock
	@touch $@

# Tests start some hundred processes: each would compile all that it imports if the machine's setting kept nothing.
test: export PYTHONDONTWRITEBYTECODE =
test: develop
	@$(MAKE) --no-print-directory -j 2 --output-sync=target lint types compiled
	@# Many tests wait for processes of their own: two workers a core are a quarter sooner done.
	@echo "Tests in random order: SEED=$(SEED) make test repeats it."
	$(BIN)/python -m pytest -q -n 4 --dist worksteal --randomly-seed=$(SEED)

lint:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/hadolint Dockerfile
	$(BIN)/python -m corpus check

types:
	$(BIN)/mypy

# Compiled once, and not by each worker: what does not compile is said when the tests run. To list the tests as well
# takes as long as to load what they are in.
compiled:
	-@$(BIN)/python -m pytest --collect-only -q -o python_functions=none > /dev/null

test-versions: develop
	@$(BIN)/python -m tests.versions $(TESTS)

preview: develop
	@exec $(BIN)/python -m tests.preview

look: develop
	@# The next make develop takes away what only this needs: a test says what a bot loads of what is there.
	@rm -f .venv/.developing
	@$(UV) pip install --quiet --no-build --python $(BIN)/python --require-hashes -r requirements-look.lock
	@$(BIN)/python -m tests.look

bench: develop
	@exec $(BIN)/python -m tests.bench

# As a bot's do: a module that is compiled while the warm-up runs blocks the event loop.
bench-scale: export PYTHONDONTWRITEBYTECODE =
bench-scale: develop
	@exec $(BIN)/python -m tests.bench.scale

fuzz: develop
	FUZZ_EXAMPLES=100000 $(BIN)/python -m pytest -q tests/test_fuzz.py tests/corpus/quotations \
		$$(grep -rl "tests.samples import" tests --include="test_*.py")
	FUZZ_EXAMPLES=100000 $(BIN)/python -m pytest -q -m hypothesis tests --ignore tests/test_fuzz.py --ignore tests/corpus/quotations

lock: UPGRADE = --upgrade
lock: .venv/.uv
	echo uv | $(COMPILE) - -o requirements-uv.lock
	$(COMPILE) pyproject.toml --extra postgres -o requirements.lock
	$(COMPILE) pyproject.toml --extra dev -c requirements.lock -o requirements-dev.lock
	$(COMPILE) pyproject.toml --extra look -c requirements-dev.lock -o requirements-look.lock
	printf 'cyclonedx-bom\npip-audit\n' | $(COMPILE) - -o requirements-audit.lock
	echo cosmic-ray | $(COMPILE) - -o requirements-mutants.lock

# What looks at the dependencies has many of its own, and what it looks at has nothing else in it.
.venv/%/.installed: .venv/.uv requirements.lock requirements-audit.lock requirements-mutants.lock
	@$(UV) venv --quiet --allow-existing --python $(PYTHON) .venv/$*
	@$(UV) pip sync --quiet $(WHEELS) --python .venv/$*/bin/python --require-hashes $(LOCK)
	@touch $@

WHEELS = --no-build
.venv/audit/.installed: LOCK = requirements-audit.lock
.venv/shipped/.installed: LOCK = requirements.lock
.venv/mutants/.installed: LOCK = requirements-mutants.lock
# One thing that cosmic-ray needs, yattag, comes as source only; its hash is in the lock as well.
.venv/mutants/.installed: WHEELS =

mutants: develop .venv/mutants/.installed
	@$(if $(SAMPLE),echo "Changes chosen by chance: SEED=$(SEED) make mutants SAMPLE=$(SAMPLE) repeats them.")
	@$(BIN)/python -m tests.mutants $(if $(SAMPLE),--sample $(SAMPLE) --seed $(SEED)) $(MODULES)

audit: .venv/audit/.installed
	.venv/audit/bin/pip-audit --strict --require-hashes --disable-pip --requirement requirements.lock

sbom: .venv/audit/.installed .venv/shipped/.installed
	.venv/audit/bin/cyclonedx-py environment --pyproject pyproject.toml --output-reproducible -o sbom.json .venv/shipped
