// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/detail/manager_parts.hpp>

#include <cstddef>

namespace steward {

/// All the resources of an application, in the one order in which they are acquired.
///
/// `manager_for<Fsm, Catalog>` keeps what a machine declares. Policies for all may come first, as in a manager:
/// `catalog<defaults<metrics::counters>, R...>`.
template <class... Args>
struct catalog : catalog<defaults<>, Args...> {};

template <class... Policies, class... Resources>
struct catalog<defaults<Policies...>, Resources...> : private detail::resource_list_rules<Resources...> {
    static constexpr std::size_t size = sizeof...(Resources);
};

} // namespace steward
