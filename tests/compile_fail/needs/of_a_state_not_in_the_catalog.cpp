// SPDX-License-Identifier: BSL-1.0
// EXPECT: steward::manager_for: a need is not a resource of the catalog
// EXPECT: "order"
#include <steward/fsm.hpp>
#include <steward/steward.hpp>

#include "../session_adapter.hpp"

struct batch {};
using orders = steward::resource<"orders", session_adapter>;
using items = steward::resource<"items", session_adapter>;
using catalog = steward::catalog<orders, items>;

struct load {
#ifdef STEWARD_COMPILE_FAIL_FIXED
    using needs = steward::needs<"items", "orders">;
#else
    using needs = steward::needs<"items", "order">;
#endif
    void operator()(batch&, auto&) const {}
};
struct done {};

struct machine {
    using states = steward::states<load, done>;
    using arcs = steward::arcs<steward::arc<load, done>>;
};

int main() { steward::manager_for<machine, catalog> manager; }
