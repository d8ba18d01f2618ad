# Everything runs in .venv, which is made, and made anew when a dependency changes, by whichever target needs it.

BIN := .venv/bin
NEW_ENOUGH := -c 'import sys; sys.exit(sys.version_info < (3, 11))'
PYTHON ?= $(shell for p in python3.11 python3; do $$p $(NEW_ENOUGH) 2>&- && command -v $$p && break; done)
DEMO_OUT ?=
FUZZ_SECONDS ?= 300

export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: help setup demo test lint audit diagnosis fair kill attacks hostile fuzz gpu-check bench
.DEFAULT_GOAL := help

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

setup: .venv/installed ## Make .venv with the versions of constraints.txt

demo: .venv/installed ## Grade a small class, with right, wrong and hostile submissions (DEMO_OUT=folder)
	@out="$(or $(DEMO_OUT),$$(mktemp -d "$${TMPDIR:-/tmp}/gradstep-demo.XXXXXX"))" && \
	echo "The results go to $$out" && \
	$(BIN)/gradstep grade examples/class --out "$$out"

lint: .venv/installed ## Style, format and types
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

test: lint ## Lint, then all tests, file by file in two processes
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder

audit: .venv/installed ## Test the tests: every suite on right variants, misconceptions and mutants
	$(BIN)/gradstep audit

diagnosis: .venv/installed ## How many wrong submissions of the judged corpus are told their mistake, and how many a wrong one
	$(BIN)/python benchmarks/diagnosis.py

fair: .venv/installed ## A thousand regrades of right submissions, on 1, 2 and 8 processes, beside busy cores
	$(BIN)/python benchmarks/regrade.py

kill: .venv/installed ## Thirty kill -9 of workers, zygotes and grading processes at random moments
	GRADSTEP_KILLS=10 $(BIN)/pytest tests/test_batch.py -k kill_9

attacks: .venv/installed ## The corpus of attacks as root, as a user, without bubblewrap, and with each layer off
	$(BIN)/python -m tests.attacks

hostile: .venv/installed ## A class with a third of attackers, against the same class without them
	$(BIN)/python -m benchmarks.hostile

fuzz: .venv/installed ## The decoder under a coverage-guided fuzzer, which is installed first (FUZZ_SECONDS=300)
	@$(BIN)/python -c 'import atheris' 2>&- || $(BIN)/pip install -q -c constraints.txt -e ".[fuzz]"
	$(BIN)/python fuzz/fuzz_wire.py --seconds $(FUZZ_SECONDS)

gpu-check: .venv/installed ## Grading on the GPU of this machine: the whole proof, into gpu-report.md (ten minutes)
	$(BIN)/python -m tests.gpu

bench: .venv/installed ## Side by side with other graders, which are installed first; latency, scaling, memory (half an hour)
	$(BIN)/python -m benchmarks

.venv/installed: pyproject.toml constraints.txt
	@$(or $(PYTHON),false) $(NEW_ENOUGH) || \
	{ echo "Python 3.11 or newer is needed$(PYTHON:%=, and % is not). Set it: make PYTHON=…" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/pip install -q -c constraints.txt -e ".[dev]"
	@touch $@
