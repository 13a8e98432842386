// SPDX-License-Identifier: BSL-1.0
#include <steward/adapters/http.hpp>
#include <steward/steward.hpp>

#include <nlohmann/json.hpp>

#include <string>

using namespace steward::literals;

[[nodiscard]] std::string read_secret();

void fragment() { /* fragment */ }
