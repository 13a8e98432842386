// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>

namespace steward::inline v0::lab {

/// How often this thread has called operator new.
[[nodiscard]] std::uint64_t allocations_of_this_thread() noexcept;

} // namespace steward::inline v0::lab
