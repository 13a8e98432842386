// SPDX-License-Identifier: BSL-1.0
#include <steward/health.hpp>

#include <gtest/gtest.h>

#include <atomic>
#include <cstddef>
#include <set>
#include <thread>
#include <vector>

using namespace std::chrono_literals;
using namespace steward::literals;
using steward::admission;

namespace {

/// The policy by itself, with a clock that the test turns.
struct circuit {
    using policy = steward::health::circuit_breaker<1, 60_s>;

    policy::per_resource state;
    steward::time_point now{1h};

    circuit() { policy::on_tick(state, now); }

    void fail() { policy::on_create_failed(state); }
    void pass(steward::duration span) { policy::on_tick(state, now += span); }
    void probe_fails()
    {
        EXPECT_EQ(policy::admit(state), admission::probe);
        fail();
        policy::on_probe_ended(state, false);
    }
    /// How long it takes until somebody is admitted again, in steps of a tenth of a second.
    steward::duration length()
    {
        const auto from = now;
        while (policy::report(state).health == steward::resource_health::unhealthy)
            pass(100ms);
        return now - from;
    }
};

class cool_down : public testing::Test, public circuit {};

TEST_F(cool_down, is_exact_the_first_time)
{
    fail();
    pass(60s - 1ns);
    EXPECT_EQ(policy::admit(state), admission::refused);
    pass(1ns);
    EXPECT_EQ(policy::admit(state), admission::probe);
}

TEST_F(cool_down, doubles_with_each_probe_that_fails_less_a_quarter_at_most_up_to_sixteen_times)
{
    fail();
    static_cast<void>(length());
    for (const int times : {2, 4, 8, 16, 16, 16, 16}) {
        probe_fails();
        const auto took = length();
        EXPECT_GE(took, 60s * times * 3 / 4);
        EXPECT_LE(took, 60s * times + 100ms);
    }
}

TEST_F(cool_down, is_not_the_same_for_all)
{
    std::set<steward::duration> seen;
    for (int i = 0; i != 20; ++i) {
        circuit other;
        other.fail();
        static_cast<void>(other.length());
        other.probe_fails();
        seen.insert(other.length());
    }
    EXPECT_GT(seen.size(), 2U);
}

TEST_F(cool_down, is_not_prolonged_by_failures_from_before_it_opened)
{
    fail();
    pass(30s);
    fail(); // a create that began before
    pass(30s);
    EXPECT_EQ(policy::admit(state), admission::probe);
}

TEST(cool_down_of_many, is_exact_however_many_fail_at_once)
{
    std::vector<circuit> circuits(20'000);
    std::atomic<std::size_t> arrived{0};
    const auto fail_all = [&] { // both at the same one
        for (std::size_t i = 0; i != circuits.size(); ++i) {
            ++arrived;
            for (int tries = 0; arrived < 2 * (i + 1); ++tries)
                if (tries > 1'000)
                    std::this_thread::yield();
            circuits[i].fail();
        }
    };
    {
        std::jthread one{fail_all}, another{fail_all};
    }
    for (circuit& each : circuits) {
        each.pass(60s);
        ASSERT_EQ(circuit::policy::admit(each.state), admission::probe);
    }
}

TEST_F(cool_down, is_unhealthy_whatever_a_thread_that_is_late_says)
{
    fail();
    state.known.set(steward::resource_health::healthy, steward::health::evidence::created); // it saw the circuit closed
    EXPECT_EQ(policy::report(state).health, steward::resource_health::unhealthy);
    EXPECT_EQ(policy::report(state).reason, "the circuit is open");
}

TEST_F(cool_down, is_not_shortened_by_time_that_goes_back)
{
    fail();
    policy::on_tick(state, now - 10min);
    EXPECT_EQ(policy::admit(state), admission::refused);
}

TEST_F(cool_down, ends_with_one_probe_at_a_time)
{
    fail();
    pass(60s);
    EXPECT_EQ(policy::admit(state), admission::probe);
    EXPECT_EQ(policy::admit(state), admission::refused);
}

TEST_F(cool_down, ends_with_another_probe_where_one_has_learnt_nothing)
{
    fail();
    pass(60s);
    EXPECT_EQ(policy::admit(state), admission::probe);
    policy::on_probe_ended(state, false);
    EXPECT_EQ(policy::admit(state), admission::probe);
}

TEST_F(cool_down, of_a_circuit_that_closed_begins_with_the_shortest_again)
{
    fail();
    pass(60s);
    probe_fails();
    static_cast<void>(length());
    EXPECT_EQ(policy::admit(state), admission::probe);
    policy::on_created(state);
    policy::on_probe_ended(state, true);
    EXPECT_TRUE(policy::admits_all(state));
    fail();
    EXPECT_LE(length(), 60s);
}

} // namespace
