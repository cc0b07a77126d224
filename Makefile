# Everything a person or CI runs; `make help` lists it.
SWIFT ?= swift
# Without the checks for overlapping accesses, a fifth of what a relayed event costs; tests run with them.
RELEASE = $(SWIFT) build -c release --static-swift-stdlib --product suffice -Xswiftc -enforce-exclusivity=unchecked
BINARY = .build/release/suffice
PREFIX ?= $(HOME)/.local

.PHONY: help run build test check format screenshots install uninstall e2e bench embeddings dependencies test-dependencies clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: build ## Build, then report on your own logs (or on the sample in the repository when you have none)
	@Scripts/first-run.sh $(BINARY)

build: dependencies ## Build the release binary, .build/release/suffice
	$(RELEASE)

test: dependencies test-dependencies ## Run all tests
	@# Four at a time: hundreds of processes at once keep each other from being on time, as agents want hooks to be.
	$(SWIFT) test --skip '^GatewayTests' --experimental-maximum-parallelization-width 4
	@# By themselves: they open hundreds of sockets, beside which Foundation's Process fails to start what others need.
	$(SWIFT) test --skip-build --filter '^GatewayTests'

e2e: build ## Let `validate` study a real model on this machine: SmolLM2-135M on llama.cpp, built once (eleven minutes)
	@python3 Scripts/check-study-end-to-end.py $(BINARY)

check: dependencies ## What CI checks besides the tests: format, declared imports, a bounded fuzz run
	$(SWIFT) format lint --strict --parallel --recursive --configuration .swift-format Package.swift Sources Tests
	$(SWIFT) build --build-tests --explicit-target-dependency-import-check error
	$(SWIFT) test --skip-build --filter Fuzz

screenshots: build test-dependencies ## Take pictures of every local page, of a made-up home, into Docs/Screenshots
	@python3 Scripts/make-screenshots.py $(BINARY)

format: ## Format all sources
	$(SWIFT) format --in-place --parallel --recursive --configuration .swift-format Package.swift Sources Tests

install: build ## Install suffice and its shell completions below PREFIX (default ~/.local)
	install -d "$(PREFIX)/bin"
	install -m 755 $(BINARY) "$(PREFIX)/bin/suffice"
	install -d "$(PREFIX)/share/bash-completion/completions" "$(PREFIX)/share/zsh/site-functions" "$(PREFIX)/share/fish/vendor_completions.d"
	$(BINARY) --generate-completion-script bash > "$(PREFIX)/share/bash-completion/completions/suffice"
	$(BINARY) --generate-completion-script zsh > "$(PREFIX)/share/zsh/site-functions/_suffice"
	$(BINARY) --generate-completion-script fish > "$(PREFIX)/share/fish/vendor_completions.d/suffice.fish"

uninstall: ## Remove what `make install` installed
	rm -f "$(PREFIX)/bin/suffice" "$(PREFIX)/share/bash-completion/completions/suffice" \
		"$(PREFIX)/share/zsh/site-functions/_suffice" "$(PREFIX)/share/fish/vendor_completions.d/suffice.fish"

bench: build ## Time the release binary beside cat on a large set of logs; see Benchmarks/README.md
	python3 Benchmarks/bench.py --binary $(BINARY)

embeddings: ## Fetch the table of static embeddings that the learned router reads (16 MB, optional)
	@python3 Scripts/fetch-embeddings.py

dependencies: ## Install the C libraries the build needs, if they are missing
	@Scripts/install-dependencies.sh

test-dependencies: ## Install what the tests start, if it is missing
	@Scripts/install-test-dependencies.sh

clean: ## Remove what was built
	rm -rf .build
