// SPDX-License-Identifier: BSL-1.0
#include "pools_that_differ.hpp"
#include "support/threads.hpp"

#include <cstdlib>
#include <memory>
#include <optional>
#include <thread>

using namespace steward::test;
using steward::errc;

namespace {

// 25. A jump of the system clock changes no relative time-out. A thread that ends, or a static that is destroyed late,
// leaves no dangling hint behind. After close() no background thread is left (r2d2 #99). (The jump: clock_jump_test.cpp.)
template <class B>
class invariant_25 : public pool_fixture<B> {};
TYPED_TEST_SUITE(invariant_25, pools_that_differ, policy_names);

TYPED_TEST(invariant_25, a_thread_that_ends_leaves_no_hint_that_keeps_others_from_its_slot)
{
    auto manager = this->make({.max_size = 1});
    for (int i = 0; i != 20; ++i) {
        std::jthread{[&] {
            for (int n = 0; n != 3; ++n)
                manager.template acquire<"sessions">(0ms).release();
        }}.join();
        EXPECT_TRUE(manager.template try_acquire<"sessions">(0ms));
    }
    EXPECT_EQ(this->log.created, 1);
    manager.close();
    EXPECT_EQ(this->log.destroyed, 1);
}

TYPED_TEST(invariant_25, a_thread_may_end_while_others_hold_what_it_took)
{
    auto manager = this->make({.max_size = 1});
    std::optional<typename TestFixture::manager_type::template lease_type<"sessions">> lease;
    std::jthread{[&] {
        manager.template acquire<"sessions">().release();
        lease = manager.template acquire<"sessions">();
    }}.join();
    lease.reset();
    EXPECT_TRUE(manager.template try_acquire<"sessions">(0ms));
}

TYPED_TEST(invariant_25, a_manager_that_ends_leaves_no_hint_to_threads_that_go_on)
{
    std::optional<typename TestFixture::manager_type> manager; // each time at the same address
    session_log logs[20];
    for (session_log& mine : logs) {
        manager.emplace(TestFixture::sessions::with(session_adapter::settings{mine}), steward::manual_housekeeping);
        for (int n = 0; n != 3; ++n)
            EXPECT_EQ(manager->template acquire<"sessions">()->number, 1);
        EXPECT_EQ(mine.created, 1);
        manager.reset();
        EXPECT_EQ(mine.destroyed, 1);
    }
}

/// Uses the manager when it is destroyed.
template <class Manager>
struct late_user {
    Manager* manager = nullptr;
    ~late_user()
    {
        if (manager != nullptr)
            for (int n = 0; n != 3; ++n)
                manager->template acquire<"sessions">(0ms).release();
    }
};

TYPED_TEST(invariant_25, what_a_thread_destroys_at_its_end_may_use_the_manager)
{
    auto manager = this->make({.max_size = 1});
    std::jthread{[&] {
        thread_local late_user<decltype(manager)> late; // made before any hint, so destroyed behind it
        late.manager = &manager;
        for (int n = 0; n != 3; ++n)
            manager.template acquire<"sessions">(0ms).release();
    }}.join();
    EXPECT_EQ(manager.template metrics<"sessions">().acquisitions, 6U);
    EXPECT_TRUE(manager.template try_acquire<"sessions">(0ms)) << "no slot went with the thread";
}

/// A process that ends with statics which use a manager after the hints of its only thread have gone.
template <class Sessions>
[[noreturn]] void end_with_late_statics()
{
    using manager_type = steward::manager<Sessions>;
    static session_log log;
    static manager_type manager{Sessions::with(session_adapter::settings{log}, {.max_size = 1})};
    static late_user<manager_type> late{&manager};
    static typename manager_type::template lease_type<"sessions"> lease;
    manager.template acquire<"sessions">().release();
    lease = manager.template acquire<"sessions">(); // is given back before the other uses the manager
    std::exit(0);
}

TYPED_TEST(invariant_25, a_static_that_is_destroyed_late_may_use_the_manager)
{
    EXPECT_EXIT(end_with_late_statics<typename TestFixture::sessions>(), testing::ExitedWithCode(0), "^$");
}

/// One that was joined may be listed a moment longer.
bool come_down_to(long number)
{
    wait_until(
        [number, until = steward::clock::now() + 2s] { return threads() <= number || steward::clock::now() > until; });
    return threads() <= number;
}

class invariant_25_threads : public testing::Test {
public:
    using sessions = steward::resource<"sessions", session_adapter, steward::health::periodic>;
    session_log log;
    long before = threads();

    std::unique_ptr<steward::manager<sessions>> make(steward::pool_options options = {})
    {
        return std::make_unique<steward::manager<sessions>>(sessions::with(session_adapter::settings{log}, options));
    }
};

TEST_F(invariant_25_threads, after_close_no_background_thread_is_left)
{
    const auto manager = make({.min_size = 1, .idle_timeout = 8ms});
    wait_until([&] { return log.created == 1; });
    manager->close();
    EXPECT_TRUE(come_down_to(before));
}

TEST_F(invariant_25_threads, after_a_cleanup_no_background_thread_is_left)
{
    const auto manager = make();
    manager->acquire<"sessions">().release();
    EXPECT_TRUE(manager->cleanup().complete());
    EXPECT_TRUE(come_down_to(before));
}

TEST_F(invariant_25_threads, after_the_end_of_the_manager_no_background_thread_is_left)
{
    for (const bool in_background : {false, true}) {
        auto manager = make({.min_size = 1, .idle_timeout = 8ms, .create_in_background = in_background});
        manager->acquire<"sessions">().release();
        static_cast<void>(manager->cleanup_async().get());
        manager.reset();
        EXPECT_TRUE(come_down_to(before));
    }
}

} // namespace
