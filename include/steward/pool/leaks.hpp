// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/lease_trace.hpp>
#include <steward/pool/resource_core.hpp>

#include <chrono>
#include <string>
#include <vector>

namespace steward::inline v0::detail {

/// Reports, once, that the lease of the slot with the ownership policy's state `traces` is out for longer than the
/// policy's threshold.
template <class Traits>
void report_if_leaked(const resource_core<Traits>& core, auto& traces, time_point now) noexcept
{
    using ownership = typename Traits::ownership;
    using calls = typename resource_core<Traits>::calls;

    const auto seen = ownership::trace(traces);
    if (!seen || now - seen->since < duration{ownership::threshold} || !ownership::report_once(traces))
        return;
    try {
        const auto held = std::chrono::duration_cast<std::chrono::seconds>(now - seen->since);
        const std::string words = std::string{"out for "}.append(std::to_string(held.count())).append(" s, held by ");
        calls::leaked(core.name, words + to_string(*seen));
    } catch (...) { // no memory for the words
        calls::leaked(core.name, seen->file);
    }
}

/// Who holds what is out, as precisely as the ownership policy knows it.
template <class Pool>
[[nodiscard]] std::vector<std::string> words_of_holders(Pool& pool)
{
    if constexpr (requires { pool.traces(); }) {
        std::vector<std::string> words;
        for (const lease_trace& each : pool.traces())
            words.push_back(to_string(each));
        return words;
    } else {
        return pool.owners();
    }
}

} // namespace steward::inline v0::detail
