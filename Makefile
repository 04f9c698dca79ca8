# Earshot. The two commands that matter:
#
#   make run        install what is missing, build, make the demo centre, score it, serve it
#   make test       install what the tests need, build, run every suite (browser too)
#
# And the rest:
#
#   make            build the two programs into build/
#   make test-NAME  one module's suite (base, model, store, runner, ingest, score, analyse,
#                   render, desk, serve, cli)
#   make lint       layers, names, formatting of SQL and HTML, binary hardening
#   make asan       every suite under AddressSanitizer and UBSan
#   make fuzz       every parser's fuzzer, FUZZ_SECONDS each (60 unless told)
#   make bench      ratios against a peer or a limit measured in the same run
#   make corpus DATA=dir   run the importers over a folder of real files and say what each became
#   make golden     write the golden files again; read the diff before you commit it
#   make fmt        clang-format over our own C
#   make deps       install Debian packages (apt) and the browser modules (npm)
#   make install    into PREFIX (/usr/local unless told), with a unit for systemd
#   make clean      remove build/
#   make help       this text
#
# V=1 shows the commands. Both run and test work as root or as a user with sudo.

all: programs
SHELL = /bin/bash
.PHONY: all programs run test lint asan fuzz bench corpus golden fmt deps install clean help
.DELETE_ON_ERROR:
.SECONDARY:

BUILD  ?= build
# Where the programs and generated files lie: a sanitizer's build has its objects elsewhere and shares these.
PLAIN  ?= $(BUILD)
PREFIX ?= /usr/local
CC     ?= gcc
Q      := $(if $(V),,@)

PACKAGES = gcc make pkg-config libsqlite3-dev liblua5.4-dev libmicrohttpd-dev libcmark-dev \
           libsndfile1-dev libexpat1-dev libsodium-dev nettle-dev libutf8proc-dev libcjson-dev libseccomp-dev npm:npm
TEST_PACKAGES = check chromium clang libclang-rt-14-dev clang-format sqlite3 sox

LIBS_base    = libutf8proc libcjson libsodium nettle
LIBS_store   = sqlite3
LIBS_runner  = lua5.4 libseccomp
LIBS_ingest  = sndfile expat
LIBS_render  = libcmark
LIBS_serve   = libmicrohttpd

# Warnings: everything that catches a real fault; -Wconversion because durations, bytes and counts mix.
WARN   = -Wall -Wextra -Werror -Wformat=2 -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
         -Wno-sign-conversion -Wno-missing-field-initializers
# Hardening of the shipped binaries.
HARDEN = -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fstack-clash-protection -fcf-protection -fPIE
LDHARD = -pie -Wl,-z,relro,-z,now
OPT    = -O2 -g $(HARDEN)
LDOPT  = $(LDHARD)
LUA_INCLUDE := $(shell pkg-config --cflags lua5.4 2>/dev/null)
CFLAGS_ALL = -std=gnu11 $(WARN) $(OPT) $(CFLAGS) $(LUA_INCLUDE) -Icore -I$(PLAIN)/gen -MMD -MP
LDFLAGS_ALL = $(LDOPT) $(LDFLAGS) -pthread

# What each module links with, itself first: the rows of core/layers.txt, so that a wrong include cannot even link.
DEPS_base    = base
DEPS_model   = model base
DEPS_store   = store model base
DEPS_runner  = runner model base
DEPS_ingest  = ingest runner model base
DEPS_score   = score runner model base
DEPS_analyse = analyse model base
DEPS_render  = render model base
DEPS_desk    = desk store ingest score analyse runner model base
DEPS_serve   = serve desk render store ingest score analyse runner model base
DEPS_cli     = cli serve desk render store ingest score analyse runner model base
MODULES      = base model store runner ingest score analyse render desk serve cli

sources = $(wildcard core/$1/*.c) $(if $(filter cli,$1),$(wildcard core/flow.c))
RUNNER_MAIN = core/runner/runner_main.c
objects = $(patsubst %.c,$(BUILD)/%.o,$(filter-out $(RUNNER_MAIN),$(call sources,$1)))
libs    = $(foreach m,$1,$(LIBS_$m))
pkg     = $(if $(strip $1),$(shell pkg-config --libs $1))
archive = $(foreach m,$1,$(BUILD)/lib$m.a)

programs: $(BUILD)/earshot $(BUILD)/earshot-runner

$(BUILD)/earshot: $(BUILD)/core/main.o $(call archive,$(DEPS_cli))
	$(Q)$(CC) $(LDFLAGS_ALL) -o $@ $^ $(call pkg,$(call libs,$(DEPS_cli))) -lm

$(BUILD)/earshot-runner: $(patsubst %.c,$(BUILD)/%.o,$(RUNNER_MAIN)) $(call archive,$(DEPS_runner))
	$(Q)$(CC) $(LDFLAGS_ALL) -o $@ $^ $(call pkg,$(call libs,$(DEPS_runner))) -lm

define module_rules
$(BUILD)/lib$1.a: $(call objects,$1)
	$$(Q)rm -f $$@ && ar rcs $$@ $$^
$(BUILD)/test_$1: $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/test_$1.c tests/test_$1_*.c tests/support*.c)) $(call archive,$(DEPS_$1))
	$$(Q)$$(CC) $$(LDFLAGS_ALL) -o $$@ $$^ $$(call pkg,check $$(call libs,$$(DEPS_$1))) -lm
.PHONY: test-$1
test-$1: $(BUILD)/test_$1 $(BUILD)/earshot-runner
	$$(Q)EARSHOT=$(BUILD)/earshot EARSHOT_RUNNER=$(BUILD)/earshot-runner $(BUILD)/test_$1
.PHONY: sanitized-$1
sanitized-$1: $(BUILD)/test_$1
	$$(Q)EARSHOT=$(PLAIN)/earshot EARSHOT_RUNNER=$(PLAIN)/earshot-runner CK_FORK=no $(BUILD)/test_$1 >$(BUILD)/$1.log 2>&1 \
	    && awk '/^$1: [1-9][0-9]* passed, 0 failed/ { print "asan " $$$$0; ok = 1 } END { exit !ok }' $(BUILD)/$1.log \
	    || { cat $(BUILD)/$1.log; echo "asan $1: failed" >&2; exit 1; }
endef
$(foreach m,$(MODULES),$(eval $(call module_rules,$m)))

test-cli: programs

$(BUILD)/%.o: %.c
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS_ALL) -c -o $@ $<

$(BUILD)/core/runner/%.o: CFLAGS_ALL += $(shell pkg-config --cflags $(LIBS_runner))

# Files that travel inside the binary: migrations, pages, browser files, cards. Each becomes a C array.
$(PLAIN)/embed: core/tools/embed.c
	$(Q)mkdir -p $(@D) && $(CC) $(filter-out -MMD -MP,$(CFLAGS_ALL)) $(LDFLAGS_ALL) -o $@ $<
$(PLAIN)/gen/store_sql.h: $(wildcard core/store/sql/*.sql) $(PLAIN)/embed
	$(Q)mkdir -p $(@D) && $(PLAIN)/embed store_sql core/store/sql $(sort $(notdir $(wildcard core/store/sql/*.sql))) > $@
$(BUILD)/core/store/migrate.o: $(PLAIN)/gen/store_sql.h
$(PLAIN)/gen/scorecards.h: $(wildcard scorecards/*.lua) $(PLAIN)/embed
	$(Q)mkdir -p $(@D) && $(PLAIN)/embed scorecards scorecards $(sort $(notdir $(wildcard scorecards/*.lua))) > $@
$(BUILD)/core/cli/builtin.o: $(PLAIN)/gen/scorecards.h
$(PLAIN)/gen/phrase_lists.h: $(wildcard scorecards/lib/*.lua) $(PLAIN)/embed
	$(Q)mkdir -p $(@D) && $(PLAIN)/embed phrase_lists scorecards/lib $(sort $(notdir $(wildcard scorecards/lib/*.lua))) > $@
$(BUILD)/core/score/library.o: $(PLAIN)/gen/phrase_lists.h
$(PLAIN)/gen/shipped_plugins.h: $(wildcard plugins/*.lua) $(PLAIN)/embed
	$(Q)mkdir -p $(@D) && $(PLAIN)/embed shipped_plugins plugins $(sort $(notdir $(wildcard plugins/*.lua))) > $@
$(BUILD)/core/ingest/plugins.o: $(PLAIN)/gen/shipped_plugins.h
$(PLAIN)/gen/web_pages.h: $(wildcard web/pages/en/*.md) $(PLAIN)/embed
	$(Q)mkdir -p $(@D) && $(PLAIN)/embed web_pages web/pages/en $(sort $(notdir $(wildcard web/pages/en/*.md))) > $@
WEB = $(filter-out web/static/node_modules%,$(wildcard web/static/*))
$(PLAIN)/static/manifest.json: $(WEB)
	$(Q)cd web/static && npm ci --silent --no-audit --no-fund && node build.mjs $(abspath $(@D)) > /dev/null
$(PLAIN)/gen/web_static.h: $(PLAIN)/static/manifest.json $(PLAIN)/embed
	$(Q)mkdir -p $(@D) && $(PLAIN)/embed web_static $(PLAIN)/static $$(ls $(PLAIN)/static) > $@
$(BUILD)/core/serve/assets.o: $(PLAIN)/gen/web_pages.h $(PLAIN)/gen/web_static.h

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)

# --- setting up -------------------------------------------------------------------------------------------------

.PHONY: deps-run deps-test
deps-run:
	$(Q)core/tools/install.sh $(PACKAGES)
deps-test: deps-run
	$(Q)core/tools/install.sh $(TEST_PACKAGES)
deps: deps-test

DEMO ?= demo-data
PORT ?= 8080
# A second make, because what it computes from pkg-config is right only once the packages are there.
run: deps-run
	$(Q)$(MAKE) --no-print-directory programs
	$(Q)$(BUILD)/earshot demo --data $(DEMO)
	$(Q)exec $(BUILD)/earshot serve --data $(DEMO) --port $(PORT)

install: programs
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/earshot/demo/audio
	install $(BUILD)/earshot $(BUILD)/earshot-runner $(DESTDIR)$(PREFIX)/bin
	install -m 644 tests/demo/*.json tests/demo/calls.jsonl $(DESTDIR)$(PREFIX)/share/earshot/demo
	install -m 644 tests/demo/audio/*.wav $(DESTDIR)$(PREFIX)/share/earshot/demo/audio
	install -d $(DESTDIR)$(PREFIX)/lib/systemd/system
	sed 's,@PREFIX@,$(PREFIX),' core/tools/earshot.service > $(DESTDIR)$(PREFIX)/lib/systemd/system/earshot.service

# --- testing ----------------------------------------------------------------------------------------------------

# Seconds for a test that says nothing else: a test that hangs must end, one on a busy machine need not.
export CK_DEFAULT_TIMEOUT = 60

SUITES = $(addprefix test-,$(MODULES))

test: deps-test
	$(Q)$(MAKE) --no-print-directory test-all

.PHONY: test-all suites test-cards test-service test-browser test-kill test-hostile
test-all: programs lint suites test-cards test-service test-kill test-hostile fuzz-short asan test-browser
	@echo "All suites passed."

suites: $(SUITES)

# The tests inside the scorecards and plugins that come with the program.
test-cards: programs
	$(Q)$(BUILD)/earshot card check --data $(BUILD)/cards-data scorecards/*.lua
	$(Q)$(BUILD)/earshot plugin check plugins/*.lua

test-browser: programs
	$(Q)tests/browser/run.sh $(BUILD)

test-kill: programs
	$(Q)tests/kill.sh $(BUILD)

test-service: programs
	$(Q)tests/service.sh $(BUILD)

test-hostile: programs
	$(Q)tests/hostile.sh $(BUILD)

lint: programs $(foreach m,$(MODULES),$(BUILD)/lib$m.a)
	$(Q)core/tools/lint.sh $(BUILD)

# AddressSanitizer, leaks and UBSan over every suite, in a build folder of its own. The programs stay plain ones: a
# sandboxed child keeps its address-space limit, which the sanitizer's shadow memory cannot live under.
SANITIZE = -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
sanitized = $(MAKE) --no-print-directory -k -j$(shell nproc) PLAIN=$(BUILD) LDOPT='$(SANITIZE)'
asan: programs
	$(Q)$(sanitized) BUILD=$(BUILD)/asan OPT='-O1 -g $(SANITIZE)' $(addprefix sanitized-,$(MODULES))

# libFuzzer targets, one a parser, FUZZ_SECONDS each (3600 before a release) and as many at a time as there are
# processors. Crashes that were found are kept and replayed first.
FUZZ_SECONDS ?= 60
FUZZERS = $(patsubst tests/fuzz/fuzz_%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
FUZZ_MODULES = serve desk render store ingest score analyse runner model base
FUZZ_OPT = -O1 -g $(SANITIZE) -fsanitize=fuzzer-no-link -w
.PHONY: fuzz-short
fuzz: $(PLAIN)/gen/store_sql.h $(PLAIN)/gen/web_pages.h $(PLAIN)/gen/web_static.h
	$(Q)$(sanitized) BUILD=$(BUILD)/fuzz CC=clang OPT='$(FUZZ_OPT)' $(addprefix $(BUILD)/fuzz/fuzz_,$(FUZZERS))
	$(Q)$(sanitized) BUILD=$(BUILD)/fuzz CC=clang OPT='$(FUZZ_OPT)' $(addprefix fuzzed-,$(FUZZERS))
fuzz-short:
	$(Q)FUZZ_SEED=1 $(MAKE) --no-print-directory FUZZ_SECONDS=10 fuzz

.PHONY: $(addprefix fuzzed-,$(FUZZERS))
$(addprefix fuzzed-,$(FUZZERS)): fuzzed-%: $(BUILD)/fuzz_%
	$(Q)tests/fuzz/run.sh $< $* $(FUZZ_SECONDS)
$(BUILD)/fuzz_%: $(BUILD)/tests/fuzz/fuzz_%.o $(call archive,$(FUZZ_MODULES))
	$(Q)$(CC) $(LDFLAGS_ALL) -fsanitize=fuzzer -o $@ $^ $(call pkg,$(call libs,$(FUZZ_MODULES))) -lm

# Ratios: each program prints "NAME  ours X  peer Y  ratio Z (goal: at least G)" for what it measures.
BENCH_MODULES = ingest store runner model base
BENCHES = $(patsubst tests/bench/bench_%.c,%,$(wildcard tests/bench/bench_*.c))
.PHONY: $(addprefix bench-,$(BENCHES))
bench: $(addprefix bench-,$(BENCHES))
$(addprefix bench-,$(BENCHES)): bench-%: $(BUILD)/bench_% programs
	$(Q)EARSHOT=$(BUILD)/earshot EARSHOT_RUNNER=$(BUILD)/earshot-runner $< || echo "bench $*: could not be measured"
$(BUILD)/bench_pages: BENCH_LIBS = libmicrohttpd
$(BUILD)/bench_%: $(BUILD)/tests/bench/bench_%.o $(BUILD)/tests/bench/bench.o $(BUILD)/tests/bench/connect_export.o $(call archive,$(BENCH_MODULES))
	$(Q)$(CC) $(LDFLAGS_ALL) -o $@ $^ $(call pkg,$(call libs,$(BENCH_MODULES)) $(BENCH_LIBS)) -lm

golden: programs
	$(Q)for m in $(MODULES); do EARSHOT_GOLDEN=write EARSHOT_RUNNER=$(BUILD)/earshot-runner $(MAKE) --no-print-directory test-$$m || exit 1; done

corpus: programs
	$(Q)test -n "$(DATA)" || { echo "usage: make corpus DATA=folder" >&2; exit 2; }
	$(Q)node tests/corpus/corpus.mjs $(BUILD) $(abspath $(DATA))

help:
	@sed -n '/^#/!q;s/^# \{0,1\}//p' Makefile

clean:
	rm -rf $(BUILD)

fmt:
	clang-format -i $(shell git ls-files '*.c' '*.h')
