// SPDX-License-Identifier: BSL-1.0
#include "numbers.hpp"

#include <fmt/format.h>

#include <cmath>
#include <span>
#include <string_view>
#include <utility>

namespace lab {

namespace {

using steps = std::span<const std::pair<double, std::string_view>>;

std::string scaled(double number, steps all)
{
    if (!std::isfinite(number))
        return {};
    for (const auto& [size, unit] : all)
        if (number >= size * 0.9995 || size == 1)
            return unit.empty() ? three_digits(number / size) : fmt::format("{} {}", three_digits(number / size), unit);
    return three_digits(number);
}

} // namespace

std::string three_digits(double number)
{
    if (!std::isfinite(number))
        return {};
    const double size = std::abs(number);
    if (size == 0)
        return "0";
    return fmt::format("{:.{}f}", number, size >= 99.95 ? 0 : size >= 9.995 ? 1 : size >= 0.0995 ? 2 : 3);
}

std::string rate_text(double per_second)
{
    static constexpr std::pair<double, std::string_view> all[] = {{1e9, "G"}, {1e6, "M"}, {1e3, "k"}, {1, ""}};
    return scaled(per_second, all);
}

std::string duration_text(double ns)
{
    static constexpr std::pair<double, std::string_view> all[] = {{1e9, "s"}, {1e6, "ms"}, {1e3, "µs"}, {1, "ns"}};
    return scaled(ns, all);
}

} // namespace lab
