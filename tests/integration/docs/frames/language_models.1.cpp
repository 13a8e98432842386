// SPDX-License-Identifier: BSL-1.0
#include <steward/adapters/llm.hpp>
#include <steward/steward.hpp>

#include <iostream>
#include <string_view>

void fragment() { /* fragment */ }
