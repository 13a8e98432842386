// SPDX-License-Identifier: BSL-1.0
//
// "Troubleshooting": "Debug Resource Status" and "Common Issues".
#include <steward/adapters/database.hpp>
#include <steward/format.hpp>
#include <steward/steward.hpp>
#include <steward/testing.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include <chrono>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

using namespace std::chrono_literals;

namespace guide::troubleshooting {

using adapter = steward::adapters::database<steward::adapters::memory>;
using database = steward::resource<"database", adapter, steward::pooling::bounded<0, 4>, steward::ownership::tracked>;
using config = steward::resource<"config", steward::adapters::value<int>>;
using manager_type = steward::manager<database, config>;

TEST(guide_debug_resource_status, detailed_resource_information)
{
    manager_type manager;
    auto state = manager.owner("state", 123);
    state.acquire<"database">();

    std::string report;
    for (const steward::resource_status& status : manager.status()) {
        report += fmt::format("Resource: {}\n", status.name);
        report += fmt::format("  Has pool: {}\n", status.pooled);
        report += fmt::format("  Active count: {}\n", status.active);
        report += fmt::format("  Owners: {}\n", fmt::join(status.owners, ", "));
    }
    EXPECT_EQ(report, "Resource: database\n"
                      "  Has pool: true\n"
                      "  Active count: 1\n"
                      "  Owners: state_123\n"
                      "Resource: config\n"
                      "  Has pool: false\n"
                      "  Active count: 0\n"
                      "  Owners: \n");
}

TEST(guide_debug_resource_status, in_one_line_and_as_a_table)
{
    manager_type manager;
    auto state = manager.owner("state", 123);
    state.acquire<"database">();
    EXPECT_EQ(fmt::format("{}", manager.status<"database">()),
              "database: active, size 1, available 0, active 1, capacity 4, held by state_123, health unknown");
    const std::string table = fmt::format("{}", steward::table_of(manager));
    EXPECT_NE(table.find("state_123"), std::string::npos);
    EXPECT_NE(table.find("config"), std::string::npos);
}

// Whether there is a provider is known when the program is compiled; for a name that comes at run time the error says
// which there are.
static_assert(manager_type::has<"database"> && !manager_type::has<"databse">);

TEST(guide_debug_resource_status, provider_exists)
{
    manager_type manager;
    const std::string name = "databse";
    try {
        manager.visit(name, [](auto) {});
        FAIL();
    } catch (const steward::resource_error& error) {
        EXPECT_STREQ(error.what(), "databse: look up: unknown resource: this manager has 'database', 'config'");
    }
}

TEST(guide_common_issues, resource_timeout_names_the_holders)
{
    manager_type manager{database::with({}, {.max_size = 1})};
    auto state = manager.owner("state", 123);
    state.acquire<"database">();
    const auto late = manager.try_acquire<"database">(1ms);
    ASSERT_FALSE(late);
    EXPECT_TRUE(std::string_view{late.error().what()}.ends_with("(held by state_123)")) << late.error().what();
}

TEST(guide_common_issues, pool_exhausted_is_busy_until_max_size_is_increased)
{
    manager_type manager{database::with({}, {.max_size = 1})};
    auto held = manager.acquire<"database">();
    EXPECT_EQ(manager.status<"database">().state, steward::resource_state::busy);
    manager.resize<"database">({.max_size = 2});
    EXPECT_TRUE(manager.try_acquire<"database">(0ms).has_value());
}

struct unreachable {
    struct settings {};
    using resource_type = int;
    explicit unreachable(settings) {}
    static int create() { throw std::runtime_error{"no such user, password=hunter2"}; }
    static bool validate(int) { return true; }
};

TEST(guide_common_issues, health_check_failures_say_why_and_keep_credentials_for_themselves)
{
    using service = steward::resource<"service", unreachable, steward::health::on_borrow<>>;
    steward::manager<service> manager;
    EXPECT_FALSE(manager.try_acquire<"service">());
    const steward::health_report report = manager.diagnose<"service">();
    EXPECT_EQ(report.health, steward::resource_health::unhealthy);
    EXPECT_NE(report.reason.find("no such user"), std::string::npos) << report.reason;
    EXPECT_EQ(report.reason.find("hunter2"), std::string::npos) << report.reason;
}

TEST(guide_common_issues, memory_leaks_show_as_leases_that_are_still_out)
{
    manager_type manager;
    auto state = manager.owner("state", 123);
    state.acquire<"database">();
    const steward::cleanup_report report = manager.cleanup(0ms);
    ASSERT_EQ(report.still_lent.size(), 1U);
    EXPECT_EQ(report.still_lent[0].holders, std::vector<std::string>{"state_123"});
}

} // namespace guide::troubleshooting
