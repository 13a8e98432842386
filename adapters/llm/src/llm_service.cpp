// SPDX-License-Identifier: BSL-1.0
#include "llm_service.hpp"

namespace steward::inline v0::adapters::detail {

void llm_service::sent() noexcept
{
    const std::lock_guard lock{mutex_};
    ++totals_.requests;
}

void llm_service::took(const llm_usage& usage) noexcept
{
    const std::lock_guard lock{mutex_};
    totals_.prompt_tokens += usage.prompt_tokens;
    totals_.completion_tokens += usage.completion_tokens;
    totals_.cost += (static_cast<double>(usage.prompt_tokens) * prompt_price_
                     + static_cast<double>(usage.completion_tokens) * completion_price_)
                    / 1e6;
}

llm_totals llm_service::totals() const noexcept
{
    const std::lock_guard lock{mutex_};
    return totals_;
}

std::shared_ptr<llm_service> make_llm_service(const llm_limits& limits)
{
    return std::make_shared<llm_service>(limits);
}

llm_totals totals_of(const llm_service& service) noexcept { return service.totals(); }

} // namespace steward::inline v0::adapters::detail
