// SPDX-License-Identifier: BSL-1.0
#include "service.hpp"

namespace steward::adapters::detail {

std::shared_ptr<llm_service> make_llm_service(const llm_limits& limits)
{
    return std::make_shared<llm_service>(limits);
}

} // namespace steward::adapters::detail
