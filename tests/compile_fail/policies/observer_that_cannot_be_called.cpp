// SPDX-License-Identifier: BSL-1.0
// EXPECT: steward::metrics::observer: the function cannot be called with \(const resource_event&\)
#include <steward/steward.hpp>

#include "../session_adapter.hpp"

#ifdef STEWARD_COMPILE_FAIL_FIXED
using orders =
    steward::resource<"orders", session_adapter, steward::metrics::observer<[](const steward::resource_event&) {}>>;
#else
using orders = steward::resource<"orders", session_adapter, steward::metrics::observer<[](int) {}>>;
#endif

int main() { steward::manager<orders> manager; }
