// SPDX-License-Identifier: BSL-1.0
#include <steward/adapters/http.hpp>
#include <steward/steward.hpp>

#include <nlohmann/json.hpp>

#include <chrono>
#include <string>

using namespace std::chrono_literals;

using api =
    steward::resource<"api", steward::adapters::http, steward::pooling::bounded<0, 8>, steward::ownership::tracked>;

[[nodiscard]] std::string read_secret();

void fragment() { /* fragment */ }
