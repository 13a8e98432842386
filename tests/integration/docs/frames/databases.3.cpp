// SPDX-License-Identifier: BSL-1.0
#include <steward/adapters/database.hpp>
#include <steward/adapters/redis.hpp>
#include <steward/fsm.hpp>
#include <steward/steward.hpp>

#include <optional>
#include <string>

using namespace steward::literals;

struct item {
    int id;
    std::string name;
};
using orders = steward::resource<"orders", steward::adapters::database<steward::adapters::postgresql>>;

/* fragment */

struct done {};
struct machine {
    using states = steward::states<look_up, done>;
    using arcs = steward::arcs<steward::arc<look_up, done>>;
};

void fragment(steward::manager<orders, cache>& manager) { (void)steward::run<machine>(manager, item{}); }
