// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "connection.hpp"

#include <steward/adapters/redis/results.hpp>

#include <string>
#include <vector>

namespace steward::inline v0::adapters::detail {

/// The replies to the commands of a request, with an error for each that failed; `what` they are of.
[[nodiscard]] redis_results results_of(const redis_connection& connection, const redis_request& request,
                                       std::vector<redis_reply> replies, std::string what);

} // namespace steward::inline v0::adapters::detail
