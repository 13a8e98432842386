// SPDX-License-Identifier: BSL-1.0
#include "pools_that_differ.hpp"

#include <atomic>
#include <chrono>
#include <csignal>
#include <pthread.h>
#include <stop_token>
#include <thread>
#include <vector>

using namespace steward::test;
using steward::errc;

namespace {

// 3. A time-out of zero never waits; none means the default; a negative one is refused everywhere, not only when
// exhausted.
template <class B>
class invariant_03 : public pool_fixture<B> {};
TYPED_TEST_SUITE(invariant_03, pools_that_differ, policy_names);

TYPED_TEST(invariant_03, a_time_out_of_zero_never_waits)
{
    auto manager = this->make({.max_size = 1, .max_waiting = 0});
    const auto lease = manager.template acquire<"sessions">();
    EXPECT_EQ(code_of(manager.template try_acquire<"sessions">(1h)), errc::overloaded) << "nobody may wait";
    EXPECT_EQ(code_of(manager.template try_acquire<"sessions">(0ms)), errc::timed_out) << "it does not want to";
}

TYPED_TEST(invariant_03, no_time_out_means_the_default)
{
    auto manager = this->make({.max_size = 1, .acquire_timeout = 10min});
    auto lease = manager.template acquire<"sessions">();
    std::jthread waiting{[&] { EXPECT_TRUE(manager.template try_acquire<"sessions">()); }};
    until_somebody_waits(manager);
    lease.release();
    waiting.join();

    manager.template resize<"sessions">({.acquire_timeout = 0ms});
    lease = manager.template acquire<"sessions">();
    EXPECT_EQ(code_of(manager.template try_acquire<"sessions">()), errc::timed_out);
}

TYPED_TEST(invariant_03, a_negative_time_out_is_refused_while_resources_are_free)
{
    auto manager = this->make();
    manager.template acquire<"sessions">().release();
    EXPECT_EQ(code_of(manager.template try_acquire<"sessions">(-1ms)), errc::configuration);
    EXPECT_EQ(code_of(manager.template try_acquire<"sessions">(-1ms, std::stop_token{})), errc::configuration);
    EXPECT_EQ(code_of(manager.template try_acquire<"sessions">(std::chrono::hours::min())), errc::configuration);
    EXPECT_THROW(static_cast<void>(manager.template acquire<"sessions">(-1ns)), steward::resource_error);
}

TYPED_TEST(invariant_03, a_negative_time_out_is_refused_where_one_could_be_created_and_where_all_are_lent)
{
    auto manager = this->make({.max_size = 1});
    EXPECT_EQ(code_of(manager.template try_acquire<"sessions">(-1ms)), errc::configuration);
    EXPECT_EQ(this->log.created, 0);
    const auto lease = manager.template acquire<"sessions">();
    EXPECT_EQ(code_of(manager.template try_acquire<"sessions">(-1ms)), errc::configuration);
}

TYPED_TEST(invariant_03, a_negative_time_out_is_refused_to_an_owner_who_has_the_resource)
{
    auto manager = this->make();
    auto owner = manager.owner("load", 1);
    owner.template acquire<"sessions">();
    EXPECT_EQ(code_of(owner.template try_acquire<"sessions">(-1ms)), errc::configuration);
    EXPECT_THROW(owner.template acquire<"sessions">(-1ms), steward::resource_error);
    EXPECT_THROW(static_cast<void>(owner.template acquire_all<steward::needs<"sessions">>(-1ms)),
                 steward::resource_error);
    EXPECT_THROW(static_cast<void>(owner.template acquire_all<steward::needs<steward::optional("sessions")>>(-1ms)),
                 steward::resource_error);
    EXPECT_TRUE(owner.template has<"sessions">());
}

template <class... Policies>
void expect_a_negative_time_out_is_refused()
{
    using files = steward::resource<"files", session_adapter, Policies...>;
    session_log log;
    steward::manager<files> manager{files::with(session_adapter::settings{log})};
    EXPECT_EQ(code_of(manager.template try_acquire<"files">(-1ms)), errc::configuration);
    const auto lease = manager.template acquire<"files">();
    EXPECT_EQ(code_of(manager.template try_acquire<"files">(-1ms)), errc::configuration);
}

TEST(invariant_03, a_negative_time_out_is_refused_by_every_kind_of_pool)
{
    expect_a_negative_time_out_is_refused<steward::pooling::shared>();
    expect_a_negative_time_out_is_refused<steward::pooling::shared, steward::locking::none>();
    expect_a_negative_time_out_is_refused<steward::pooling::transient>();
    expect_a_negative_time_out_is_refused<steward::pooling::transient, steward::locking::none>();
    expect_a_negative_time_out_is_refused<steward::pooling::arena<2>>();
    expect_a_negative_time_out_is_refused<steward::locking::none>();
}

TEST(invariant_03, a_negative_time_out_is_refused_where_only_a_value_is_kept)
{
    using number = steward::resource<"number", steward::adapters::value<int>, steward::locking::none>;
    steward::manager<number> manager{number::with(7)};
    EXPECT_EQ(code_of(manager.try_acquire<"number">(-1ms)), errc::configuration);
}

/// Creates what the log says, and remembers by when it was told to be done.
class punctual_adapter : public session_adapter {
public:
    struct settings {
        session_log* log;
        std::vector<steward::time_point>* told;
    };

    explicit punctual_adapter(settings s) : session_adapter{session_adapter::settings{*s.log}}, told_{s.told} {}

    session create(steward::time_point deadline)
    {
        told_->push_back(deadline);
        return session_adapter::create();
    }

private:
    std::vector<steward::time_point>* told_;
};
static_assert(steward::adapter<punctual_adapter>);

// 15. A deadline is computed once: spurious wake-ups, failing validations and creations do not extend it.
template <class B>
class invariant_15 : public testing::Test {
public:
    using sessions = steward::resource<"sessions", punctual_adapter, typename B::locking, typename B::pooling,
                                       steward::metrics::counters, steward::health::on_borrow<>>;
    session_log log;
    std::vector<steward::time_point> told;
    steward::manager<sessions> manager{sessions::with({&log, &told}, {.max_size = 1, .acquire_timeout = 10min}),
                                       steward::manual_housekeeping};

    /// A time at which the caller's deadline, an hour after he came, was computed already.
    steward::time_point when_somebody_waits()
    {
        until_somebody_waits(manager);
        return steward::clock::now();
    }
};
TYPED_TEST_SUITE(invariant_15, pools_that_differ, policy_names);

TYPED_TEST(invariant_15, waiting_and_a_validation_that_fails_do_not_extend_the_deadline)
{
    auto lease = this->manager.template acquire<"sessions">();
    lease->broken = true;
    std::jthread waiting{[&] { EXPECT_EQ(this->manager.template acquire<"sessions">(1h)->number, 2); }};
    const auto computed = this->when_somebody_waits();
    lease.release();
    waiting.join();
    EXPECT_LE(this->told.back(), computed + 1h);
}

TYPED_TEST(invariant_15, a_creation_of_another_that_fails_does_not_extend_the_deadline)
{
    stop_point creating;
    this->log.while_creating = [&] { creating.arrive(); };
    this->log.create_throws = true;
    std::jthread first{
        [&] { EXPECT_EQ(code_of(this->manager.template try_acquire<"sessions">(2h)), errc::create_failed); }};
    creating.await(1);
    std::jthread second{
        [&] { EXPECT_EQ(code_of(this->manager.template try_acquire<"sessions">(1h)), errc::create_failed); }};
    const auto computed = this->when_somebody_waits();
    creating.open();
    first.join();
    second.join();
    ASSERT_EQ(this->told.size(), 2U);
    EXPECT_LE(this->told.back(), computed + 1h);
}

TYPED_TEST(invariant_15, a_deadline_that_passes_during_a_validation_that_fails_is_the_end)
{
    this->manager.template acquire<"sessions">()->broken = true;
    steward::time_point deadline{};
    this->log.while_validating = [&] { wait_until([&] { return steward::clock::now() > deadline; }); };
    deadline = steward::clock::now() + 200ms;
    EXPECT_EQ(code_of(this->manager.template try_acquire<"sessions">(deadline)), errc::timed_out);
    EXPECT_EQ(this->log.created, 1) << "there is no time left to create another";
}

TYPED_TEST(invariant_15, spurious_wake_ups_neither_extend_the_deadline_nor_end_the_wait_before_it)
{
    struct sigaction nothing{};
    nothing.sa_handler = [](int) {};
    struct sigaction before{};
    sigaction(SIGUSR1, &nothing, &before);
    const auto lease = this->manager.template acquire<"sessions">();
    const auto deadline = steward::clock::now() + 50ms;
    std::atomic<bool> ended{false};
    std::jthread waiting{[&] {
        EXPECT_EQ(code_of(this->manager.template try_acquire<"sessions">(deadline)), errc::timed_out);
        EXPECT_GE(steward::clock::now(), deadline);
        ended = true;
    }};
    wait_until([&] { // a wait that began anew each time would never end
        pthread_kill(waiting.native_handle(), SIGUSR1);
        return ended.load();
    });
    waiting.join();
    sigaction(SIGUSR1, &before, nullptr);
}

// 16. A time-out names the last real cause, such as a refused password, not just "timed out".
template <class B>
class invariant_16 : public pool_fixture<B> {
public:
    stop_point creating;

    // The first create fails, the second hangs.
    void refuse_and_hang()
    {
        this->log.while_creating = [this, first = true]() mutable {
            if (!first)
                creating.arrive();
            first = false;
            throw std::runtime_error{"password authentication failed"};
        };
    }
};
TYPED_TEST_SUITE(invariant_16, pools_that_differ, policy_names);

TYPED_TEST(invariant_16, a_time_out_names_the_last_real_cause)
{
    auto manager = this->make({.max_size = 1});
    this->refuse_and_hang();
    EXPECT_EQ(code_of(manager.template try_acquire<"sessions">()), errc::create_failed);
    std::jthread hanging{[&] { EXPECT_FALSE(manager.template try_acquire<"sessions">()); }};
    this->creating.await(1);
    for (const auto time : {0ms, 2ms}) {
        const auto late = manager.template try_acquire<"sessions">(time);
        EXPECT_EQ(code_of(late), errc::timed_out);
        EXPECT_TRUE(contains(late.error().what(), "password authentication failed"));
    }
    this->creating.open();
}

TYPED_TEST(invariant_16, a_time_out_of_a_shared_resource_names_the_last_real_cause)
{
    using files = steward::resource<"files", session_adapter, typename TypeParam::locking, steward::pooling::shared>;
    steward::manager<files> manager{files::with(session_adapter::settings{this->log})};
    this->refuse_and_hang();
    EXPECT_EQ(code_of(manager.template try_acquire<"files">()), errc::create_failed);
    std::jthread hanging{[&] { EXPECT_FALSE(manager.template try_acquire<"files">()); }};
    this->creating.await(1);
    const auto late = manager.template try_acquire<"files">(0ms);
    EXPECT_EQ(code_of(late), errc::timed_out);
    EXPECT_TRUE(contains(late.error().what(), "password authentication failed"));
    this->creating.open();
}

TYPED_TEST(invariant_16, a_time_out_names_no_cause_that_is_over)
{
    auto manager = this->make({.max_size = 1});
    this->log.create_throws = true;
    EXPECT_EQ(code_of(manager.template try_acquire<"sessions">()), errc::create_failed);
    this->log.create_throws = false;
    const auto lease = manager.template acquire<"sessions">();
    const auto late = manager.template try_acquire<"sessions">(0ms);
    EXPECT_EQ(code_of(late), errc::timed_out);
    EXPECT_FALSE(contains(late.error().what(), "connection refused"));
}

} // namespace
