// SPDX-License-Identifier: BSL-1.0
#include "support/lockings.hpp"
#include "support/stop_point.hpp"

#include <thread>
#include <vector>

using namespace steward::test;
using steward::errc;

namespace {

/// Creates happen on threads of the pool's.
template <class B>
class create_in_background : public pool_fixture<B> {
public:
    stop_point creating;

    template <class... More>
    auto make_apart(steward::pool_options options = {})
    {
        options.create_in_background = true;
        return this->template make_with<More...>(options);
    }
    void stop_creates()
    {
        this->log.while_creating = [this] { creating.arrive(); };
    }
};
TYPED_TEST_SUITE(create_in_background, each_threaded_locking, policy_names);

TYPED_TEST(create_in_background, serves_who_waits_for_it)
{
    auto manager = this->make_apart();
    std::thread::id creator;
    this->log.while_creating = [&] { creator = std::this_thread::get_id(); };
    EXPECT_EQ(manager.template acquire<"sessions">()->number, 1);
    EXPECT_NE(creator, std::this_thread::get_id());
    EXPECT_EQ(manager.template metrics<"sessions">().acquisitions, 1U);
}

TYPED_TEST(create_in_background, lets_nobody_wait_past_his_deadline_and_what_comes_too_late_goes_idle)
{
    auto manager = this->make_apart();
    this->stop_creates();
    EXPECT_EQ(code_of(manager.template try_acquire<"sessions">(1ms)), errc::timed_out) << "though the adapter hangs";
    this->creating.await(1);
    this->creating.open();
    wait_until([&] { return manager.template status<"sessions">().available == 1; });
    EXPECT_EQ(manager.template acquire<"sessions">()->number, 1);
}

TYPED_TEST(create_in_background, serves_who_does_not_wait_next_time)
{
    auto manager = this->make_apart();
    this->stop_creates();
    for (int i = 0; i != 3; ++i)
        EXPECT_FALSE(manager.template try_acquire<"sessions">(0ms));
    this->creating.await(1);
    EXPECT_FALSE(manager.template try_acquire<"sessions">(0ms));
    this->creating.open();
    wait_until([&] { return manager.template status<"sessions">().available == 1; });
    EXPECT_TRUE(manager.template try_acquire<"sessions">(0ms));
    EXPECT_EQ(this->log.created, 1) << "one was enough";
}

TYPED_TEST(create_in_background, does_not_keep_from_what_comes_back_earlier)
{
    auto manager = this->make_apart({.max_size = 2});
    auto held = manager.template acquire<"sessions">();
    this->stop_creates();
    std::jthread waiting{[&] { EXPECT_EQ(manager.template acquire<"sessions">()->number, 1); }};
    this->creating.await(1);
    held.release();
    waiting.join();
    this->creating.open();
}

TYPED_TEST(create_in_background, tells_who_waits_longest_that_it_failed_and_why)
{
    auto manager = this->make_apart();
    this->log.create_throws = true;
    const auto refused = manager.template try_acquire<"sessions">();
    EXPECT_EQ(code_of(refused), errc::create_failed);
    EXPECT_TRUE(contains(refused.error().what(), "connection refused"));
    this->log.create_throws = false;
    EXPECT_TRUE(manager.template try_acquire<"sessions">());
}

TYPED_TEST(create_in_background, tells_each_who_waits_where_all_fail)
{
    auto manager = this->make_apart({.max_size = 2});
    this->log.create_throws = true;
    std::vector<std::jthread> threads;
    for (int i = 0; i != 6; ++i)
        threads.emplace_back(
            [&] { EXPECT_EQ(code_of(manager.template try_acquire<"sessions">()), errc::create_failed); });
}

TYPED_TEST(create_in_background, never_creates_more_than_max_size)
{
    auto manager = this->make_apart({.max_size = 2});
    this->stop_creates();
    std::vector<std::jthread> threads;
    for (int i = 0; i != 6; ++i)
        threads.emplace_back([&] { EXPECT_TRUE(manager.template try_acquire<"sessions">()); });
    until_somebody_waits(manager, 6);
    this->creating.open();
    threads.clear();
    EXPECT_LE(this->log.created, 2);
    EXPECT_LE(this->creating.most(), 2);
}

TYPED_TEST(create_in_background, creates_no_more_than_are_wanted)
{
    for (int i = 0; i != 200; ++i) {
        auto manager = this->make_apart();
        const int before = this->log.created;
        auto a = manager.template acquire<"sessions">();
        auto b = manager.template acquire<"sessions">();
        manager.close(); // so that what was begun for nobody is here, too
        b.release();
        a.release();
        EXPECT_TRUE(manager.cleanup(10min).complete());
        EXPECT_EQ(this->log.created, before + 2);
    }
}

TYPED_TEST(create_in_background, replaces_what_is_invalid_there_too)
{
    auto manager = this->template make_apart<steward::health::on_borrow<>>({.max_size = 1});
    manager.template acquire<"sessions">()->broken = true;
    std::thread::id creator;
    this->log.while_creating = [&] { creator = std::this_thread::get_id(); };
    EXPECT_EQ(manager.template acquire<"sessions">()->number, 2);
    EXPECT_NE(creator, std::this_thread::get_id());
}

TYPED_TEST(create_in_background, is_closed_when_the_pool_closes_meanwhile)
{
    auto manager = this->make_apart();
    this->stop_creates();
    std::jthread waiting{[&] { EXPECT_EQ(code_of(manager.template try_acquire<"sessions">()), errc::closed); }};
    this->creating.await(1);
    manager.close();
    waiting.join();
    this->creating.open();
    wait_until([&] { return this->log.created == 1 && this->log.live() == 0; });
}

TYPED_TEST(create_in_background, ends_before_the_manager_does)
{
    {
        auto manager = this->make_apart();
        static_cast<void>(manager.template try_acquire<"sessions">(1ns)); // late, or just in time
    }
    EXPECT_EQ(this->log.live(), 0);
}

TYPED_TEST(create_in_background, can_be_cancelled)
{
    auto manager = this->make_apart();
    this->stop_creates();
    std::stop_source stop;
    std::jthread waiting{
        [&] { EXPECT_EQ(code_of(manager.template try_acquire<"sessions">(stop.get_token())), errc::cancelled); }};
    this->creating.await(1);
    stop.request_stop();
    waiting.join();
    this->creating.open();
}

TYPED_TEST(create_in_background, may_be_switched_on_while_the_pool_is_used)
{
    auto manager = this->make({.max_size = 4});
    std::thread::id creator;
    this->log.while_creating = [&] { creator = std::this_thread::get_id(); };
    auto a = manager.template acquire<"sessions">();
    EXPECT_EQ(creator, std::this_thread::get_id());
    manager.template resize<"sessions">({.create_in_background = true});
    auto b = manager.template acquire<"sessions">();
    EXPECT_NE(creator, std::this_thread::get_id());
}

TEST(create_in_background_on_one_thread, is_done_by_the_caller)
{
    using sessions = steward::resource<"sessions", session_adapter, steward::locking::none>;
    session_log log;
    steward::manager<sessions> manager{sessions::with(session_adapter::settings{log}, {.create_in_background = true})};
    EXPECT_EQ(manager.acquire<"sessions">(0ms)->number, 1);
}

} // namespace
