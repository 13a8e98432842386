// SPDX-License-Identifier: BSL-1.0
#include "pools_that_differ.hpp"

#include <atomic>
#include <functional>
#include <memory>
#include <string_view>
#include <thread>

using namespace steward::test;
using steward::errc;
using steward::retirement;

namespace {

// 7. A failing or hanging create, validate, reset or destroy loses no slot, holds no lock, and stops no other resource.
template <class B>
class invariant_07 : public pool_fixture<B> {
public:
    using sessions = typename pool_fixture<B>::template resource_with<steward::health::on_borrow<>>;
    using others = steward::resource<"others", session_adapter, typename B::locking, typename B::pooling,
                                     steward::health::on_borrow<>>;

    session_log log_of_others;
    steward::manager<sessions, others> manager{
        sessions::with(session_adapter::settings{this->log}, {.max_size = 2, .acquire_timeout = 10min}),
        others::with(session_adapter::settings{log_of_others}, {.min_size = 1, .max_size = 2}),
        steward::manual_housekeeping};

    /// Uses sessions, as well as it can be done, and has some of them destroyed.
    void use_sessions()
    {
        for (int i = 0; i != 12; ++i)
            if (auto lease = manager.template try_acquire<"sessions">())
                if (i % 3 == 0)
                    lease->discard();
        manager.template refresh<"sessions">();
    }
    void expect_no_slot_is_lost()
    {
        const auto one = manager.template try_acquire<"sessions">(0ms);
        const auto another = manager.template try_acquire<"sessions">(0ms);
        EXPECT_TRUE(one && another);
        EXPECT_EQ(manager.template status<"sessions">().size, 2U);
        EXPECT_EQ(this->log.live(), 2);
    }

    /// A thread that is in the adapter's function for as long as it hangs.
    std::jthread hang(std::function<void()> session_log::* function, auto use)
    {
        this->log.*function = [this, first = std::make_shared<std::atomic<bool>>(true)] {
            if (first->exchange(false))
                hangs.arrive();
        };
        std::jthread thread{use};
        hangs.await(1);
        return thread;
    }
    /// Everything may be asked and done meanwhile, except with the slot that the adapter is at work on.
    void expect_everything_else_goes_on()
    {
        EXPECT_TRUE(manager.template try_acquire<"sessions">(0ms)) << "the other place is free";
        EXPECT_EQ(manager.template status<"sessions">().waiting, 0U);
        EXPECT_EQ(manager.template metrics<"sessions">().timeouts, 0U);
        EXPECT_TRUE(manager.template owners<"sessions">().empty());
        static_cast<void>(manager.health());
        manager.template resize<"sessions">({.max_size = 2});
        manager.template suspend<"sessions">();
        manager.template resume<"sessions">();
        EXPECT_TRUE(manager.template try_acquire<"others">(0ms));
    }
    void let_go(std::jthread& thread)
    {
        hangs.open();
        thread.join();
        expect_no_slot_is_lost();
    }

    stop_point hangs;
};
TYPED_TEST_SUITE(invariant_07, pools_that_differ, policy_names);

TYPED_TEST(invariant_07, a_failing_create_loses_no_slot)
{
    this->log.create_throws = true;
    this->use_sessions();
    this->log.create_throws = false;
    this->expect_no_slot_is_lost();
}

TYPED_TEST(invariant_07, a_failing_validate_loses_no_slot)
{
    this->log.validate_throws = true;
    this->use_sessions();
    this->log.validate_throws = false;
    this->expect_no_slot_is_lost();
}

TYPED_TEST(invariant_07, a_failing_reset_loses_no_slot)
{
    this->log.reset_throws = true;
    this->use_sessions();
    this->log.reset_throws = false;
    this->expect_no_slot_is_lost();
}

TYPED_TEST(invariant_07, a_failing_destroy_loses_no_slot)
{
    this->log.destroy_throws = true;
    this->use_sessions();
    this->expect_no_slot_is_lost();
}

TYPED_TEST(invariant_07, everything_that_fails_at_once_loses_no_slot)
{
    for (auto session_log::* const fault : {&session_log::validate_throws, &session_log::reset_throws,
                                            &session_log::destroy_throws, &session_log::all_invalid})
        this->log.*fault = true;
    this->use_sessions();
    this->log.create_throws = true;
    this->use_sessions();
    this->log.create_throws = false;
    this->expect_no_slot_is_lost();
}

TYPED_TEST(invariant_07, what_fails_stops_no_other_resource)
{
    this->log.create_throws = true;
    EXPECT_EQ(code_of(this->manager.template try_acquire<"sessions">()), errc::create_failed);
    this->manager.template resize<"sessions">({.min_size = 2});
    this->manager.maintain();
    EXPECT_EQ(this->manager.template status<"others">().size, 1U) << "it is looked after, too";
    EXPECT_TRUE(this->manager.template try_acquire<"others">());
}

TYPED_TEST(invariant_07, a_hanging_create_holds_no_lock_and_stops_nothing_else)
{
    auto thread = this->hang(&session_log::while_creating,
                             [this] { EXPECT_TRUE(this->manager.template try_acquire<"sessions">()); });
    this->expect_everything_else_goes_on();
    this->let_go(thread);
}

TYPED_TEST(invariant_07, a_hanging_validate_holds_no_lock_and_stops_nothing_else)
{
    this->manager.template acquire<"sessions">().release();
    auto thread = this->hang(&session_log::while_validating,
                             [this] { EXPECT_TRUE(this->manager.template try_acquire<"sessions">()); });
    this->expect_everything_else_goes_on();
    this->let_go(thread);
}

TYPED_TEST(invariant_07, a_hanging_reset_holds_no_lock_and_stops_nothing_else)
{
    auto thread =
        this->hang(&session_log::while_resetting, [this] { this->manager.template acquire<"sessions">().release(); });
    this->expect_everything_else_goes_on();
    this->let_go(thread);
}

TYPED_TEST(invariant_07, a_hanging_destroy_holds_no_lock_and_stops_nothing_else)
{
    auto thread =
        this->hang(&session_log::while_destroying, [this] { this->manager.template acquire<"sessions">().discard(); });
    this->expect_everything_else_goes_on();
    this->let_go(thread);
}

TYPED_TEST(invariant_07, a_destroy_that_hangs_as_a_manager_closes_keeps_no_other_resource_from_being_closed)
{
    this->manager.template acquire<"others">().release();
    this->manager.template acquire<"sessions">().release();
    for (auto* const each : {&this->log, &this->log_of_others}) // whichever comes first
        each->while_destroying = [this] { this->hangs.arrive(); };
    std::jthread closing{[this] { this->manager.close(); }};
    this->hangs.await(1);
    for (const auto& each : this->manager.status())
        EXPECT_EQ(to_string(each.state), std::string_view{"closed"}) << each.name << " still lets callers wait";
    this->hangs.open();
}

/// The housekeeper's own calls of the adapter: nobody else looks after the resources.
template <class B>
class invariant_07_in_the_background : public testing::Test {
public:
    template <steward::fixed_string Name>
    using resource = steward::resource<Name, session_adapter, typename B::locking, typename B::pooling>;
    using first = resource<"first">;
    using second = resource<"second">;

    session_log log, log_of_second;
    stop_point hangs;

    /// While the adapter of the first hangs, the second still gets what it lacks.
    void expect_the_second_is_looked_after(steward::pool_options options, auto use)
    {
        steward::manager<first, second> manager{
            first::with(session_adapter::settings{log}, options),
            second::with(session_adapter::settings{log_of_second}, {.min_size = 1, .idle_timeout = 8ms})};
        use(manager);
        hangs.await(1);
        for (int i = 0; i != 3; ++i) {
            wait_until([&] { return manager.template status<"second">().available == 1; });
            manager.template acquire<"second">().discard();
        }
        hangs.open();
    }
};
TYPED_TEST_SUITE(invariant_07_in_the_background, pools_that_differ, policy_names);

TYPED_TEST(invariant_07_in_the_background, a_hanging_create_stops_no_other_resource)
{
    this->log.while_creating = [this] { this->hangs.arrive(); };
    this->expect_the_second_is_looked_after({.min_size = 1}, [](auto&) {});
}

TYPED_TEST(invariant_07_in_the_background, a_hanging_destroy_stops_no_other_resource)
{
    this->log.while_destroying = [this] { this->hangs.arrive(); };
    this->expect_the_second_is_looked_after({.idle_timeout = 8ms},
                                            [](auto& manager) { manager.template acquire<"first">().release(); });
}

TYPED_TEST(invariant_07_in_the_background, a_hanging_validate_stops_no_other_resource)
{
    this->log.while_validating = [this] { this->hangs.arrive(); };
    this->expect_the_second_is_looked_after({.keepalive = 8ms},
                                            [](auto& manager) { manager.template acquire<"first">().release(); });
}

} // namespace
