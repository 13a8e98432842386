// SPDX-License-Identifier: BSL-1.0
#include <steward/adapters/value.hpp>
#include <steward/steward.hpp>
#include <steward/testing.hpp>

#include <gtest/gtest.h>

#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

namespace {

using namespace steward;

struct line {
    int number;
    bool broken = false;
};

/// An adapter that has everything that an adapter may have.
class exchange {
public:
    struct settings {
        int first = 1;
    };
    using resource_type = line;
    using default_policies = steward::defaults<metrics::counters, health::passive<1>>;
    static constexpr bool serial_create = true;

    exchange(settings s, std::string_view name) : next_{s.first}, name_{name} {}

    line create() { return {next_++}; }
    static bool validate(line& l) { return !l.broken; }
    static std::optional<bool> outcome(line& l) { return l.broken ? std::optional{false} : std::nullopt; }
    void report(metrics_snapshot& out) const { out.add(name_, next_); }
    [[nodiscard]] static resource_health health() { return resource_health::degraded; }
    static void check(const settings& s, configuration_check& check)
    {
        if (s.first < 1)
            check.wrong("first", "at least 1", std::to_string(s.first));
    }

private:
    int next_;
    std::string_view name_;
};

using faulty_exchange = steward::testing::faulty<exchange>;
using lines = steward::resource<"lines", faulty_exchange, pooling::bounded<0, 2>>;

static_assert(std::is_same_v<lines::metrics_policy, metrics::counters>, "the other's default policies");
static_assert(std::is_same_v<lines::health_policy, health::passive<1>>);
static_assert(faulty_exchange::serial_create && !steward::testing::faulty<adapters::value<int>>::serial_create);
static_assert(std::is_same_v<steward::resource<"x", steward::testing::faulty<adapters::value<int>>>::pooling_policy,
                             pooling::shared>,
              "a value is shared, a faulty one, too");

class a_faulty_adapter : public ::testing::Test {
protected:
    steward::testing::faults plan;
};

TEST_F(a_faulty_adapter, lends_what_is_used_as_the_others_resources_are)
{
    manager<lines> manager{lines::with({.plan = &plan, .inner = {.first = 5}})};
    EXPECT_EQ(manager.acquire<"lines">()->number, 5);
}

TEST_F(a_faulty_adapter, has_a_pointer_to_what_nothing_can_derive_from_or_move)
{
    using numbers = steward::resource<"number", steward::testing::faulty<adapters::value<int>>>;
    manager<numbers> number{numbers::with({.plan = &plan, .inner = 7})};
    EXPECT_EQ(**number.acquire<"number">(), 7);

    struct locks {
        struct settings {};
        struct resource_type {
            std::mutex mutex{};
            int number = 7;
        };
        explicit locks(settings) {}
        static resource_type create() { return {}; }
    };
    using unmovable = steward::resource<"lock", steward::testing::faulty<locks>>;
    manager<unmovable> lock{unmovable::with({.plan = &plan})};
    EXPECT_EQ((*lock.acquire<"lock">())->number, 7);
}

TEST_F(a_faulty_adapter, tells_how_a_lease_ended_as_the_other_does)
{
    manager<lines> manager{lines::with({.plan = &plan})};
    manager.acquire<"lines">()->broken = true;
    EXPECT_EQ(manager.health<"lines">(), resource_health::unhealthy);
}

TEST_F(a_faulty_adapter, says_its_health_as_the_other_does)
{
    using plain = steward::resource<"lines", faulty_exchange, pooling::bounded<0, 2>, health::none>;
    manager<plain> manager{plain::with({.plan = &plan})};
    EXPECT_EQ(manager.health<"lines">(), resource_health::degraded);
}

TEST_F(a_faulty_adapter, adds_the_others_numbers_under_the_name_of_the_resource)
{
    manager<lines> manager{lines::with({.plan = &plan, .inner = {.first = 5}})};
    EXPECT_EQ(manager.metrics<"lines">().number("lines"), 5);
}

TEST_F(a_faulty_adapter, checks_its_settings_as_the_other_does)
{
    try {
        const manager<lines> manager{lines::with({.plan = &plan, .inner = {.first = 0}})};
        FAIL() << "nothing was wrong";
    } catch (const configuration_error& error) {
        EXPECT_STREQ(error.what(), "lines: first: expected at least 1, got 0");
    }
}

} // namespace
