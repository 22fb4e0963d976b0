# Everything here is done by tools/bootstrap.py, which needs nothing but Python 3.11.
#   make lab ARGS=--no-browser      words for `dockyard lab`
#   make test ARGS="-k images"      words for pytest
PYTHON ?= python3
ARGS ?=
BOOTSTRAP = $(PYTHON) tools/bootstrap.py

.DEFAULT_GOAL := help
.PHONY: help lab setup test bench lint format wheel pins clean

help:                ## say what there is
	@sed -n 's/^\([a-z]*\): .*## /  make \1\t/p' Makefile | expand -t 16

lab:                 ## set up what is missing, start the machine, open JupyterLab on the course
	@$(BOOTSTRAP) lab --timings $(ARGS)

setup:               ## set up what is missing, and no more
	@$(BOOTSTRAP) setup --timings $(ARGS)

test:                ## style, types, and all tests
	@$(BOOTSTRAP) test --timings $(ARGS)

bench:               ## print the performance table
	@$(BOOTSTRAP) bench $(ARGS)

lint:                ## style, types, and the panel's own tests
	@$(BOOTSTRAP) lint $(ARGS)

format:              ## put Python and TypeScript into the project's style
	@$(BOOTSTRAP) format $(ARGS)

wheel:               ## build dist/dockyard-*.whl
	@$(BOOTSTRAP) wheel $(ARGS)

pins:                ## resolve the pinned requirements anew
	@test -x .venv/bin/python || { echo "There is no .venv yet." >&2; echo "→ make setup" >&2; exit 1; }
	.venv/bin/python tools/pins.py

clean:               ## delete what the build and the tests made; machines and their images stay
	rm -rf .cache .mypy_cache .pytest_cache .ruff_cache dist .venv
	rm -rf labextension/lib labextension/node_modules labextension/.yarn labextension/tsconfig.tsbuildinfo
	rm -rf kernel_helpers/dockyard/labextension
	find kernel_helpers -name '*.mo' -delete
	find . -name __pycache__ -prune -exec rm -rf {} +
