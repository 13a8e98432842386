// SPDX-License-Identifier: BSL-1.0
// EXPECT: steward::locking::biased_after: from 1 to 1,048,575 searches
#include <steward/steward.hpp>

#include "../session_adapter.hpp"

#ifdef STEWARD_COMPILE_FAIL_FIXED
using orders = steward::resource<"orders", session_adapter, steward::locking::biased_after<1>>;
#else
using orders = steward::resource<"orders", session_adapter, steward::locking::biased_after<0>>;
#endif

int main() { steward::manager<orders> manager; }
