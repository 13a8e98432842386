// SPDX-License-Identifier: BSL-1.0
#include "sqlite_fixture.hpp"

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <unistd.h>

using namespace steward::test;
using namespace std::chrono_literals;
using steward::configuration_check;
using steward::configuration_problem;
using steward::adapters::sqlite_settings;

namespace {

std::vector<configuration_problem> problems_of(const sqlite_settings& settings)
{
    std::vector<configuration_problem> problems;
    configuration_check check{"database", problems};
    sqlite_database::check(settings, check);
    return problems;
}

void expect_problem(const sqlite_settings& settings, std::string_view field, std::string_view message)
{
    const auto problems = problems_of(settings);
    ASSERT_EQ(problems.size(), 1u);
    EXPECT_EQ(problems[0].resource, "database");
    EXPECT_EQ(problems[0].field, field);
    EXPECT_EQ(problems[0].message, message);
}

/// Permissions mean nothing to root: such a test runs as the user "nobody" then, who owns the directory for that time.
class as_somebody_who_is_not_root {
public:
    explicit as_somebody_who_is_not_root(const std::filesystem::path& directory)
    {
        if (was_root_ && (::chown(directory.c_str(), nobody, nobody) != 0 || ::seteuid(nobody) != 0))
            throw std::runtime_error{"cannot become somebody else"};
    }
    as_somebody_who_is_not_root(const as_somebody_who_is_not_root&) = delete;
    as_somebody_who_is_not_root& operator=(const as_somebody_who_is_not_root&) = delete;
    ~as_somebody_who_is_not_root()
    {
        if (was_root_ && ::seteuid(0) != 0)
            std::abort();
    }

private:
    static constexpr uid_t nobody = 65'534;
    bool was_root_ = ::geteuid() == 0;
};

class sqlite_configuration : public testing::Test {
protected:
    scratch_directory directory;
    std::string file = directory.file("db.sqlite");

    void write(const std::string& content) const { std::ofstream{file, std::ios::binary} << content; }
};

TEST_F(sqlite_configuration, good_settings_have_no_problems)
{
    EXPECT_TRUE(problems_of({.connection = ":memory:"}).empty());
    EXPECT_TRUE(problems_of({.connection = file}).empty()) << "a file that is to be created";
    write("");
    EXPECT_TRUE(problems_of({.connection = file}).empty()) << "an empty file";
    static_cast<void>(sqlite_database{{.connection = file}}.create());
    EXPECT_TRUE(problems_of({.connection = file, .busy_timeout = 0ms, .read_only = true}).empty());
}

TEST_F(sqlite_configuration, an_empty_connection)
{
    expect_problem({.connection = ""}, "connection", "expected a file name or ':memory:', got an empty text");
}

TEST_F(sqlite_configuration, a_missing_directory)
{
    expect_problem({.connection = "/nowhere/at/all.sqlite"}, "connection",
                   "expected a file in an existing directory, got '/nowhere/at/all.sqlite'");
}

TEST_F(sqlite_configuration, a_directory_instead_of_a_file)
{
    expect_problem({.connection = directory.path().string()}, "connection",
                   "expected a regular file, got '" + directory.path().string() + "'");
}

TEST_F(sqlite_configuration, a_file_that_is_no_database)
{
    write("id;name\n1;Ada\n");
    expect_problem({.connection = file}, "connection", "expected an SQLite database, got '" + file + "'");
}

TEST_F(sqlite_configuration, a_uri)
{
    expect_problem({.connection = "postgresql://localhost/db"}, "connection",
                   "expected a plain file name, not a URI, got 'postgresql://localhost/db'");
    EXPECT_EQ(problems_of({.connection = "file:db.sqlite?mode=ro"}).size(), 1u);
}

TEST_F(sqlite_configuration, a_missing_file_for_reading)
{
    expect_problem({.connection = file, .read_only = true}, "connection",
                   "expected an existing file, as read_only is set, got '" + file + "'");
}

TEST_F(sqlite_configuration, memory_for_reading)
{
    expect_problem({.connection = ":memory:", .read_only = true}, "read_only",
                   "expected false for ':memory:', which is empty when it is opened, got true");
}

TEST_F(sqlite_configuration, a_negative_timeout)
{
    expect_problem({.connection = ":memory:", .busy_timeout = -1ms}, "busy_timeout",
                   "expected 0 to 2147483647 ms, got -1 ms");
    EXPECT_EQ(problems_of({.connection = ":memory:", .busy_timeout = 3'000'000'000ms}).size(), 1u);
}

TEST_F(sqlite_configuration, everything_that_is_wrong_is_named_at_once)
{
    EXPECT_EQ(problems_of({.connection = "", .busy_timeout = -1ms}).size(), 2u);
}

TEST_F(sqlite_configuration, an_unreadable_file)
{
    const as_somebody_who_is_not_root owner{directory.path()};
    write("");
    std::filesystem::permissions(file, std::filesystem::perms::none);
    expect_problem({.connection = file}, "connection", "expected a readable file, got '" + file + "'");
}

TEST_F(sqlite_configuration, a_file_that_cannot_be_written)
{
    const as_somebody_who_is_not_root owner{directory.path()};
    write("");
    std::filesystem::permissions(file, std::filesystem::perms::owner_read);
    expect_problem({.connection = file}, "connection", "expected a writable file, or read_only, got '" + file + "'");
    EXPECT_TRUE(problems_of({.connection = file, .read_only = true}).empty());
}

TEST_F(sqlite_configuration, a_directory_that_cannot_be_written)
{
    const as_somebody_who_is_not_root owner{directory.path()};
    std::filesystem::permissions(directory.path(),
                                 std::filesystem::perms::owner_read | std::filesystem::perms::owner_exec);
    expect_problem({.connection = file}, "connection", "expected a file in a writable directory, got '" + file + "'");
    std::filesystem::permissions(directory.path(), std::filesystem::perms::owner_all);
}

} // namespace
