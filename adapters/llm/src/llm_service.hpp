// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "rate_limits.hpp"

#include <steward/adapters/llm/answer.hpp>
#include <steward/adapters/llm/transport.hpp>

#include <mutex>

namespace steward::inline v0::adapters::detail {

/// What all clients of one adapter share.
///
/// Threads: all functions may be called by several at once.
class llm_service {
public:
    explicit llm_service(const llm_limits& wanted)
        : limits{wanted.requests_per_minute, wanted.tokens_per_minute}, prompt_price_{wanted.prompt_price},
          completion_price_{wanted.completion_price}
    {
    }

    rate_limits limits;

    void sent() noexcept;
    void took(const llm_usage& usage) noexcept;
    [[nodiscard]] llm_totals totals() const noexcept;

private:
    double prompt_price_, completion_price_; ///< of a million
    mutable std::mutex mutex_;
    llm_totals totals_{};
};

} // namespace steward::inline v0::adapters::detail
