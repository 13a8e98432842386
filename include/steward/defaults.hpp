// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace steward::inline v0 {

/// Policies for the axes that a resource does not name.
///
/// As the first argument of a manager (`manager<defaults<metrics::counters>, R...>`) they stand under each
/// resource's own choice; as an adapter's `default_policies` they stand under the manager's.
template <class... Policies>
struct defaults {};

} // namespace steward::inline v0
