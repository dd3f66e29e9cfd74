# The one list of tasks. Windows, or no make: the same commands stand in README.md.
PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
export NO_MKDOCS_2_WARNING := 1

.PHONY: site serve test check bench bench-postgres bench-scale citation-report corpus-report retrieval-report draw clean

site: $(VENV)/installed          ## build everything: site/ and kelisim-offline.zip
	@$(RUN) -m build_scripts site

serve: $(VENV)/installed         ## the site on http://localhost:8000; faults of a walkthrough stand on its page
	@$(RUN) -m build_scripts serve

test: $(VENV)/installed          ## all tests, the browser ones in a real Chromium, those of PostgreSQL on a real one where it is installed
	@$(RUN) -m tests.browser.chromium
	@$(RUN) -m tests.postgres.cluster
	@$(RUN) -m pytest

check: $(VENV)/installed         ## style, types, and whether the committed XML is what its sources make
	@$(RUN) -m ruff check .
	@$(RUN) -m mypy
	@$(RUN) -m build_scripts check

draw: $(VENV)/installed          ## write the XML beside the texts, nothing else
	@$(RUN) -m build_scripts draw

bench: $(VENV)/installed         ## how long each part takes
	@$(RUN) -m tests.bench

bench-scale: $(VENV)/installed   ## the search on corpora of any size, beside lunr, MiniSearch, FlexSearch and Pagefind; ARGS="--treaties 2 200"
	@$(RUN) -m tests.scale $(ARGS)

bench-postgres: $(VENV)/installed ## how fast PostgreSQL indexes and answers, on servers started for it
	@$(RUN) -m tests.postgres.bench

citation-report: $(VENV)/installed ## how well references are found, against the gold, and how fast
	@$(RUN) -m tests.citation_report

corpus-report: $(VENV)/installed ## how real texts are taken in: articles, characters, time and memory, beside a peer that is installed for the run
	@$(RUN) -m tests.corpus_report

retrieval-report: $(VENV)/installed ## how well the search finds what lawyers ask for, and puts misspellings right
	@$(RUN) -m tests.retrieval_report

clean:                           ## all that was built, not the environment
	rm -rf build site kelisim-offline.zip

$(VENV)/installed: requirements.txt
	@test -x $(RUN) || $(PYTHON) -m venv $(VENV)
	@$(RUN) -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@
