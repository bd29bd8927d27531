# make run [PORT=8000]   everything, as production serves it   make test   everything that this machine can run
# make dev [PORT=8000]   the same for people who change code: reloads, debug pages, /design/
# make tools             the rest: Debian packages, a search    make lint types check   what .ci/run asks for
PYTHON ?= python3
PY := .venv/bin/python
PORT ?= 8000
export PORT HOST ACCESS DEMO

# Typed on purpose: the kernel, what apps promise each other, and the servers' own code (docs/architecture.md).
TYPED = marketplace/core marketplace/mongo marketplace/embedded tests/skips.py \
	$(wildcard accounts/services* notices/services* listings/services* social/services* search/services* search/engines search/query.py) \
	$(wildcard accounts/events.py notices/events.py listings/events.py social/events.py) \
	$(wildcard accounts/querysets* listings/querysets* social/querysets*)

# Where `make tools` has fetched the model, search by meaning gets its packages.
HAS_MODEL = import sys; from marketplace.embedded.cache import *; sys.exit(not in_cache(EMBEDDINGS))
MEANING = $(shell $(PYTHON) -c "$(HAS_MODEL)" 2>/dev/null && echo requirements-meaning.txt)

.PHONY: help run dev venv venv-dev test tools lint format types check shell clean

help:
	@sed -n 's/^# //p' Makefile

venv:
	@$(PYTHON) marketplace/embedded/venv.py requirements-run.txt $(MEANING)

venv-dev:
	@$(PYTHON) marketplace/embedded/venv.py requirements-run.txt requirements-dev.txt

run: venv
	@exec $(PY) -m marketplace.embedded.run

dev: venv
	@exec $(PY) -m marketplace.embedded.run --dev

test: venv-dev
	@exec $(PY) -m pytest $(ARGS)

tools:
	@$(PYTHON) -m marketplace.embedded.fetch
	@exec sh marketplace/embedded/tools.sh

lint: venv-dev
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .

format: venv-dev
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

types: venv-dev
	$(PY) -m mypy $(TYPED)

check: venv-dev
	@exec $(PY) -m marketplace.embedded.check

bench-%: venv-dev
	@exec $(PY) -m bench.$*

shell: venv
	@exec $(PY) manage.py shell

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache var/test
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
