// SPDX-License-Identifier: BSL-1.0
// EXPECT: steward::execute: the state cannot be called with this data
// EXPECT: load
#include <steward/fsm.hpp>
#include <steward/steward.hpp>

#include "../session_adapter.hpp"

struct batch {};
struct parcel {};
using orders = steward::resource<"orders", session_adapter>;
using items = steward::resource<"items", session_adapter>;
using catalog = steward::catalog<orders, items>;

struct load {
    using needs = steward::needs<"items">;
#ifdef STEWARD_COMPILE_FAIL_FIXED
    void operator()(batch&, auto&) const {}
#else
    void operator()(parcel&, auto&) const {}
#endif
};
struct done {};

struct machine {
    using states = steward::states<load, done>;
    using arcs = steward::arcs<steward::arc<load, done>>;
};

int main()
{
    steward::manager_for<machine, catalog> manager;
    batch data;
    steward::execute<load>(manager, data);
}
