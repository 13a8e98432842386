// SPDX-License-Identifier: BSL-1.0
#include <steward/adapters/http.hpp>
#include <steward/steward.hpp>

#include <fstream>
#include <string_view>

using api = steward::resource<"api", steward::adapters::http>;

void fragment(steward::manager<api>& manager)
{
    auto service = manager.acquire<"api">();
    /* fragment */
}
