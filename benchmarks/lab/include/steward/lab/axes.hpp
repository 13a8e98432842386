// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/fixed_string.hpp>
#include <steward/steward.hpp>

#include <boost/hana/tuple.hpp>
#include <boost/hana/type.hpp>

#include <cstddef>
#include <string_view>

/// What the lab multiplies: for each axis the policies that are measured, and what they are called in results and filters.
namespace steward::inline v0::lab {

/// Room for that many of each resource; a case bounds them further.
inline constexpr std::size_t capacity = 16;

/// A policy, and what it is called.
template <fixed_string Name, class Policy>
struct choice {
    /// In results and filters.
    static constexpr std::string_view name = Name.view();
    /// The policy itself.
    using policy = Policy;
};

/// A pooling policy that does or does not have slots, by its capacity.
template <fixed_string Name, bool HasSlots, template <std::size_t> class Policy>
struct pool_choice {
    /// In results and filters.
    static constexpr std::string_view name = Name.view();
    /// Whether it has slots.
    static constexpr bool has_slots = HasSlots;
    /// The policy for that capacity.
    template <std::size_t Capacity>
    using policy = Policy<Capacity>;
};

// Locking and pooling span the translation units, one for each pair, so their names are those of the CMake code.

/// The locking policies.
namespace lockings {
/// A policy, by its name.
/// @{
using none = choice<"none", locking::none>;
using mutex = choice<"mutex", locking::mutex>;
using spin = choice<"spin", locking::spin>;
using biased = choice<"biased", locking::biased>;
using lock_free = choice<"lock_free", locking::lock_free>;
/// @}
} // namespace lockings

/// The pooling policies.
namespace poolings {
/// A pooling policy of that capacity, if it has one.
/// @{
template <std::size_t Capacity>
using bounded_to = pooling::bounded<0, Capacity>;
template <std::size_t Capacity>
using arena_of = pooling::arena<Capacity>;
template <std::size_t>
using shared_by_all = pooling::shared;
template <std::size_t>
using made_for_each = pooling::transient;
/// @}

/// A pooling policy, by its name.
/// @{
using bounded = pool_choice<"bounded", true, bounded_to>;
using arena = pool_choice<"arena", true, arena_of>;
using shared = pool_choice<"shared", false, shared_by_all>;
using transient = pool_choice<"transient", false, made_for_each>;
/// @}
} // namespace poolings

/// What is taken where an axis is not the one that is measured.
/// @{
using overtaking = choice<"overtaking", waiting::overtaking<>>;
using no_health = choice<"none", health::none>;
using no_metrics = choice<"none", metrics::none>;
using no_ownership = choice<"none", ownership::none>;
/// @}

/// The policies of which every combination is measured.
/// @{
inline constexpr auto waitings = boost::hana::tuple_t<overtaking, choice<"first_come", waiting::first_come>>;
inline constexpr auto healths =
    boost::hana::tuple_t<no_health, choice<"on_borrow<500_ms>", health::on_borrow<time_span{500'000'000}>>>;
inline constexpr auto metricses = boost::hana::tuple_t<no_metrics, choice<"counters", metrics::counters>>;
inline constexpr auto ownerships = boost::hana::tuple_t<no_ownership, choice<"tracked", ownership::tracked>>;
/// @}

/// The others, each of which is measured alone over the standard resource.
/// @{
inline constexpr auto other_waitings = boost::hana::tuple_t<choice<"spinning", waiting::spinning>>;
inline constexpr auto other_healths =
    boost::hana::tuple_t<choice<"on_borrow<>", health::on_borrow<>>, choice<"on_return", health::on_return>,
                         choice<"periodic", health::periodic>, choice<"circuit_breaker<>", health::circuit_breaker<>>,
                         choice<"passive<>", health::passive<>>>;
inline constexpr auto other_metricses =
    boost::hana::tuple_t<choice<"sampled<64>", metrics::sampled<64>>, choice<"timed", metrics::timed>,
                         choice<"peak", metrics::peak>, choice<"histogram", metrics::histogram>,
                         choice<"all<sampled<64>,histogram>", metrics::all<metrics::sampled<64>, metrics::histogram>>>;
inline constexpr auto other_ownerships = boost::hana::tuple_t<choice<"traced<>", ownership::traced<>>>;
/// @}

} // namespace steward::inline v0::lab
