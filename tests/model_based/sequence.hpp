// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "model.hpp"
#include "step.hpp"
#include "support/sanitizers.hpp"
#include "support/seed.hpp"
#include "world.hpp"

#include <steward/steward.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <optional>
#include <sstream>
#include <string>
#include <type_traits>
#include <vector>

namespace steward::test {

using namespace std::chrono_literals;

/// A way to build a pool, and what it must do then.
template <class Locking, class Pooling, class Health, class Model>
struct modelled {
    using resource =
        steward::resource<"things", world_adapter, Locking, Pooling, Health, metrics::counters, ownership::tracked>;
    using manager = steward::manager<resource>;
    using model = Model;
    using locking = Locking;
    using pooling = Pooling;
    using health = Health;

    static manager make(world& w)
    {
        if constexpr (requires { Model::options(); })
            return manager{resource::with(world_adapter::settings{&w}, Model::options()), manual_housekeeping};
        else
            return manager{resource::with(world_adapter::settings{&w}), manual_housekeeping};
    }
};

/// One sequence of steps, done to a manager and to its model side by side. The first difference fails the property.
template <class Kind>
class sequence {
    using manager_type = typename Kind::manager;
    using lease_type = typename manager_type::template lease_type<"things">;

public:
    sequence() : manager_{Kind::make(world_)}
    {
        start_ = clock::now();
        maintain(0s);
    }

    void operator()(const step& s)
    {
        world_.events.clear();
        apply(s);
        compare();
    }

    /// Everything comes back, and what was created is gone.
    void end()
    {
        while (!leases_.empty())
            (*this)({action::release, 0});
        (*this)({action::owner_releases, 0});
        (*this)({action::close, 0});
        (*this)({action::acquire, 0});
        RC_ASSERT(model_.size() == 0U);
        RC_ASSERT(model_.counted().creations == model_.counted().retirements);
    }

private:
    void apply(const step& s)
    {
        replay events{world_.events};
        switch (s.what) {
        case action::acquire: return acquire(events);
        case action::release: return give_back(events, s.number, false);
        case action::discard: return give_back(events, s.number, true);
        case action::owner_acquires: return owner_acquires(events);
        case action::owner_releases: return owner_releases(events);
        case action::maintain: {
            static constexpr seconds spans[] = {-5s, 0s, 1s, 10s, 60s, 100s, 300s, 4000s};
            return maintain(spans[s.number % 8]);
        }
        case action::validate: {
            const bool answer = manager_.template validate<"things">();
            RC_ASSERT(answer == model_.try_one(events));
            return events.expect_end();
        }
        case action::resize: return resize(events, s.number);
        case action::suspend:
            if constexpr (can_suspend) {
                manager_.template suspend<"things">();
                model_.suspend();
            }
            return events.expect_end();
        case action::resume:
            if constexpr (can_suspend) {
                manager_.template resume<"things">();
                model_.resume(events);
            }
            return events.expect_end();
        case action::refresh:
            if constexpr (requires { model_.refresh(events); }) {
                manager_.template refresh<"things">();
                model_.refresh(events);
            }
            return events.expect_end();
        case action::close:
            manager_.close();
            model_.close(events);
            return events.expect_end();
        case action::reopen: return reopen();
        case action::acquire_for_less_than_nothing: {
            const auto got = manager_.template try_acquire<"things">(-1ms);
            RC_ASSERT_FALSE(got.has_value());
            RC_ASSERT(got.error().code() == model_.record(std::unexpected{errc::configuration}).error());
            return events.expect_end();
        }
        case action::creating_fails_or_not: world_.create_fails = s.number % 3 == 0; return;
        case action::validating_fails_or_not: world_.validate_fails = s.number % 3 == 0; return;
        case action::resetting_fails_or_not: world_.reset_fails = s.number % 3 == 0; return;
        case action::destroying_fails_or_not: world_.destroy_fails = s.number % 2 == 0; return;
        }
    }

    void acquire(replay& events)
    {
        auto got = manager_.template try_acquire<"things">(0ms);
        const lent_or_not wanted = model_.record(model_.acquire(events, got ? (*got)->number : 0));
        events.expect_end();
        RC_ASSERT((got ? std::string{} : std::string{to_string(got.error().code())})
                  == (wanted ? std::string{} : std::string{to_string(wanted.error())}));
        if (got) {
            RC_ASSERT((*got)->number == *wanted);
            leases_.push_back(std::move(*got));
        }
    }

    void give_back(replay& events, std::size_t which, bool discarded)
    {
        if (leases_.empty())
            return;
        const auto lease = leases_.begin() + static_cast<std::ptrdiff_t>(which % leases_.size());
        const int number = (*lease)->number;
        if (discarded) {
            if constexpr (requires { lease->discard(); })
                lease->discard();
            model_.discard(events, number);
        } else {
            lease->release();
            model_.give_back(events, number);
        }
        leases_.erase(lease);
        events.expect_end();
    }

    void owner_acquires(replay& events)
    {
        const auto got = owner_.template try_acquire<"things">(0ms);
        if (owner_holds_ != 0) { // again changes nothing
            RC_ASSERT(got.has_value());
            RC_ASSERT((*got)->number == owner_holds_);
            return events.expect_end();
        }
        const lent_or_not wanted = model_.record(model_.acquire(events, got ? (*got)->number : 0));
        events.expect_end();
        RC_ASSERT(got.has_value() == wanted.has_value());
        if (!got)
            RC_ASSERT(got.error().code() == wanted.error());
        owner_holds_ = wanted.value_or(0);
        RC_ASSERT(owner_.template has<"things">() == (owner_holds_ != 0));
    }
    void owner_releases(replay& events)
    {
        owner_.template release<"things">();
        if (owner_holds_ != 0)
            model_.give_back(events, std::exchange(owner_holds_, 0));
        events.expect_end();
    }

    void maintain(seconds span)
    {
        if constexpr (requires(replay& events) { model_.maintain(events, span); }) {
            if constexpr (requires { manager_.maintain(start_); }) {
                const seconds now = model_.certain(now_ + span);
                manager_.maintain(start_ + now);
                now_ = std::max(now_, now);
                replay events{world_.events};
                model_.maintain(events, now);
                events.expect_end();
            }
        }
    }

    void resize(replay& events, std::size_t number)
    {
        if constexpr (requires { model_.resize(events, 0, 0); }) {
            const std::size_t min_size = number / 8 % 4, max_size = number % 8 % 6;
            bool done = true;
            try {
                manager_.template resize<"things">({.min_size = min_size, .max_size = max_size});
            } catch (const configuration_error&) {
                done = false;
            }
            RC_ASSERT(done == model_.resize(events, min_size, max_size));
            events.expect_end();
        }
    }

    void reopen()
    {
        if (!waits_briefly && model_.closed() && model_.active() != 0)
            return;
        std::optional<errc> why_not;
        try {
            manager_.template reopen<"things">(world_adapter::settings{&world_});
        } catch (const resource_error& error) {
            why_not = error.code();
        }
        RC_ASSERT((why_not == model_.reopen()));
    }

    void compare()
    {
        const resource_status status = manager_.template status<"things">();
        RC_ASSERT(status.size == model_.size());
        RC_ASSERT(status.active == model_.active());
        RC_ASSERT(status.available == model_.available());
        RC_ASSERT(status.capacity == model_.most());
        RC_ASSERT(status.waiting == 0U);
        RC_ASSERT((status.state == resource_state::closed) == model_.closed());
        RC_ASSERT((status.state == resource_state::maintenance) == model_.suspended());
        RC_ASSERT(status.owners
                  == (owner_holds_ != 0 ? std::vector<std::string>{"model_1"} : std::vector<std::string>{}));
        RC_ASSERT(status.active == leases_.size() + (owner_holds_ != 0 ? 1U : 0U));

        const metrics_snapshot& is = *status.totals;
        const metrics_snapshot& should_be = model_.counted();
        RC_ASSERT(is.acquisitions == should_be.acquisitions);
        RC_ASSERT(is.releases == should_be.acquisitions - model_.active());
        RC_ASSERT(is.failures == should_be.failures);
        RC_ASSERT(is.timeouts == should_be.timeouts);
        RC_ASSERT(is.failures_by == should_be.failures_by);
        RC_ASSERT(is.creations == should_be.creations);
        RC_ASSERT(is.create_failures == should_be.create_failures);
        RC_ASSERT(is.validation_failures == should_be.validation_failures);
        RC_ASSERT(is.retirements == should_be.retirements);
        RC_ASSERT(is.retired_by == should_be.retired_by);
        RC_ASSERT(is.creations - is.retirements == is.size);
    }

    using model_type = typename Kind::model;
    static constexpr bool can_suspend = requires(model_type& m) { m.suspend(); };
    static constexpr bool waits_briefly = requires { model_type::options(); }; // for what is lent, before it reopens

    world world_;
    model_type model_{world_, looks_of<typename Kind::health>};
    manager_type manager_;
    owner<manager_type> owner_{manager_.owner("model", 1)};
    std::vector<lease_type> leases_;
    int owner_holds_ = 0;
    time_point start_{};
    seconds now_{0};
};

/// Runs so many random sequences; a failure says the shortest one that fails and how to repeat it.
template <class Kind>
void follow_the_model(int sequences)
{
    rc::detail::TestParams parameters;
    parameters.seed = seed();
#ifdef STEWARD_TEST_SANITIZES_ADDRESSES
    parameters.maxSuccess = sequences / 5; // each takes twenty times as long there; others run them all
#else
    parameters.maxSuccess = sequences;
#endif
    parameters.maxSize = 100;
    const auto result = rc::detail::checkTestable(
        [](const std::vector<step>& steps) {
            sequence<Kind> run;
            for (const step& each : steps)
                run(each);
            run.end();
        },
        rc::detail::TestMetadata{}, parameters);
    if (!result.template is<rc::detail::SuccessResult>()) {
        std::ostringstream text;
        rc::detail::printResultMessage(result, text);
        FAIL() << text.str() << '\n' << how_to_repeat();
    }
}

/// The names of the ways to build a pool in the tests' names.
struct kind_names {
    template <class Kind>
    static std::string GetName(int)
    {
        using kind = typename Kind::locking;
        std::string name = std::is_same_v<kind, locking::none>    ? "none"
                           : std::is_same_v<kind, locking::mutex> ? "mutex"
                           : std::is_same_v<kind, locking::spin>  ? "spin"
                           : steward::detail::biases<kind>        ? "biased"
                                                                  : "lock_free";
        if constexpr (requires { Kind::pooling::capacity; })
            name += std::is_empty_v<typename Kind::pooling::template arena_type<int>> ? "_bounded" : "_arena";
        return name + (std::is_same_v<typename Kind::health, health::none> ? "" : "_validated");
    }
};

} // namespace steward::test
