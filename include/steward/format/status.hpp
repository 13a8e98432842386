// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/detail/redact.hpp>
#include <steward/format/as_text.hpp>
#include <steward/format/metrics.hpp>
#include <steward/format/words.hpp>
#include <steward/resource_status.hpp>

#include <iterator>
#include <string>
#include <vector>

namespace steward::inline v0 {

namespace detail {

/// The owners' names side by side. They may be made from anything at run time, so secrets are looked for here too.
[[nodiscard]] inline std::string listed_owners(const std::vector<std::string>& owners)
{
    std::string text;
    for (const std::string& owner : owners)
        text.append(text.empty() ? "" : ", ").append(redact(owner));
    return text;
}

} // namespace detail

/// One line: `db: active, size 2, available 1, active 1, capacity 4, held by load_42, health healthy (acquisitions 7)`.
/// What does not apply is absent: a capacity without bound, waiting callers, owners, and metrics where none are counted.
[[nodiscard]] inline std::string to_string(const resource_status& status)
{
    std::string text = fmt::format("{}: {}, size {}, available {}, active {}", status.name, status.state, status.size,
                                   status.available, status.active);
    if (status.capacity != 0)
        fmt::format_to(std::back_inserter(text), ", capacity {}", status.capacity);
    if (status.waiting != 0)
        fmt::format_to(std::back_inserter(text), ", waiting {}", status.waiting);
    if (!status.owners.empty())
        text.append(", held by ").append(detail::listed_owners(status.owners));
    fmt::format_to(std::back_inserter(text), ", health {}", status.health);
    if (status.totals) {
        detail::listed_numbers counts;
        detail::list_counts(counts, *status.totals);
        if (!counts.text().empty())
            text.append(" (").append(counts.text()).append(")");
    }
    return text;
}

} // namespace steward::inline v0

template <>
struct fmt::formatter<steward::resource_status> : steward::detail::as_text<steward::resource_status> {};
