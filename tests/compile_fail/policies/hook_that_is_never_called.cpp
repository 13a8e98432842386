// SPDX-License-Identifier: BSL-1.0
// EXPECT: steward::metrics: on_acquired cannot be called with \(per_resource&, per_slot&
// EXPECT: own_metrics
#include <steward/steward.hpp>

#include "../session_adapter.hpp"

struct own_metrics : steward::metrics::policy {
    struct per_resource {
        int acquired = 0;
    };
    struct per_slot {};
#ifdef STEWARD_COMPILE_FAIL_FIXED
    static void on_acquired(per_resource& r, per_slot&, const steward::acquired_event&) noexcept { ++r.acquired; }
#else
    static void on_acquired(per_resource& r, const steward::acquired_event&) noexcept { ++r.acquired; }
#endif
};

using orders = steward::resource<"orders", session_adapter, own_metrics>;

int main() { steward::manager<orders> manager; }
