# Two commands are all that a newcomer needs: `make run` and `make test`.
# Whatever the environment gives wins: DATABASE_URL=postgres://… PORT=9000 make run

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run dev check test bench environment tools assets messages translations clean

VENV := .venv
PYTHON := $(VENV)/bin/python
BIND ?= 127.0.0.1
PORT ?= 8000
export PORT

# The demo is what a bare `make` command is about; production sets its own environment.
run dev check assets: export DEMO ?= 1
dev: export DEBUG ?= 1

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' Makefile
	@echo
	@echo "  PORT (8000) and BIND (127.0.0.1; 0.0.0.0 to be reached from other machines) say where."
	@echo "  The rest of the environment (DATABASE_URL, REDIS_URL, …) stands in DESIGN §9."

run: environment assets messages ## serve the demo as production would, with a worker; keeps its data
	@$(PYTHON) -m scripts.prepare
	@$(PYTHON) -m forum.serve --bind $(BIND) --port $(PORT) --with-parent

dev: environment messages ## serve the demo with DEBUG on, reloading on change
	@$(PYTHON) -m scripts.prepare
	@$(PYTHON) -m forum.serve --bind $(BIND) --port $(PORT) --with-parent --reload

check: tools messages ## lint code, templates, layers, migrations, catalogues, deployment settings
	@$(PYTHON) -m scripts.check

test: tools assets messages ## prove everything, on SQLite and on PostgreSQL with Redis, in Chromium
	@$(PYTHON) -m tests.services

bench: tools assets messages ## measure the figures of DESIGN §11
	@$(PYTHON) -m benchmarks

translations: tools ## take new texts of code and templates into locale/
	@$(PYTHON) -m scripts.update_messages

clean: ## remove the environment and everything generated, the demo's data too
	rm -rf $(VENV) var node_modules .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find locale -name '*.mo' -delete

# What the targets above stand on. Each is skipped while nothing that it depends on has changed.
environment: $(VENV)/runtime.stamp
tools: $(VENV)/tools.stamp
assets: environment var/static.stamp
messages: environment
	@$(PYTHON) -m scripts.compile_messages

$(VENV)/runtime.stamp: requirements.txt scripts/make_environment
	@scripts/make_environment $(VENV) requirements.txt
	@touch $@

$(VENV)/tools.stamp: requirements-dev.txt $(VENV)/runtime.stamp
	@scripts/make_environment $(VENV) requirements.txt requirements-dev.txt
	@touch $@

# Folders are listed as well: they change when a file in them goes away.
var/static.stamp: $(VENV)/runtime.stamp forum/static.py $(shell find static)
	@mkdir -p var
	@DEBUG=0 $(PYTHON) manage.py collectstatic --no-input --verbosity 0
	@touch $@
