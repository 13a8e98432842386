// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace examples {

/// 34924 as `34,924`.
[[nodiscard]] inline std::string grouped(std::size_t number)
{
    std::string text = std::to_string(number);
    for (std::size_t at = text.size(); at > 3;) {
        at -= 3;
        text.insert(at, 1, ',');
    }
    return text;
}

[[nodiscard]] inline std::size_t per_second(std::size_t number, std::chrono::nanoseconds time)
{
    const double seconds = std::chrono::duration<double>{time}.count();
    return seconds <= 0 ? number : static_cast<std::size_t>(static_cast<double>(number) / seconds);
}

} // namespace examples
