# `make run` sets up and does the main job, `make test` sets up and runs every test; neither needs more than
# Python 3.11+, make and git.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
EXTRACTS ?= samples
WAREHOUSE ?= warehouse
AS_OF ?= 2017-02-19T00:00:00Z

export DO_NOT_TRACK := 1

.PHONY: help setup setup-spark setup-browser setup-clients setup-superset setup-semantic setup-postgres run test \
	lint format serve bench soak samples spark spark-macros cluster browser screenshots clients superset superset-test \
	superset-screenshot ready units image lock audit metrics postgres clean

help:
	@echo "make run     set up, then land, check, build and publish the shipped extracts into $(WAREHOUSE)/"
	@echo "make test    set up, then lint and every test"
	@echo "make lint    ruff, mypy, sqlfluff, dbt project rules"
	@echo "make format  ruff format, sqlfluff fix"
	@echo "make serve   Dagster's page on http://127.0.0.1:3000, with the nightly schedule"
	@echo "make bench   measurements, as ratios against a reference on the same data"
	@echo "make soak    faults made on purpose: kills, full disks, loss of power, readers (two hours; as root all of it)"
	@echo "make samples the simulated year of samples/ anew: the same bytes for the same code"
	@echo "make spark   the models on Spark in one process, compared with DuckDB's (20 minutes); needs Java 17"
	@echo "make cluster the whole refresh on a Spark cluster of this machine, compared too; needs Java 17"
	@echo "make audit   known vulnerabilities of the locked requirements; needs a network"
	@echo "make ready   set up and parse the models, for a user who may not write here (deploy/systemd)"
	@echo "make units   systemd's own verdict on the units of deploy/systemd; needs systemd-analyze"
	@echo "make image   the container image, with podman, docker or buildah; BASE=… is its base (deploy/container)"
	@echo "make browser the report page in a real browser; needs Debian's chromium, and make run before"
	@echo "make metrics every metric of MetricFlow against marts.kpi_values of $(WAREHOUSE)/; make run before"
	@echo "make screenshots of the report page into docs/screenshots/"
	@echo "make clients the published file in what analysts use: DuckDB 1.5, Node, ADBC, SQLAlchemy, ibis; make run before"
	@echo "make superset Apache Superset with a dashboard on http://127.0.0.1:8088; needs make run before"
	@echo "make superset-test that dashboard in a real browser; needs Debian's chromium, and make run before"

	@echo "make postgres the copy in a PostgreSQL server of its own; needs Debian's postgresql, and make run before"
	@echo "make lock    the requirements lock anew from pyproject.toml (needs uv)"

setup: $(VENV)/.installed

$(VENV)/.installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed, this is " + sys.version.split()[0])'
	@test -x $(BIN)/python || { echo "creating $(VENV)"; $(PYTHON) -m venv $(VENV); }
	@echo "installing locked requirements (2 to 3 minutes the first time)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

run: setup
	@$(BIN)/helpdesk refresh --extracts $(EXTRACTS) --warehouse $(WAREHOUSE) --as-of $(AS_OF)
	@$(BIN)/helpdesk scorecard --warehouse $(WAREHOUSE)
	@echo "Query it: $(WAREHOUSE)/helpdesk.duckdb, read-only, schemas core, marts and meta; see README.md for a first query."

test: lint pytest

pytest: setup
	@$(BIN)/python -m pytest --numprocesses 3 --dist loadfile --no-loadscope-reorder

lint: setup
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/python -m tests.lint_sql
	@$(BIN)/python -m tests.project_rules
	@$(BIN)/python -m tests.kpi_page --check
	@$(BIN)/python -m tests.dictionary_pages --check
	@$(BIN)/python -m tests.superset_columns --check
	@$(BIN)/python -m tests.locks

format: setup
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .
	@$(BIN)/python -m tests.lint_sql --fix

serve: setup
	@$(BIN)/helpdesk serve --extracts $(EXTRACTS) --warehouse $(WAREHOUSE)

bench: setup
	@$(BIN)/python -m bench

# KILLS, MINUTES, READERS, DISKS, CUTS and LONGEST (minutes) shorten it, SEED repeats it, ONLY names parts: see
# tests/soak/__main__.py.
soak: setup
	@$(BIN)/python -m tests.soak --kills $(or $(KILLS),50) --minutes $(or $(MINUTES),10) --readers $(or $(READERS),50) \
	  --disks $(or $(DISKS),8) --cuts $(or $(CUTS),8) --seed $(or $(SEED),0) $(if $(ONLY),--only $(ONLY)) $(if $(LONGEST),--longest $(LONGEST))

# A year of two simulated helpdesks, the records of a stream in one file. Zendesk's exports are larger: fewer tickets.
SIMULATED := target/samples
SIMULATE := $(BIN)/helpdesk simulate --days 365 --ends-on 2017-02-18 --seed 1

samples: setup
	@rm -rf $(SIMULATED) samples/generic@simulated samples/zendesk@simulated
	@$(SIMULATE) --systems generic --tickets 1000 --out $(SIMULATED)/1
	@$(SIMULATE) --systems zendesk --tickets 500 --out $(SIMULATED)/2
	@set -e; for stream in $(SIMULATED)/?/*/*; do \
	  folder=samples/$$(basename $$(dirname $$stream))@simulated/$$(basename $$stream); mkdir -p $$folder; \
	  if ls $$stream/*.csv >/dev/null 2>&1; then cp $$stream/*.csv $$folder; \
	  else cat $$stream/*.gz | gzip -dc | gzip -9n > $$folder/$$(basename $$stream).jsonl.gz; fi; \
	done
	@rm -r $(SIMULATED)

UV := uv pip compile --universal --python-version 3.11 --generate-hashes \
	  --no-strip-extras --no-emit-index-url --no-header --no-annotate
UV_LOCK := $(UV) pyproject.toml --extra dev

setup-spark: $(VENV)/.installed-spark

$(VENV)/.installed-spark: $(VENV)/.installed requirements-spark.lock
	@command -v java >/dev/null || test -n "$$JAVA_HOME" || { echo "Spark needs Java 17 or newer: install openjdk-17-jre-headless"; exit 1; }
	@echo "installing Spark (a minute or two the first time)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-spark.lock
	@touch $@

spark: spark-macros
	@$(BIN)/python -m pytest $(WHOLE_SPARK_REFRESHES)
	@$(BIN)/python -m tests.engines local

WHOLE_SPARK_REFRESHES := tests/engines/test_bad_input.py

spark-macros: setup-spark
	@$(BIN)/python -m pytest tests/engines --ignore $(WHOLE_SPARK_REFRESHES)

cluster: setup-spark
	@$(BIN)/python -m pytest tests/cluster
	@$(BIN)/python -m tests.engines cluster

ready: setup
	@$(BIN)/python -c 'from orchestration.dbt import dbt_project; dbt_project()'

# Copies whose command is there on any machine; exposure from 0 to 100, as systemd counts it.
units:
	@set -e; copies=$$(mktemp -d); trap 'rm -r "$$copies"' EXIT; for unit in deploy/systemd/*.*; do \
	  sed 's#^ExecStart=[^ ]*#ExecStart=/usr/bin/env#' $$unit > $$copies/$$(basename $$unit); done; \
	systemd-analyze verify $$copies/* 2>&1 | tee $$copies/said; test ! -s $$copies/said; \
	for unit in $$copies/*.service; do \
	  systemd-analyze security --offline=true --threshold=20 $$unit > $$copies/said || { cat $$copies/said; exit 1; }; \
	  tail -n 1 $$copies/said; done

# Changed code is of no commit: publications then name none. Without --format podman and buildah leave HEALTHCHECK out.
image:
	@set -e; tool=$$(command -v podman || command -v docker || command -v buildah) || \
	  { echo "an image is built with podman, docker or buildah: install one of them"; exit 1; }; \
	case $$tool in */docker) format= ;; *) format="--format docker" ;; esac; \
	commit=$$(test -n "$$(git status --porcelain)" || git rev-parse HEAD); \
	$$tool build $$format --file deploy/container/Containerfile --tag helpdesk-warehouse \
	  --build-arg COMMIT=$$commit $(if $(BASE),--build-arg BASE=$(BASE)) .

setup-browser: $(VENV)/.installed-browser

$(VENV)/.installed-browser: $(VENV)/.installed requirements-browser.lock
	@command -v chromium >/dev/null || test -n "$$HELPDESK_CHROMIUM" || { echo "the page is looked at in Chromium: apt-get install chromium"; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-browser.lock
	@touch $@

browser: setup-browser
	@HELPDESK_WAREHOUSE=$(WAREHOUSE) $(BIN)/python -m pytest tests/browser

screenshots: setup-browser
	@$(BIN)/python -m tests.browser.screenshots $(WAREHOUSE)/report docs/screenshots

# Superset has an environment of its own: it pins packages that this project has newer.
SUPERSET := target/superset
SUPERSET_PYTHON ?= $(PYTHON)
SUPERSET_HOME ?= $(SUPERSET)/home
SUPERSET_PORT ?= 8088

setup-superset: $(SUPERSET)/.installed

$(SUPERSET)/.installed: deploy/superset/requirements.lock
	@$(SUPERSET_PYTHON) -c 'import sys; sys.exit(0 if (3, 11) <= sys.version_info < (3, 13) else "Superset runs on Python 3.11 and 3.12, this is " + sys.version.split()[0] + ": name another with SUPERSET_PYTHON=…")'
	@test -x $(SUPERSET)/bin/python || $(SUPERSET_PYTHON) -m venv $(SUPERSET)
	@echo "installing Superset into $(SUPERSET) (2 to 3 minutes the first time, 900 MB)"
	@$(SUPERSET)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes \
	  --requirement deploy/superset/requirements.lock
	@touch $@

superset: setup-superset
	@$(SUPERSET)/bin/python deploy/superset/start.py $(WAREHOUSE) --home $(SUPERSET_HOME) --port $(SUPERSET_PORT)

superset-test: setup-browser setup-superset
	@HELPDESK_WAREHOUSE=$(WAREHOUSE) HELPDESK_SUPERSET=$(SUPERSET) $(BIN)/python -m pytest tests/superset

superset-screenshot: setup-browser setup-superset
	@HELPDESK_WAREHOUSE=$(WAREHOUSE) HELPDESK_SUPERSET=$(SUPERSET) $(BIN)/python -m tests.superset.screenshot

# An environment of their own, with an older DuckDB and Node; nothing of it needs Debian's packages.
CLIENTS := target/clients

setup-clients: $(CLIENTS)/.installed

$(CLIENTS)/.installed: requirements-clients.lock tests/clients/node/package-lock.json
	@echo "installing the clients (a minute the first time)"
	@test -x $(CLIENTS)/venv/bin/python || $(PYTHON) -m venv $(CLIENTS)/venv
	@$(CLIENTS)/venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-clients.lock
	@mkdir -p $(CLIENTS)/node && cp tests/clients/node/package.json tests/clients/node/package-lock.json tests/clients/node/.npmrc $(CLIENTS)/node
	@PATH="$$PWD/$(CLIENTS)/venv/bin:$$PATH" npm ci --prefix $(CLIENTS)/node --ignore-scripts --no-audit --no-fund --loglevel error
	@touch $@

clients: setup setup-clients
	@HELPDESK_WAREHOUSE=$(WAREHOUSE) $(BIN)/python -m pytest tests/clients

EXTRAS := semantic postgres

$(EXTRAS:%=setup-%): setup-%: $(VENV)/.installed-%

$(EXTRAS:%=$(VENV)/.installed-%): $(VENV)/.installed-%: $(VENV)/.installed requirements-%.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-$*.lock
	@touch $@

metrics: setup-semantic
	@HELPDESK_WAREHOUSE=$(WAREHOUSE) $(BIN)/python -m pytest tests/semantic

postgres: setup-postgres
	@HELPDESK_WAREHOUSE=$(WAREHOUSE) $(BIN)/python -m pytest tests/postgres

lock:
	$(UV_LOCK) --output-file requirements.lock
	$(UV_LOCK) --extra spark --constraint requirements.lock --output-file requirements-spark.lock
	$(UV_LOCK) --extra browser --constraint requirements.lock --output-file requirements-browser.lock
	$(UV) deploy/superset/requirements.in --output-file deploy/superset/requirements.lock
	$(UV) tests/clients/requirements.in --output-file requirements-clients.lock
	$(UV_LOCK) --extra semantic --constraint requirements.lock --output-file requirements-semantic.lock
	$(UV_LOCK) --extra postgres --constraint requirements.lock --output-file requirements-postgres.lock

# Strict: without it what the index has no advisories for, or does not know at all, would pass as harmless.
audit:
	@test -x target/audit/bin/pip-audit || { $(PYTHON) -m venv target/audit && \
	  target/audit/bin/pip install --quiet --disable-pip-version-check pip-audit==2.10.1; }
	@set -e; for lock in requirements*.lock deploy/superset/requirements.lock; do echo "$$lock"; \
	  target/audit/bin/pip-audit --strict --disable-pip --require-hashes --progress-spinner off --requirement $$lock; done

clean:
	rm -rf target logs warehouse .pytest_cache .mypy_cache .ruff_cache .hypothesis
