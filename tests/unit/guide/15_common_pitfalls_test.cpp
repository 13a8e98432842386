// SPDX-License-Identifier: BSL-1.0
//
// "Common Pitfalls", by their numbers: what steward makes impossible, or visible.
#include <steward/adapters/database.hpp>
#include <steward/steward.hpp>
#include <steward/testing.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

using namespace std::chrono_literals;
using namespace steward::literals;

namespace guide::common_pitfalls {

using adapter = steward::adapters::database<steward::adapters::memory>;
using database = steward::resource<"database", adapter, steward::ownership::tracked>;

// 1. Resource leaks. A result that is dropped does not compile without a warning (tests/compile_fail/leases); one that is
// kept goes back whichever way its scope is left.

int process(steward::manager<database>& manager)
{
    auto resource = manager.acquire<"database">();
    const int result = resource->query_one<int>("select 1");
    return result; // Resource is released
}

TEST(guide_resource_leaks, cannot_happen_by_returning)
{
    steward::manager<database> manager;
    EXPECT_EQ(process(manager), 1);
    EXPECT_EQ(manager.status<"database">().active, 0U);
}

// One that is kept for too long is reported, with the line that took it.
std::vector<std::string> reports;
void report(const steward::resource_event& event)
{
    if (event.what == steward::resource_event::kind::leaked)
        reports.emplace_back(event.details);
}
using traced =
    steward::resource<"database", adapter, steward::ownership::traced<60_s>, steward::metrics::observer<&report>>;

TEST(guide_resource_leaks, are_reported_with_the_line_that_acquired)
{
    steward::manager<traced> manager{traced::with({}), steward::manual_housekeeping};
    const auto start = steward::clock::now();
    manager.maintain(start);
    auto forgotten = std::make_unique<decltype(manager)::lease_type<"database">>(manager.acquire<"database">());
    manager.maintain(start + 61s);
    ASSERT_EQ(reports.size(), 1U);
    EXPECT_NE(reports[0].find("15_common_pitfalls_test.cpp"), std::string::npos) << reports[0];
    EXPECT_EQ(manager.traces<"database">().size(), 1U);
}

// 2. Not tracking owners. There is no way around the manager: an adapter cannot be acquired from. A lease without a name
// is counted, and traced to its line.
template <class Adapter>
concept can_be_acquired_from = requires(Adapter& a) { a.acquire(); };
static_assert(!can_be_acquired_from<adapter>);

TEST(guide_not_tracking_owners, is_visible)
{
    steward::manager<database> manager;
    auto direct = manager.acquire<"database">(); // anonymous
    auto state = manager.owner("state", 123);
    state.acquire<"database">();
    const auto status = manager.status<"database">();
    EXPECT_EQ(status.active, 2U);
    EXPECT_EQ(status.owners, std::vector<std::string>{"state_123"});
}

// 3. Ignoring health checks.
using api_adapter = steward::testing::faulty<steward::adapters::value<int>>;

class guide_ignoring_health_checks : public testing::Test {
protected:
    steward::testing::faults faults;
};

TEST_F(guide_ignoring_health_checks, is_impossible_where_each_resource_is_validated_before_it_is_lent)
{
    using api = steward::resource<"api", api_adapter, steward::pooling::bounded<0, 2>, steward::health::on_borrow<>>;
    steward::manager<api> manager{api::with({.plan = &faults})};
    faults.create_broken = 1;
    manager.acquire<"api">().release(); // a new one is not asked

    auto resource = manager.acquire<"api">();
    EXPECT_FALSE(resource->created_broken()) << "the broken one was replaced";
    EXPECT_EQ(faults.created, 2);
}

TEST_F(guide_ignoring_health_checks, is_not_necessary_where_validate_is_asked_before)
{
    using api = steward::resource<"api", api_adapter, steward::pooling::bounded<0, 2>>;
    steward::manager<api> manager{api::with({.plan = &faults})};
    const auto call = [&] {
        if (!manager.validate<"api">())
            return std::string_view{"handled"}; // Handle unhealthy resource
        auto resource = manager.acquire<"api">();
        return std::string_view{"called"};
    };
    EXPECT_EQ(call(), "called");
    faults.invalid = steward::testing::faults::always;
    EXPECT_EQ(call(), "handled");
}

} // namespace guide::common_pitfalls
