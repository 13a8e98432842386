// SPDX-License-Identifier: BSL-1.0
// EXPECT: steward::waiting: a waiting policy needs overtaking_time, in_order and sleeps
// EXPECT: "orders"
#include <steward/steward.hpp>

#include "../session_adapter.hpp"

#ifdef STEWARD_COMPILE_FAIL_FIXED
struct own_waiting : steward::waiting::first_come {};
#else
struct own_waiting : steward::waiting::policy {
    static constexpr bool in_order = true;
};
#endif

using orders = steward::resource<"orders", session_adapter, own_waiting>;

int main() { steward::manager<orders> manager; }
