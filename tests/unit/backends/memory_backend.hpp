// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "sqlite_backend.hpp"

#include <steward/adapters/database/memory.hpp>

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace steward::test {

/// Each adapter, so each manager, has a database of its own.
struct memory_backend : sqlite_sql {
    static constexpr std::string_view name = "memory";
    using backend = adapters::memory;
    static constexpr bool own_database_per_adapter = true;

    [[nodiscard]] static std::string missing() { return {}; }
    [[nodiscard]] static adapters::memory_settings settings() { return {}; }
    /// It has no password.
    static constexpr std::array<std::string_view, 0> parts_of_secret{};
    [[nodiscard]] static std::string_view secret() { return "memory has no password"; }
    /// It can always be opened.
    [[nodiscard]] static std::vector<adapters::memory_settings> wrong_settings() { return {}; }
};

} // namespace steward::test
