// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace steward::inline v0::lab {

/// The middle one, of two the greater. There must be one.
[[nodiscard]] inline double median(std::vector<double> all)
{
    const auto middle = all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2);
    std::ranges::nth_element(all, middle);
    return *middle;
}

} // namespace steward::inline v0::lab
