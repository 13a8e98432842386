// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/detail/type_name.hpp>
#include <steward/lab/combination.hpp>
#include <steward/lab/own_subject.hpp>
#include <steward/lab/session.hpp>
#include <steward/lab/standard_subject.hpp>
#include <steward/lab/subject.hpp>

#include <boost/hana/cartesian_product.hpp>
#include <boost/hana/for_each.hpp>
#include <boost/hana/tuple.hpp>
#include <boost/hana/unpack.hpp>

#include <concepts>
#include <cstddef>
#include <memory>
#include <string_view>
#include <type_traits>

namespace steward::inline v0::lab {

namespace detail {

/// What one more slot takes in a manager, for each of its resources; where there are no slots, what a pool takes.
template <class Manager, class Combination>
[[nodiscard]] constexpr std::size_t bytes_per_slot()
{
    using small = typename Combination::template manager_of<Manager, capacity>;
    if constexpr (Combination::has_slots) {
        using large = typename Combination::template manager_of<Manager, 2 * capacity>;
        return (sizeof(large) - sizeof(small)) / capacity / Manager::size;
    } else {
        return sizeof(small) / Manager::size;
    }
}

template <class Manager, class Workload, class Combination>
void add_one()
{
    constexpr bool is_own = !std::same_as<Workload, standard_workloads>;
    using subject_type =
        typename std::conditional_t<is_own, std::type_identity<own_subject<Manager, Workload, Combination>>,
                                    std::type_identity<standard_subject<Combination>>>::type;
    lab::add({.policies = Combination::names,
              .bytes_per_slot = bytes_per_slot<Manager, Combination>(),
              .has_slots = Combination::has_slots,
              .is_for_threads = Combination::is_for_threads,
              .is_plain = Combination::is_plain,
              .own_workload = is_own ? steward::detail::unqualified_name<Workload>() : std::string_view{},
              .make = [](const subject_options& options) -> std::unique_ptr<subject> {
                  return std::make_unique<subject_type>(options);
              }});
}

template <class Manager, class Workload, class Locking, class Pooling>
void add_product(auto healths, auto metricses, auto ownerships, auto waitings)
{
    const auto product =
        boost::hana::cartesian_product(boost::hana::make_tuple(healths, metricses, ownerships, waitings));
    boost::hana::for_each(product, [](auto choices) {
        boost::hana::unpack(choices, []<class... Choices>(Choices...) {
            using each = combination<Locking, Pooling, typename Choices::type...>;
            if constexpr (each::template is_valid<Manager>)
                add_one<Manager, Workload, each>();
        });
    });
}

} // namespace detail

/// Adds every valid combination of a locking and a pooling policy with those of the other axes. One translation unit
/// for each pair, so that they compile side by side.
template <class Manager, class Workload, class Locking, class Pooling>
bool add_pair()
{
    detail::add_product<Manager, Workload, Locking, Pooling>(healths, metricses, ownerships, waitings);
    return true;
}

/// Adds the rarer policies, each alone over the standard resource.
template <class Manager, class Workload>
bool add_others()
{
    using boost::hana::tuple_t;
    using namespace lockings;
    using namespace poolings;
    constexpr auto h = tuple_t<no_health>;
    constexpr auto m = tuple_t<no_metrics>;
    constexpr auto o = tuple_t<no_ownership>;
    constexpr auto w = tuple_t<overtaking>;
    detail::add_product<Manager, Workload, lock_free, bounded>(other_healths, m, o, w);
    detail::add_product<Manager, Workload, lock_free, bounded>(h, other_metricses, o, w);
    detail::add_product<Manager, Workload, lock_free, bounded>(h, m, other_ownerships, w);
    detail::add_product<Manager, Workload, lock_free, bounded>(h, m, o, other_waitings);
    return true;
}

} // namespace steward::inline v0::lab
