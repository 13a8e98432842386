// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/redis/error.hpp>

#include <string>

namespace steward::inline v0::adapters::detail {

/// Why a connection failed, thrown where it is not known what the connection is used for.
struct redis_failure {
    redis_errc code;
    std::string details;
};

} // namespace steward::inline v0::adapters::detail
