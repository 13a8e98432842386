// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/llm/transport.hpp>

namespace steward::adapters::detail {

class llm_service {
public:
    explicit llm_service(const llm_limits& limits) : limits_{limits} {}

private:
    llm_limits limits_;
};

} // namespace steward::adapters::detail
