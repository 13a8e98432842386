// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapter.hpp>
#include <steward/configuration.hpp>
#include <steward/steward.hpp>
#include <steward/testing/conformance.hpp>

#include <atomic>
#include <exception>
#include <string>
#include <thread>
#include <vector>

namespace steward::inline v0::testing {

namespace detail {

/// How long a conforming adapter may take for anything.
inline constexpr auto patience = std::chrono::seconds{30};

template <class F>
[[nodiscard]] bool throws_nothing(conformance& result, F f, const char* rule)
{
    try {
        f();
        return true;
    } catch (...) {
        result.expect(false, std::string{rule} + ": " + describe(std::current_exception()));
        return false;
    }
}

/// A pool of four of the adapter's resources, all of them looked at on every way.
template <class Adapter>
using pool_of_four =
    steward::resource<"tested", Adapter, pooling::bounded<0, 4>, metrics::counters, ownership::tracked>;

template <class Manager>
void use_in_turn(conformance& result, Manager& manager)
{
    for (int i = 0; i != 3; ++i)
        static_cast<void>(throws_nothing(
            result, [&] { static_cast<void>(manager.template acquire<"tested">(patience).get()); },
            "a resource can be had, given back and had again"));
    result.expect(manager.template metrics<"tested">().creations <= 1,
                  "what was given back can be lent again: reset does not fail, and nothing is created for each lease");
}

template <class Manager>
void use_at_once(conformance& result, Manager& manager)
{
    std::atomic<int> failed{0};
    std::string words;
    std::atomic<bool> first{true};
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i != 8; ++i)
            threads.emplace_back([&] {
                for (int n = 0; n != 8; ++n) {
                    const auto lease = manager.template try_acquire<"tested">(patience);
                    if (lease)
                        continue;
                    ++failed;
                    if (first.exchange(false))
                        words = lease.error().what();
                }
            });
    }
    result.expect(failed == 0, "eight threads can use four resources: " + words);
}

} // namespace detail

/// Whether an adapter does what pools rely on, tried with real resources: `check_adapter<my_adapter>(settings)`.
///
/// Its `check` accepts the settings; resources can be had, used again after `reset`, held several at once, created by
/// several threads, found valid when they are new and when they come back, discarded, closed and opened again; what is
/// created is destroyed. Takes as long as some twenty resources need.
template <adapter Adapter>
[[nodiscard]] conformance check_adapter(const typename Adapter::settings& settings)
{
    using resource = detail::pool_of_four<Adapter>;
    conformance result;
    if constexpr (steward::detail::checks_its_settings<Adapter>) {
        std::vector<configuration_problem> problems;
        configuration_check check{"tested", problems};
        Adapter::check(settings, check);
        for (const configuration_problem& problem : problems)
            result.expect(false, "check accepts the settings: " + problem.field + ": " + problem.message);
        if (!result)
            return result;
    }
    static_cast<void>(detail::throws_nothing(
        result,
        [&] {
            manager<resource> tested{resource::with(settings), manual_housekeeping};
            detail::use_in_turn(result, tested);
            {
                auto one = tested.template acquire<"tested">(detail::patience);
                auto two = tested.template acquire<"tested">(detail::patience);
                result.expect(one.get() != two.get(), "two leases at once are two resources");
                two.discard();
            }
            result.expect(tested.template validate<"tested">(), "validate finds a resource good that came back");
            detail::use_at_once(result, tested);
            tested.template refresh<"tested">();
            result.expect(tested.template status<"tested">().size == 0, "a resource that is free can be destroyed");
            tested.template close<"tested">();
            tested.template reopen<"tested">(settings);
            result.expect(tested.template validate<"tested">(), "validate finds a new resource good");
            const cleanup_report report = tested.cleanup(detail::patience);
            result.expect(report.complete(), "everything can be closed");
            for (const cleanup_report::failure& failure : report.failed)
                result.expect(false, "destroy does not throw: " + failure.what);
            const metrics_snapshot counted = tested.template metrics<"tested">();
            result.expect(counted.creations == counted.retirements, "each resource that was created is destroyed");
        },
        "nothing throws"));
    return result;
}

} // namespace steward::inline v0::testing
