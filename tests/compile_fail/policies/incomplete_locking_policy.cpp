// SPDX-License-Identifier: BSL-1.0
// EXPECT: steward::locking: a locking policy needs mutex_type, cell, guarded, waits
// EXPECT: "orders"
#include <steward/steward.hpp>

#include "../session_adapter.hpp"

#ifdef STEWARD_COMPILE_FAIL_FIXED
struct own_locking : steward::locking::mutex {};
#else
struct own_locking : steward::locking::policy {
    static constexpr bool waits = true;
};
#endif

using orders = steward::resource<"orders", session_adapter, own_locking>;

int main() { steward::manager<orders> manager; }
