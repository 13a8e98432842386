// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/detail/manager_rules.hpp>

#include <cstddef>

namespace steward::inline v0 {

/// All the resources of an application, in the one order in which they are acquired.
///
/// `manager_for<Fsm, Catalog>` keeps what a machine declares. Policies for all may come first, as in a manager:
/// `catalog<defaults<metrics::counters>, R...>`.
template <class... Args>
struct catalog : private detail::are_resources<detail::argument_list<Args...>, sizeof(Args)...>,
                 private detail::resource_list_rules<Args...> {
    static constexpr std::size_t size = detail::argument_list<Args...>::resources; ///< how many resources there are
};

} // namespace steward::inline v0
