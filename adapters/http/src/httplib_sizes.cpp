// SPDX-License-Identifier: BSL-1.0
#include "httplib_sizes.hpp"

namespace steward::inline v0::adapters::detail {

std::array<std::size_t, httplib_sizes_here.size()> httplib_sizes_in_library() noexcept { return httplib_sizes_here; }

} // namespace steward::inline v0::adapters::detail
