// SPDX-License-Identifier: BSL-1.0
#include "unit/machines/scene.hpp"

#include <atomic>
#include <thread>

using namespace steward::test;
using steward::arc;
using steward::operator""_ms;

namespace states_test {

using machine_states = scene;

struct careful {
    using needs = steward::needs<"a">;
    bool pre_validate(notes& data, auto& held) const
    {
        data.events.push_back(held.find("a"_r) != nullptr ? "pre_validate" : "nothing held");
        return data.number >= 0;
    }
    void on_enter(notes& data) const { data.events.push_back("on_enter"); }
    void operator()(notes& data, auto&) const { data.events.push_back("work"); }
    bool validate(const notes& data) const { return data.number < 10; }
    void on_exit(notes& data, auto& held) const
    {
        data.events.push_back(held.find("a"_r) != nullptr ? "on_exit" : "nothing held");
    }
};
struct rejected {};
struct validating {
    using states = steward::states<careful, rejected>;
    using final_states = states;
    using arcs = steward::arcs<arc<careful, rejected, steward::on_error<steward::machine_error>>>;
};

TEST_F(machine_states, validate_enter_work_validate_and_exit_with_what_they_need)
{
    const auto outcome = steward::run<validating>(resources, notes{});
    EXPECT_EQ(outcome.data.events, (std::vector<std::string>{"pre_validate", "on_enter", "work", "on_exit"}));
    EXPECT_EQ(outcome.path, path{"careful"});
    expect_nothing_is_held();
}

TEST_F(machine_states, do_not_work_on_data_that_they_do_not_accept)
{
    const auto outcome = steward::run<validating>(resources, notes{.number = -1});
    EXPECT_EQ(outcome.data.events, std::vector<std::string>{"pre_validate"});
    EXPECT_EQ(outcome.path, (path{"careful", "rejected"})) << "an error arc catches it";
    expect_nothing_is_held();
}

struct without_error_arcs : validating {
    using arcs = steward::arcs<arc<careful, rejected, steward::when<&notes::fails>>>;
};
TEST_F(machine_states, are_not_left_with_data_that_they_are_not_content_with)
{
    const auto outcome = steward::run<without_error_arcs>(resources, notes{.number = 10});
    EXPECT_EQ(outcome.failed_state, "careful");
    EXPECT_EQ(outcome.error_message(), "careful: validate rejected the data");
    EXPECT_EQ(outcome.data.events.back(), "work");
    expect_nothing_is_held();
}

template <class Retry>
struct flaky {
    static constexpr std::string_view name = "flaky";
    using needs = steward::needs<"a">;
    using retry = Retry;
    void operator()(notes& data, auto& held, const steward::state_context& context) const
    {
        data.events.push_back("attempt " + std::to_string(context.attempt()));
        held["a"_r].number = context.attempt();
        if (context.attempt() <= data.number)
            throw refusal{"not yet"};
        if (data.fails)
            throw std::runtime_error{"something else"};
    }
};
template <class Retry>
struct trying {
    using states = steward::states<flaky<Retry>>;
    using arcs = steward::arcs<>;
};

TEST_F(machine_states, that_retry_are_called_again_with_their_resources_taken_anew)
{
    const auto outcome = steward::run<trying<steward::retry<2>>>(resources, notes{.number = 2});
    EXPECT_TRUE(outcome.completed);
    EXPECT_EQ(outcome.data.events, (std::vector<std::string>{"attempt 1", "attempt 2", "attempt 3"}));
    EXPECT_EQ(outcome.path, path{"flaky"}) << "it was entered once";
    EXPECT_EQ(acquisitions<"a">(), 3U);
    expect_nothing_is_held();
}

TEST_F(machine_states, that_retry_give_up_after_as_many_times_as_they_say)
{
    const auto outcome = steward::run<trying<steward::retry<2>>>(resources, notes{.number = 3});
    EXPECT_EQ(outcome.failed_state, "flaky");
    EXPECT_EQ(outcome.error_message(), "not yet");
    EXPECT_EQ(outcome.data.events.size(), 3U);
    expect_nothing_is_held();
}

TEST_F(machine_states, that_retry_for_some_errors_do_not_for_others)
{
    using machine = trying<steward::retry<5, 0_ms, refusal>>;
    const auto outcome = steward::run<machine>(resources, notes{.number = 1, .fails = true});
    EXPECT_EQ(outcome.error_message(), "something else");
    EXPECT_EQ(outcome.data.events.size(), 2U);
}

TEST_F(machine_states, that_retry_try_again_where_a_resource_could_not_be_had)
{
    int refused = 0;
    a.while_creating = [&] {
        if (++refused <= 2)
            throw refusal{"no connection"};
    };
    EXPECT_TRUE(steward::run<trying<steward::retry<2>>>(resources, notes{}).completed);
}

TEST_F(machine_states, that_retry_do_not_begin_a_pause_that_their_run_would_not_survive)
{
    using machine = trying<steward::retry<5, steward::time_span{3'600'000'000'000}>>; // an hour
    const auto outcome = steward::run<machine>(resources, notes{.number = 1}, {.limit = 1min});
    EXPECT_EQ(outcome.error_message(), "not yet");
    EXPECT_EQ(outcome.data.events.size(), 1U);
}

TEST_F(machine_states, that_pause_before_they_retry_are_woken_by_a_stop)
{
    using machine = trying<steward::retry<5, steward::time_span{3'600'000'000'000}>>;
    std::stop_source stop;
    const std::stop_token token = stop.get_token();
    std::jthread stopper{[&] {
        while (acquisitions<"a">() == 0 || resources.status<"a">().active != 0)
            std::this_thread::yield();
        stop.request_stop();
    }};
    const auto outcome = steward::run<machine>(resources, notes{.number = 1}, {.limit = token});
    EXPECT_FALSE(outcome.completed);
    EXPECT_EQ(outcome.data.events.size(), 1U);
    expect_nothing_is_held();
}

struct hurried {
    using needs = steward::needs<"a">;
    static constexpr auto timeout = 0ms;
    void operator()(notes& data, auto&, const steward::state_context& context) const
    {
        data.fails = context.deadline() == steward::time_point::max();
    }
};
struct hurrying {
    using states = steward::states<hurried>;
    using arcs = steward::arcs<>;
};
TEST_F(machine_states, with_a_timeout_wait_no_longer_for_what_they_need)
{
    auto lease = resources.acquire<"a">();
    const auto outcome = steward::run<hurrying>(resources, notes{}, {.limit = 1h});
    EXPECT_EQ(outcome.failed_state, "hurried");
    EXPECT_EQ(outcome.failed_resource(), "a");
    lease.release();
    EXPECT_FALSE(steward::run<hurrying>(resources, notes{}).data.fails) << "the state knows its deadline";
}

struct deadline_seen {
    void operator()(steward::time_point& seen, auto&, const steward::state_context& context) const
    {
        seen = context.deadline();
    }
};
struct looking_at_the_clock {
    using states = steward::states<deadline_seen>;
    using arcs = steward::arcs<>;
};
TEST_F(machine_states, are_told_by_when_their_run_ends)
{
    EXPECT_EQ(steward::run<looking_at_the_clock>(resources, steward::time_point{}).data, steward::time_point::max());
    const auto end = steward::clock::now() + 1h;
    EXPECT_EQ(steward::run<looking_at_the_clock>(resources, steward::time_point{}, {.limit = end}).data, end);
}

struct within_an_hour : looking_at_the_clock {
    static constexpr auto timeout = 1h;
};
TEST_F(machine_states, are_told_the_end_of_their_machines_own_timeout_if_that_comes_first)
{
    const auto before = steward::clock::now();
    const auto seen = steward::run<within_an_hour>(resources, steward::time_point{}).data;
    EXPECT_GE(seen, before + 1h);
    EXPECT_LE(seen, steward::clock::now() + 1h);
    const auto without_history = steward::run<within_an_hour>(resources, steward::time_point{}, steward::no_history);
    EXPECT_GE(without_history, before + 1h);
    EXPECT_LE(without_history, steward::clock::now() + 1h);
    const auto sooner = before + 1min;
    EXPECT_EQ(steward::run<within_an_hour>(resources, steward::time_point{}, {.limit = sooner}).data, sooner);
}

struct without_end : looking_at_the_clock {
    static constexpr auto timeout = std::chrono::hours::max();
};
struct in_spans : looking_at_the_clock {
    static constexpr steward::time_span timeout = 5_ms;
};
TEST_F(machine_states, are_told_a_timeout_of_any_length_and_kind)
{
    EXPECT_EQ(steward::run<without_end>(resources, steward::time_point{}).data, steward::time_point::max());
    const auto seen = steward::run<in_spans>(resources, steward::time_point{}).data;
    EXPECT_LE(seen, steward::clock::now() + 5ms);
}

struct out_of_time : hurrying {
    static constexpr auto timeout = -1s;
};
TEST_F(machine_states, are_not_entered_when_their_machines_own_time_is_over)
{
    EXPECT_EQ(steward::run<out_of_time>(resources, notes{}).error_message(),
              "hurried: not entered: the run's time is over");
}

TEST_F(machine_states, are_not_entered_when_the_time_of_their_run_is_over)
{
    const auto outcome = steward::run<hurrying>(resources, notes{}, {.limit = steward::clock::now() - 1s});
    EXPECT_EQ(outcome.error_message(), "hurried: not entered: the run's time is over");
    EXPECT_TRUE(outcome.path.empty());
}

} // namespace states_test
