# SPDX-License-Identifier: BSL-1.0
# shellcheck shell=bash disable=SC2034
language=Java
version=$(sed -n 's|.*<hikaricp.version>\(.*\)</.*|\1|p' pom.xml)
declare -A commands=([HikariCP]="java -cp '$output/classes:$output/libraries/*' peers.Main")
build() { need java mvn && mvn --quiet --batch-mode -Doutput="$output" process-classes; }
