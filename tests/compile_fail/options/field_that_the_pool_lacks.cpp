// SPDX-License-Identifier: BSL-1.0
// EXPECT: min_size
// EXPECT: shared_options|no matching function
#include <steward/steward.hpp>

#include "../session_adapter.hpp"

#ifdef STEWARD_COMPILE_FAIL_FIXED
using orders = steward::resource<"orders", session_adapter>;
#else
using orders = steward::resource<"orders", session_adapter, steward::pooling::shared>;
#endif

int main() { steward::manager<orders> manager{orders::with({}, {.min_size = 2})}; }
