// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

namespace steward::inline v0::detail {

/// What several threads write stands on lines of their own.
inline constexpr std::size_t cache_line = 64;

} // namespace steward::inline v0::detail
