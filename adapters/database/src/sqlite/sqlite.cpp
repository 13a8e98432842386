// SPDX-License-Identifier: BSL-1.0
#include <steward/adapters/database/sqlite.hpp>

#include "driver.hpp"
#include "native.hpp"

#include <sqlite3.h>

#include <array>
#include <climits>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace steward::inline v0::adapters {

namespace {

namespace fs = std::filesystem;

std::string in_quotes(std::string_view text) { return std::string{"'"}.append(text).append("'"); }

/// What is wrong with a name, before anything is looked up; empty if nothing.
std::string_view wrong_name(const sqlite_settings& wanted)
{
    const std::string& name = wanted.connection;
    if (name.empty())
        return "a file name or ':memory:'";
    if (name.find('\0') != std::string::npos)
        return "a file name without NUL characters";
    if (name.starts_with("file:") || name.find("://") != std::string::npos)
        return "a plain file name, not a URI";
    if (!detail::can_be_opened_by_soci(name, wanted.read_only))
        return "a file name without quotation marks (needed with read_only or '=')";
    return {};
}

bool may(const fs::path& path, int mode) { return ::faccessat(AT_FDCWD, path.c_str(), mode, AT_EACCESS) == 0; }

/// An empty file, which becomes a database at the first write, or one that begins as SQLite's format says.
bool looks_like_a_database(const fs::path& file)
{
    static constexpr std::string_view magic{"SQLite format 3\0", 16};
    std::array<char, magic.size()> start{};
    std::ifstream stream{file, std::ios::binary};
    stream.read(start.data(), start.size());
    const auto size = static_cast<std::size_t>(stream.gcount());
    return size == 0 || std::string_view{start.data(), size} == magic;
}

/// What is wrong with the file as it is now; empty if nothing.
std::string_view wrong_file(const fs::path& file, bool read_only)
{
    std::error_code error;
    const fs::path directory = file.has_parent_path() ? file.parent_path() : fs::path{"."};
    if (!fs::is_directory(directory, error))
        return "a file in an existing directory";
    if (fs::exists(file, error)) {
        if (!fs::is_regular_file(file, error))
            return "a regular file";
        if (!may(file, R_OK))
            return "a readable file";
        if (!looks_like_a_database(file))
            return "an SQLite database";
        if (!read_only && !may(file, W_OK))
            return "a writable file, or read_only";
    } else if (read_only) {
        return "an existing file, as read_only is set";
    }
    // The journal stands beside the file.
    return read_only || may(directory, W_OK | X_OK) ? std::string_view{} : "a file in a writable directory";
}

} // namespace

void sqlite::check(const settings& wanted, configuration_check& check)
{
    const std::string_view connection = field_name(wanted, wanted.connection);
    const bool in_memory = wanted.connection == ":memory:";
    if (const std::string_view expected = wrong_name(wanted); !expected.empty())
        check.wrong(connection, expected, wanted.connection.empty() ? "an empty text" : in_quotes(wanted.connection));
    else if (!in_memory)
        if (const std::string_view expected_file = wrong_file(wanted.connection, wanted.read_only);
            !expected_file.empty())
            check.wrong(connection, expected_file, in_quotes(wanted.connection));
    if (in_memory && wanted.read_only)
        check.wrong(field_name(wanted, wanted.read_only), "false for ':memory:', which is empty when it is opened",
                    "true");
    if (wanted.busy_timeout.count() < 0 || wanted.busy_timeout.count() > INT_MAX)
        check.wrong(field_name(wanted, wanted.busy_timeout), "0 to 2147483647 ms",
                    std::to_string(wanted.busy_timeout.count()) + " ms");
}

std::unique_ptr<detail::driver> sqlite::open(const settings& wanted)
{
    const auto refused = [&](std::string_view reason, int code) {
        return database_error{code == SQLITE_CANTOPEN ? database_errc::cannot_connect : detail::portable_code(code),
                              "cannot open " + in_quotes(wanted.connection) + ": " + std::string{reason},
                              {},
                              code};
    };
    if (const std::string_view expected = wrong_name(wanted); !expected.empty())
        throw refused(std::string{"expected "}.append(expected), SQLITE_CANTOPEN);
    if (sqlite3_threadsafe() == 0)
        throw refused("SQLite was built without support for threads", SQLITE_CANTOPEN);
    auto opened = detail::open_through_soci(wanted.connection, wanted.read_only);
    if (!opened)
        throw refused(sqlite3_errstr(opened.error()), opened.error());
    return std::make_unique<detail::sqlite_driver>(std::move(*opened), wanted);
}

} // namespace steward::inline v0::adapters
