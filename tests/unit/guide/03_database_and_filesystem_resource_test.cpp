// SPDX-License-Identifier: BSL-1.0
//
// "Database Resource", "Supported Backends" and "File System Resource".
#include "support/mariadb_server.hpp"
#include "support/postgresql_server.hpp"
#include "support/scratch_directory.hpp"

#include <steward/adapters/database.hpp>
#include <steward/adapters/filesystem.hpp>
#include <steward/fsm.hpp>
#include <steward/steward.hpp>

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

using steward::test::scratch_directory;
using namespace steward::literals;

namespace guide::database_and_filesystem_resource {

using sqlite = steward::adapters::database<steward::adapters::sqlite>;
using database = steward::resource<"database", sqlite>;

TEST(guide_database_resource, register_with_manager)
{
    const scratch_directory directory;
    steward::manager<database> manager{database::with({.connection = directory.file("mydb.sqlite")})};
    auto db = manager.acquire<"database">();
    db->execute("create table users (name text)");
    db->execute("insert into users values (?)", "Ada");
    EXPECT_EQ(db->query_one<std::string>("select name from users"), "Ada");
}

struct count_tables {
    using needs = steward::needs<"database">;
    void operator()(int& tables, auto& resources) const
    {
        tables = resources["database"_r].template query_one<int>("select count(*) from sqlite_master");
    }
};
struct done {};
struct machine {
    using states = steward::states<count_tables, done>;
    using arcs = steward::arcs<steward::arc<count_tables, done>>;
};

TEST(guide_database_resource, use_in_fsm)
{
    const scratch_directory directory;
    steward::simple_machine<machine, steward::catalog<database>> fsm{
        database::with({.connection = directory.file("mydb.sqlite")})}; // Resources can be passed to the constructor
    const auto outcome = fsm.process(-1);
    EXPECT_TRUE(outcome.completed) << outcome.error_message();
    EXPECT_EQ(outcome.data, 0);
}

/// Writes through one session and reads through another one.
template <class Backend>
void keeps_what_was_written(const typename Backend::settings& settings)
{
    using resource = steward::resource<"database", steward::adapters::database<Backend>>;
    steward::manager<resource> manager{resource::with(settings)};
    auto writer = manager.template acquire<"database">();
    writer->execute("create table t (a integer)");
    writer->execute("insert into t values (?)", 7);
    auto reader = manager.template acquire<"database">();
    EXPECT_EQ(reader->template query_one<int>("select a from t"), 7);
}

TEST(guide_supported_backends, sqlite_and_file_based_databases)
{
    const scratch_directory directory;
    keeps_what_was_written<steward::adapters::sqlite>({.connection = directory.file("a.sqlite")});
}

TEST(guide_supported_backends, postgresql)
{
    using steward::test::postgresql_server;
    if (postgresql_server::program().empty())
        GTEST_SKIP() << "PostgreSQL is not installed";
    keeps_what_was_written<steward::adapters::postgresql>(
        steward::test::settings_of<steward::adapters::postgresql_settings>(steward::test::shared_postgresql()));
}

TEST(guide_supported_backends, mysql)
{
    using steward::test::mariadb_server;
    if (mariadb_server::program().empty())
        GTEST_SKIP() << "MariaDB is not installed";
    keeps_what_was_written<steward::adapters::mysql>(
        steward::test::settings_of<steward::adapters::mysql_settings>(steward::test::shared_mariadb()));
}

TEST(guide_supported_backends, flat_files)
{
    const scratch_directory directory;
    keeps_what_was_written<steward::adapters::flat_file>({.directory = directory.path().string()});
}

TEST(guide_supported_backends, memory_for_testing) { keeps_what_was_written<steward::adapters::memory>({}); }

using filesystem = steward::resource<"filesystem", steward::adapters::filesystem, steward::ownership::tracked>;

TEST(guide_filesystem_resource, read_write_and_create_temp)
{
    const scratch_directory directory;
    steward::manager<filesystem> manager{
        filesystem::with({.base_path = directory.path(), .temp_dir = "temporary", .auto_cleanup = true})};

    auto state = manager.owner("state", 123);
    auto& fs = state.acquire<"filesystem">();
    fs.write("input.csv", "1;2");

    const std::string content = fs.read("input.csv"); // Read file
    fs.write("output.json", "[" + content + "]");     // Write file
    const auto temporary = fs.create_temp();          // Create temp file

    EXPECT_EQ(fs.read("output.json"), "[1;2]");
    EXPECT_EQ(temporary.parent_path(), directory.path() / "temporary");
    EXPECT_EQ(fs.size(temporary), 0U);
}

TEST(guide_filesystem_resource, auto_cleanup)
{
    const scratch_directory directory;
    std::filesystem::path temporary;
    {
        steward::manager<filesystem> manager{filesystem::with({.base_path = directory.path(), .auto_cleanup = true})};
        temporary = manager.acquire<"filesystem">()->create_temp();
        EXPECT_TRUE(std::filesystem::exists(temporary));
    }
    EXPECT_FALSE(std::filesystem::exists(temporary));
}

TEST(guide_filesystem_resource, nothing_outside_of_base_path_can_be_named)
{
    const scratch_directory directory;
    steward::manager<filesystem> manager{filesystem::with({.base_path = directory.path()})};
    auto fs = manager.acquire<"filesystem">();
    EXPECT_THROW(static_cast<void>(fs->read("../secret")), steward::adapters::filesystem_error);
    EXPECT_THROW(static_cast<void>(fs->read("/etc/passwd")), steward::adapters::filesystem_error);
}

} // namespace guide::database_and_filesystem_resource
