// SPDX-License-Identifier: BSL-1.0
// EXPECT: steward::adapter: create\(\) does not return resource_type by value
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
    struct settings {};
    using resource_type = session;
    explicit own_adapter(settings) {}
    int create() { return 0; }
#endif
};

using orders = steward::resource<"orders", own_adapter>;

int main() { steward::manager<orders> manager; }
