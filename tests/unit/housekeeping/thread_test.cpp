// SPDX-License-Identifier: BSL-1.0
#include "support/lockings.hpp"
#include "support/stop_point.hpp"
#include "support/threads.hpp"

#include <algorithm>
#include <atomic>
#include <functional>
#include <memory>
#include <utility>

using namespace steward::test;
using namespace steward::literals;
namespace health = steward::health;
namespace locking = steward::locking;
namespace pooling = steward::pooling;

namespace {

template <class... Policies>
using sessions = steward::resource<"sessions", session_adapter, Policies...>;

/// How many threads a manager of that resource has of its own, and that none is left when it has gone.
template <class Resource>
long threads_of(auto... manual)
{
    session_log log;
    const auto before = threads();
    long during = 0;
    {
        const steward::manager<Resource> manager{Resource::with(session_adapter::settings{log}), manual...};
        during = threads();
    }
    wait_until([&] { return threads() == before; }); // one that was joined may be listed a moment longer
    return during - before;
}

TEST(a_thread_of_the_manager, is_there_if_there_are_slots)
{
    EXPECT_EQ(threads_of<sessions<>>(), 1);
    EXPECT_EQ(threads_of<sessions<pooling::arena<10>>>(), 1);
}

TEST(a_thread_of_the_manager, is_there_if_a_health_policy_needs_the_time)
{
    EXPECT_EQ((threads_of<sessions<pooling::shared, health::periodic>>()), 1);
    EXPECT_EQ((threads_of<sessions<pooling::shared, health::circuit_breaker<>>>()), 1);
    EXPECT_EQ((threads_of<sessions<pooling::transient, health::circuit_breaker<>>>()), 1);
}

TEST(a_thread_of_the_manager, is_not_there_if_nothing_needs_it)
{
    EXPECT_EQ((threads_of<sessions<pooling::shared>>()), 0);
    EXPECT_EQ((threads_of<sessions<pooling::shared, health::on_borrow<>>>()), 0);
    EXPECT_EQ((threads_of<sessions<pooling::transient>>()), 0);
}

TEST(a_thread_of_the_manager, touches_no_resource_that_is_for_one_thread)
{
    using alone = steward::resource<"alone", session_adapter, locking::none>;
    session_log log, log_of_alone;
    const steward::pool_options short_lived{.idle_timeout = 8ms};
    steward::manager<alone, sessions<>> manager{alone::with(session_adapter::settings{log_of_alone}, short_lived),
                                                sessions<>::with(session_adapter::settings{log}, short_lived)};
    manager.acquire<"alone">().release();
    manager.acquire<"sessions">().release();
    wait_until([&] { return log.destroyed == 1; }); // in the round in which the other one's time was over, too
    EXPECT_EQ(log_of_alone.destroyed, 0);
}

TEST(a_thread_of_the_manager, is_not_there_if_the_housekeeping_is_manual_or_the_locking_none)
{
    EXPECT_EQ(threads_of<sessions<>>(steward::manual_housekeeping), 0);
    EXPECT_EQ((threads_of<sessions<locking::none>>()), 0);
    EXPECT_EQ((threads_of<sessions<locking::none, pooling::shared, health::periodic>>()), 0);
}

/// Waits for what happens by itself.
template <class B>
class housekeeper : public testing::Test {
public:
    template <class... More>
    using resource_with = steward::resource<"sessions", session_adapter, typename B::locking, typename B::pooling,
                                            steward::metrics::counters, More...>;
    session_log log;

    template <class... More>
    auto make(steward::pool_options options)
    {
        using resource = resource_with<More...>;
        return std::make_unique<steward::manager<resource>>(resource::with(session_adapter::settings{log}, options));
    }
};
TYPED_TEST_SUITE(housekeeper, each_threaded_locking, policy_names);

TYPED_TEST(housekeeper, fills_up_to_min_size)
{
    auto manager = this->make({.min_size = 2});
    wait_until([&] { return manager->template status<"sessions">().available == 2; });
    EXPECT_EQ(this->log.created, 2);
}

TYPED_TEST(housekeeper, replaces_what_is_missing_in_min_size)
{
    auto manager = this->make({.min_size = 1, .idle_timeout = 8ms});
    for (int i = 0; i != 3; ++i)
        manager->template acquire<"sessions">().discard();
    wait_until([&] { return manager->template status<"sessions">().available == 1; });
}

TYPED_TEST(housekeeper, tries_again_what_could_not_be_created)
{
    std::atomic<int> tried{0};
    this->log.while_creating = [&] {
        if (++tried < 3)
            throw std::runtime_error{"not yet"};
    };
    auto manager = this->make({.min_size = 1, .idle_timeout = 8ms});
    wait_until([&] { return this->log.created == 1; });
    EXPECT_EQ(tried, 3);
}

TYPED_TEST(housekeeper, closes_what_rests_for_too_long)
{
    auto manager = this->make({.idle_timeout = 8ms});
    manager->template acquire<"sessions">().release();
    wait_until(
        [&] { return manager->template metrics<"sessions">().retired_because(steward::retirement::unused) == 1; });
    EXPECT_EQ(this->log.destroyed, 1);
}

TYPED_TEST(housekeeper, closes_what_is_too_old)
{
    auto manager = this->make({.idle_timeout = 0s, .max_lifetime = 8ms});
    manager->template acquire<"sessions">().release();
    wait_until([&] { return this->log.destroyed == 1; });
}

TYPED_TEST(housekeeper, validates_what_rests_again_and_again)
{
    auto manager = this->template make<health::periodic>({.validation_interval = 8ms});
    manager->template acquire<"sessions">().release();
    wait_until([&] { return this->log.validated >= 3; });
    this->log.all_invalid = true;
    wait_until([&] { return this->log.destroyed == 1; });
}

TYPED_TEST(housekeeper, ends_a_cool_down)
{
    auto manager = this->template make<health::circuit_breaker<1, 16_ms>>({});
    this->log.create_throws = true;
    EXPECT_FALSE(manager->template try_acquire<"sessions">());
    this->log.create_throws = false;
    wait_until([&] { return manager->template try_acquire<"sessions">().has_value(); });
}

TYPED_TEST(housekeeper, looks_at_a_shared_resource)
{
    using files =
        steward::resource<"files", session_adapter, typename TypeParam::locking, pooling::shared, health::periodic>;
    steward::manager<files> manager{files::with(session_adapter::settings{this->log}, {.validation_interval = 1ms})};
    manager.template acquire<"files">().release();
    wait_until([&] { return this->log.validated >= 2; });
}

TYPED_TEST(housekeeper, works_again_when_what_was_closed_is_opened)
{
    auto manager = this->make({.min_size = 1});
    for (int i = 1; i != 20; ++i) {
        wait_until([&] { return this->log.created == i; });
        manager->close();
        manager->template reopen<"sessions">(session_adapter::settings{this->log});
    }
}

TYPED_TEST(housekeeper, goes_on_as_long_as_one_resource_is_open)
{
    using first = steward::resource<"first", session_adapter, typename TypeParam::locking>;
    using second = steward::resource<"second", session_adapter, typename TypeParam::locking>;
    session_log other;
    steward::manager<first, second> manager{first::with(session_adapter::settings{other}),
                                            second::with(session_adapter::settings{this->log}, {.min_size = 1})};
    wait_until([&] { return this->log.created == 1; });
    manager.template close<"first">();
    manager.template acquire<"second">().discard();
    wait_until([&] { return this->log.created == 2; });
}

std::function<void()> when_leaked;
void observe(const steward::resource_event& event)
{
    if (event.what == steward::resource_event::kind::leaked)
        when_leaked();
}

TYPED_TEST(housekeeper, may_be_the_one_who_closes)
{
    using watched = steward::resource<"sessions", session_adapter, typename TypeParam::locking,
                                      steward::ownership::traced<1_ms>, steward::metrics::observer<observe>>;
    auto manager = std::make_unique<steward::manager<watched>>(
        watched::with(session_adapter::settings{this->log}, {.idle_timeout = 8ms}));
    std::atomic<bool> closed{false};
    when_leaked = [&] {
        manager->close();
        closed = true;
    };
    auto lease = manager->template acquire<"sessions">();
    wait_until([&] { return closed.load(); });
    lease.release();
    manager.reset();
    EXPECT_EQ(this->log.live(), 0);
}

TYPED_TEST(housekeeper, ends_at_once_with_the_manager)
{
    for (int i = 0; i != 20; ++i)
        this->make({.min_size = 1});
    EXPECT_EQ(this->log.live(), 0);
}

/// Two resources: the adapter of the first hangs, the second must be looked after all the same.
template <class B>
class hanging : public housekeeper<B> {
public:
    using other =
        steward::resource<"other", session_adapter, typename B::locking, typename B::pooling, health::on_borrow<>>;
    session_log other_log;
    stop_point hangs;

    template <class First>
    auto make_two(auto options)
    {
        return std::make_unique<steward::manager<First, other>>(
            First::with(session_adapter::settings{this->log}, options),
            other::with(session_adapter::settings{other_log}, {.min_size = 1, .idle_timeout = 8ms}));
    }
    void look_after_the_other(auto& manager)
    {
        hangs.await(1);
        for (int i = 0; i != 3; ++i) {
            wait_until([&] { return manager.template status<"other">().available == 1; });
            manager.template acquire<"other">().discard();
        }
        hangs.open();
    }
    using pooled = typename housekeeper<B>::template resource_with<>;
};
TYPED_TEST_SUITE(hanging, each_threaded_locking, policy_names);

TYPED_TEST(hanging, in_create_stops_no_other_resource)
{
    this->log.while_creating = [this] { this->hangs.arrive(); };
    auto manager = this->template make_two<typename TestFixture::pooled>(steward::pool_options{.min_size = 1});
    this->look_after_the_other(*manager);
}

TYPED_TEST(hanging, in_destroy_stops_no_other_resource)
{
    this->log.while_destroying = [this] { this->hangs.arrive(); };
    auto manager = this->template make_two<typename TestFixture::pooled>(steward::pool_options{.idle_timeout = 8ms});
    manager->template acquire<"sessions">().release();
    this->look_after_the_other(*manager);
}

TYPED_TEST(hanging, in_validate_stops_no_other_resource)
{
    this->log.while_validating = [this] { this->hangs.arrive(); };
    auto manager = this->template make_two<typename TestFixture::pooled>(steward::pool_options{.keepalive = 8ms});
    manager->template acquire<"sessions">().release();
    this->look_after_the_other(*manager);
}

TYPED_TEST(hanging, in_the_validate_of_a_shared_resource_stops_no_other_resource)
{
    using files =
        steward::resource<"files", session_adapter, typename TypeParam::locking, pooling::shared, health::periodic>;
    this->log.while_validating = [this] { this->hangs.arrive(); };
    auto manager = this->template make_two<files>(steward::shared_options{.validation_interval = 1ms});
    manager->template acquire<"files">().release();
    this->look_after_the_other(*manager);
}

TYPED_TEST(hanging, does_not_keep_callers_from_the_same_pool)
{
    this->log.while_destroying = [this] { this->hangs.arrive(); };
    auto manager = this->make({.idle_timeout = 8ms});
    manager->template acquire<"sessions">().release();
    this->hangs.await(1);
    EXPECT_TRUE(manager->template try_acquire<"sessions">(0ms));
    this->hangs.open();
}

} // namespace
