// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/database.hpp>

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace steward::test {

using sqlite_database = adapters::database<adapters::sqlite>;
using adapters::database_errc;
using adapters::database_error;

/// A directory of its own, removed with everything in it.
class scratch_directory {
public:
    scratch_directory()
    {
        std::string name = (std::filesystem::temp_directory_path() / "steward_database_XXXXXX").string();
        if (!::mkdtemp(name.data()))
            throw std::runtime_error{"no temporary directory"};
        path_ = name;
    }
    scratch_directory(const scratch_directory&) = delete;
    scratch_directory& operator=(const scratch_directory&) = delete;
    ~scratch_directory()
    {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }

    [[nodiscard]] std::string file(std::string_view name) const { return (path_ / name).string(); }
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

/// One session on an empty database in memory.
class in_memory : public testing::Test {
protected:
    sqlite_database adapter{{.connection = ":memory:"}};
    adapters::session db{adapter.create()};
};

/// A file, and as many sessions on it as a test wants.
class on_file : public testing::Test {
protected:
    scratch_directory directory;
    std::string file = directory.file("test.sqlite");
    sqlite_database adapter{{.connection = file, .synchronous = adapters::sqlite_synchronous::off}};
};

/// The error that `action` throws; fails the test if it throws none.
template <class Action>
database_error error_of(Action action)
{
    try {
        action();
    } catch (const database_error& error) {
        return error;
    }
    ADD_FAILURE() << "expected a database_error";
    return database_error{database_errc::other, "no error"};
}

inline bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

} // namespace steward::test
