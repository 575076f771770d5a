# Everything a person types. The work is in bin/, one small script for each target.
PORT ?= 8000
export PORT DATABASE BROWSER ARGS SCREENSHOTS ONLY

help: ## This list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1|/' | column -t -s '|'

run: ## The portal with demo data on http://127.0.0.1:8000/ (PORT= changes it)
	@bin/run

dev: ## As `make run`, for developers: starts again at every change, with the debug toolbar
	@bin/dev

begin: ## An empty setting of your own, with its first manager
	@bin/begin

test: ## Every test; DATABASE=postgres, BROWSER=no and ARGS="-k word" change what runs
	@bin/test

prove: ## The slow proofs (ARGS= as above)
	@bin/prove

sabotage: ## Replace one object at a time by a faulty one: do the named tests notice? (ARGS="-k word")
	@bin/sabotage

bench: ## How fast: each row of the speed table beside its anchor (ONLY=name measures one)
	@bin/bench

check: ## Style, templates, settings for production, missing migrations
	@bin/check

format: ## Put the Python code into one shape
	@bin/set-up test
	@.venv/bin/ruff check --quiet --fix-only . ; .venv/bin/ruff format --quiet .

.PHONY: help run dev begin test prove sabotage bench check format
.DEFAULT_GOAL := help
