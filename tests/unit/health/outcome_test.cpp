// SPDX-License-Identifier: BSL-1.0
#include <steward/steward.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <stdexcept>
#include <utility>

using namespace std::chrono_literals;
using namespace steward::literals;
using steward::resource_health;

namespace {

/// A client of a service, which connects with its first call: creating it says nothing of the service.
class caller {
public:
    void call(bool works) { outcome_ = works; }

private:
    friend class lazy_adapter;
    std::optional<bool> outcome_;
};

class lazy_adapter {
public:
    struct settings {};
    using resource_type = caller;

    explicit lazy_adapter(settings) {}
    static caller create() { return {}; }
    static std::optional<bool> outcome(caller& used) { return std::exchange(used.outcome_, std::nullopt); }
};

template <class Pooling>
class outcome : public testing::Test {
public:
    using breaker = steward::health::circuit_breaker<2, 60_s>;
    using service = steward::resource<"service", lazy_adapter, Pooling, breaker>;

    const steward::time_point start = steward::clock::now() + 1s;
    steward::manager<service> manager{service::with({}), steward::manual_housekeeping};

    void call(bool works) { manager.template acquire<"service">()->call(works); }
    bool refuses() { return !manager.template try_acquire<"service">(); }
    resource_health health() { return manager.template health<"service">(); }
    void open()
    {
        manager.maintain(start);
        call(false);
        call(false);
    }
};
using poolings =
    testing::Types<steward::pooling::bounded<0, 4>, steward::pooling::bounded<2, 4>, steward::pooling::transient>;
TYPED_TEST_SUITE(outcome, poolings);

TYPED_TEST(outcome, of_leases_opens_a_circuit)
{
    this->call(false);
    EXPECT_EQ(this->health(), resource_health::degraded);
    EXPECT_FALSE(this->refuses());
    this->call(false);
    EXPECT_TRUE(this->refuses());
}

TYPED_TEST(outcome, that_is_good_begins_the_count_anew)
{
    this->call(false);
    this->call(true);
    this->call(false);
    EXPECT_FALSE(this->refuses());
}

TYPED_TEST(outcome, of_a_lease_that_was_not_used_is_none)
{
    this->call(false);
    static_cast<void>(this->manager.template acquire<"service">());
    this->call(false);
    EXPECT_TRUE(this->refuses());
}

TYPED_TEST(outcome, is_none_where_a_resource_is_only_created)
{
    this->call(false);
    this->manager.template acquire<"service">().discard();
    static_cast<void>(this->manager.template acquire<"service">());
    this->call(false);
    EXPECT_TRUE(this->refuses());
}

TYPED_TEST(outcome, of_what_is_discarded_counts)
{
    for (int i = 0; i != 2; ++i) {
        auto lease = this->manager.template acquire<"service">();
        lease->call(false);
        lease.discard();
    }
    EXPECT_TRUE(this->refuses());
}

TYPED_TEST(outcome, of_a_holder_that_an_exception_leaves_counts)
{
    for (int i = 0; i != 2; ++i)
        EXPECT_THROW(
            {
                auto lease = this->manager.template acquire<"service">();
                lease->call(false);
                throw std::runtime_error{"it did not work"};
            },
            std::runtime_error);
    EXPECT_TRUE(this->refuses());
}

TYPED_TEST(outcome, of_a_probe_closes_the_circuit_or_opens_it_again)
{
    this->open();
    this->manager.maintain(this->start + 60s);
    EXPECT_EQ(this->health(), resource_health::degraded);
    this->call(false);
    EXPECT_TRUE(this->refuses());
    EXPECT_EQ(this->health(), resource_health::unhealthy);
    this->manager.maintain(this->start + 60s + 120s);
    this->call(true);
    EXPECT_EQ(this->health(), resource_health::healthy);
    EXPECT_FALSE(this->refuses());
}

TYPED_TEST(outcome, of_a_probe_is_waited_for_by_all_others)
{
    this->open();
    this->manager.maintain(this->start + 60s);
    auto probe = this->manager.template acquire<"service">();
    EXPECT_TRUE(this->refuses());
    probe->call(true);
    EXPECT_TRUE(this->refuses());
    probe.release();
    EXPECT_FALSE(this->refuses());
}

TYPED_TEST(outcome, of_a_probe_that_was_not_used_lets_another_one_probe)
{
    this->open();
    this->manager.maintain(this->start + 60s);
    static_cast<void>(this->manager.template acquire<"service">());
    EXPECT_EQ(this->health(), resource_health::degraded);
    this->call(true);
    EXPECT_EQ(this->health(), resource_health::healthy);
}

TYPED_TEST(outcome, of_a_probe_that_takes_long_can_be_reported)
{
    this->open();
    this->manager.maintain(this->start + 60s);
    auto probe = this->manager.template acquire<"service">();
    probe.report_success();
    EXPECT_FALSE(this->refuses());
    probe->call(true);
}

TEST(outcome_of_a_shared_resource, is_not_asked_for)
{
    using service =
        steward::resource<"service", lazy_adapter, steward::pooling::shared, steward::health::circuit_breaker<1, 60_s>>;
    steward::manager<service> manager{service::with({}), steward::manual_housekeeping};
    manager.acquire<"service">()->call(false);
    EXPECT_TRUE(manager.try_acquire<"service">());
    EXPECT_EQ(manager.health<"service">(), resource_health::healthy);
}

} // namespace
