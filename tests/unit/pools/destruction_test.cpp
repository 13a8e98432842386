// SPDX-License-Identifier: BSL-1.0
#include "support/pool_fixture.hpp"

#include <future>
#include <memory>
#include <string>
#include <thread>
#include <vector>

using namespace steward::test;

namespace {

template <class B>
using pool_destruction = pool_fixture<B>;
TYPED_TEST_SUITE(pool_destruction, on_many_threads, policy_names);

TYPED_TEST(pool_destruction, waits_for_leases_that_are_out)
{
    auto manager = this->make_owned({.max_size = 1});
    std::promise<void> taken;
    std::jthread holder{[&] {
        auto lease = manager->template acquire<"sessions">();
        taken.set_value();
        std::this_thread::sleep_for(5ms);
        EXPECT_EQ(lease->number, 1);
    }};
    taken.get_future().wait();
    manager.reset();
    EXPECT_EQ(this->log.destroyed, 1);
}

TYPED_TEST(pool_destruction, waits_for_a_resource_that_is_being_destroyed)
{
    auto manager = this->make_owned({.max_size = 1});
    std::promise<void> destroying, go_on;
    auto may_go_on = go_on.get_future();
    std::atomic<bool> done{false};
    this->log.while_destroying = [&] {
        destroying.set_value();
        may_go_on.wait();
        done = true;
    };
    auto lease = manager->template acquire<"sessions">();
    std::jthread holder{[&] { lease.discard(); }};
    destroying.get_future().wait();
    std::jthread helper{[&] {
        std::this_thread::sleep_for(5ms);
        go_on.set_value();
    }};
    manager.reset();
    EXPECT_TRUE(done) << "the manager went while its adapter was at work";
}

struct plain_session {};
struct plain_adapter {
    struct settings {};
    using resource_type = plain_session;
    explicit plain_adapter(settings) {}
    plain_session create() { return {}; }
};

template <class... Policies>
void destroy_with_a_lease_out()
{
    using plain = steward::resource<"sessions", plain_adapter, Policies...>;
    auto manager = std::make_unique<steward::manager<plain>>(plain::with({}, {.acquire_timeout = 1ms}));
    // Never deleted: the manager's end ends the process.
    auto* const owner = new steward::owner<steward::manager<plain>>{*manager, steward::owner_id{"load", 42}};
    owner->template acquire<"sessions">();
    manager.reset();
}

TEST(pool_destruction_death, names_the_holders_and_terminates)
{
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    EXPECT_DEATH(destroy_with_a_lease_out<steward::ownership::tracked>(),
                 "a manager was destroyed while leases of 'sessions' were still out: 1, held by load_42");
}

TEST(pool_destruction_death, names_the_holders_of_a_shared_resource_too)
{
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    EXPECT_DEATH((destroy_with_a_lease_out<steward::ownership::tracked, steward::pooling::shared>()),
                 "leases of 'sessions' were still out: 1, held by load_42");
}

TEST(pool_destruction_death, says_that_nobody_tracks_the_holders)
{
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    EXPECT_DEATH(destroy_with_a_lease_out<>(), "held by holders that nobody tracks");
}

std::vector<std::string> events;

template <char Letter>
struct noisy {
    struct settings {};
    struct resource_type {
        ~resource_type() { events.push_back(std::string{"resource "} + Letter); }
        resource_type() = default;
        resource_type(const resource_type&) = delete;
    };

    explicit noisy(settings) {}
    noisy(const noisy&) = delete;
    ~noisy() { events.push_back(std::string{"adapter "} + Letter); }
    resource_type create() { return {}; }
};

using one = steward::resource<"one", noisy<'a'>>;
using two = steward::resource<"two", noisy<'b'>, steward::pooling::shared>;
using three = steward::resource<"three", noisy<'c'>, steward::pooling::arena<2>>;

void use_all(steward::manager<one, two, three>& manager)
{
    events.clear();
    manager.acquire<"one">().release();
    manager.acquire<"two">().release();
    manager.acquire<"three">().release();
}

const std::vector<std::string> in_reverse{"resource c", "resource b", "resource a",
                                          "adapter c",  "adapter b",  "adapter a"};

TEST(destruction_order, closes_in_reverse_before_the_adapters_go)
{
    {
        steward::manager<one, two, three> manager;
        use_all(manager);
    }
    EXPECT_EQ(events, in_reverse);
}

TEST(destruction_order, is_the_same_by_an_exception)
{
    const auto fail = [] {
        steward::manager<one, two, three> manager;
        use_all(manager);
        auto lease = manager.acquire<"two">();
        throw std::runtime_error{"in the middle"};
    };
    EXPECT_THROW(fail(), std::runtime_error);
    EXPECT_EQ(events, in_reverse);
}

TEST(destruction_order, closes_in_reverse_too)
{
    steward::manager<one, two, three> manager;
    use_all(manager);
    manager.close();
    EXPECT_EQ(events, (std::vector<std::string>{"resource c", "resource b", "resource a"}));
}

} // namespace
