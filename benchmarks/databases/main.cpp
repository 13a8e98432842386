// SPDX-License-Identifier: BSL-1.0
// What the database adapter costs beside the databases' own interfaces, all measured in one run, in turns.

#include "databases.hpp"

int main()
{
    const int missed = benchmarks::sqlite_lines() + benchmarks::postgresql_lines() + benchmarks::mariadb_lines();
    return missed == 0 ? 0 : 1;
}
