// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/llm/answer.hpp>

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace enrich {

/// Where a country stands in the input.
struct line {
    std::string_view file{};
    std::size_t number = 0; ///< from 1
    std::size_t begin = 0;
    std::size_t bytes = 0; ///< without its end
};

struct zone {
    std::string name{}; ///< `Europe/Vienna`
    std::string coordinates{};
};

/// What an execution of the machine carries from state to state.
struct country {
    line from{};
    std::string code{}, name{};
    bool is_complete = false; ///< an earlier run has stored all of it
    std::vector<zone> zones{};
    std::string description{}; ///< the model's; empty if there is none
    std::string problem{};     ///< why something is left for the next run; empty if nothing is
    steward::adapters::llm_usage tokens{};

    [[nodiscard]] bool has_zones() const noexcept { return !zones.empty(); }
};

/// A service does not answer now, and may do so later; the text says why.
struct unavailable : std::runtime_error {
    using std::runtime_error::runtime_error;
};
/// A line of the input is not one of a country.
struct malformed_line : std::runtime_error {
    using std::runtime_error::runtime_error;
};

} // namespace enrich
