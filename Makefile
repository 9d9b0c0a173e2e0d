# The two commands of the README, and what they are made of.  Everything that is written stays in
# this checkout; the only network that is used is pip's own index (and apt's, for the browser test).

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
NEVER_RUN := torch|transformers|sympy|scipy|sklearn|pandas|networkx|huggingface_hub|mypy|playwright|$\
  sentence_transformers|hypothesis|pyarrow|altair|setuptools|pip|functorch|joblib
GOLD := eval/gold/huangpu-2022.jsonl

.PHONY: help install run test check gold browser soak clean

help: ## show this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 18

install: $(INSTALLED) ## fill .venv with what constraints.txt pins

# pip would compile everything it installs, most of which is never imported: half of the time.  So
# only what runs is compiled, and that must be: where Python may not write bytecode by itself, each
# command would compile its imports again.
$(INSTALLED): pyproject.toml constraints.txt
	@echo "→ install: a virtual environment in $(VENV), then about 2 GB of packages (1 to 2 minutes)"
	@for python in python3.11 python3.12 python3.13 python3; do \
	  if "$$python" -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    exec "$$python" -m venv $(VENV); \
	  fi; \
	done; \
	echo "✗ found no Python 3.11 or newer with venv; install python3.11 and python3.11-venv" >&2; exit 1
	@$(BIN)/python -m pip install --no-compile --no-cache-dir --disable-pip-version-check \
	  -c constraints.txt -e '.[dev]'
	@echo "→ install: compile what runs"
	@$(BIN)/python -W ignore -m compileall -q -j 2 -x '/($(NEVER_RUN))/' $(VENV)/lib \
	  ingest index qa ui eval
	@touch $@

run: install ## index corpus/, answer one question, then serve chat and API
	@echo "→ index corpus/ (what has not changed is left alone)"
	@$(BIN)/wence add corpus
	@echo "→ wence ask 谁负责IPv6规模部署?"
	@$(BIN)/wence ask '谁负责IPv6规模部署?'
	@echo "→ wence serve (Ctrl-C ends it)"
	@exec $(BIN)/wence serve

# Everything is run and shown, whatever fails first; pytest comes last, so that its closing line is
# the last one.  What pytest and the browser leave behind goes into one folder that is removed; a
# test with another user's rights reads in it.
test: export HF_HUB_OFFLINE := 1
test: export TRANSFORMERS_OFFLINE := 1
test: install browser ## everything that is needed, then all checks, gold questions and tests
	@export TMPDIR=$$(mktemp -d); chmod 755 "$$TMPDIR"; \
	export XDG_CONFIG_HOME=$$TMPDIR XDG_CACHE_HOME=$$TMPDIR; \
	trap 'rm -rf "$$TMPDIR"' EXIT; status=0; \
	$(MAKE) --no-print-directory check || status=1; \
	$(MAKE) --no-print-directory gold || status=1; \
	echo "→ pytest on 2 cores"; \
	$(BIN)/python -m pytest -n 2 || status=1; \
	exit $$status

check: install ## lint, format, types and import direction
	@status=0; \
	for step in "ruff check ." "ruff format --check ." "mypy" "lint-imports"; do \
	  echo "→ $$step"; $(BIN)/$$step || status=1; \
	done; \
	exit $$status

gold: install ## ask the gold questions of an index built in a temporary folder
	@folder=$$(mktemp -d); trap 'rm -rf "$$folder"' EXIT; \
	export WENCE_INDEX_DIR="$$folder/index"; \
	echo "→ gold questions: index corpus/ in a temporary folder"; \
	$(BIN)/wence add corpus; \
	$(BIN)/wence eval $(GOLD) --failures

soak: install ## kills of writers, readers, lies of a model, mutated questions and files, all laws (30 minutes)
	@$(BIN)/python tests/soak/kill_loop.py --kills 200
	@$(BIN)/python tests/soak/kill_adding.py --kills 100
	@$(BIN)/python tests/soak/many_readers.py --seconds 300 --readers 8
	@$(BIN)/python tests/soak/lies.py --lies 500 --seed 1
	@$(BIN)/python tests/soak/mutated.py corpus --questions 20000 --seed 1
	@$(BIN)/python tests/soak/laws.py
	@$(BIN)/python tests/soak/samples.py
	@$(BIN)/python tests/soak/mutated_files.py 1 2000

# The browser test skips with its reason where Chromium is absent, so nothing here may fail.
browser:
	@if [ -n "$$(type -P chromium chromium-browser google-chrome || true)" ] \
	    && [ -n "$$(fc-list :lang=zh 2>/dev/null || true)" ]; then exit 0; fi; \
	if [ "$$(id -u)" != 0 ] || ! type -P apt-get >/dev/null; then \
	  echo "→ no Chromium with Chinese fonts here: the browser test may skip"; exit 0; \
	fi; \
	echo "→ apt-get install chromium fonts-noto-cjk (for the browser test)"; \
	export DEBIAN_FRONTEND=noninteractive; \
	timeout 150 bash -c 'apt-get -qq -o Acquire::Retries=1 update && \
	  apt-get -qq -o DPkg::Lock::Timeout=60 install --no-install-recommends -y \
	  chromium fonts-noto-cjk' >/dev/null 2>&1 \
	  || echo "→ apt-get could not install it: the browser test will skip"

clean: ## remove the environment, the index and all caches
	@echo "→ remove .venv, .wence, caches and build folders"
	@rm -rf $(VENV) .wence build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache \
	  .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
