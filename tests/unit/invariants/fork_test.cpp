// SPDX-License-Identifier: BSL-1.0
#include "support/in_child.hpp"
#include "support/lockings.hpp"
#include "support/stop_point.hpp"

#include <sys/socket.h>

#include <memory>
#include <thread>

using namespace steward::test;
using steward::errc;

namespace {

/// 26. After fork() the child never speaks on its parent's connections, not even to say goodbye.
template <class B>
class invariant_26 : public pool_fixture<B> {
public:
    /// What the adapter was called for up to now.
    [[nodiscard]] int calls() const
    {
        return this->log.created + this->log.validated + this->log.resets + this->log.destroyed;
    }
};
using pairs = testing::Types<built_with<steward::locking::none, steward::pooling::bounded<0, 4>>,
                             built_with<steward::locking::mutex, steward::pooling::arena<4>>,
                             built_with<steward::locking::spin, steward::pooling::bounded<0, 4>>,
                             built_with<steward::locking::lock_free, steward::pooling::bounded<0, 4>>,
                             built_with<steward::locking::lock_free, steward::pooling::bounded<0, 200>>,
                             built_with<steward::locking::biased_after<1>, steward::pooling::bounded<0, 4>>>;
TYPED_TEST_SUITE(invariant_26, pairs, policy_names);

TYPED_TEST(invariant_26, a_child_that_destroys_the_manager_does_not_call_the_adapter)
{
    auto manager = this->make_owned();
    manager->template acquire<"sessions">().release();
    const int before = this->calls();
    EXPECT_TRUE(in_child([&] {
        manager.reset();
        EXPECT_EQ(this->calls(), before);
    }));
    EXPECT_EQ(manager->template acquire<"sessions">()->number, 1) << "the parent goes on";
}

TYPED_TEST(invariant_26, a_child_gets_nothing_and_learns_why)
{
    auto manager = this->make();
    for (int i = 0; i != 3; ++i)
        manager.template acquire<"sessions">().release();
    const int before = this->calls();
    EXPECT_TRUE(in_child([&] {
        for (int i = 0; i != 2; ++i) {
            const auto refused = manager.template try_acquire<"sessions">();
            EXPECT_EQ(code_of(refused), errc::closed);
            EXPECT_TRUE(contains(refused.error().what(), "make a manager after the fork"));
        }
        EXPECT_FALSE(manager.template validate<"sessions">());
        EXPECT_EQ(this->calls(), before);
    }));
}

TYPED_TEST(invariant_26, what_a_child_gives_back_is_left_alone)
{
    auto manager = this->make_owned();
    auto lease = manager->template acquire<"sessions">();
    auto other = manager->template acquire<"sessions">();
    auto workflow = manager->owner("workflow");
    static_cast<void>(workflow.template acquire<"sessions">());
    const int before = this->calls();
    EXPECT_TRUE(in_child([&] {
        lease.release();
        other.discard();
        workflow.release_all();
        EXPECT_EQ(code_of(manager->template try_acquire<"sessions">()), errc::closed);
        EXPECT_EQ(manager->template status<"sessions">().size, 0U);
        EXPECT_EQ(manager->template status<"sessions">().state, steward::resource_state::closed);
        EXPECT_EQ(this->calls(), before);
    }));
    EXPECT_EQ(manager->template status<"sessions">().active, 3U) << "the parent still has them";
}

TYPED_TEST(invariant_26, a_child_ends_the_manager_though_its_parent_still_has_leases)
{
    auto manager = this->make_owned();
    const auto lease = manager->template acquire<"sessions">();
    const int before = this->calls();
    EXPECT_TRUE(in_child([&] {
        EXPECT_TRUE(manager->cleanup(10min).complete());
        manager.reset();
        EXPECT_EQ(this->calls(), before);
    }));
}

TYPED_TEST(invariant_26, a_child_cannot_open_it_again)
{
    auto manager = this->make();
    EXPECT_TRUE(in_child([&] {
        manager.template close<"sessions">();
        try {
            manager.template reopen<"sessions">(session_adapter::settings{this->log});
            ADD_FAILURE();
        } catch (const steward::resource_error& refused) {
            EXPECT_EQ(refused.code(), errc::closed);
        }
    }));
}

TYPED_TEST(invariant_26, a_child_uses_a_manager_of_its_own)
{
    auto parents = this->make();
    parents.template acquire<"sessions">().release();
    EXPECT_TRUE(in_child([&] {
        auto own = this->make();
        for (int i = 0; i != 3; ++i)
            EXPECT_EQ(own.template acquire<"sessions">()->number, 2);
        EXPECT_EQ(own.template metrics<"sessions">().acquisitions, 3U);
    }));
}

TYPED_TEST(invariant_26, the_reason_shows_in_the_health_of_the_resource)
{
    auto manager = this->make();
    EXPECT_TRUE(in_child([&] {
        const auto seen = manager.template status<"sessions">();
        EXPECT_EQ(seen.health, steward::resource_health::unhealthy);
        EXPECT_TRUE(contains(seen.diagnosis.reason, "make a manager after the fork"));
    }));
}

/// With threads beside the one that forks, which the child does not have.
template <class B>
class invariant_26_beside_threads : public invariant_26<B> {};
TYPED_TEST_SUITE(invariant_26_beside_threads, each_threaded_locking, policy_names);

TYPED_TEST(invariant_26_beside_threads, a_child_does_not_wait_for_the_leases_of_other_threads)
{
    auto manager = this->make_owned({.max_size = 1});
    stop_point holding;
    std::jthread holder{[&] {
        const auto lease = manager->template acquire<"sessions">();
        holding.arrive();
    }};
    holding.await(1);
    std::jthread waiter{[&] { EXPECT_TRUE(manager->template try_acquire<"sessions">()); }};
    until_somebody_waits(*manager, 1);
    const int before = this->calls();
    EXPECT_TRUE(in_child([&] {
        EXPECT_EQ(code_of(manager->template try_acquire<"sessions">()), errc::closed);
        manager.reset();
        EXPECT_EQ(this->calls(), before);
    }));
    holding.open();
}

TYPED_TEST(invariant_26_beside_threads, a_child_does_not_wait_for_creates_of_other_threads)
{
    stop_point creating; // before the manager, whose thread stops there
    auto manager = this->make_owned({.create_in_background = true});
    this->log.while_creating = [&] { creating.arrive(); };
    EXPECT_EQ(code_of(manager->template try_acquire<"sessions">(1ms)), errc::timed_out);
    creating.await(1);
    EXPECT_TRUE(in_child([&] { manager.reset(); }));
    creating.open();
}

TYPED_TEST(invariant_26_beside_threads, a_child_does_not_wait_for_the_housekeeper)
{
    using resource = typename TestFixture::template resource_with<>;
    auto manager = std::make_unique<steward::manager<resource>>(
        resource::with(session_adapter::settings{this->log}, {.max_size = 4}));
    EXPECT_TRUE(in_child([&] { manager.reset(); }));
}

TYPED_TEST(invariant_26_beside_threads, a_child_does_not_wait_for_a_monitor)
{
    auto manager = this->make();
    auto monitor =
        std::make_unique<steward::health_monitor<decltype(manager), void (*)(const steward::health_change&)>>(
            manager, [](const steward::health_change&) {});
    monitor->start(1h);
    EXPECT_TRUE(in_child([&] { monitor.reset(); }));
}

/// A connection whose end says goodbye, as those of databases do.
class polite_adapter {
public:
    struct settings {
        int* peer;
    };
    struct resource_type {
        int socket;
    };

    explicit polite_adapter(settings s) : settings_{s} {}
    ~polite_adapter() { say_goodbye(); }
    polite_adapter(polite_adapter&&) = delete;

    resource_type create()
    {
        int ends[2] = {};
        if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0)
            throw std::runtime_error{"no sockets"};
        *settings_.peer = ends[0];
        return {last_ = ends[1]};
    }
    void reset(resource_type& r) { static_cast<void>(write(r.socket, "reset", 5)); }
    void destroy(resource_type& r)
    {
        say_goodbye();
        close(r.socket);
        last_ = -1;
    }

private:
    void say_goodbye() const { static_cast<void>(!write(last_, "quit", 4)); }

    settings settings_;
    int last_ = -1;
};

template <class Pooling>
class invariant_26_on_sockets : public testing::Test {};
using poolings_that_are_forked = testing::Types<steward::pooling::bounded<0, 4>, steward::pooling::arena<4>,
                                                steward::pooling::shared, steward::pooling::transient>;
TYPED_TEST_SUITE(invariant_26_on_sockets, poolings_that_are_forked);

TYPED_TEST(invariant_26_on_sockets, the_peer_hears_nothing_from_the_child)
{
    using connection = steward::resource<"connection", polite_adapter, TypeParam>;
    int peer = -1;
    auto manager = std::make_unique<steward::manager<connection>>(connection::with({&peer}));
    auto lease = manager->template acquire<"connection">();
    EXPECT_TRUE(in_child([&] {
        lease.release();
        EXPECT_EQ(code_of(manager->template try_acquire<"connection">()), errc::closed);
        manager->close();
        manager.reset();
    }));
    char heard[16];
    EXPECT_LT(recv(peer, heard, sizeof(heard), MSG_DONTWAIT), 0) << "nothing is there, nor an end of the stream";
    lease.release();
    manager.reset();
    EXPECT_GT(recv(peer, heard, sizeof(heard), MSG_DONTWAIT), 0) << "the parent says goodbye";
    close(peer);
}

} // namespace
