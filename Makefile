# Two commands: `make demo` and `make test`. Everything they set up stays inside this folder.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
export PIP_CACHE_DIR := $(CURDIR)/.cache/pip
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Chromium and GStreamer, used by tests, would keep caches in the home folder.
export XDG_CACHE_HOME := $(CURDIR)/.cache/xdg
export XDG_CONFIG_HOME := $(CURDIR)/.cache/xdg-config
export PYTHONPYCACHEPREFIX := $(CURDIR)/.cache/pycache
WORKERS ?= 2

.PHONY: help demo test setup console check fix schemas lock clean

help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 20

demo: $(READY) console ## live clips in, handled cases out: http://127.0.0.1:8420 (Ctrl-C stops it)
	@$(BIN)/shouwei demo

test: $(READY) console ## every check and every test; what this machine lacks is skipped by name
	@$(BIN)/python -m tests.suite --workers $(WORKERS)

setup: $(READY) ## the virtual environment with the command `shouwei`

# Where this machine has no Node (20.19 or newer), the one from the package index is used.
console: $(READY) ## the screens, built from server/console when their sources changed
	@$(BIN)/python -c 'from server.web.build import node; node()' 2>/dev/null || \
	  $(BIN)/python -m pip install -q --require-hashes -r requirements/node.lock
	@$(BIN)/python -m server.web.build --if-needed

check: $(READY) ## format, lint, arrows and types only
	@$(BIN)/python -m tests.suite --only house

fix: $(READY) ## format and mend what the linter can
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

schemas: $(READY) ## write configs/schemas/v1 anew from the code
	@$(BIN)/python -m edge.contracts.schemas --write configs/schemas/v1

lock: $(READY) ## resolve requirements/dev.lock anew (needs a package index)
	@$(BIN)/pip install -q uv && $(BIN)/uv pip compile pyproject.toml --extra edge --extra server --extra broker \
	  --extra postgres --group dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-emit-find-links --no-header --no-annotate -q -o requirements/dev.lock
	@$(BIN)/uv pip compile requirements/node.in --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-emit-find-links --no-header --no-annotate -q -o requirements/node.lock

clean: ## remove what the commands set up
	rm -rf $(VENV) .cache var server/web/console server/console/node_modules

# The lock file names every package with its hashes; the project itself is installed without building anything else.
$(READY): requirements/dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Python 3.11 or newer is needed; $(PYTHON) is $$($(PYTHON) -V 2>&1). Try: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@echo "Setting up .venv from requirements/dev.lock (about a minute the first time) ..."
	@$(PYTHON) -m venv $(VENV) || { echo "No venv module: on Debian, apt install python3-venv." >&2; exit 1; }
	@$(BIN)/python -m pip install --require-hashes --progress-bar on -r requirements/dev.lock 2>&1 | $(BIN)/python requirements/progress.py requirements/dev.lock
	@$(BIN)/python -m pip install -q --no-index --no-build-isolation --no-deps -e .
	@touch $@
