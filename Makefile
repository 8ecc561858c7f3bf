# Newsroom Console: `make run` and `make test` do all their set-up themselves.

ifeq ($(OS),Windows_NT)
PYTHON ?= py -3
BIN := .venv/Scripts
else
PYTHON ?= python3
BIN := .venv/bin
endif
UNAME := $(shell uname -s 2>/dev/null || echo Windows)
OUT ?= out

# Quiet pip: what it prints is not news, its errors still are.
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: run test check validators wordpress bench screenshots package pins clean help

help:
	@echo "make run          set up, then open the console on the sample coverage (off-screen without a display)"
	@echo "make test         set up, then run every check and test"
	@echo "make check        only the checks: formatting, lint, types, import contracts"
	@echo "make bench        measure, and print the table (also as JSON in out/bench)"
	@echo "make screenshots  photograph every main screen, in every look"
	@echo "make package      freeze the console and run the frozen self-test"
	@echo "make pins         compile the pinned requirements anew"

run: .venv/run.stamp .venv/system-run.stamp
ifeq ($(UNAME),Linux)
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then $(BIN)/newsroom open --sample; \
	else $(BIN)/newsroom demo --out $(OUT)/demo; fi
else
	@$(BIN)/newsroom open --sample
endif

test: check validators wordpress
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest --quiet -n 2 --dist loadfile

check: .venv/test.stamp .venv/system-test.stamp
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-cache >/dev/null || $(BIN)/lint-imports --no-cache

# The Nu HTML Checker and axe-core, which the tests hold the reader's page against.
validators: build/validators/stamp

# A whole WordPress with SQLite, for the tests that publish to a real one.
wordpress: build/wordpress/stamp

bench: .venv/test.stamp .venv/system-test.stamp
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.bench

# Every main screen, in every look, from the real window on the sample page.
screenshots: .venv/run.stamp .venv/system-run.stamp
	@$(BIN)/newsroom screenshots --out $(OUT)/screenshots

package: .venv/test.stamp .venv/system-test.stamp
	@$(BIN)/python -m PyInstaller --noconfirm --log-level WARN --distpath dist --workpath build packaging/newsroom.spec
	@QT_QPA_PLATFORM=offscreen dist/newsroom/newsroom self-test

# A pin file for all platforms at once, holding hashes and no addresses.
pins:
	@$(PYTHON) -m venv build/pins && build/pins/bin/python -m pip --quiet install uv
	@build/pins/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header \
		--no-annotate --group build pyproject.toml -o packaging/requirements.txt
	@build/pins/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header \
		--no-annotate --group build --group dev pyproject.toml -o packaging/requirements-dev.txt

clean:
	rm -rf .venv build dist $(OUT)

.venv/run.stamp: packaging/requirements.txt pyproject.toml
	@echo "Setting up Python packages (about 250 MB, once) ..."
	@$(PYTHON) -m venv .venv
	@$(PIP) install --require-hashes -r packaging/requirements.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.venv/test.stamp: packaging/requirements-dev.txt .venv/run.stamp
	@echo "Setting up what the tests need ..."
	@$(PIP) install --require-hashes -r packaging/requirements-dev.txt
	@touch $@

.venv/system-%.stamp: packaging/debian.sh .venv/run.stamp
ifeq ($(UNAME),Linux)
	@sh packaging/debian.sh $*
endif
	@touch $@

# npm does not look at the system's certificates by itself, and some networks need them.
build/validators/stamp: packaging/validators.txt .venv/system-test.stamp
	@mkdir -p $(@D)
	@if ! command -v npm >/dev/null; then \
		echo "npm is not installed: what needs the HTML and accessibility checkers is skipped."; exit 0; \
	fi; \
	echo "Setting up the HTML and accessibility checkers ..."; \
	certificates=/etc/ssl/certs/ca-certificates.crt; \
	if [ -z "$$NODE_EXTRA_CA_CERTS" ] && [ -f $$certificates ]; then export NODE_EXTRA_CA_CERTS=$$certificates; fi; \
	if npm install --no-save --no-audit --no-fund --silent --prefix $(@D) $$(cat packaging/validators.txt); \
	then touch $@; \
	else echo "They could not be fetched: what needs them is skipped."; fi

build/wordpress/stamp: packaging/wordpress.txt .venv/system-test.stamp
	@mkdir -p $(@D)
	@if ! command -v npm >/dev/null || ! command -v php >/dev/null; then \
		echo "npm or php is not installed: what needs WordPress is skipped."; exit 0; \
	fi; \
	echo "Setting up WordPress for the tests ..."; \
	certificates=/etc/ssl/certs/ca-certificates.crt; \
	if [ -z "$$NODE_EXTRA_CA_CERTS" ] && [ -f $$certificates ]; then export NODE_EXTRA_CA_CERTS=$$certificates; fi; \
	if npm pack --silent --pack-destination $(@D) "$$(cat packaging/wordpress.txt)" >/dev/null; \
	then tar -xzf $(@D)/*.tgz -C $(@D) --strip-components=3 package/src/wordpress/wp-6.5.zip \
		package/src/sqlite-database-integration/sqlite-database-integration.zip && \
		mv $(@D)/wp-6.5.zip $(@D)/wordpress.zip && \
		mv $(@D)/sqlite-database-integration.zip $(@D)/sqlite.zip && rm $(@D)/*.tgz && touch $@; \
	else echo "It could not be fetched: what needs it is skipped."; fi
