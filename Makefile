# What one does with Loa. Each target says what it is for: make help.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
GO ?= go

.DEFAULT_GOAL := help

.PHONY: help
help: ## List these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: demo
demo: ## Run the sample commune: the console and a phone simulator, nothing else needed
	$(GO) run ./cmd/loa demo

.PHONY: build
build: ## Build the one binary, ./loa
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags '-s -w' -o loa ./cmd/loa

.PHONY: test
test: ## Run every test on every engine (fetches PostgreSQL, Redis and Chromium when missing)
	./scripts/test

.PHONY: quick
quick: ## Run the tests that need only Go, and say what they left out
	@$(GO) test -v ./... | grep -E '^(ok|FAIL|---? FAIL|panic)|left out'

.PHONY: lint
lint: ## Judge the files without running them: linters, formatting, go.mod, scripts, compose file
	./scripts/lint

.PHONY: ci
ci: ## Run what has to be green before anything lands
	./.ci/run

.PHONY: fmt
fmt: ## Write every Go file as the project's formatter does
	./scripts/fmt

FUZZTIME ?= 20s

.PHONY: fuzz
fuzz: ## Fuzz each parser for a short while (FUZZTIME=20s)
	./scripts/fuzz $(FUZZTIME)

.PHONY: bench
bench: ## Measure a turn, and whole turns over HTTP on SQLite and PostgreSQL beside a bare handler
	./scripts/with-services --durable ./scripts/bench

.PHONY: understanding
understanding: ## Say how well messages are read: those never tuned on apart from those that were learned from
	@cd flows/understand && $(GO) run ../../cmd/loa understand \
	  --score testdata/dev.tsv --score testdata/fresh.tsv --score testdata/heldout.tsv --score lexicon/examples/tuned.tsv \
	  --ordinary testdata/ordinary-heldout.txt --ordinary lexicon/examples/ordinary.tsv --ordinary lexicon/examples/ordinary-2.tsv

.PHONY: flows
flows: ## Check every conversation: dead ends, translations, SMS lengths
	$(GO) run ./cmd/loa flow check

.PHONY: compose
compose: ## Start PostgreSQL, Redis and Loa in containers (see docker-compose.yml)
	docker compose up --build --detach

.PHONY: clean
clean: ## Remove what was built and the demo's data
	rm -rf loa bin dist loa-demo
