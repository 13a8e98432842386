// SPDX-License-Identifier: BSL-1.0
#include <steward/adapters/database.hpp>
#include <steward/steward.hpp>

using orders = steward::resource<"orders", steward::adapters::database<steward::adapters::postgresql>>;

void fragment(steward::manager<orders>& manager) { /* fragment */ }
