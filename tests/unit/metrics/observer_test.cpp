// SPDX-License-Identifier: BSL-1.0
#include "support/pool_fixture.hpp"

#include <algorithm>
#include <functional>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

using namespace steward::test;
using namespace steward::literals;
using steward::resource_event;
using kind = steward::resource_event::kind;

namespace observer_test {

struct seen_event {
    kind what;
    std::string resource, details;
};
std::vector<seen_event> seen;
std::function<void()> meanwhile;

void see(const resource_event& event)
{
    seen.push_back({event.what, std::string{event.resource}, std::string{event.details}});
    if (meanwhile)
        meanwhile();
}

std::vector<kind> kinds()
{
    std::vector<kind> all;
    for (const seen_event& each : seen)
        all.push_back(each.what);
    return all;
}

/// A resource of which everything is seen; on one thread.
class observer : public testing::Test {
public:
    template <class... More>
    using sessions = steward::resource<"sessions", session_adapter, steward::pooling::bounded<0, 2>,
                                       steward::metrics::observer<&see>, More...>;
    using checked = sessions<steward::health::on_borrow<>>;

    session_log log;
    steward::manager<checked> manager{checked::with(session_adapter::settings{log}, {.acquire_timeout = 0ms}),
                                      steward::manual_housekeeping};

    observer()
    {
        seen.clear();
        meanwhile = nullptr;
    }
    ~observer() override { meanwhile = nullptr; }
};

TEST_F(observer, sees_nothing_of_leases)
{
    manager.acquire<"sessions">().release();
    seen.clear();
    for (int i = 0; i != 5; ++i)
        manager.acquire<"sessions">().release();
    EXPECT_TRUE(seen.empty());
}

TEST_F(observer, sees_what_is_created_and_retired_and_why)
{
    manager.acquire<"sessions">().discard();
    ASSERT_EQ(kinds(), (std::vector{kind::created, kind::retired}));
    EXPECT_EQ(seen[0].resource, "sessions");
    EXPECT_EQ(seen[1].details, "discarded");
}

TEST_F(observer, sees_a_create_that_failed_what_that_makes_unhealthy_and_the_acquisition_that_failed)
{
    log.while_creating = [] { throw std::runtime_error{"no route, password=hunter2"}; };
    EXPECT_FALSE(manager.try_acquire<"sessions">());
    ASSERT_EQ(seen.size(), 3U);
    EXPECT_EQ(std::ranges::count(kinds(), kind::create_failed), 1);
    EXPECT_EQ(std::ranges::count(kinds(), kind::unhealthy), 1);
    EXPECT_EQ(std::ranges::count(kinds(), kind::failed), 1);
    for (const seen_event& each : seen)
        EXPECT_FALSE(contains(each.details, "hunter2"));
    EXPECT_FALSE(manager.try_acquire<"sessions">());
    EXPECT_EQ(std::ranges::count(kinds(), kind::unhealthy), 1) << "it was unhealthy before";
}

TEST_F(observer, sees_what_is_invalid)
{
    manager.acquire<"sessions">()->broken = true;
    seen.clear();
    manager.acquire<"sessions">().release();
    EXPECT_EQ(kinds(), (std::vector{kind::invalid, kind::retired, kind::created}));
    EXPECT_EQ(seen[1].details, "invalid");
}

TEST_F(observer, sees_a_time_out_and_its_words)
{
    auto a = manager.acquire<"sessions">();
    auto b = manager.acquire<"sessions">();
    seen.clear();
    EXPECT_FALSE(manager.try_acquire<"sessions">(0ms));
    ASSERT_EQ(kinds(), (std::vector{kind::timed_out}));
    EXPECT_TRUE(contains(seen[0].details, "sessions: acquire: timed out"));
}

TEST_F(observer, sees_a_destroy_that_failed)
{
    log.destroy_throws = true;
    manager.acquire<"sessions">().discard();
    EXPECT_EQ(kinds(), (std::vector{kind::created, kind::destroy_failed, kind::retired}));
    EXPECT_EQ(seen[1].details, "destroy failed");
}

TEST_F(observer, sees_a_circuit_open)
{
    using guarded = sessions<steward::health::circuit_breaker<1, 60_s>>;
    steward::manager<guarded> breaking{guarded::with(session_adapter::settings{log}), steward::manual_housekeeping};
    log.create_throws = true;
    EXPECT_FALSE(breaking.try_acquire<"sessions">());
    EXPECT_FALSE(breaking.try_acquire<"sessions">());
    EXPECT_EQ(std::ranges::count(kinds(), kind::create_failed), 1);
    EXPECT_EQ(std::ranges::count(kinds(), kind::unhealthy), 1);
    EXPECT_EQ(std::ranges::count(kinds(), kind::failed), 2);
}

TEST_F(observer, sees_what_holders_made_unhealthy)
{
    using reported = sessions<steward::health::passive<2>>;
    steward::manager<reported> breaking{reported::with(session_adapter::settings{log}), steward::manual_housekeeping};
    auto lease = breaking.acquire<"sessions">();
    seen.clear();
    lease.report_failure();
    EXPECT_TRUE(seen.empty());
    lease.report_failure();
    EXPECT_EQ(kinds(), (std::vector{kind::unhealthy}));
    EXPECT_EQ(seen[0].details, "a holder found it bad");
}

TEST_F(observer, does_no_harm_by_throwing)
{
    meanwhile = [] { throw std::runtime_error{"the log is full"}; };
    manager.acquire<"sessions">().discard();
    log.create_throws = true;
    EXPECT_FALSE(manager.try_acquire<"sessions">());
    log.create_throws = false;
    EXPECT_TRUE(manager.try_acquire<"sessions">());
    EXPECT_EQ(manager.status<"sessions">().active, 0U);
}

TEST_F(observer, may_call_back_into_the_manager)
{
    bool inside = false;
    meanwhile = [&] {
        if (std::exchange(inside, true))
            return;
        static_cast<void>(manager.status());
        static_cast<void>(manager.health());
        static_cast<void>(manager.try_acquire<"sessions">(0ms));
        static_cast<void>(manager.validate<"sessions">());
        inside = false;
    };
    log.create_throws = true;
    EXPECT_FALSE(manager.try_acquire<"sessions">());
    log.create_throws = false;
    manager.acquire<"sessions">()->broken = true;
    manager.acquire<"sessions">().discard();
    manager.maintain(steward::clock::now() + 10h);
    manager.close();
    EXPECT_EQ(log.live(), 0);
}

TEST_F(observer, may_release_another_lease)
{
    auto a = manager.acquire<"sessions">();
    auto b = manager.acquire<"sessions">();
    meanwhile = [&] { b.release(); };
    a.discard();
    EXPECT_EQ(manager.status<"sessions">().active, 0U);
}

/// The manager's end with a lease that is still out.
template <class Pooling>
class observer_of_leaks : public testing::Test {};
using poolings = testing::Types<steward::pooling::bounded<0, 2>, steward::pooling::shared>;
TYPED_TEST_SUITE(observer_of_leaks, poolings);

void cry(const resource_event& event)
{
    if (event.what == kind::leaked)
        std::cerr << event.resource << " leaked: " << event.details << std::endl; // before the end
}

TYPED_TEST(observer_of_leaks, sees_them_before_the_program_ends)
{
    using sessions = steward::resource<"sessions", session_adapter, TypeParam, steward::metrics::observer<&cry>,
                                       steward::ownership::tracked>;
    const auto leak = [] {
        session_log log;
        auto* manager =
            new steward::manager<sessions>{sessions::with(session_adapter::settings{log}, {.acquire_timeout = 1ms})};
        auto owner = manager->owner("load", 3);
        owner.template acquire<"sessions">();
        delete manager;
    };
    EXPECT_DEATH(leak(), "sessions leaked: out at the end of its manager, 1 in all, held by load_3");
}

TEST_F(observer, has_words_for_each_kind)
{
    for (auto each = kind::created; each <= kind::leaked; each = static_cast<kind>(static_cast<int>(each) + 1))
        EXPECT_NE(to_string(each), "unknown");
}

} // namespace observer_test
