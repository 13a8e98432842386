// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/configuration.hpp>
#include <steward/resource_health.hpp>
#include <steward/time.hpp>

#include <concepts>
#include <optional>
#include <string_view>

namespace steward::inline v0 {

struct metrics_snapshot;

namespace detail {

template <class A>
concept names_its_settings = requires { typename A::settings; };
template <class A>
concept names_its_resource_type = requires { typename A::resource_type; };
template <class A>
concept takes_its_name = std::constructible_from<A, typename A::settings, std::string_view>;
template <class A>
concept takes_its_settings = takes_its_name<A> || std::constructible_from<A, typename A::settings>;
template <class A>
concept creates_until = requires(A& a, time_point deadline) {
    { a.create(deadline) } -> std::same_as<typename A::resource_type>;
};
template <class A>
concept creates_its_resource_type = creates_until<A> || requires(A& a) {
    { a.create() } -> std::same_as<typename A::resource_type>;
};

template <class A>
concept validates = requires(A& a, typename A::resource_type& r) {
    { a.validate(r) } -> std::convertible_to<bool>;
};
template <class A>
concept resets = requires(A& a, typename A::resource_type& r) { a.reset(r); };
template <class A>
concept destroys = requires(A& a, typename A::resource_type& r) { a.destroy(r); };
template <class A>
concept reports_health = requires(A& a) {
    { a.health() } -> std::same_as<resource_health>;
};
template <class A>
concept tells_outcomes = requires(A& a, typename A::resource_type& r) {
    { a.outcome(r) } -> std::same_as<std::optional<bool>>;
};
template <class A>
concept reports_numbers = requires(A& a, metrics_snapshot& out) { a.report(out); };
template <class A>
concept checks_its_settings =
    requires(const typename A::settings& s, configuration_check& check) { A::check(s, check); };
template <class A>
concept creates_serially = requires { requires A::serial_create; };

} // namespace detail

/// A type that knows how to create one kind of resource, and may know more.
///
/// Required: `settings` (a type), `resource_type`, a constructor from `settings`, and `create()`, which returns
/// `resource_type` by value; a pool constructs from that prvalue, so the type need not be movable. It throws where it
/// cannot, `permanent_failure` where trying again is of no use.
///
/// Optional, each found by its name:
/// - a constructor from `(settings, std::string_view)` instead: told the resource's name, for its errors; the name outlives
///   the adapter.
/// - `create(time_point deadline)` instead of `create()`: told when its caller's time is over, so that it can give up;
///   `time_point::max()` where nobody waits for it.
/// - `bool validate(resource_type&)`: asked by the health policies and by `manager.validate<>()`; if it throws, the resource
///   is invalid.
/// - `void reset(resource_type&)`: called before a resource goes back to its pool; if it throws, the resource is retired.
/// - `void destroy(resource_type&)`: called before the destructor; if it throws, the resource goes all the same, and the
///   report of `cleanup` and the metrics policy's `on_event` have the text.
/// - `std::optional<bool> outcome(resource_type&)`: asked when a lease ends, before `reset`: whether what it was taken for
///   worked, nothing if that was not tried; if it throws, it did not. Health policies that listen to holders
///   (`circuit_breaker`, `passive`) hear it as their report. It is for resources whose creation proves nothing, such as a
///   client that connects with its first request: creating one is no success then, and who probes a circuit does so until
///   his lease ends. Not asked of a resource that has many holders.
/// - `resource_health health()`: the answer of `manager.health<>()` where no health policy knows better.
/// - `void report(metrics_snapshot&)`: adds numbers of its own to `manager.metrics<>()`: `snapshot.add("tokens", 12)`. What
///   it throws comes out of `metrics` and `status`, as what `health` throws comes out of those who ask for it.
/// - `static void check(const settings&, configuration_check&)`: says what is wrong before anything is built.
/// - `static constexpr bool serial_create = true`: create is never called by two threads at once; who comes
///   meanwhile waits for it, whatever his deadline.
/// - `using default_policies = steward::defaults<...>`: policies for axes that the resource does not name.
///
/// Threads: `create`, `validate`, `outcome`, `reset` and `destroy` are called by several threads at once, each on a resource
/// of its own, and never while a lock of the pool is held; a shared resource is validated while others hold it, perhaps by
/// several threads at once. `health` and `report` are called by any thread at any time.
template <class A>
concept adapter = detail::names_its_settings<A> && detail::names_its_resource_type<A> && detail::takes_its_settings<A>
                  && detail::creates_its_resource_type<A>;

} // namespace steward::inline v0
