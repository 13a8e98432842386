// SPDX-License-Identifier: BSL-1.0
#pragma once

// What is the same on every backend of adapters::database is said once, here in this folder, and run on each of them.

#include "flat_file_backend.hpp"
#include "memory_backend.hpp"
#include "mysql_backend.hpp"
#include "postgresql_backend.hpp"
#include "sqlite_backend.hpp"

#include "support/database_error_of.hpp"

#include <steward/adapters/database.hpp>
#include <steward/steward.hpp>

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace steward::test {

using all_backends = testing::Types<sqlite_backend, memory_backend, flat_file_backend, json_lines_backend,
                                    postgresql_backend, mysql_backend>;

/// So that a test is called `transactions/postgresql.commit_keeps_the_changes`.
struct name_of_backend {
    template <class Backend>
    static std::string GetName(int)
    {
        return std::string{Backend::name};
    }
};

/// The resource that tests make managers of; how many sessions it has is an option.
template <class Backend>
using pool_on = resource<"database", adapters::database<typename Backend::backend>, pooling::bounded<0, 4>,
                         ownership::tracked, health::on_borrow<>, metrics::counters>;

/// A fresh, empty database of one backend, with one session on it.
template <class Backend>
class on_backend : public testing::Test {
protected:
    using adapter_type = adapters::database<typename Backend::backend>;
    using manager_type = steward::manager<pool_on<Backend>>;

    void SetUp() override
    {
        // The same words make CTest say so.
        if (const std::string missing = Backend::missing(); !missing.empty())
            GTEST_SKIP() << "there is no " << Backend::name << " here: " << missing;
        place.emplace();
        adapter = std::make_unique<adapter_type>(place->settings(), "database");
        first.reset(new adapters::session{adapter->create()});
    }

    /// The session that most tests need.
    [[nodiscard]] adapters::session& db() { return *first; }
    [[nodiscard]] std::int64_t count(std::string_view table)
    {
        return db().template query_one<std::int64_t>("select count(*) from " + std::string{table});
    }
    /// A manager of up to `size` sessions. Where `own_database_per_adapter` is true
    /// it has another database than `db()`.
    [[nodiscard]] manager_type pool_of(std::size_t size) const
    {
        return manager_type{pool_on<Backend>::with(place->settings(), {.max_size = size})};
    }

    std::optional<Backend> place;
    std::unique_ptr<adapter_type> adapter;
    std::unique_ptr<adapters::session> first;
};

} // namespace steward::test
