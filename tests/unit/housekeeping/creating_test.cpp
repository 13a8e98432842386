// SPDX-License-Identifier: BSL-1.0
#include "support/lockings.hpp"
#include "support/stop_point.hpp"

#include <latch>
#include <memory>
#include <thread>
#include <vector>

using namespace steward::test;
using steward::errc;

namespace {

/// Eight places, of which four may be in creation.
template <class B>
class max_creating : public testing::Test {
public:
    using sessions = steward::resource<"sessions", session_adapter, typename B::locking,
                                       steward::pooling::bounded<0, 8>, steward::metrics::counters>;
    session_log log;
    stop_point creating;
    std::latch done{1};
    steward::manager<sessions> manager{
        sessions::with(session_adapter::settings{log}, {.acquire_timeout = 10min, .max_creating = 4}),
        steward::manual_housekeeping};

    /// Threads that each take a session and keep it until `done`.
    std::vector<std::jthread> takers(int number)
    {
        log.while_creating = [this] { creating.arrive(); };
        std::vector<std::jthread> threads;
        for (int i = 0; i != number; ++i)
            threads.emplace_back([this] {
                const auto lease = manager.template acquire<"sessions">();
                done.wait();
            });
        return threads;
    }
    void until(int arrived, std::size_t waiting)
    {
        creating.await(arrived);
        until_somebody_waits(manager, waiting);
        EXPECT_EQ(creating.arrived(), arrived);
    }
    void fail_once()
    {
        log.create_throws = true;
        EXPECT_EQ(code_of(manager.template try_acquire<"sessions">()), errc::create_failed);
        log.create_throws = false;
    }
};
TYPED_TEST_SUITE(max_creating, each_threaded_locking, policy_names);

TYPED_TEST(max_creating, is_never_exceeded)
{
    auto threads = this->takers(8);
    this->until(4, 4);
    this->creating.open();
    this->done.count_down();
    threads.clear();
    EXPECT_LE(this->creating.most(), 4);
}

TYPED_TEST(max_creating, lets_the_next_one_create_when_one_is_done)
{
    auto threads = this->takers(8);
    this->until(4, 4);
    this->creating.let_pass(1);
    this->until(5, 3);
    this->creating.open();
    this->done.count_down();
}

TYPED_TEST(max_creating, begins_with_one_after_a_failure_and_doubles_with_each_success)
{
    this->fail_once();
    auto threads = this->takers(8);
    this->until(1, 7);
    this->creating.let_pass(1);
    this->until(3, 5); // two at once
    this->creating.let_pass(2);
    this->until(7, 1); // four at once
    EXPECT_EQ(this->creating.inside(), 4);
    this->creating.open();
    this->done.count_down();
    threads.clear();
    EXPECT_LE(this->creating.most(), 4);
}

TYPED_TEST(max_creating, refuses_who_never_waits)
{
    this->fail_once();
    auto threads = this->takers(1);
    this->creating.await(1);
    EXPECT_EQ(code_of(this->manager.template try_acquire<"sessions">(0ms)), errc::timed_out);
    this->creating.open();
    this->done.count_down();
}

TYPED_TEST(max_creating, passes_the_turn_on_when_a_create_fails)
{
    this->log.while_creating = [&] { this->creating.arrive(); };
    this->manager.template resize<"sessions">({.max_creating = 1});
    std::jthread first{
        [&] { EXPECT_EQ(code_of(this->manager.template try_acquire<"sessions">()), errc::create_failed); }};
    this->creating.await(1);
    std::jthread second{[&] { EXPECT_TRUE(this->manager.template try_acquire<"sessions">()); }};
    until_somebody_waits(this->manager);
    this->log.create_throws = true;
    this->creating.let_pass(1);
    this->creating.await(2);
    this->log.create_throws = false;
    this->creating.open();
}

/// A failure that trying again cannot mend.
template <class B>
class permanent_failure : public pool_fixture<B> {
public:
    stop_point creating;
    void refuse_password()
    {
        this->log.while_creating = [this] {
            creating.arrive();
            throw steward::permanent_failure{"the password was refused"};
        };
    }
    void expect_refused(const auto& answer)
    {
        EXPECT_EQ(code_of(answer), errc::create_failed);
        EXPECT_TRUE(contains(answer.error().what(), "the password was refused"));
    }
};
TYPED_TEST_SUITE(permanent_failure, each_threaded_locking, policy_names);

TYPED_TEST(permanent_failure, ends_the_wait_of_all)
{
    auto manager = this->make({.max_size = 2});
    auto held = manager.template acquire<"sessions">();
    this->refuse_password();
    std::vector<std::jthread> threads;
    threads.emplace_back([&] { this->expect_refused(manager.template try_acquire<"sessions">()); });
    this->creating.await(1);
    for (int i = 0; i != 3; ++i)
        threads.emplace_back([&] { this->expect_refused(manager.template try_acquire<"sessions">()); });
    until_somebody_waits(manager, 3);
    this->creating.open();
    threads.clear();
    EXPECT_EQ(this->creating.arrived(), 1) << "nobody tried it again";
}

TYPED_TEST(permanent_failure, does_not_keep_those_who_come_later_from_trying)
{
    auto manager = this->make();
    this->refuse_password();
    this->creating.open();
    this->expect_refused(manager.template try_acquire<"sessions">());
    this->log.while_creating = nullptr;
    EXPECT_TRUE(manager.template try_acquire<"sessions">());
}

TYPED_TEST(permanent_failure, of_a_shared_resource_ends_the_wait_of_all)
{
    using shared_sessions =
        steward::resource<"sessions", session_adapter, typename TypeParam::locking, steward::pooling::shared>;
    steward::manager<shared_sessions> manager{
        shared_sessions::with(session_adapter::settings{this->log}, {.acquire_timeout = 10min}),
        steward::manual_housekeeping};
    this->refuse_password();
    std::vector<std::jthread> threads;
    for (int i = 0; i != 4; ++i)
        threads.emplace_back([&] { this->expect_refused(manager.template try_acquire<"sessions">()); });
    this->creating.await(1);
    until_somebody_waits(manager, 3);
    this->creating.open();
    threads.clear();
    EXPECT_EQ(this->creating.arrived(), 1) << "nobody tried it again";
}

/// An adapter that is told by when it has to be done.
struct punctual {
    struct settings {
        std::vector<steward::time_point>* told = nullptr;
    };
    using resource_type = session;
    explicit punctual(settings s) : told{s.told} {}
    session create(steward::time_point deadline) const
    {
        told->push_back(deadline);
        return {static_cast<int>(told->size())};
    }
    std::vector<steward::time_point>* told;
};
static_assert(steward::adapter<punctual>);

template <class Pooling>
class create_with_a_deadline : public testing::Test {
public:
    using sessions = steward::resource<"sessions", punctual, Pooling>;
    std::vector<steward::time_point> told;
    steward::manager<sessions> manager{sessions::with({&told}), steward::manual_housekeeping};
};
using poolings = testing::Types<steward::pooling::bounded<0, 2>, steward::pooling::arena<2>, steward::pooling::shared,
                                steward::pooling::transient>;
TYPED_TEST_SUITE(create_with_a_deadline, poolings);

TYPED_TEST(create_with_a_deadline, is_told_when_the_time_of_its_caller_is_over)
{
    const auto before = steward::clock::now();
    static_cast<void>(this->manager.template try_acquire<"sessions">(1h));
    ASSERT_EQ(this->told.size(), 1U);
    EXPECT_GE(this->told[0], before + 1h);
    EXPECT_LE(this->told[0], steward::clock::now() + 1h);
}

TYPED_TEST(create_with_a_deadline, is_told_the_time_that_its_caller_named)
{
    const auto deadline = steward::clock::now() + 2h;
    static_cast<void>(this->manager.template try_acquire<"sessions">(deadline));
    ASSERT_EQ(this->told.size(), 1U);
    EXPECT_EQ(this->told[0], deadline);
}

TYPED_TEST(create_with_a_deadline, has_the_standard_time_where_its_caller_does_not_wait)
{
    const auto before = steward::clock::now();
    EXPECT_TRUE(this->manager.template try_acquire<"sessions">(0ms));
    ASSERT_EQ(this->told.size(), 1U);
    EXPECT_GE(this->told[0], before + 30s);
}

TEST(create_without_a_caller, has_all_the_time_there_is)
{
    using sessions = steward::resource<"sessions", punctual, steward::pooling::bounded<0, 2>>;
    std::vector<steward::time_point> told;
    steward::manager<sessions> manager{sessions::with({&told}, {.min_size = 1}), steward::manual_housekeeping};
    manager.maintain();
    EXPECT_EQ(told, std::vector{steward::time_point::max()});
}

} // namespace
