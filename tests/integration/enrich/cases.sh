# SPDX-License-Identifier: BSL-1.0
# shellcheck shell=bash disable=SC2154
#
# The cases of ../run_case.sh, one function each. They begin in an empty directory.

table() { grep -v '^#' "/usr/share/zoneinfo/$1"; }

# same_as_files DATABASE: every country is there with its time zones, as the files have them
same_as_files() {
    table iso3166.tab | tr '\t' '|' | sort >countries
    query "$1" "select code, name from country" | sort | cmp - countries || fail "the countries are not the file's"
    table zone1970.tab | awk -F '\t' '{ n = split($1, codes, ","); for (i = 1; i <= n; ++i) print codes[i] "|" $3 "|" $2 }' |
        sort >zones
    query "$1" "select country, name, coordinates from zone" | sort | cmp - zones || fail "the zones are not the file's"
}

# complete DATABASE: as a run should leave it
complete() {
    same_as_files "$1"
    expect "left over" "$(query "$1" "select count(*) from country where left_over is not null")" 0
    expect "countries with zones or a description, but not both" \
        "$(query "$1" "select count(*) from country
                       where (description is null) = (code in (select country from zone))")" 0
    expect "integrity" "$(query "$1" "pragma integrity_check")" ok
}

# few COUNTRY...: a table of these
few() {
    local code
    for code in "$@"; do
        table iso3166.tab | grep "^$code"
    done >few.tab
}

whole_table() {
    run 0 --database all.db
    expect "written on the standard error" "$err" ""
    expect "countries" "$(reported "$out" countries)" "$(table iso3166.tab | wc -l)"
    complete all.db
    expect "described" "$(reported "$out" described)" "$(query all.db "select count(distinct country) from zone")"
    expect "without zones" "$(query all.db "select group_concat(name, ', ') from country where description is null")" \
        "Bouvet Island, Heard Island & McDonald Islands"
    expect "a description" "$(query all.db "select description from country where code = 'PT'")" \
        "Portugal knows 3 times, among them those of Lisbon and Azores."
    [ "$(reported "$out" "asked again")" -gt 20 ] || fail "the services were not busy: $out"
    [ "$(reported "$out" "tokens answered")" -gt 1000 ] || fail "no tokens: $out"
    expect_in "the resources in the report" "$out" "writer     idle"
    expect_in "the metrics in the report" "$out" "zones: acquisitions"

    run 0 --database all.db
    expect "described again" "$(reported "$out" described)" 0
    expect "already complete" "$(reported "$out" "already complete")" "$(table iso3166.tab | wc -l)"
    expect "tokens" "$(reported "$out" "tokens asked")" 0
}

killed_run() {
    "$program" --database killed.db --workers 1 --quiet &
    local job=$!
    until [ "$(query killed.db "select count(*) from country" 2>/dev/null || echo 0)" -gt 0 ]; do
        kill -0 $job 2>/dev/null || fail "the run was finished before it could be killed"
    done
    kill -KILL $job
    wait $job || true
    local before
    before=$(query killed.db "select count(*) from country")
    run 0 --database killed.db
    expect "already complete" "$(reported "$out" "already complete")" "$before"
    complete killed.db
}

named_services() {
    OPENAI_API_KEY=$ENRICH_KEY run 0 --database named.db --api-url "$ENRICH_API_URL" --llm-url "$ENRICH_LLM_URL" --workers 8
    complete named.db
    no_key "$ENRICH_KEY"
    expect "the key in the database" "$(grep -cF "$ENRICH_KEY" named.db || true)" 0
}

service_is_down() {
    few AT PT FR
    run 1 --input few.tab --database few.db --api-url http://127.0.0.1:1/v1
    expect_in "the error" "$err" "http://127.0.0.1:1/v1/countries/"
    expect_in "the error" "$err" "cannot connect"
    expect_in "the error" "$err" "the same command goes on"
    expect "for the next run" "$(reported "$out" "for the next run")" 3
    expect "stored" "$(query few.db "select count(*) from country")" 0
    run 0 --input few.tab --database few.db
    expect "described" "$(reported "$out" described)" 3
}

circuit_opens() {
    run 1 --database down.db --api-url http://127.0.0.1:1/v1 --llm-url http://127.0.0.1:1/v1 --api-key any
    expect_in "the resources in the report" "$out" "zones      error"
    expect "for the next run" "$(reported "$out" "for the next run")" "$(table iso3166.tab | wc -l)"
    local asked
    asked=$(sed -n 's/^zones: acquisitions \([0-9]*\),.*/\1/p' <<<"$out")
    [ "$asked" -lt 20 ] || fail "a service that is not there was asked for $asked countries"
}

# is_left_over WORDS: what a run without a model leaves, and that the next one completes it
is_left_over() {
    expect "for the next run" "$(reported "$out" "for the next run")" 2
    expect_in "the error" "$err" "$1"
    expect "stored" "$(query few.db "select code, description is null, left_over like '%$1%' from country order by code")" \
        "AT|1|1
BV|1|
PT|1|1"
    expect "zones" "$(query few.db "select count(*) from zone")" 4
    run 0 --input few.tab --database few.db
    expect "described" "$(reported "$out" described)" 2
    expect "already complete" "$(reported "$out" "already complete")" 1
    expect "stored" "$(query few.db "select count(description), count(left_over) from country")" "2|0"
    expect "zones" "$(query few.db "select count(*) from zone")" 4
}

model_is_down() {
    few AT BV PT
    run 1 --input few.tab --database few.db --llm-url http://127.0.0.1:1/v1 --api-key any
    is_left_over unreachable
}

model_is_overloaded() {
    few AT BV PT
    run 1 --input few.tab --database few.db --llm-url "$ENRICH_OVERLOADED_URL" --api-key any
    is_left_over overloaded
}

no_key() { expect "the key in the output" "$(grep -cF "$1" <<<"$out$err" || true)" 0; }

wrong_key() {
    run 1 --database wrong.db --llm-url "$ENRICH_LLM_URL" --api-key sk-a-wrong-key --workers 2
    expect_in "the error" "$err" "describe: openai (gpt-4o-mini): invalid key"
    expect_in "the error" "$err" "api_key"
    no_key sk-a-wrong-key
    expect "descriptions" "$(query wrong.db "select count(description) from country")" 0
    [ "$(query wrong.db "select count(*) from country")" -lt 10 ] || fail "the job went on with a wrong key"
}

missing_key() {
    unset OPENAI_API_KEY
    run 1 --database missing.db --llm-url "$ENRICH_LLM_URL"
    expect_in "the error" "$err" "writer: api_key: expected the environment to have a variable OPENAI_API_KEY"
    expect "the output" "$out" ""
}

malformed_lines() {
    few AT
    printf 'Austria\nXX\t\nX\tY\tZ\nXX\tNowhere\n# a comment\n\n' >>few.tab
    run 1 --input few.tab --database few.db
    expect "rejected" "$(reported "$out" "rejected lines")" 3
    expect_in "the error" "$err" "line 2: expected a code of two letters, a tab and the name of a country"
    expect "stored" "$(query few.db "select code, name, description is null from country order by code")" \
        "AT|Austria|0
XX|Nowhere|1"
}

arguments() {
    run 0 --help
    expect_in "the help" "$out" "usage:"
    local wrong
    for wrong in --unknown table.tab "--workers 0" "--workers 65" --workers "--input=" "--quiet=yes" "--api-key any"; do
        # shellcheck disable=SC2086
        run 2 $wrong
        expect_in "the error of $wrong" "$err" "try --help"
        expect "the output of $wrong" "$out" ""
    done

    few AT
    run 0 --input few.tab --database quiet.db --quiet
    expect "a quiet run's report" "$out$err" ""
    run 1 --input missing.tab --database missing.db
    expect_in "the error" "$err" "missing.tab"
    run 1 --input few.tab --database nowhere/missing.db
    expect_in "the error" "$err" "database: connection: expected a file in an existing directory"
    run 1 --input few.tab --database few.db --api-url http://me:secret@127.0.0.1:1/v1
    expect_in "the error" "$err" "zones: base_url"
    no_key secret
}
