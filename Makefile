# Every target says what it does: `make help`.

PYTHON ?= python3
BIN := .venv/bin
NEWEST_BIN := .venv-newest/bin
WORKERS ?= 2

# The newest Python of at least 3.12 that this machine offers, on the path or under pyenv; empty where there is none.
define FIND_NEWEST
for minor in 13 12; do \
    for python in "python3.$$minor" "$$PYENV_ROOT"/versions/3.$$minor.*/bin/python \
        "$$(pyenv root 2>/dev/null)"/versions/3.$$minor.*/bin/python "$$HOME"/.pyenv/versions/3.$$minor.*/bin/python; do \
        "$$python" -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 12))' >/dev/null 2>&1 \
            && { echo "$$python"; break 2; }; \
    done; \
done
endef

.DEFAULT_GOAL := help
.PHONY: help setup demo test test-newest laws check baselines bench reference notebooks clean

help:  ## print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: .venv/installed  ## make .venv and install Parley with the pinned versions of all it needs

demo: .venv/installed  ## play the scenario ukraine-2026 256 times and write tables and figures to results/demo
	$(BIN)/parley run scenarios/ukraine-2026 --replicates 256 --seed 2026 --out results/demo --replace

test: .venv/installed  ## run the quick tests and doctests, then the marked ones on the newest Python found
	$(BIN)/python -m pytest -q -n $(WORKERS) -m "not slow"
	@$(MAKE) --no-print-directory test-newest

test-newest:  ## run the tests marked `newest` on the newest Python, Mesa and NumPy
	@python=$$($(FIND_NEWEST)); \
	if [ -n "$$python" ]; then \
	    $(MAKE) --no-print-directory .venv-newest/installed NEWEST="$$python" \
	        && $(NEWEST_BIN)/python -m pytest -q -n $(WORKERS) -m "newest and not slow"; \
	else \
	    echo "No Python of at least 3.12 was found: the tests on the newest pair are left out."; \
	fi

laws: .venv/installed  ## run the slow checks: laws over many worlds, statistics, timings
	$(BIN)/python -m pytest -q -n $(WORKERS) -m slow

check: .venv/installed  ## lint, formatting, types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

baselines: .venv/installed  ## write the stored baselines anew; say in CHANGELOG.md under Numbers what moved and why
	$(BIN)/python -m tests.baselines

bench: .venv/installed  ## measure the speed of the engine
	$(BIN)/python -m tests.benchmarks

REFERENCE := results/reference
PLAY := --workers $(WORKERS) --replace

reference: .venv/installed  ## make the kept results anew: contrasts, sensitivities, discovery, search (some 20 minutes)
	$(BIN)/parley compare scenarios/ukraine-2026 --variants all --replicates 2048 --seed 2026 $(PLAY) --out $(REFERENCE)/contrasts
	$(BIN)/parley sweep scenarios/ukraine-2026/sweep.yaml $(PLAY) --out $(REFERENCE)/levers
	$(BIN)/parley sensitivity $(REFERENCE)/levers --replace --out $(REFERENCE)/scores
	$(BIN)/parley discover $(REFERENCE)/levers --replace --out $(REFERENCE)/boxes
	$(BIN)/parley sweep scenarios/ukraine-2026/screening.yaml $(PLAY) --out $(REFERENCE)/screening
	$(BIN)/parley sensitivity $(REFERENCE)/screening --replace --out $(REFERENCE)/effects
	$(BIN)/parley sweep scenarios/ukraine-2026/variance.yaml $(PLAY) --out $(REFERENCE)/variance
	$(BIN)/parley sensitivity $(REFERENCE)/variance --replace --out $(REFERENCE)/indices
	$(BIN)/parley sweep scenarios/ukraine-2026/votes.yaml $(PLAY) --out $(REFERENCE)/votes
	$(BIN)/parley search scenarios/ukraine-2026/search.yaml $(PLAY) --out $(REFERENCE)/which-levers

notebooks: .venv/installed  ## execute every notebook in place
	set -e; for notebook in notebooks/[0-9]*.ipynb; do \
	    $(BIN)/jupyter execute --inplace "$$notebook"; \
	done

clean:  ## remove what can be made again: environments, caches, the demo
	rm -rf .venv .venv-newest .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist *.egg-info results/demo
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/installed: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	    || { echo "Parley needs Python 3.11 or newer; name one: make $(or $(MAKECMDGOALS),setup) PYTHON=..."; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -q -c constraints.txt -e '.[dev]'
	@touch $@

.venv-newest/installed: pyproject.toml constraints-newest.txt
	"$(NEWEST)" -m venv .venv-newest
	$(NEWEST_BIN)/python -m pip install -q -c constraints-newest.txt -e '.[all,test]'
	@touch $@
