# What people do here: make run, make test. Everything lands in .venv; a second time costs nothing.
.PHONY: setup run test check bench soak fmt lock clean
.DELETE_ON_ERROR:

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input -qq
# Pinned and hashed files only: an unexpected download is an error, not a surprise.
INSTALL := $(PIP) install --require-hashes --no-deps --requirement
# No isolation: the build tool is in the lock file as well. The "compat" way of linking the
# project in place costs nothing at start; the newer one loads a finder into every process.
LINK := $(PIP) install --no-build-isolation --no-deps --config-settings editable_mode=compat --editable .

setup: .venv/.run

run: .venv/.run
	@exec $(BIN)/willaq run

test: check
	@$(BIN)/python -m pytest -q --numprocesses 3 --dist worksteal

check: .venv/.dev
	@.ci/need-chromium
	@$(BIN)/ruff format --check
	@$(BIN)/ruff check
	@$(BIN)/mypy

bench: .venv/.dev
	@$(BIN)/python -m tests.benchmarks

# What a run of all tests has no time for: a hundred kills on each road, then an hour of messages.
soak: .venv/.dev
	@$(BIN)/python -m pytest -q tests/test_kill.py tests/test_kill_announcing.py --kills 100
	@$(BIN)/python -m tests.benchmarks.soak

fmt: .venv/.dev
	@$(BIN)/ruff format
	@$(BIN)/ruff check --fix

# Take the newest versions that pyproject.toml allows. Run make test before committing the result.
COMPILE := .lock-venv/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --custom-compile-command "make lock"
lock: .lock-venv
	@$(COMPILE) pyproject.toml --group build --output-file .ci/requirements.lock
	@$(COMPILE) pyproject.toml --group build --group dev \
		--constraint .ci/requirements.lock --output-file .ci/requirements-dev.lock

clean:
	@rm -rf .venv .lock-venv willaq.egg-info build .mypy_cache .ruff_cache .pytest_cache .hypothesis .cache

.venv/bin/python:
	@.ci/make-venv

.venv/.run: .ci/requirements.lock pyproject.toml | .venv/bin/python
	@echo "Setting up Willaq (once, less than a minute) / Preparando Willaq (una vez, menos de un minuto)"
	@$(INSTALL) .ci/requirements.lock
	@$(LINK)
	@touch $@

# Holds all of .venv/.run with the same versions, so it stands for that one too.
.venv/.dev: .ci/requirements-dev.lock .ci/requirements.lock pyproject.toml | .venv/bin/python
	@echo "Setting up Willaq with its tests (once)"
	@$(INSTALL) .ci/requirements-dev.lock
	@$(LINK)
	@touch .venv/.run $@

.lock-venv: | .venv/bin/python
	@$(BIN)/python -m venv .lock-venv
	@.lock-venv/bin/python -m pip --quiet install uv
