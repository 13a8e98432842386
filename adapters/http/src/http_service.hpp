// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "deadline_watch.hpp"

#include <steward/resource_health.hpp>

#include <atomic>

namespace steward::inline v0::adapters::detail {

/// What all clients of one adapter share.
class http_service {
public:
    deadline_watch watch{};
    std::atomic<resource_health> health{resource_health::unknown};
};

} // namespace steward::inline v0::adapters::detail
