# run, test, check, bench, package, lint, fmt: each does its own set-up on a fresh machine, and nothing twice.

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := test
.DELETE_ON_ERROR:

export NEXTEST_NO_TESTS := pass
USERS ?= 2000
SEED ?= 1
stamps := target/stamps
# The faults that the simulation must find are planted in tests only.
test_features := seatkeeper/cli,seatkeeper/planted-faults
# Forge's Node runs everything of ours; npm itself runs on the machine's.
tools := PATH="$(CURDIR)/node_modules/.bin:$$PATH"
done = mkdir -p $(@D) && touch $@
wasm-tests = CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER="$(CURDIR)/.tools/bin/wasm-bindgen-test-runner" \
	cargo test --target wasm32-unknown-unknown --package seatkeeper --test wasm --test wasm_agreement --test wasm_exports --test wasm_roster --test wasm_schedule

core_sources := Cargo.toml Cargo.lock $(shell find src -name '*.rs')
cloud_sources := Cargo.lock tests/cloud/Cargo.toml $(shell find tests/cloud/src -name '*.rs')
app_sources := manifest.yml tsconfig.json src/index.ts $(wildcard forge-app/*.ts)
text_sources := scripts/build/texts.ts $(shell find static/admin/src/texts -type f)
page_sources := static/admin/package.json $(shell find static/admin -path static/admin/node_modules -prune -o -path static/admin/build -prune -o -path static/admin/gen -prune -o -type f -print)

.PHONY: run test simulate check bench pictures package lint fmt core texts bundle page cloud test-rust test-wasm test-node test-page browser

# ---- what a person asks for ----

## The whole product over a simulated Atlassian Cloud. ONCE=1 ends after the checks; USERS=n SEED=n change the organization.
run: bundle page cloud
	@$(tools) node tests/demonstration/main.ts --users $(USERS) --seed $(SEED) $(if $(ONCE),--once)

## Every test there is.
test: browser lint test-rust test-wasm test-node test-page

## Many simulated lives of the app, for a long night: make simulate SEEDS=20000 FIRST_SEED=1
simulate: $(stamps)/rust
	SEEDS=$(SEEDS) FIRST_SEED=$(or $(FIRST_SEED),1) KEEP=$(KEEP) cargo test --profile simulation --package seatkeeper --test simulation no_seed_breaks_a_promise -- --nocapture

## The quick tier: everything but the whole runs and the browser.
check: lint bundle cloud
	cargo test --quiet --package seatkeeper --features cli --lib --test cli
	$(tools) vitest run --exclude tests/forge/manifest.test.ts --exclude tests/demonstration/run.test.ts

## Figures, into target/bench/summary.json, and which bars they meet. QUICK=1: 100,000 users (10,000 to read, 1,000 to suspend) only, without the demonstration.
bench: $(stamps)/core $(stamps)/battery $(stamps)/native bundle page cloud browser
	@$(if $(QUICK),,$(MAKE) --no-print-directory run ONCE=1 USERS=$(USERS) SEED=$(SEED))
	@$(tools) node --expose-gc --max-old-space-size=8192 benches/battery.ts $(if $(QUICK),--quick)
	@$(tools) node benches/sync/main.ts $(if $(QUICK),--quick)
	@$(tools) node benches/run/main.ts $(if $(QUICK),--quick)
	@$(tools) node benches/page/main.ts $(if $(QUICK),--quick)
	@$(tools) node scripts/bench/summary.ts

## The pictures of README.md and docs, taken anew.
pictures: bundle page cloud browser
	@$(tools) node tests/e2e/pictures/main.ts

## A folder from which `forge deploy` works after `forge register`.
package: bundle page
	@$(tools) node scripts/build/package.ts dist/package

lint: $(stamps)/npm bundle page $(stamps)/planted-panic $(stamps)/battery
	cargo fmt --all --check
	cargo clippy --quiet --workspace --all-targets --features seatkeeper/cli -- -D warnings
	cargo run --quiet --features types --bin schema -- --check docs/policy.schema.json
	$(tools) prettier --check --log-level warn .
	$(tools) tsc --noEmit -p tsconfig.json
	$(tools) tsc -p tsconfig.node.json
	$(tools) eslint .
	$(tools) node scripts/check/forge.ts

fmt: $(stamps)/npm
	cargo fmt --all
	$(tools) prettier --write --log-level warn .

# ---- tests by kind ----

test-rust: $(stamps)/rust
	if cargo nextest --version > /dev/null 2>&1; then cargo nextest run --workspace --features $(test_features) && cargo test --quiet --workspace --features $(test_features) --doc; else cargo test --workspace --features $(test_features); fi

# In Node, where functions run, and in Chromium, where the page does.
test-wasm: browser $(stamps)/rust
	$(wasm-tests)
	WASM_BINDGEN_USE_BROWSER=1 WASM_BINDGEN_TEST_TIMEOUT=600 CHROMEDRIVER="$${CHROMEDRIVER:-/usr/bin/chromedriver}" \
		WASM_BINDGEN_TEST_WEBDRIVER_JSON="$(CURDIR)/tests/webdriver.json" $(wasm-tests)

test-node: bundle page cloud $(stamps)/planted-panic $(stamps)/battery
	$(tools) vitest run

test-page: browser bundle page cloud
	$(tools) vitest run --config tests/e2e/vitest.config.ts

# ---- what is built, each when its sources changed ----

core: $(stamps)/core
bundle: $(stamps)/bundle
texts: $(stamps)/texts
page: $(stamps)/page
cloud: $(stamps)/cloud

browser:
	@scripts/setup/chromium.sh

$(stamps)/npm: package.json package-lock.json .npmrc static/admin/package.json scripts/setup/node.sh
	npm ci
	scripts/setup/node.sh
	@$(done)

$(stamps)/rust: Cargo.lock scripts/setup/rust.sh
	scripts/setup/rust.sh
	@$(done)

$(stamps)/core: $(stamps)/npm $(stamps)/rust $(core_sources) $(wildcard scripts/build/*.ts)
	$(tools) node scripts/build/wasm.ts function forge-app/gen
	$(tools) node scripts/build/wasm.ts page static/admin/gen
	$(tools) node scripts/build/wasm.ts evidence static/admin/gen/evidence
	$(tools) node scripts/build/wasm.ts upload static/admin/gen/upload
	@$(done)

$(stamps)/planted-panic: $(stamps)/core
	$(tools) node scripts/build/wasm.ts --features planted-panic function target/planted-panic
	@$(done)

# The page's core with a directory that is filled from pages of the API.
$(stamps)/battery: $(stamps)/core
	$(tools) node scripts/build/wasm.ts --features battery page target/battery
	@$(done)

# Where manifest.yml says that they lie.
$(stamps)/texts: $(stamps)/npm $(text_sources)
	$(tools) node scripts/build/texts.ts
	@$(done)

$(stamps)/bundle: $(stamps)/core $(stamps)/texts $(app_sources) scripts/build/forge-bundle.cjs
	$(tools) node scripts/build/forge-bundle.cjs . dist/forge
	@$(done)

$(stamps)/page: $(stamps)/core $(stamps)/texts $(page_sources)
	$(tools) npm run --silent build --workspace static/admin
	@$(done)

# The engine without wasm, with the settings of the page's core.
$(stamps)/native: $(core_sources) $(shell find benches/native -type f)
	cargo build --quiet --profile page --package native
	@$(done)

# With the profile of the tests, so that both share their dependencies.
$(stamps)/cloud: $(cloud_sources)
	cargo build --quiet --package cloud --bin cloud --profile test
	@$(done)
