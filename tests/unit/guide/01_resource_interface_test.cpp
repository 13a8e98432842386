// SPDX-License-Identifier: BSL-1.0
//
// "Resource Interface": the guide's IResourceProvider is the concept `steward::adapter`, and a provider need not inherit.
// Its acquire, release and get_metrics are the manager's; what an adapter says is how one resource comes, is tried and goes.
#include <steward/steward.hpp>

#include <gtest/gtest.h>

namespace guide::resource_interface {

/// The other side: what the provider's connections lead to.
struct service {
    int connections = 0;
    int cleaned = 0;
    bool up = true;
};

struct connection {
    service* to;
};

class provider {
public:
    struct settings {
        service* to;
    };
    using resource_type = connection;

    explicit provider(settings s) : to_{s.to} {}

    connection create()
    {
        ++to_->connections;
        return {to_};
    }
    static bool validate(connection& c) { return c.to->up; }
    static void reset(connection& c) { ++c.to->cleaned; } // before it goes back
    static void destroy(connection& c) { --c.to->connections; }
    [[nodiscard]] steward::resource_health health() const
    {
        return to_->up ? steward::resource_health::healthy : steward::resource_health::unhealthy;
    }

private:
    service* to_;
};
static_assert(steward::adapter<provider>);

struct without_create {
    struct settings {};
    using resource_type = connection;
    explicit without_create(settings) {}
};
static_assert(!steward::adapter<without_create>);

using resource = steward::resource<"service", provider, steward::metrics::counters>;

class guide_resource_interface : public testing::Test {
protected:
    service far_away;
    steward::manager<resource> manager{resource::with({.to = &far_away})};
};

TEST_F(guide_resource_interface, acquire)
{
    auto held = manager.acquire<"service">();
    EXPECT_EQ(held->to, &far_away);
    EXPECT_EQ(far_away.connections, 1);
}

TEST_F(guide_resource_interface, release)
{
    auto held = manager.acquire<"service">();
    held.release();
    EXPECT_EQ(far_away.cleaned, 1);
    EXPECT_EQ(far_away.connections, 1) << "kept for the next one";
}

TEST_F(guide_resource_interface, validate)
{
    EXPECT_TRUE(manager.validate<"service">());
    far_away.up = false;
    EXPECT_FALSE(manager.validate<"service">());
}

TEST_F(guide_resource_interface, health_check)
{
    EXPECT_EQ(manager.health<"service">(), steward::resource_health::healthy);
    far_away.up = false;
    EXPECT_EQ(manager.health<"service">(), steward::resource_health::unhealthy);
}

TEST_F(guide_resource_interface, get_metrics)
{
    manager.acquire<"service">().release();
    EXPECT_EQ(manager.metrics<"service">().acquisitions, 1U);
}

} // namespace guide::resource_interface
