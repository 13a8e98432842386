// SPDX-License-Identifier: BSL-1.0
#include "support/pool_fixture.hpp"

#include <steward/fsm.hpp>

#include <string_view>
#include <vector>

using namespace steward::test;
using namespace steward::literals;
using steward::errc;

namespace machine_test {

template <steward::fixed_string Name>
using sessions = steward::resource<Name, session_adapter, steward::pooling::bounded<0, 1>, steward::metrics::counters,
                                   steward::ownership::tracked>;
using catalog = steward::catalog<sessions<"source">, sessions<"target">, sessions<"audit">, sessions<"unused">>;

struct batch {
    int transforms = 0;
    bool fails = false;
    bool audited = false;
    std::vector<std::string> holders{};
};

struct extract {
    using needs = steward::needs<"source">;
    void operator()(batch& data, auto& resources) const
    {
        static_cast<void>(resources["source"_r].number);
        ++data.transforms;
    }
};
struct load {
    using needs = steward::needs<steward::optional("audit").within(0ms), "target", "source">;
    void operator()(batch& data, auto& resources) const
    {
        ++data.transforms;
        data.audited = resources.find("audit"_r) != nullptr;
        if (data.fails)
            throw std::runtime_error{"rejected"};
    }
};
struct counted_only { // needs nothing, so it may leave the resources out
    static constexpr std::string_view name = "count";
    void operator()(batch& data) const { ++data.transforms; }
};
struct done {};

struct machine {
    using states = steward::states<extract, load, counted_only, done>;
    using arcs =
        steward::arcs<steward::arc<extract, load>, steward::arc<load, counted_only>, steward::arc<counted_only, done>>;
};

using manager_type = steward::manager_for<machine, catalog>;
static_assert(manager_type::size == 3);
static_assert(manager_type::has<"source"> && manager_type::has<"target"> && manager_type::has<"audit">);
static_assert(!manager_type::has<"unused">);
static_assert(manager_type::index<"source"> < manager_type::index<"target">, "the catalog's order");

class machine_run : public testing::Test {
public:
    session_log source, target, audit;
    manager_type manager{sessions<"source">::with(session_adapter::settings{source}),
                         sessions<"target">::with(session_adapter::settings{target}),
                         sessions<"audit">::with(session_adapter::settings{audit}, {.acquire_timeout = 0ms})};

    void expect_nothing_is_held()
    {
        for (const auto& status : manager.status()) {
            EXPECT_EQ(status.active, 0U) << status.name;
            EXPECT_TRUE(status.owners.empty()) << status.name;
        }
    }
};

TEST_F(machine_run, goes_from_the_first_state_to_one_without_a_way_out)
{
    const auto outcome = steward::run<machine>(manager, batch{});
    EXPECT_TRUE(outcome.completed);
    EXPECT_EQ(outcome.path, (std::vector<std::string_view>{"extract", "load", "count", "done"}));
    EXPECT_EQ(outcome.data.transforms, 3);
    EXPECT_TRUE(outcome.failed_state.empty());
    EXPECT_EQ(outcome.error, nullptr);
    EXPECT_TRUE(outcome.error_message().empty());
    expect_nothing_is_held();
}

TEST_F(machine_run, gives_everything_back_when_a_state_throws)
{
    const auto outcome = steward::run<machine>(manager, batch{.fails = true});
    EXPECT_FALSE(outcome.completed);
    EXPECT_EQ(outcome.failed_state, "load");
    EXPECT_EQ(outcome.error_message(), "rejected");
    EXPECT_EQ(outcome.path, (std::vector<std::string_view>{"extract", "load"}));
    EXPECT_EQ(outcome.data.transforms, 2) << "what was done is told";
    expect_nothing_is_held();
}

TEST_F(machine_run, fails_before_the_transform_where_a_required_resource_is_missing)
{
    target.create_throws = true;
    const auto outcome = steward::run<machine>(manager, batch{});
    EXPECT_FALSE(outcome.completed);
    EXPECT_EQ(outcome.failed_state, "load");
    EXPECT_EQ(outcome.data.transforms, 1);
    EXPECT_THROW(std::rethrow_exception(outcome.error), steward::resource_error);
    expect_nothing_is_held();
}

TEST_F(machine_run, goes_on_where_an_optional_resource_is_missing)
{
    audit.create_throws = true;
    const auto outcome = steward::run<machine>(manager, batch{});
    EXPECT_TRUE(outcome.completed);
    EXPECT_FALSE(outcome.data.audited);
    expect_nothing_is_held();
}

TEST_F(machine_run, goes_on_where_an_optional_resource_is_late)
{
    auto lease = manager.acquire<"audit">();
    EXPECT_FALSE(steward::run<machine>(manager, batch{}).data.audited);
    lease.release();
    EXPECT_TRUE(steward::run<machine>(manager, batch{}).data.audited);
}

TEST_F(machine_run, fails_where_the_manager_is_closed)
{
    manager.close();
    const auto outcome = steward::run<machine>(manager, batch{});
    EXPECT_EQ(outcome.failed_state, "extract");
    EXPECT_EQ(outcome.data.transforms, 0);
}

TEST_F(machine_run, hides_secrets_in_its_error)
{
    source.while_creating = [] { throw std::runtime_error{"cannot reach http://me:pass@host/"}; };
    const auto outcome = steward::run<machine>(manager, batch{});
    EXPECT_TRUE(contains(outcome.error_message(), "http://***@host/"));
}

TEST_F(machine_run, of_one_state_executes_it_and_rethrows)
{
    batch data{.fails = true};
    EXPECT_THROW(steward::execute<load>(manager, data), std::runtime_error);
    expect_nothing_is_held();
    data.fails = false;
    EXPECT_NO_THROW(steward::execute<load>(manager, data));
    EXPECT_NO_THROW(steward::execute<done>(manager, data)) << "a state without a call operator does nothing";
    expect_nothing_is_held();
}

TEST_F(machine_run, of_one_state_throws_where_a_resource_is_missing)
{
    batch data;
    source.create_throws = true;
    EXPECT_THROW(steward::execute<extract>(manager, data), steward::resource_error);
    EXPECT_EQ(data.transforms, 0);
}

struct listing {
    static constexpr std::string_view name = "listing";
    using needs = steward::needs<"source">;
    void operator()(manager_type*& manager, auto&) const
    {
        const auto owners = manager->owners<"source">();
        ASSERT_EQ(owners.size(), 1U);
        EXPECT_TRUE(owners.front().starts_with("listing_")) << owners.front();
    }
};

TEST_F(machine_run, holds_under_the_name_of_the_state_and_a_number)
{
    manager_type* data = &manager;
    steward::execute<listing>(manager, data);
}

struct nesting {
    using needs = steward::needs<"target">;
    void operator()(manager_type*& manager, auto&) const
    {
        batch inner;
        steward::execute<extract>(*manager, inner);
        EXPECT_EQ(manager->status<"source">().active, 0U) << "the nested state has ended";
        EXPECT_EQ(manager->status<"target">().active, 1U) << "the outer one has not";
    }
};

TEST_F(machine_run, gives_back_what_a_nested_state_took_at_its_end)
{
    manager_type* data = &manager;
    steward::execute<nesting>(manager, data);
    expect_nothing_is_held();
}

} // namespace machine_test
