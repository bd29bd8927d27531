# make run [PORT=8000]   everything, from a bare clone        make test   everything that this machine can run
# make tools             Debian packages for the rest (root)  make lint types check   what .ci/run asks for
PYTHON ?= python3
PY := .venv/bin/python
PORT ?= 8000
export PORT HOST ACCESS DEMO

# Typed on purpose: the kernel, what apps promise each other, and the servers' own code (docs/architecture.md).
TYPED = marketplace/core marketplace/mongo marketplace/embedded tests/skips.py \
	$(wildcard accounts/services* listings/services* social/services*) \
	$(wildcard accounts/events.py listings/events.py social/events.py) \
	$(wildcard accounts/querysets* listings/querysets* social/querysets*)

.PHONY: help run venv dev test tools lint format types check shell clean

help:
	@sed -n 's/^# //p' Makefile

venv:
	@$(PYTHON) marketplace/embedded/venv.py requirements.txt

dev:
	@$(PYTHON) marketplace/embedded/venv.py requirements.txt requirements-dev.txt

run: venv
	@exec $(PY) -m marketplace.embedded.run

test: dev
	@exec $(PY) -m pytest $(ARGS)

tools:
	@exec sh marketplace/embedded/tools.sh

lint: dev
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .

format: dev
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

types: dev
	$(PY) -m mypy $(TYPED)

check: dev
	@exec $(PY) -m marketplace.embedded.check

bench-%: dev
	@exec $(PY) -m bench.$*

shell: venv
	@DEBUG=1 exec $(PY) manage.py shell

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache var/test
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
