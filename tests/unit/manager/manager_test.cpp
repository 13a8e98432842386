// SPDX-License-Identifier: BSL-1.0
#include "support/pool_fixture.hpp"

#include <boost/hana/filter.hpp>
#include <boost/hana/fold_left.hpp>
#include <boost/hana/integral_constant.hpp>
#include <boost/hana/length.hpp>

#include <string>
#include <vector>

using namespace steward::test;
using namespace steward::literals;
using steward::errc;

namespace manager_test {

using pooled = steward::resource<"pooled", session_adapter, steward::metrics::counters, steward::ownership::tracked>;
using shared = steward::resource<"shared", session_adapter, steward::pooling::shared, steward::metrics::counters>;
using fixed = steward::resource<"fixed", steward::adapters::value<int>, steward::locking::none>;
using manager_type = steward::manager<pooled, shared, fixed>;

class manager : public testing::Test {
public:
    session_log log;
    manager_type m{fixed::with(7), shared::with(session_adapter::settings{log}), // in any order
                   pooled::with(session_adapter::settings{log})};
};

TEST_F(manager, takes_both_spellings_of_a_name)
{
    EXPECT_EQ(*m.acquire<"fixed">(), 7);
    EXPECT_EQ(*m.acquire("fixed"_r), 7);
    EXPECT_EQ(**m.try_acquire("fixed"_r, 0ms), 7);
    EXPECT_EQ(m.acquire("pooled"_r, 0ms)->number, 1);
}

TEST_F(manager, takes_both_spellings_of_a_name_in_every_question)
{
    EXPECT_EQ(m.status("pooled"_r).name, m.status<"pooled">().name);
    EXPECT_EQ(m.health("pooled"_r), m.health<"pooled">());
    EXPECT_EQ(m.metrics("pooled"_r).acquisitions, m.metrics<"pooled">().acquisitions);
    EXPECT_EQ(m.owners("pooled"_r), m.owners<"pooled">());
    EXPECT_EQ(m.validate("pooled"_r), m.validate<"pooled">());
    m.resize("pooled"_r, {.max_size = 2});
    EXPECT_EQ(m.status("pooled"_r).capacity, 2U);
    m.suspend("pooled"_r);
    EXPECT_FALSE(m.try_acquire("pooled"_r, 0ms));
    m.resume("pooled"_r);
    EXPECT_TRUE(m.try_acquire("pooled"_r, 0ms));
}

TEST_F(manager, leaves_out_what_has_default_settings)
{
    steward::manager<fixed> defaults;
    EXPECT_EQ(*defaults.acquire<"fixed">(), 0);
}

TEST_F(manager, visits_a_resource_by_its_name_at_run_time)
{
    auto held = m.acquire<"pooled">();
    const std::string name = "pooled";
    EXPECT_EQ(m.visit(name, [](auto resource) { return resource.status().active; }), 1U);
    EXPECT_EQ(m.visit("fixed", [](auto resource) { return std::string{resource.name()}; }), "fixed");
    EXPECT_TRUE(m.visit("shared", [](auto resource) { return resource.try_acquire(0ms).has_value(); }));
    EXPECT_TRUE(m.visit("shared", [](auto resource) { return resource.validate(); }));
    EXPECT_EQ(m.visit("pooled", [](auto resource) { return resource.health(); }), m.health<"pooled">());
    const auto acquisitions = [](auto resource) {
        if constexpr (requires { resource.metrics(); })
            return resource.metrics().acquisitions;
        else
            return std::uint64_t{1'000}; // `fixed` counts nothing
    };
    EXPECT_EQ(m.visit("pooled", acquisitions), 1U);
    EXPECT_EQ(m.visit("fixed", acquisitions), 1'000U);
}

TEST_F(manager, says_which_names_there_are_when_one_is_unknown)
{
    try {
        m.visit("databse", [](auto) {});
        FAIL();
    } catch (const steward::resource_error& error) {
        EXPECT_EQ(error.code(), errc::unknown_resource);
        EXPECT_EQ(error.operation(), steward::operation::look_up);
        EXPECT_EQ(error.resource(), "databse");
        EXPECT_STREQ(error.what(), "databse: look up: unknown resource: this manager has 'pooled', 'shared', 'fixed'");
    }
}

TEST_F(manager, knows_names_only_whole)
{
    EXPECT_THROW(m.visit("pool", [](auto) {}), steward::resource_error);
    EXPECT_THROW(m.visit("pooled ", [](auto) {}), steward::resource_error);
    EXPECT_THROW(m.visit("", [](auto) {}), steward::resource_error);
}

TEST_F(manager, tells_the_status_of_all_in_order)
{
    auto held = m.acquire<"shared">();
    const auto all = m.status();
    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(all[0].name, "pooled");
    EXPECT_EQ(all[1].name, "shared");
    EXPECT_EQ(all[2].name, "fixed");
    EXPECT_EQ(all[0].state, steward::resource_state::idle);
    EXPECT_EQ(all[1].state, steward::resource_state::active);
    EXPECT_TRUE(all[0].pooled);
    EXPECT_EQ(all[0].capacity, 8U);
    EXPECT_FALSE(all[2].totals.has_value());
}

TEST_F(manager, tells_the_metrics_of_those_that_count)
{
    m.acquire<"shared">().release();
    const auto all = m.metrics();
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].name, "pooled");
    EXPECT_EQ(all[1].name, "shared");
    EXPECT_EQ(all[1].metrics.acquisitions, 1U);
}

TEST_F(manager, tells_the_health_of_all)
{
    const auto all = m.health();
    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(all[0].name, "pooled");
    EXPECT_EQ(all[0].health, steward::resource_health::unknown);
}

TEST_F(manager, is_busy_when_all_is_lent)
{
    m.resize<"pooled">({.max_size = 1});
    auto held = m.acquire<"pooled">();
    EXPECT_EQ(m.status<"pooled">().state, steward::resource_state::busy);
}

TEST_F(manager, calls_for_each_resource)
{
    std::vector<std::string_view> names;
    m.for_each([&]<steward::fixed_string Name>(steward::name_constant<Name>) { names.push_back(Name.view()); });
    EXPECT_EQ(names, (std::vector<std::string_view>{"pooled", "shared", "fixed"}));
}

TEST_F(manager, closes_everything_and_may_be_asked_afterwards)
{
    m.acquire<"pooled">().release();
    m.acquire<"shared">().release();
    m.close();
    EXPECT_EQ(log.live(), 0);
    EXPECT_EQ(code_of(m.try_acquire<"pooled">()), errc::closed);
    EXPECT_EQ(code_of(m.try_acquire<"shared">()), errc::closed);
    EXPECT_EQ(m.status()[0].state, steward::resource_state::closed);
    EXPECT_EQ(m.status()[1].state, steward::resource_state::closed);
}

TEST_F(manager, leaves_other_resources_alone_when_one_is_suspended)
{
    m.suspend<"pooled">();
    EXPECT_FALSE(m.try_acquire<"pooled">(0ms));
    EXPECT_TRUE(m.try_acquire<"shared">(0ms));
}

// A user computes with the resources of a manager by Boost.Hana.
TEST(manager_resources, can_be_filtered_and_folded)
{
    namespace hana = boost::hana;
    constexpr auto counting = hana::filter(manager_type::resources(), [](auto type) {
        using policy = typename decltype(type)::type::metrics_policy;
        return hana::bool_c<!std::same_as<policy, steward::metrics::none>>;
    });
    static_assert(decltype(hana::length(counting))::value == 2);

    const std::string names = hana::fold_left(counting, std::string{}, [](std::string all, auto type) {
        return all.append(decltype(type)::type::name.view()).append(" ");
    });
    EXPECT_EQ(names, "pooled shared ");
    static_assert(decltype(hana::length(manager_type::resources()))::value == manager_type::size);
}

} // namespace manager_test
