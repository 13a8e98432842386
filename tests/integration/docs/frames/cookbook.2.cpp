// SPDX-License-Identifier: BSL-1.0
#include <steward/adapters/llm.hpp>
#include <steward/steward.hpp>

#include <iostream>

using gpt =
    steward::resource<"llm", steward::adapters::llm<steward::adapters::openai>, steward::pooling::bounded<0, 8>>;

void fragment() { /* fragment */ }
