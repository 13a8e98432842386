// SPDX-License-Identifier: BSL-1.0
// EXPECT: steward::adapter: no type named settings
// EXPECT: "orders"
#include <steward/steward.hpp>

struct session {};

struct own_adapter {
#ifdef STEWARD_COMPILE_FAIL_FIXED
    struct settings {};
    using resource_type = session;
    explicit own_adapter(settings) {}
    session create() { return {}; }
#else
    using resource_type = session;
    session create() { return {}; }
#endif
};

using orders = steward::resource<"orders", own_adapter>;

int main() { steward::manager<orders> manager; }
