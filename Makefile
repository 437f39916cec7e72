# Everything runs in .venv, made on first use. `make ask` needs no more than python3 (3.11 or newer) and pip.

PYTHON ?= python3
BIN := .venv/bin
TORCH := torch>=2.6,<2.14
TORCH_CPU := https://download.pytorch.org/whl/cpu

.DEFAULT_GOAL := help
.PHONY: help install install-dev ask chat bot try pictures docs test quality lint types bench crowd clean

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

# The question goes to the shell through the environment, so that quotes, $$ and ? in it stay as they are.
override Q := $(value Q)
export Q

ask: .venv/installed ## Q="..."  answer from the sample archive, no token needed
	@test -n "$$Q" || { echo 'Ask something: make ask Q="How long will the new tram link to Gullhaven be?"' >&2; exit 2; }
	@$(BIN)/python run_bot.py ask --sample -- "$$Q" || test $$? -eq 1

chat: .venv/installed ## Ask the sample archive question after question
	@$(BIN)/python run_bot.py chat --sample

bot: .venv/installed ## Run the Telegram bot (TELEGRAM_BOT_TOKEN=...)
	@$(BIN)/python run_bot.py serve

try: .venv/installed-dev ## Talk to the real bot in the terminal, on a Telegram server of its own; no token needed
	@PYTHONPATH=tests/tools $(BIN)/python -m tryout

pictures: .venv/installed-dev ## Draw the README's pictures anew, from real exchanges with the bot
	@PYTHONPATH=tests/tools $(BIN)/python -m tryout.pictures docs

docs: .venv/installed-dev ## Write the command tables and the picture of the rooms anew
	@$(BIN)/python -m tests.docs

test: .venv/installed-dev ## Run the tests
	$(BIN)/pytest -q

lint: .venv/installed-dev types ## Check style, format and types
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: .venv/installed-dev ## Check the types alone
	$(BIN)/mypy

# Asking is measured on a data folder that is indexed already; without one, on the sample archive.
ARCHIVE ?= build/bench
bench: .venv/installed ## Measure indexing, asking, memory and start-up (ARCHIVE=data folder)
	@test -e $(ARCHIVE)/archive.db || QUOTEWIRE_ARCHIVE__PATH=$(ARCHIVE) $(BIN)/python run_bot.py index index/sample/articles
	$(BIN)/python tests/benchmarks/indexing.py
	$(BIN)/python tests/benchmarks/asking.py $(ARCHIVE)
	$(BIN)/python tests/benchmarks/footprint.py $(ARCHIVE)

crowd: .venv/installed-dev ## Let 200 readers ask the bot within a minute, under Telegram's limits
	PYTHONPATH=tests/tools $(BIN)/python tests/benchmarks/crowd.py

# The sample archive has its gate within `make test`. The index of the news articles is kept in build/newsqa.
NEWSQA ?= ../shared/newsqa
quality: .venv/installed-dev ## Hold the answers to real news questions against their floors (NEWSQA=folder)
	$(BIN)/python -m tests.quality.gate newsqa holes --newsqa $(NEWSQA)

install: .venv/installed ## Install only; CPU=1 takes PyTorch's smaller builds without a GPU's libraries
install-dev: .venv/installed-dev ## Install what the tests need, too

clean: ## Remove .venv and what tools left behind
	rm -rf .venv build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis

# A stamp: pyproject.toml as it is now has been installed.
.venv/installed: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Quotewire needs Python 3.11 or newer: make PYTHON=python3.12 ..." >&2; exit 2; }
	@echo "Installing into .venv, which is done once and takes a few minutes." >&2
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(if $(CPU),$(BIN)/python -m pip install --quiet --index-url $(TORCH_CPU) "$(TORCH)",:)
	@$(BIN)/python -m pip install --quiet --editable .
	@touch $@

.venv/installed-dev: .venv/installed
	$(BIN)/python -m pip install --quiet --editable ".[dev]"
	@touch $@
