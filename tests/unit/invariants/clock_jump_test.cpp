// SPDX-License-Identifier: BSL-1.0
#include "pools_that_differ.hpp"
#include "support/sanitizers.hpp"

#include <atomic>
#include <chrono>
#include <ctime>
#include <sys/syscall.h>
#include <thread>
#include <unistd.h>

using namespace steward::test;
using steward::errc;

#if !defined(STEWARD_TEST_SANITIZES_ADDRESSES)                                                                         \
    && !defined(STEWARD_TEST_SANITIZES_THREADS) // whose own functions this one would stand before
namespace {
std::atomic<std::time_t> jumped{0};
}

/// What everybody in this process asks for the time: the system's clock is as far away as the test says.
extern "C" int clock_gettime(clockid_t clock, timespec* time) noexcept
{
    const auto result = static_cast<int>(syscall(SYS_clock_gettime, clock, time));
    if (clock == CLOCK_REALTIME)
        time->tv_sec += jumped;
    return result;
}

namespace {

// 25. A jump of the system clock changes no relative time-out.
class jump_of_the_clock {
public:
    explicit jump_of_the_clock(std::chrono::seconds far)
    {
        const auto before = std::chrono::system_clock::now();
        jumped = far.count();
        const auto seen = std::chrono::system_clock::now() - before;
        EXPECT_TRUE(far > 0s ? seen >= far : seen < far + 1h) << "the clock did not jump";
    }
    ~jump_of_the_clock() { jumped = 0; }
    jump_of_the_clock(const jump_of_the_clock&) = delete;
    jump_of_the_clock& operator=(const jump_of_the_clock&) = delete;
};

template <class B>
class invariant_25_clock : public pool_fixture<B> {};
TYPED_TEST_SUITE(invariant_25_clock, pools_that_differ, policy_names);

TYPED_TEST(invariant_25_clock, a_jump_of_the_system_clock_forward_ends_no_wait_before_its_time)
{
    auto manager = this->make({.max_size = 1});
    auto lease = manager.template acquire<"sessions">();
    std::jthread waiting{[&] { EXPECT_TRUE(manager.template try_acquire<"sessions">(10min)); }};
    until_somebody_waits(manager);
    const jump_of_the_clock tomorrow{24h};
    std::jthread waiting_since_then{[&] { EXPECT_TRUE(manager.template try_acquire<"sessions">(10min)); }};
    until_somebody_waits(manager, 2);
    EXPECT_EQ(code_of(manager.template try_acquire<"sessions">(2ms)), errc::timed_out);
    EXPECT_EQ(manager.template status<"sessions">().waiting, 2U);
    lease.release();
}

TYPED_TEST(invariant_25_clock, a_jump_of_the_system_clock_back_prolongs_no_wait)
{
    auto manager = this->make({.max_size = 1});
    const auto lease = manager.template acquire<"sessions">();
    std::jthread waiting{[&] { EXPECT_EQ(code_of(manager.template try_acquire<"sessions">(20ms)), errc::timed_out); }};
    until_somebody_waits(manager);
    const jump_of_the_clock yesterday{-24h};
    EXPECT_EQ(code_of(manager.template try_acquire<"sessions">(2ms)), errc::timed_out);
    waiting.join(); // or tomorrow
}

TYPED_TEST(invariant_25_clock, a_jump_of_the_system_clock_makes_nothing_older)
{
    auto manager = this->make({.idle_timeout = 1h, .max_lifetime = 1h});
    manager.template acquire<"sessions">().release();
    const jump_of_the_clock tomorrow{24h};
    manager.maintain();
    manager.maintain();
    EXPECT_EQ(this->log.destroyed, 0);
}

} // namespace
#endif
