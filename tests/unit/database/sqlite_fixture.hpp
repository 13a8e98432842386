// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/database_error_of.hpp"
#include "support/scratch_directory.hpp"

#include <steward/adapters/database.hpp>

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace steward::test {

using sqlite_database = adapters::database<adapters::sqlite>;

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

inline bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

} // namespace steward::test
