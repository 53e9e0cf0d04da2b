# Verbs for daily work over the CMake presets. `make` alone lists them.
# ./run and ./test install what is missing first; these expect it to be there.
SHELL := /bin/bash
JOBS ?= $(shell nproc)
PRESET ?= release
PREFIX ?= /usr/local
SETUP = DSS_TOOL=make; . tools/setup.sh; . tools/build.sh

.DEFAULT_GOAL := help
.PHONY: help build test lint fmt asan tsan fuzz bench checkperf golden train-simple train-bert monitoring stack k8s-apiserver-test image deb install reproducible sbom audit clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## /{printf "  make %-18s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

build: build/$(PRESET)/build.ninja ## the release binary, build/release/dss (PRESET=dev for another)
	@cmake --build build/$(PRESET) -j $(JOBS) --target dss

build/%/build.ninja:
	@cmake --preset $*

test: ## every default test (./test --help lists the suites)
	@./test

lint: ## clang-format, ruff, shellcheck and clang-tidy, all of them strict
	@./test format lint

fmt: ## format C++ and Python in place
	@tools/format.sh
	@$(SETUP); setup_python tests/requirements.txt; ruff check -q --fix tools tests training evaluation bench bench/*/run || true; \
	  ruff format -q tools tests training evaluation bench bench/*/run

asan: ## unit and server tests under AddressSanitizer and UndefinedBehaviorSanitizer
	@./test asan

tsan: ## unit tests and the loaded server under ThreadSanitizer
	@./test tsan

fuzz: ## every fuzzer for a minute (FUZZ_SECONDS=600 for longer)
	@./test fuzz

bench: build ## CPU time a request against nginx and the original's stack, start-up and size, and the benchmarks beside the sources
	@bench/http/run
	@bench/startup/run
	@cmake --build build/$(PRESET) -j $(JOBS) --target benchmarks
	@for program in $$(find build/$(PRESET)/src -name 'bench_*' -type f -executable); do $$program || exit; done

checkperf: ## is this tree slower than a base revision? (BASE=revision; default: where the branch left origin/main)
	@bench/checkperf $(BASE)

golden: build/$(PRESET)/build.ninja ## compare with the text files of tests/golden (UPDATE_DOCUMENTS=1 rewrites docs/)
	@cmake --build build/$(PRESET) -j $(JOBS) --target test_text test_language test_tokenizer test_api test_app
	@for room in text language tokenizer api app; do \
	  build/$(PRESET)/src/$$room/test_$$room --gtest_brief=1 --gtest_filter='*olden*:Documents*' || exit; done

train-simple: build ## train models/simple anew from training/data and measure it
	@$(SETUP); setup_packages run test; setup_python training/requirements.txt; \
	  DSS_BINARY=$$PWD/build/release/dss training/linear/run

train-bert: build ## train models/bert anew (hours on two cores; goes on where it was cut) and measure it
	@$(SETUP); setup_packages run test; \
	  training/encoder/run && DSS_BINARY=$$PWD/build/release/dss training/encoder/finish \
	    --average average-1.pt,average-2.pt,average-3.pt

monitoring: ## rules and dashboards anew from the data in deploy/monitoring
	@$(SETUP); . tools/setup_deploy.sh; setup_deploy_python; build/deploy/python/bin/python deploy/monitoring/generate.py

stack: ## dss with a real Prometheus and Alertmanager on this machine until Ctrl-C (STACK="--traffic 20"; STACK=--help)
	@$(SETUP); . tools/setup_stack.sh; setup_packages run test; setup_alertmanager; build_preset release dss; exec deploy/stack/run $(STACK)

k8s-apiserver-test: ## overlays and chart applied to a real kube-apiserver (builds it once, a quarter of an hour; kept in ~/.cache/dss)
	@$(SETUP); . tools/setup_deploy.sh; . tools/setup_apiserver.sh; \
	  setup_deploy_python && setup_kustomize && setup_helm && setup_apiserver && \
	  APISERVER_TOOLS=$$APISERVER_TOOLS PYTEST_DISABLE_PLUGIN_AUTOLOAD=1 build/deploy/python/bin/python -m pytest -q \
	    -p no:cacheprovider -p pytest_timeout --timeout 300 tests/apiserver

image: sbom ## an OCI image from nothing but the binary, its libraries, the models and the list of parts, without a daemon: build/image
	@deploy/image/build.py --binary build/$(PRESET)/dss --output build/image

deb: sbom ## a Debian package, build/dss_VERSION_ARCH.deb
	@cpack -G DEB --config build/$(PRESET)/CPackConfig.cmake -B build

reproducible: ## builds the last commit twice, elsewhere and without a cache: are the programs the same bytes?
	@tools/reproducible.sh

sbom: build ## CycloneDX list of what ships, build/sbom.cdx.json
	@python3 -m tools.sbom build/sbom.cdx.json

audit: build ## are security updates pending for what ships, builds or trains it? (registries; apt-get update first)
	@test -x build/audit/bin/pip-audit || python3 -m venv build/audit
	@build/audit/bin/pip install --quiet --requirement tools/audit/requirements.txt
	@$(SETUP); use_unpacked; python3 -m tools.audit

install: build ## install binary and models below PREFIX (default /usr/local)
	@DESTDIR=$(DESTDIR) cmake --install build/$(PRESET) --prefix $(PREFIX) --strip

clean: ## remove everything that was built; keep .venv and .deps
	@rm -rf build
