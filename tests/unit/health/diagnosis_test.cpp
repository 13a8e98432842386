// SPDX-License-Identifier: BSL-1.0
#include "support/lockings.hpp"

using namespace steward::test;
using namespace steward::literals;
using steward::resource_health;
using steward::health::evidence;
using steward::health::known_health;

namespace {

TEST(known_health, knows_nothing_at_first)
{
    const known_health known;
    EXPECT_EQ(known.get().health, resource_health::unknown);
    EXPECT_EQ(known.get().reason, "");
    EXPECT_EQ(known.get().since, steward::time_point{});
}

TEST(known_health, keeps_reason_and_time_of_the_last_change)
{
    known_health known;
    known.set_time(steward::time_point{10s});
    known.set(resource_health::unhealthy, evidence::create_failed);
    known.set_time(steward::time_point{20s});
    known.set(resource_health::unhealthy, evidence::complained);
    EXPECT_EQ(known.get().reason, "a create failed") << "that is how it began";
    EXPECT_EQ(known.get().since, steward::time_point{10s});
    known.set(resource_health::healthy, evidence::created);
    EXPECT_EQ(known.get().health, resource_health::healthy);
    EXPECT_EQ(known.get().since, steward::time_point{20s});
}

TEST(known_health, has_words_for_each_evidence)
{
    for (auto what = evidence::created; what <= evidence::half_open;
         what = static_cast<evidence>(static_cast<int>(what) + 1)) {
        known_health known;
        known.set_time(steward::time_point{1s});
        known.set(resource_health::degraded, what);
        EXPECT_EQ(known.get().reason, to_string(what));
        EXPECT_NE(to_string(what), "");
    }
}

TEST(known_health, keeps_times_of_several_years)
{
    known_health known;
    const steward::time_point late{std::chrono::hours{24 * 365 * 8} + 123'456us};
    known.set_time(late);
    known.set(resource_health::degraded, evidence::invalid);
    EXPECT_EQ(known.get().since, late);
}

/// What a manager says about the health of a resource.
template <class B>
class diagnosis : public pool_fixture<B> {
public:
    // In whole microseconds, as it is kept.
    const steward::time_point start =
        std::chrono::time_point_cast<std::chrono::microseconds>(steward::clock::now() + 1s);
};
TYPED_TEST_SUITE(diagnosis, each_locking, policy_names);

TYPED_TEST(diagnosis, names_the_reason_the_words_of_the_adapter_and_since_when)
{
    auto manager = this->template make_with<steward::health::on_borrow<>>();
    manager.maintain(this->start);
    this->log.create_throws = true;
    EXPECT_FALSE(manager.template try_acquire<"sessions">());
    manager.maintain(this->start + 10s);
    const steward::health_report report = manager.template status<"sessions">().diagnosis;
    EXPECT_EQ(report.health, resource_health::unhealthy);
    EXPECT_EQ(report.since, this->start);
    EXPECT_TRUE(contains(report.reason, "a create failed"));
    EXPECT_TRUE(contains(report.reason, "connection refused"));
}

TYPED_TEST(diagnosis, is_the_same_wherever_it_is_asked_for)
{
    auto manager = this->template make_with<steward::health::on_borrow<>>();
    manager.maintain(this->start);
    manager.template acquire<"sessions">().release();
    const auto one = manager.template diagnose<"sessions">();
    const auto all = manager.health();
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].name, "sessions");
    EXPECT_EQ(all[0].health, one.health);
    EXPECT_EQ(all[0].reason, one.reason);
    EXPECT_EQ(all[0].since, one.since);
    EXPECT_EQ(manager.template status<"sessions">().health, one.health);
}

TYPED_TEST(diagnosis, of_a_healthy_resource_names_no_failure)
{
    auto manager = this->template make_with<steward::health::on_borrow<>>();
    this->log.create_throws = true;
    EXPECT_FALSE(manager.template try_acquire<"sessions">());
    this->log.create_throws = false;
    EXPECT_TRUE(manager.template try_acquire<"sessions">());
    EXPECT_EQ(manager.template diagnose<"sessions">().reason, "a create succeeded");
}

TYPED_TEST(diagnosis, holds_no_secret)
{
    auto manager = this->template make_with<steward::health::on_borrow<>>();
    this->log.while_creating = [] { throw std::runtime_error{"cannot reach db://me:hunter2@host password=hunter2"}; };
    EXPECT_FALSE(manager.template try_acquire<"sessions">());
    const auto reason = manager.template diagnose<"sessions">().reason;
    EXPECT_TRUE(contains(reason, "host"));
    EXPECT_FALSE(contains(reason, "hunter2"));
}

TYPED_TEST(diagnosis, follows_the_circuit)
{
    auto manager = this->template make_with<steward::health::circuit_breaker<1, 60_s>>();
    manager.maintain(this->start);
    this->log.create_throws = true;
    EXPECT_FALSE(manager.template try_acquire<"sessions">());
    EXPECT_TRUE(contains(manager.template diagnose<"sessions">().reason, "the circuit is open"));
    manager.maintain(this->start + 61s);
    const auto half_open = manager.template diagnose<"sessions">();
    EXPECT_TRUE(contains(half_open.reason, "the circuit is half-open"));
    EXPECT_EQ(half_open.since, this->start + 61s);
}

TYPED_TEST(diagnosis, of_what_nobody_looks_at_is_unknown)
{
    auto manager = this->make();
    manager.template acquire<"sessions">().release();
    const auto report = manager.template diagnose<"sessions">();
    EXPECT_EQ(report.health, resource_health::unknown);
    EXPECT_EQ(report.reason, "");
    EXPECT_EQ(report.since, steward::time_point{});
}

} // namespace
