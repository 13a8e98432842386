// SPDX-License-Identifier: BSL-1.0
#include "support/pool_fixture.hpp"

#include <cstdint>

using namespace steward::test;
using namespace steward::literals;
using steward::errc;
using steward::metrics_snapshot;
using steward::retirement;

namespace reasons_test {

/// Each reason for which a resource goes.
class retired_by : public pool_fixture<built_with<steward::locking::none, steward::pooling::bounded<0, 4>>> {
public:
    const steward::time_point start = steward::clock::now() + 1s;
    static void expect(auto& manager, retirement why, std::uint64_t times = 1)
    {
        const metrics_snapshot counted = manager.template metrics<"sessions">();
        EXPECT_EQ(counted.retired_because(why), times) << to_string(why);
        EXPECT_EQ(counted.retirements, times) << "and for no other reason";
    }
};

TEST_F(retired_by, closing)
{
    auto manager = make();
    manager.acquire<"sessions">().release();
    manager.close();
    expect(manager, retirement::closed);
}

TEST_F(retired_by, closing_while_it_was_lent)
{
    auto manager = make();
    auto lease = manager.acquire<"sessions">();
    manager.close();
    lease.release();
    expect(manager, retirement::closed);
}

TEST_F(retired_by, a_smaller_size)
{
    auto manager = make();
    {
        auto a = manager.acquire<"sessions">();
        auto b = manager.acquire<"sessions">();
    }
    manager.resize<"sessions">({.max_size = 1});
    expect(manager, retirement::shrunk);
}

TEST_F(retired_by, its_age)
{
    auto manager = make({.max_lifetime = 10s});
    manager.acquire<"sessions">().release();
    manager.maintain(start + 100s);
    expect(manager, retirement::expired);
}

TEST_F(retired_by, rest)
{
    auto manager = make({.idle_timeout = 10s, .max_lifetime = 0s});
    manager.acquire<"sessions">().release();
    manager.maintain(start);
    manager.maintain(start + 100s);
    expect(manager, retirement::unused);
}

TEST_F(retired_by, a_validation)
{
    auto manager = make_with<steward::health::on_return>();
    manager.acquire<"sessions">()->broken = true;
    expect(manager, retirement::invalid);
}

TEST_F(retired_by, a_reset)
{
    auto manager = make();
    log.reset_throws = true;
    manager.acquire<"sessions">().release();
    expect(manager, retirement::reset_failed);
}

TEST_F(retired_by, its_holder)
{
    auto manager = make();
    manager.acquire<"sessions">().discard();
    expect(manager, retirement::discarded);
}

TEST_F(retired_by, a_refresh)
{
    auto manager = make();
    auto lent = manager.acquire<"sessions">();
    manager.acquire<"sessions">().release();
    manager.refresh<"sessions">();
    expect(manager, retirement::refreshed, 1);
    lent.release();
    expect(manager, retirement::refreshed, 2);
}

TEST_F(retired_by, its_nature)
{
    using buffers =
        steward::resource<"sessions", session_adapter, steward::pooling::transient, steward::metrics::counters>;
    steward::manager<buffers> manager{buffers::with(session_adapter::settings{log})};
    manager.acquire<"sessions">().release();
    expect(manager, retirement::transient);
}

/// Each code with which an acquisition fails.
class failures_by : public retired_by {
public:
    static void expect(auto& manager, errc code, std::uint64_t times = 1)
    {
        const metrics_snapshot counted = manager.template metrics<"sessions">();
        EXPECT_EQ(counted.failed_with(code), times) << to_string(code);
        EXPECT_EQ(counted.failures + counted.timeouts, times) << "and with no other code";
        EXPECT_EQ(counted.timeouts, code == errc::timed_out ? times : 0);
        EXPECT_NE(counted.last_failed, steward::time_point{});
        EXPECT_EQ(counted.acquisitions, counted.releases + counted.active);
    }
    static void fail(auto& manager) { EXPECT_FALSE(manager.template try_acquire<"sessions">()); }
};

TEST_F(failures_by, timed_out)
{
    auto manager = make({.max_size = 1, .acquire_timeout = 0ms});
    auto held = manager.acquire<"sessions">();
    fail(manager);
    expect(manager, errc::timed_out);
}

TEST_F(failures_by, closed)
{
    auto manager = make();
    manager.close();
    fail(manager);
    expect(manager, errc::closed);
}

TEST_F(failures_by, suspended)
{
    auto manager = make({.acquire_timeout = 0ms});
    manager.suspend<"sessions">();
    fail(manager);
    expect(manager, errc::suspended);
}

TEST_F(failures_by, create_failed)
{
    auto manager = make();
    log.create_throws = true;
    fail(manager);
    expect(manager, errc::create_failed);
}

TEST_F(failures_by, circuit_open)
{
    auto manager = make_with<steward::health::circuit_breaker<1, 60_s>>();
    auto lease = manager.acquire<"sessions">();
    lease.report_failure();
    fail(manager);
    fail(manager);
    expect(manager, errc::circuit_open, 2);
}

TEST_F(failures_by, configuration)
{
    auto manager = make();
    EXPECT_EQ(code_of(manager.try_acquire<"sessions">(-1ms)), errc::configuration);
    expect(manager, errc::configuration);
}

} // namespace reasons_test
