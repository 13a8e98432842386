# SPDX-License-Identifier: BSL-1.0
# shellcheck shell=bash disable=SC2154
#
# The cases of ../run_case.sh, one function each. They begin in an empty directory.

unicode_data=/usr/share/unicode/UnicodeData.txt

need_unicode_data() {
    [ -r "$unicode_data" ] || skip "there is no $unicode_data (Debian: unicode-data)"
    all_rows=$(wc -l <"$unicode_data") # 34,924 in Unicode 15.0, more in later ones
    [ "$all_rows" -ge 34000 ] || fail "$unicode_data has only $all_rows lines"
}

# same_as_file DATABASE FILE: the accepted rows are the file's, field by field
same_as_file() {
    local columns
    columns=$(query "$1" "select group_concat(name) from (select name from pragma_table_info('record')
                          where name <> 'line' order by cid)")
    sqlite3 -readonly -separator ';' "$1" "select $columns from record order by line" | cmp - "$2" ||
        fail "the database does not hold what the file holds"
}

whole_file() {
    need_unicode_data
    run 0 --database all.db --workers 4 --chunk 500
    expect "rows in" "$(reported "$out" "rows in")" $all_rows
    expect "loaded" "$(reported "$out" "loaded")" $all_rows
    expect "rejected" "$(reported "$out" "rejected")" 0
    expect "already loaded" "$(reported "$out" "already loaded")" 0
    expect "what is written where there is no terminal" "$err" ""
    expect_in "the resources in the report" "$out" "database  idle"
    expect_in "the metrics in the report" "$out" "database: acquisitions"

    same_as_file all.db "$unicode_data"
    expect "both ends of a range" \
        "$(query all.db "select count(*) from record where name like '<CJK Ideograph, %'")" 2
    expect "chunks" "$(query all.db "select count(*), sum(loaded), sum(rejected) from loaded_chunk")" \
        "$(((all_rows + 499) / 500))|$all_rows|0"
    expect "integrity" "$(query all.db "pragma integrity_check")" ok

    run 0 --database all.db
    expect "loaded again" "$(reported "$out" "loaded")" 0
    expect "already loaded" "$(reported "$out" "already loaded")" $all_rows
    expect_in "whose chunks these are" "$out" "500 rows in a chunk, as in the run before"
    same_as_file all.db "$unicode_data"
}

progress_on_a_terminal() {
    need_unicode_data
    command -v script >/dev/null || skip "there is no script command, which gives a program a terminal"
    script --quiet --return --command "'$program' --database shown.db --chunk 100 >report.txt" terminal.txt >/dev/null
    expect_in "the terminal" "$(<terminal.txt)" "of $(sed ':a;s/\B[0-9]\{3\}\>/,&/;ta' <<<"$all_rows") rows ("
    expect "loaded" "$(reported "$(<report.txt)" "loaded")" "$all_rows"
    expect "progress in the report" "$(grep -c "rows/s.*%" report.txt || true)" 0
}

loaded_chunks() { query "$1" "select count(*) from loaded_chunk" 2>/dev/null || echo 0; }

# kill_in_the_middle DATABASE: false if the run was finished before it could be killed
kill_in_the_middle() {
    "$program" --database "$1" --workers 2 --chunk 5 --quiet &
    local job=$!
    until [ "$(loaded_chunks "$1")" -gt 0 ]; do
        kill -0 $job 2>/dev/null || break
    done
    kill -KILL $job 2>/dev/null || true
    ! wait $job
}

killed_run() {
    need_unicode_data
    local attempt rows=0
    for attempt in 1 2 3 4 5; do
        kill_in_the_middle "killed$attempt.db" && break
    done
    local database=killed$attempt.db
    rows=$(query "$database" "select count(*) from record")
    [ "$rows" -gt 0 ] && [ "$rows" -lt $all_rows ] || fail "the run was not killed in the middle: $rows rows"
    expect "rows of the killed run" "$(query "$database" "select sum(loaded) from loaded_chunk")" "$rows"

    run 0 --database "$database" --chunk 1000
    expect "already loaded" "$(reported "$out" "already loaded")" "$rows"
    expect "loaded" "$(reported "$out" "loaded")" $((all_rows - rows))
    same_as_file "$database" "$unicode_data"
    expect "integrity" "$(query "$database" "pragma integrity_check")" ok
}

malformed_rows() {
    cat >UnicodeData.txt <<'ROWS'
0041;LATIN CAPITAL LETTER A;Lu;0;L;;;;;N;;;;0061;
0042;LATIN CAPITAL LETTER B;Lu;0;L;;;;;N;;;;0062;;;
XYZ1;BROKEN;Lu;0;L;;;;;N;;;;0061;
110000;BEYOND;Lu;0;L;;;;;N;;;;0061;
0043;;Lu;0;L;;;;;N;;;;0063;

0044;LATIN CAPITAL LETTER D;LU;0;L;;;;;N;;;;0064;
0045;LATIN CAPITAL LETTER E;Lu;999;L;;;;;N;;;;0065;
00BC;VULGAR FRACTION ONE QUARTER;No;0;ON;<fraction> 0031 2044 0034;;;1/4;N;FRACTION ONE QUARTER;;;;
0046;LATIN CAPITAL LETTER F;Lu;0;L;;;;;maybe;;;;0066;
0047
ROWS
    run 0 --input UnicodeData.txt --database malformed.db --chunk 2
    expect "rows in" "$(reported "$out" "rows in")" 11
    expect "loaded" "$(reported "$out" "loaded")" 2
    expect "rejected" "$(reported "$out" "rejected")" 9
    expect "accepted lines" "$(query malformed.db "select group_concat(line) from record")" 1,9
    expect "rejected rows" "$(query malformed.db "select line, reason from rejected order by line")" \
        "2|expected 15 fields, found 17
3|the code point is not 4 to 6 hexadecimal digits up to 10FFFF
4|the code point is not 4 to 6 hexadecimal digits up to 10FFFF
5|the name is empty
6|the line is empty
7|the general category is not two letters such as Lu
8|the combining class is not a number from 0 to 254
10|bidi mirrored is neither Y nor N
11|expected 15 fields, found 1"
    expect "a rejected text" "$(query malformed.db "select text from rejected where line = 11")" 0047
    expect_in "a reason in the report" "$out" "        2  the code point is not 4 to 6 hexadecimal digits up to 10FFFF
           line 3: XYZ1;BROKEN;Lu;0;L;;;;;N;;;;0061;
           line 4: 110000;BEYOND;Lu;0;L;;;;;N;;;;0061;"
}

delimited_files() {
    printf '\xEF\xBB\xBF"name", age ,name,\r\nAda,36,x,1\r\nBob,17\r\n,,,\r\nEve,5,y,2' >people.csv
    run 0 --input people.csv --header --database people.db
    expect "rows in" "$(reported "$out" "rows in")" 4
    expect "columns" "$(query people.db "select group_concat(name) from pragma_table_info('record')")" \
        line,name,age,name_2,c4
    expect "records" "$(query people.db "select * from record order by line")" "2|Ada|36|x|1
4||||
5|Eve|5|y|2"
    expect "rejected" "$(query people.db "select * from rejected")" "3|expected 4 fields, found 2|Bob,17"

    printf '1|2\n3|4\n' >pairs.txt
    run 0 --input=pairs.txt --delimiter='|' --database=pairs.db
    expect "records" "$(query pairs.db "select line, c1, c2 from record order by line")" $'1|1|2\n2|3|4'

    printf 'a\tb\n' >pairs.tsv
    run 0 --input pairs.tsv --database tabs.db --quiet
    expect "a quiet run's report" "$out$err" ""
    expect "records" "$(query tabs.db "select c1, c2 from record")" 'a|b'
}

other_input() {
    echo a,b >one.csv
    echo c,d >two.csv
    run 0 --input one.csv --database shared.db
    run 1 --input two.csv --database shared.db
    expect_in "the error" "$err" "the database holds the rows of another input, 'one.csv'"
    expect "records" "$(query shared.db "select c1 from record")" a
    run 0 --input two.csv --database shared.db --fresh
    expect "records" "$(query shared.db "select c1 from record")" c

    sqlite3 foreign.db "create table record (mine text)"
    run 1 --input one.csv --database foreign.db
    expect_in "the error" "$err" "a table 'record' that is not of this program"
}

arguments() {
    run 0 --help
    expect_in "the help" "$out" "usage:"
    local wrong
    for wrong in --unknown file.csv "--workers 0" "--workers 65" "--workers two" "--chunk -1" --chunk "--input=" \
        "--delimiter ab" "--shape other" "--quiet=yes" "--shape unicode --header"; do
        # shellcheck disable=SC2086
        run 2 $wrong
        expect_in "the error of $wrong" "$err" "try --help"
        expect "the output of $wrong" "$out" ""
    done

    run 1 --input missing.csv --database missing.db
    expect_in "the error" "$err" "missing.csv"
    run 1 --input nowhere/missing.csv --database missing.db
    expect_in "the error" "$err" "nowhere"
    : >empty.csv
    run 1 --input empty.csv --database missing.db
    expect_in "the error" "$err" "'empty.csv' is empty"
    echo a,b >one.csv
    run 1 --input one.csv --database nowhere/missing.db
    expect_in "the error" "$err" "database: connection: expected a file in an existing directory"
    run 1 --input one.csv --database one.csv
    expect_in "the error" "$err" "expected an SQLite database"
}

# loads_into_a_server QUERY: the rows are the same as in a file; QUERY sends a statement to the server
loads_into_a_server() {
    need_unicode_data
    run 0 --database file.db
    run 0 --database "$STEWARD_DATABASE" --workers 4 --chunk 500
    expect "loaded" "$(reported "$out" "loaded")" $all_rows
    expect "already loaded" "$(reported "$out" "already loaded")" 0
    expect "the password in the report" "$(grep -cF "$STEWARD_PASSWORD" <<<"$out$err" || true)" 0
    sqlite3 -readonly -separator '|' file.db "select line, code_point, name from record order by line" >file.rows
    "$1" "select concat(line, '|', code_point, '|', name) from record order by line" | cmp - file.rows ||
        fail "the server does not hold what the file holds"
    expect "chunks" "$("$1" "select concat(count(*), ' ', sum(loaded)) from loaded_chunk")" \
        "$(((all_rows + 499) / 500)) $all_rows"

    run 0 --database "$STEWARD_DATABASE"
    expect "loaded again" "$(reported "$out" "loaded")" 0
    expect "already loaded" "$(reported "$out" "already loaded")" $all_rows
    run 0 --database "$STEWARD_DATABASE" --fresh --workers 3
    expect "loaded afresh" "$(reported "$out" "loaded")" $all_rows
}

server_postgresql() {
    command -v psql >/dev/null || skip "there is no psql command"
    ask() { psql --no-psqlrc --tuples-only --no-align --command "$1" "$STEWARD_DATABASE"; }
    loads_into_a_server ask
}

server_mysql() {
    command -v mariadb >/dev/null || skip "there is no mariadb command"
    ask() {
        MYSQL_PWD=$STEWARD_PASSWORD mariadb --no-defaults --host "$STEWARD_HOST" --port "$STEWARD_PORT" \
            --user "$STEWARD_USER" --skip-column-names --batch --raw --execute "$1" steward
    }
    loads_into_a_server ask
}
