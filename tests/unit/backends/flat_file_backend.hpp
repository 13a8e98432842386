// SPDX-License-Identifier: BSL-1.0
#pragma once

#if __has_include(<steward/adapters/database/flat_file.hpp>)
#include "sqlite_backend.hpp"
#include "support/scratch_directory.hpp"

#include <steward/adapters/database/flat_file.hpp>

#include <array>
#include <list>
#else
#include "memory_backend.hpp"
#endif

#include <string>
#include <string_view>
#include <vector>

namespace steward::test {

#if __has_include(<steward/adapters/database/flat_file.hpp>)

/// A folder is one adapter's, so each adapter gets another one.
template <adapters::flat_file_format Format>
struct flat_file_in : sqlite_sql {
    using backend = adapters::flat_file;
    static constexpr bool own_database_per_adapter = true;

    [[nodiscard]] static std::string missing() { return {}; }
    [[nodiscard]] adapters::flat_file_settings settings() const
    {
        return {.directory = directories_.emplace_back().path().string(), .format = Format};
    }
    /// It has no password.
    static constexpr std::array<std::string_view, 0> parts_of_secret{};
    [[nodiscard]] static std::string_view secret() { return "flat_file has no password"; }
    [[nodiscard]] std::vector<adapters::flat_file_settings> wrong_settings() const
    {
        return {{.directory = directories_.emplace_back().file("no such folder")}};
    }

private:
    mutable std::list<scratch_directory> directories_;
};

struct flat_file_backend : flat_file_in<adapters::flat_file_format::csv> {
    static constexpr std::string_view name = "flat_file";
};
struct json_lines_backend : flat_file_in<adapters::flat_file_format::json_lines> {
    static constexpr std::string_view name = "json_lines";
};

#else

/// All tests of both are skipped.
struct flat_file_backend : memory_backend {
    static constexpr std::string_view name = "flat_file";
    [[nodiscard]] static std::string missing() { return "steward was built without it"; }
};
struct json_lines_backend : memory_backend {
    static constexpr std::string_view name = "json_lines";
    [[nodiscard]] static std::string missing() { return "steward was built without it"; }
};

#endif

} // namespace steward::test
