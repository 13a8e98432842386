// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/fsm/outcome.hpp>
#include <steward/fsm/run.hpp>
#include <steward/fsm/run_all_options.hpp>
#include <steward/time.hpp>
#include <steward/wait_limit.hpp>

#include <algorithm>
#include <atomic>
#include <concepts>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <map>
#include <mutex>
#include <ranges>
#include <thread>
#include <utility>
#include <vector>

namespace steward::inline v0 {

struct no_outcome;

namespace detail {

/// The workers of a `run_all`. Each takes some inputs at a time, so many that taking them does not count: one if a run is
/// long.
template <class Fsm, class Manager, class Inputs, class Data, class OnOutcome>
class many_runs {
    static constexpr bool tells_outcomes = !std::same_as<OnOutcome, no_outcome>;
    static constexpr std::size_t most_at_once = 64;
    static constexpr duration worth_it = std::chrono::microseconds{200};

    struct batch {
        std::size_t number = 0;
        std::vector<Data> inputs{};
        std::vector<outcome<Data>> outcomes{};
        run_summary summary{};
    };

public:
    many_runs(Manager& resources, Inputs& inputs, const run_all_options& options, OnOutcome& on_outcome)
        : resources_{resources}, options_{options}, on_outcome_{on_outcome}, next_{std::ranges::begin(inputs)},
          end_{std::ranges::end(inputs)}, workers_{count_workers(options)}
    {
    }

    run_summary run()
    {
        {
            std::vector<std::jthread> others;
            try {
                for (std::size_t i = 1; i < workers_; ++i)
                    others.emplace_back([this] { work(); });
            } catch (...) { // no thread, no memory
                give_up(std::current_exception());
            }
            work();
        }
        if (problem_)
            std::rethrow_exception(problem_);
        summary_.stopped = options_.stop.stop_requested();
        return summary_;
    }

private:
    static std::size_t count_workers(const run_all_options& options) noexcept
    {
        return options.workers != 0 ? options.workers : std::max(1U, std::thread::hardware_concurrency());
    }

    void work() noexcept
    {
        try {
            batch mine;
            for (std::size_t at_once = 1; take(mine, at_once);) {
                const time_point start = clock::now();
                run_each(mine);
                const duration took = clock::now() - start;
                hand_in(std::move(mine));
                mine = {};
                if (took < worth_it / 2)
                    at_once = std::min(at_once * 2, most_at_once);
                else if (took > worth_it)
                    at_once = std::max(at_once / 2, std::size_t{1});
            }
        } catch (...) {
            give_up(std::current_exception());
        }
    }

    // The next inputs; false if there are none, or nobody wants them any more.
    bool take(batch& mine, std::size_t at_once)
    {
        const std::lock_guard lock{source_};
        if (given_up_ || options_.stop.stop_requested())
            return false;
        mine.number = taken_;
        for (; mine.inputs.size() != at_once && next_ != end_; ++next_)
            mine.inputs.emplace_back(*next_);
        if (mine.inputs.empty())
            return false;
        ++taken_;
        return true;
    }

    void run_each(batch& mine)
    {
        for (Data& input : mine.inputs) {
            if constexpr (tells_outcomes) {
                mine.outcomes.push_back(steward::run<Fsm>(resources_, std::move(input), {.limit = options_.stop}));
                ++(mine.outcomes.back().completed ? mine.summary.completed : mine.summary.failed);
            } else {
                try {
                    static_cast<void>(steward::run<Fsm>(resources_, std::move(input), no_history, options_.stop));
                    ++mine.summary.completed;
                } catch (...) {
                    ++mine.summary.failed;
                }
            }
        }
    }

    // Tells the outcomes, in order if that is wanted: whose turn it is not leaves them to whoever's it is, unless there
    // are enough of them; then it waits. Nobody tells anything behind an exception: it is noted before the lock goes.
    void hand_in(batch&& mine)
    {
        std::unique_lock lock{sink_};
        try {
            if (tells_outcomes && options_.ordered)
                tell_in_order(lock, std::move(mine));
            else if (!given_up_)
                tell(mine);
        } catch (...) {
            given_up_ = true;
            throw;
        }
    }
    void tell_in_order(std::unique_lock<std::mutex>& lock, batch&& mine)
    {
        room_.wait(lock, [&] { return mine.number == turn_ || waiting_.size() < 4 * workers_ || given_up_; });
        if (given_up_)
            return;
        waiting_.emplace(mine.number, std::move(mine));
        while (!waiting_.empty() && waiting_.begin()->first == turn_) {
            tell(waiting_.begin()->second);
            waiting_.erase(waiting_.begin());
            ++turn_;
        }
        room_.notify_all();
    }

    void tell(batch& done)
    {
        if constexpr (tells_outcomes)
            for (outcome<Data>& each : done.outcomes)
                on_outcome_(std::move(each));
        summary_.completed += done.summary.completed;
        summary_.failed += done.summary.failed;
        if (options_.progress)
            options_.progress(summary_);
    }

    void give_up(std::exception_ptr problem) noexcept
    {
        const std::lock_guard lock{sink_};
        if (!problem_)
            problem_ = std::move(problem);
        given_up_ = true;
        room_.notify_all();
    }

    Manager& resources_;
    const run_all_options& options_;
    OnOutcome& on_outcome_;

    std::mutex source_;
    std::ranges::iterator_t<Inputs> next_;
    std::ranges::sentinel_t<Inputs> end_;
    std::size_t taken_ = 0;

    std::mutex sink_;
    std::condition_variable room_;
    std::map<std::size_t, batch> waiting_;
    std::size_t turn_ = 0;
    run_summary summary_{};

    std::size_t workers_;
    std::atomic<bool> given_up_{false};
    std::exception_ptr problem_{};
};

} // namespace detail
} // namespace steward::inline v0
