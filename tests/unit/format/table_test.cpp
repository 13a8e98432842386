// SPDX-License-Identifier: BSL-1.0
#include <steward/format.hpp>
#include <steward/steward.hpp>

#include <gtest/gtest.h>

#include <string>

namespace {

using namespace std::chrono_literals;

struct connection {};
struct server {
    struct settings {};
    using resource_type = connection;

    explicit server(settings) {}
    connection create() { return {}; }
    steward::resource_health health() { return steward::resource_health::healthy; }
};

using pooled = steward::resource<"database", server, steward::pooling::bounded<0, 4>, steward::metrics::counters,
                                 steward::ownership::tracked>;
using shared = steward::resource<"files", steward::adapters::value<std::string>, steward::ownership::tracked>;
using fixed = steward::resource<"limits", steward::adapters::value<int>, steward::locking::none>;
using table_manager = steward::manager<pooled, shared, fixed>;

TEST(format_table, has_a_line_for_each_resource_in_aligned_columns)
{
    table_manager manager{pooled::with({}, {.max_size = 2})};
    auto first = manager.owner("load", 42);
    auto second = manager.owner("report", 7);
    first.acquire<"database">();
    second.acquire<"database">();
    second.acquire<"files">();
    EXPECT_FALSE(manager.try_acquire<"database">(0ms));

    EXPECT_EQ("\n" + steward::format_table(manager), R"(
name      state   size  available  active  capacity  owners             acquired  time-outs  failures  created  held  longest  health
database  busy       2          0       2         2  load_42, report_7         2          1         0        2     -        -  healthy
files     active     1          1       1         1  report_7                  -          -         -        -     -        -  unknown
limits    idle       1          1       0         1  -                         -          -         -        -     -        -  unknown)");
}

TEST(format_table, of_a_manager_prints_as_a_text)
{
    table_manager manager;
    EXPECT_EQ(fmt::format("{}", steward::table_of(manager)), steward::format_table(manager));
}

TEST(format_table, shows_a_resource_without_bound_by_a_dash)
{
    const steward::resource_status status{.name = "tickets", .state = steward::resource_state::closed};
    EXPECT_EQ(fmt::format("{}", steward::status_table{std::array{status}}),
              "name     state   size  available  active  capacity  owners  acquired  time-outs  failures  created  "
              "held  longest  health\n"
              "tickets  closed     0          0       0         -  -              -          -         -        -     "
              "-        -  unknown");
}

TEST(format_table, counts_characters_not_bytes)
{
    const std::array statuses{steward::resource_status{.name = "größe"}, steward::resource_status{.name = "12345"}};
    const std::string text = fmt::format("{}", steward::status_table{statuses});
    const std::size_t second = text.find('\n') + 1, third = text.find('\n', second) + 1;
    EXPECT_EQ(text.substr(second, third - second - 1), "größe  idle      0          0       0         -  -             "
                                                       " -          -         -        -     -        -  unknown");
    EXPECT_EQ(text.substr(third), "12345  idle      0          0       0         -  -              -          -        "
                                  " -        -     -        -  unknown");
}

TEST(format_status, is_one_line)
{
    table_manager manager{pooled::with({}, {.max_size = 2})};
    auto owner = manager.owner("load", 42);
    owner.acquire<"database">();
    EXPECT_EQ(fmt::format("{}", manager.status<"database">()),
              "database: active, size 1, available 0, active 1, capacity 2, held by load_42, health healthy "
              "(acquisitions 1, creations 1)");
}

TEST(format_status, leaves_out_what_does_not_apply)
{
    EXPECT_EQ(fmt::format("{}", steward::resource_status{.name = "tickets"}),
              "tickets: idle, size 0, available 0, active 0, health unknown");
}

TEST(format_status, tells_who_waits)
{
    EXPECT_EQ(fmt::format("{}", steward::resource_status{.name = "db", .capacity = 2, .waiting = 3}),
              "db: idle, size 0, available 0, active 0, capacity 2, waiting 3, health unknown");
}

} // namespace
