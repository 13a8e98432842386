// SPDX-License-Identifier: BSL-1.0
#include <steward/adapters/llm.hpp>
#include <steward/steward.hpp>

#include <string>
#include <string_view>

using namespace steward::adapters;
using models = steward::resource<"llm", llm<openai>>;

[[nodiscard]] std::string run(std::string_view name, std::string_view arguments);

void fragment(steward::manager<models>& manager)
{
    auto model = manager.acquire<"llm">();
    /* fragment */
}
