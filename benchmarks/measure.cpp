// SPDX-License-Identifier: BSL-1.0
#include "measure.hpp"

#include <fmt/format.h>

#include <cstdio>

namespace benchmarks {

namespace {

bool print(std::string_view what, const std::string& value, const std::string& bound, bool holds)
{
    fmt::print("{:<75} {:>24}  {:>10}{}\n", what, value, bound, holds ? "" : "  MISSED");
    std::fflush(stdout);
    return holds;
}

} // namespace

bool at_least(std::string_view what, double value, double bound)
{
    return print(what, fmt::format("{:.3f}", value), fmt::format(">= {:.2f}", bound), value >= bound);
}

bool at_most(std::string_view what, double value, double bound, std::string_view unit)
{
    return print(what, fmt::format("{:.2f} {}", value, unit), fmt::format("<= {:.2f}", bound), value <= bound);
}

bool at_most(std::string_view what, const interval& value, double bound, std::string_view unit)
{
    return print(what, fmt::format("{:.2f} [{:.2f}, {:.2f}] {}", value.middle, value.low, value.high, unit),
                 fmt::format("<= {:.2f}", bound), value.high <= bound);
}

} // namespace benchmarks
