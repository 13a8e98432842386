// SPDX-License-Identifier: BSL-1.0
#include "databases.hpp"

#include "support/mariadb_server.hpp"

#include <steward/adapters/database.hpp>

#include <fmt/format.h>

namespace benchmarks {

int mariadb_lines()
{
    using server = steward::test::mariadb_server;
    if (server::program().empty()) {
        fmt::print("MariaDB is not installed: its line is left out\n");
        return 0;
    }
    const server running;
    steward::adapters::database<steward::adapters::mysql> adapter{
        steward::test::settings_of<steward::adapters::mysql_settings>(running)};
    steward::adapters::session db = adapter.create();
    db.execute("create table bulk (id bigint, name text)");
    return !bulk_insert_line("MariaDB", db);
}

} // namespace benchmarks
