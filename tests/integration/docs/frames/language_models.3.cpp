// SPDX-License-Identifier: BSL-1.0
#include <steward/adapters/llm.hpp>
#include <steward/steward.hpp>

#include <expected>
#include <span>
#include <string>
#include <string_view>

#include <boost/hana/adapt_struct.hpp>

using namespace steward::adapters;

/* fragment */

void fragment(steward::manager<oracles>& manager) { (void)manager.acquire<"oracle">()->complete("What will be?"); }
