// SPDX-License-Identifier: BSL-1.0
#include "pools_that_differ.hpp"

#include <cstdlib>
#include <functional>
#include <unistd.h>
#include <utility>

using namespace steward::test;
using steward::errc;

namespace {

/// Calls the test back, one level deep.
class call_back {
public:
    void set(std::function<void()> f) { f_ = std::move(f), calls_ = 0; }
    void clear() { f_ = nullptr; }
    [[nodiscard]] int calls() const { return calls_; }

    void operator()()
    {
        if (!f_ || inside_)
            return;
        inside_ = true;
        ++calls_;
        f_();
        inside_ = false;
    }

private:
    std::function<void()> f_;
    bool inside_ = false;
    int calls_ = 0;
};

// What the hooks of the policies call, which are static.
call_back from_a_hook, from_an_observer;
void observe(const steward::resource_event&) { from_an_observer(); }

struct calling_metrics : steward::metrics::policy {
    struct per_resource {};
    struct per_slot {};
    static void on_acquired(per_resource&, per_slot&, const steward::acquired_event&) { from_a_hook(); }
    static void on_released(per_resource&, per_slot&, const steward::released_event&) { from_a_hook(); }
    static void on_failed(per_resource&, const steward::failed_event&) { from_a_hook(); }
    static void on_created(per_resource&, const steward::created_event&) { from_a_hook(); }
    static void on_create_failed(per_resource&) { from_a_hook(); }
    static void on_validated(per_resource&, bool) { from_a_hook(); }
    static void on_retired(per_resource&, const steward::retired_event&) { from_a_hook(); }
    static void report(const per_slot&, steward::metrics_snapshot&) { from_a_hook(); }
    static void on_event(const steward::resource_event& event) { observe(event); }
};

struct calling_ownership : steward::ownership::tracked {
    static void on_acquired(per_slot& slot, const steward::owner_id& owner)
    {
        tracked::on_acquired(slot, owner);
        from_a_hook();
    }
    static void on_released(per_slot& slot)
    {
        tracked::on_released(slot);
        from_a_hook();
    }
    static steward::owner_id holder(const per_slot& slot)
    {
        from_a_hook();
        return tracked::holder(slot);
    }
};

struct calling_health : steward::health::on_borrow<> {
    static void on_created(per_resource& r)
    {
        from_a_hook();
        validating::on_created(r);
    }
    static void on_create_failed(per_resource& r)
    {
        from_a_hook();
        validating::on_create_failed(r);
    }
    static void on_validated(per_resource& r, bool good)
    {
        from_a_hook();
        validating::on_validated(r, good);
    }
};

/// An adapter whose answer about its health is the test's, too.
class calling_adapter : public session_adapter {
public:
    static inline call_back from_health;
    using session_adapter::session_adapter;

    static steward::resource_health health()
    {
        from_health();
        return steward::resource_health::healthy;
    }
};

// 24. A hook, an observer or an adapter may call back into the manager (status, try_acquire, releasing another lease)
// without deadlock (bb8 #154).
template <class B>
class invariant_24 : public testing::Test {
public:
    using sessions = steward::resource<"sessions", session_adapter, typename B::locking, typename B::pooling,
                                       calling_metrics, calling_ownership, calling_health>;
    using lease_type = typename steward::manager<sessions>::template lease_type<"sessions">;

    session_log log;
    call_back from_the_adapter;
    steward::manager<sessions> manager{sessions::with(session_adapter::settings{log}), steward::manual_housekeeping};
    lease_type another;

    ~invariant_24() override
    {
        from_a_hook.clear();
        from_an_observer.clear();
        from_the_adapter.clear();
    }

    // What may be asked and done, with another lease of the same pool each time.
    void call_back_into_the_manager()
    {
        static_cast<void>(manager.status());
        static_cast<void>(manager.metrics());
        static_cast<void>(manager.health());
        static_cast<void>(manager.template owners<"sessions">());
        another.release();
        if (auto lease = manager.template try_acquire<"sessions">(0ms))
            another = std::move(*lease);
    }

    /// All that a pool does: creates, fails to, waits in vain, validates, retires, closes.
    void live_a_full_life()
    {
        manager.template acquire<"sessions">().release();
        manager.template acquire<"sessions">().discard();
        manager.template acquire<"sessions">()->broken = true;
        manager.template acquire<"sessions">().release();
        log.create_throws = true;
        for (int i = 0; i != 2; ++i) {
            auto lease = manager.template try_acquire<"sessions">(0ms);
            auto other = manager.template try_acquire<"sessions">(0ms);
            EXPECT_EQ(code_of(manager.template try_acquire<"sessions">(-1ms)), errc::configuration);
        }
        log.create_throws = false;
        log.reset_throws = log.destroy_throws = true;
        manager.template acquire<"sessions">().release();
        static_cast<void>(manager.template validate<"sessions">());
        static_cast<void>(manager.status());
        manager.maintain(steward::clock::now() + 24h);
        manager.close();
        another.release();
        EXPECT_EQ(code_of(manager.template try_acquire<"sessions">()), errc::closed);
    }
};
TYPED_TEST_SUITE(invariant_24, pools_that_differ, policy_names);

TYPED_TEST(invariant_24, a_hook_may_call_back_into_the_manager)
{
    from_a_hook.set([this] { this->call_back_into_the_manager(); });
    this->live_a_full_life();
    EXPECT_GT(from_a_hook.calls(), 10);
}

TYPED_TEST(invariant_24, an_observer_may_call_back_into_the_manager)
{
    from_an_observer.set([this] { this->call_back_into_the_manager(); });
    this->live_a_full_life();
    EXPECT_GT(from_an_observer.calls(), 5);
}

TYPED_TEST(invariant_24, an_adapter_that_creates_may_call_back_into_the_manager)
{
    this->log.while_creating = [this] { this->from_the_adapter(); };
    this->from_the_adapter.set([this] { this->call_back_into_the_manager(); });
    this->live_a_full_life();
    EXPECT_GT(this->from_the_adapter.calls(), 0);
}

TYPED_TEST(invariant_24, an_adapter_that_validates_may_call_back_into_the_manager)
{
    this->log.while_validating = [this] { this->from_the_adapter(); };
    this->from_the_adapter.set([this] { this->call_back_into_the_manager(); });
    this->live_a_full_life();
    EXPECT_GT(this->from_the_adapter.calls(), 0);
}

TYPED_TEST(invariant_24, an_adapter_that_resets_may_call_back_into_the_manager)
{
    this->log.while_resetting = [this] { this->from_the_adapter(); };
    this->from_the_adapter.set([this] { this->call_back_into_the_manager(); });
    this->live_a_full_life();
    EXPECT_GT(this->from_the_adapter.calls(), 0);
}

TYPED_TEST(invariant_24, an_adapter_that_destroys_may_call_back_into_the_manager)
{
    this->log.while_destroying = [this] { this->from_the_adapter(); };
    this->from_the_adapter.set([this] { this->call_back_into_the_manager(); });
    this->live_a_full_life();
    EXPECT_GT(this->from_the_adapter.calls(), 0);
}

TYPED_TEST(invariant_24, an_adapter_that_answers_for_its_health_may_call_back_into_the_manager)
{
    using resource =
        steward::resource<"sessions", calling_adapter, typename TypeParam::locking, typename TypeParam::pooling>;
    steward::manager<resource> mine{resource::with(session_adapter::settings{this->log})};
    calling_adapter::from_health.set([&] {
        static_cast<void>(mine.status());
        EXPECT_TRUE(mine.template try_acquire<"sessions">(0ms));
    });
    EXPECT_EQ(mine.template health<"sessions">(), steward::resource_health::healthy);
    EXPECT_EQ(calling_adapter::from_health.calls(), 1);
    calling_adapter::from_health.clear();
}

/// Creates one at a time.
class serial_adapter : public session_adapter {
public:
    static constexpr bool serial_create = true;
    using session_adapter::session_adapter;
};

/// Ends the process, and well: another is needed for a test that would otherwise hang.
[[noreturn]] void create_and_call_back()
{
    alarm(5);
    using resource = steward::resource<"sessions", serial_adapter>;
    session_log log;
    {
        steward::manager<resource> manager{resource::with(session_adapter::settings{log}),
                                           steward::manual_housekeeping};
        call_back from_the_adapter;
        log.while_creating = [&] { from_the_adapter(); };
        from_the_adapter.set([&] { static_cast<void>(manager.try_acquire<"sessions">(0ms)); });
        manager.acquire<"sessions">().release();
    }
    std::exit(0);
}

TEST(invariant_24, an_adapter_that_creates_one_at_a_time_may_call_back_into_the_manager)
{
    EXPECT_EXIT(create_and_call_back(), testing::ExitedWithCode(0), "");
}

/// Pools without slots.
template <class Pooling>
class invariant_24_without_slots : public testing::Test {
public:
    using sessions = steward::resource<"sessions", session_adapter, Pooling, steward::metrics::observer<&observe>>;
    session_log log;
    steward::manager<sessions> manager{sessions::with(session_adapter::settings{log}, {})};
};
using poolings_without_slots = testing::Types<steward::pooling::shared, steward::pooling::transient>;
TYPED_TEST_SUITE(invariant_24_without_slots, poolings_without_slots);

TYPED_TEST(invariant_24_without_slots, an_observer_and_an_adapter_may_call_back_into_the_manager)
{
    call_back from_the_adapter;
    const auto ask = [&] {
        static_cast<void>(this->manager.status());
        static_cast<void>(this->manager.health());
        static_cast<void>(this->manager.template try_acquire<"sessions">(0ms));
    };
    from_an_observer.set(ask);
    from_the_adapter.set(ask);
    for (auto session_log::* const function : {&session_log::while_creating, &session_log::while_destroying})
        this->log.*function = [&] { from_the_adapter(); };
    this->manager.template acquire<"sessions">().release();
    this->manager.template acquire<"sessions">().discard();
    this->manager.close();
    EXPECT_GT(from_the_adapter.calls(), 1);
    EXPECT_GT(from_an_observer.calls(), 1);
    from_an_observer.clear();
    from_the_adapter.clear();
}

} // namespace
