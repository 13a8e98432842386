// SPDX-License-Identifier: BSL-1.0
#include "support/lockings.hpp"
#include "support/stop_point.hpp"

#include <thread>
#include <vector>

using namespace steward::test;
using namespace steward::literals;
using steward::errc;
using steward::resource_health;

namespace {

/// A circuit before a resource that is not pooled.
template <class B>
class circuit_without_slots : public testing::Test {
public:
    using breaker = steward::health::circuit_breaker<1, 60_s>;
    using files = steward::resource<"files", session_adapter, typename B::locking, steward::pooling::shared, breaker>;
    using buffers =
        steward::resource<"buffers", session_adapter, typename B::locking, steward::pooling::transient, breaker>;

    const steward::time_point start = steward::clock::now() + 1s;
    session_log log;
    steward::manager<files, buffers> manager{files::with(session_adapter::settings{log}),
                                             buffers::with(session_adapter::settings{log}),
                                             steward::manual_housekeeping};

    template <steward::fixed_string Name>
    void goes_round()
    {
        manager.maintain(start);
        log.create_throws = true;
        EXPECT_EQ(code_of(manager.template try_acquire<Name>()), errc::create_failed);
        log.create_throws = false;
        EXPECT_EQ(code_of(manager.template try_acquire<Name>()), errc::circuit_open);
        EXPECT_EQ(manager.template health<Name>(), resource_health::unhealthy);
        EXPECT_EQ(log.created, 0);
        manager.maintain(start + 60s);
        EXPECT_EQ(manager.template health<Name>(), resource_health::degraded);
        EXPECT_TRUE(manager.template try_acquire<Name>());
        EXPECT_EQ(manager.template health<Name>(), resource_health::healthy);
        EXPECT_TRUE(manager.template try_acquire<Name>());
    }
};
TYPED_TEST_SUITE(circuit_without_slots, each_locking, policy_names);

TYPED_TEST(circuit_without_slots, opens_and_closes_for_a_shared_resource) { this->template goes_round<"files">(); }

TYPED_TEST(circuit_without_slots, opens_and_closes_for_transient_resources) { this->template goes_round<"buffers">(); }

TYPED_TEST(circuit_without_slots, is_asked_by_who_wants_a_shared_resource_that_is_there)
{
    this->manager.maintain(this->start);
    auto held = this->manager.template acquire<"files">();
    held.report_failure();
    EXPECT_EQ(code_of(this->manager.template try_acquire<"files">()), errc::circuit_open);
}

template <class B>
using shared_circuit = circuit_without_slots<B>;
TYPED_TEST_SUITE(shared_circuit, each_threaded_locking, policy_names);

TYPED_TEST(shared_circuit, that_opens_keeps_those_who_wait_from_the_adapter)
{
    stop_point creating;
    this->log.create_throws = true;
    this->log.while_creating = [&] { creating.arrive(); };
    std::vector<std::jthread> threads;
    std::atomic<int> coming{0};
    for (int i = 0; i != 4; ++i)
        threads.emplace_back([&] {
            ++coming;
            EXPECT_FALSE(this->manager.template try_acquire<"files">());
        });
    creating.await(1);
    wait_until([&] { return coming == 4; });
    creating.open();
    threads.clear();
    EXPECT_EQ(creating.arrived(), 1);
}

} // namespace
