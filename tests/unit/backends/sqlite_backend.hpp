// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "common_sql.hpp"
#include "support/scratch_directory.hpp"

#include <steward/adapters/database/sqlite.hpp>

#include <array>
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace steward::test {

struct sqlite_sql : common_sql {
    /// A type is a wish only, unless the table is `strict`.
    static constexpr bool columns_check_types = false;
    /// Numbers without a fraction are stored as integers, which have one zero.
    static constexpr bool keeps_negative_zero = false;
    /// The largest of its results that nobody could wait for.
    static constexpr std::string_view endless =
        "with recursive n(i) as (select 1 union all select i + 1 from n where i < 1000000000000) select i from n";

    template <class Settings>
    static void wait_briefly(Settings& settings)
    {
        settings.busy_timeout = std::chrono::milliseconds{100};
    }
};

struct sqlite_backend : sqlite_sql {
    static constexpr std::string_view name = "sqlite";
    using backend = adapters::sqlite;

    [[nodiscard]] static std::string missing() { return {}; }

    [[nodiscard]] adapters::sqlite_settings settings() const
    {
        return {.connection = directory_.file("test.sqlite"), .synchronous = adapters::sqlite_synchronous::off};
    }
    /// It has no password.
    static constexpr std::array<std::string_view, 0> parts_of_secret{};
    [[nodiscard]] static std::string_view secret() { return "sqlite has no password"; }
    [[nodiscard]] std::vector<adapters::sqlite_settings> wrong_settings() const
    {
        return {{.connection = directory_.file("no such folder/test.sqlite")}};
    }

private:
    scratch_directory directory_;
};

} // namespace steward::test
