// SPDX-License-Identifier: BSL-1.0
#include "support/pool_fixture.hpp"

#include <mutex>
#include <thread>
#include <vector>

using namespace steward::test;

// A policy of a user's own in each axis works like a built-in one.
namespace {

struct counting_mutex {
    void lock()
    {
        mutex.lock();
        ++locks;
    }
    void unlock() { mutex.unlock(); }
    std::mutex mutex;
    static inline std::atomic<int> locks{0};
};
struct own_locking : steward::locking::guarded_by<counting_mutex> {};

struct own_pooling : steward::pooling::policy {
    static constexpr std::size_t min_size = 1;
    static constexpr std::size_t capacity = 2;
    template <class T>
    struct arena_type {
        int allocated = 0;
    };
    template <class T>
    class storage {
    public:
        void* allocate(arena_type<T>& arena)
        {
            ++arena.allocated;
            return place_ = ::operator new(sizeof(T), std::align_val_t{alignof(T)});
        }
        void deallocate(arena_type<T>& arena) noexcept
        {
            --arena.allocated;
            ::operator delete(place_, std::align_val_t{alignof(T)});
        }
        T& get() noexcept { return *static_cast<T*>(place_); }

    private:
        void* place_ = nullptr;
    };
    using options = steward::pool_options;
    template <class Traits>
    using pool = steward::slot_pool<Traits>;
};

/// Validates every second borrow.
struct own_health : steward::health::policy {
    struct per_resource {
        std::atomic<int> created{0}, refused{0}, failed{0};
    };
    static bool wants_validation(const per_resource&, steward::duration) noexcept { return true; }
    static void on_created(per_resource& r) noexcept { ++r.created; }
    static void on_create_failed(per_resource& r) noexcept { ++r.failed; }
    static void on_validated(per_resource& r, bool good) noexcept { r.refused += good ? 0 : 1; }
    static steward::health_verdict report(const per_resource& r) noexcept
    {
        if (r.failed + r.refused == 0)
            return {.health = steward::resource_health::healthy};
        return {.health = steward::resource_health::degraded, .reason = "something failed"};
    }
};

struct own_metrics : steward::metrics::policy {
    struct per_resource {
        std::atomic<std::uint64_t> taken{0}, back{0}, failed{0}, created{0}, retired{0};
    };
    struct per_lease {
        bool out = false;
    };
    struct per_slot {};
    static void on_acquired(per_resource& r, per_slot&, per_lease& l, const steward::acquired_event&) noexcept
    {
        EXPECT_FALSE(l.out);
        l.out = true;
        ++r.taken;
    }
    static void on_released(per_resource& r, per_slot&, per_lease& l, const steward::released_event&) noexcept
    {
        EXPECT_TRUE(l.out);
        l.out = false;
        ++r.back;
    }
    static void on_failed(per_resource& r, const steward::failed_event&) noexcept { ++r.failed; }
    static void on_created(per_resource& r, const steward::created_event&) noexcept { ++r.created; }
    static void on_retired(per_resource& r, const steward::retired_event&) noexcept { ++r.retired; }
    static void report(const per_resource& r, steward::metrics_snapshot& out) noexcept
    {
        out.acquisitions = r.taken;
        out.releases = r.back;
        out.failures = r.failed;
        out.creations = r.created;
        out.retirements = r.retired;
    }
};

struct own_ownership : steward::ownership::policy {
    struct per_slot {
        std::atomic<const char*> tag{nullptr};
    };
    static void on_acquired(per_slot& slot, const steward::owner_id& owner) noexcept { slot.tag = owner.tag; }
    static void on_released(per_slot& slot) noexcept { slot.tag = nullptr; }
    static steward::owner_id holder(const per_slot& slot) noexcept { return {slot.tag}; }
};

using own_sessions =
    steward::resource<"sessions", session_adapter, own_ownership, own_metrics, own_health, own_pooling, own_locking>;

class own_policies : public testing::Test {
public:
    session_log log;
    steward::manager<own_sessions> manager{own_sessions::with(session_adapter::settings{log}),
                                           steward::manual_housekeeping};
};

TEST_F(own_policies, are_those_of_the_resource)
{
    static_assert(std::same_as<own_sessions::locking_policy, own_locking>);
    static_assert(std::same_as<own_sessions::pooling_policy, own_pooling>);
    static_assert(std::same_as<own_sessions::health_policy, own_health>);
    static_assert(std::same_as<own_sessions::metrics_policy, own_metrics>);
    static_assert(std::same_as<own_sessions::ownership_policy, own_ownership>);
    const int before = counting_mutex::locks;
    manager.acquire<"sessions">().release();
    EXPECT_GT(counting_mutex::locks, before);
}

TEST_F(own_policies, decide_the_size)
{
    EXPECT_EQ(manager.status<"sessions">().capacity, 2U);
    manager.maintain();
    EXPECT_EQ(manager.status<"sessions">().size, 1U);
}

TEST_F(own_policies, hear_of_everything)
{
    manager.acquire<"sessions">()->broken = true;
    {
        auto owner = manager.owner("load", 1);
        owner.acquire<"sessions">();
        EXPECT_EQ(manager.owners<"sessions">(), std::vector<std::string>{"load"});
        log.create_throws = true;
        EXPECT_FALSE(manager.try_acquire<"sessions">());
    }
    const auto counts = manager.metrics<"sessions">();
    EXPECT_EQ(counts.acquisitions, 2U);
    EXPECT_EQ(counts.releases, 2U);
    EXPECT_EQ(counts.failures, 1U);
    EXPECT_EQ(counts.creations, 2U);
    EXPECT_EQ(counts.retirements, 1U);
    EXPECT_EQ(manager.health<"sessions">(), steward::resource_health::degraded);
}

TEST_F(own_policies, work_for_many_threads)
{
    std::vector<std::jthread> threads;
    for (int t = 0; t != 3; ++t)
        threads.emplace_back([&] {
            for (int i = 0; i != 500; ++i)
                EXPECT_GT(manager.acquire<"sessions">()->number, 0);
        });
    threads.clear();
    const auto counts = manager.metrics<"sessions">();
    EXPECT_EQ(counts.acquisitions, 1'500U);
    EXPECT_EQ(counts.releases, 1'500U);
}

/// A state that cannot always be made.
struct fragile_state {
    fragile_state()
    {
        if (++made == 3)
            throw std::bad_alloc{};
    }
    fragile_state(const fragile_state&) = delete;
    fragile_state& operator=(const fragile_state&) = delete;
    ~fragile_state() { ++gone; }
    static inline int made = 0, gone = 0;
};
struct fragile_metrics : steward::metrics::policy {
    struct per_slot {
        fragile_state state;
    };
    static void on_acquired(auto&, per_slot&, const steward::acquired_event&) {}
};

TEST(own_states, that_cannot_be_made_leave_nothing_behind)
{
    using fragile = steward::resource<"sessions", session_adapter, fragile_metrics>;
    session_log log;
    fragile_state::made = fragile_state::gone = 0;
    EXPECT_THROW((steward::manager<fragile>{fragile::with(session_adapter::settings{log})}), std::bad_alloc);
    EXPECT_EQ(fragile_state::made, 3);
    EXPECT_EQ(fragile_state::gone, 2);
}

} // namespace
