// SPDX-License-Identifier: BSL-1.0
#include "support/lockings.hpp"
#include "support/stop_point.hpp"

#include <atomic>
#include <latch>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

using namespace steward::test;
using steward::errc;

namespace {

/// Makes sessions of a number that its settings name.
class numbered {
public:
    struct settings {
        int number = 0;
        bool refuses = false;
        session_log* log = nullptr;
    };
    using resource_type = session;

    explicit numbered(const settings& s) : settings_{s}
    {
        if (s.refuses)
            throw std::runtime_error{"no such server"};
    }
    [[nodiscard]] session create() const { return {settings_.number}; }
    void destroy(session&) const
    {
        if (settings_.log != nullptr && settings_.log->while_destroying)
            settings_.log->while_destroying();
    }
    [[nodiscard]] static steward::resource_health health() { return steward::resource_health::healthy; }
    static void check(const settings& s, steward::configuration_check& check)
    {
        if (s.number < 0)
            check.wrong("number", "zero or more", std::to_string(s.number));
    }

private:
    settings settings_;
};

struct slots {
    template <class Locking>
    using resource = steward::resource<"numbers", numbered, Locking, steward::pooling::bounded<0, 2>>;
    static constexpr steward::pool_options impatient{.acquire_timeout = 1ms};
};
struct one_for_all {
    template <class Locking>
    using resource = steward::resource<"numbers", numbered, Locking, steward::pooling::shared>;
    static constexpr steward::shared_options impatient{.acquire_timeout = 1ms};
};
template <class Kind, class Locking>
struct kind_and_locking {
    using resource = typename Kind::template resource<Locking>;
    static constexpr auto impatient = Kind::impatient;
};

template <class T>
class reopen : public testing::Test {
public:
    using numbers = typename T::resource;
    steward::manager<numbers> manager{numbers::with({.number = 1}, T::impatient), steward::manual_housekeeping};

    int number() { return manager.template acquire<"numbers">()->number; }
    bool closed()
    {
        const auto answer = manager.template try_acquire<"numbers">();
        return !answer && answer.error().code() == errc::closed;
    }
    errc refusal(numbered::settings settings)
    {
        try {
            manager.template reopen<"numbers">(settings);
        } catch (const steward::resource_error& error) {
            return error.code();
        }
        ADD_FAILURE() << "it was opened";
        return errc::closed;
    }
};
using kinds = testing::Types<
    kind_and_locking<slots, steward::locking::none>, kind_and_locking<slots, steward::locking::mutex>,
    kind_and_locking<slots, steward::locking::spin>, kind_and_locking<slots, steward::locking::lock_free>,
    kind_and_locking<one_for_all, steward::locking::none>, kind_and_locking<one_for_all, steward::locking::mutex>,
    kind_and_locking<one_for_all, steward::locking::lock_free>>;
TYPED_TEST_SUITE(reopen, kinds);

TYPED_TEST(reopen, uses_the_new_settings)
{
    EXPECT_EQ(this->number(), 1);
    this->manager.template close<"numbers">();
    EXPECT_TRUE(this->closed());
    this->manager.template reopen<"numbers">({.number = 2});
    EXPECT_EQ(this->number(), 2);
    EXPECT_EQ(this->manager.template status<"numbers">().state, steward::resource_state::idle);
}

TYPED_TEST(reopen, may_be_repeated)
{
    for (int i = 2; i != 6; ++i) {
        this->manager.template close<"numbers">();
        this->manager.template reopen<"numbers">({.number = i});
        EXPECT_EQ(this->number(), i);
    }
}

TYPED_TEST(reopen, refuses_what_is_not_closed)
{
    EXPECT_EQ(this->refusal({.number = 2}), errc::configuration);
    EXPECT_EQ(this->number(), 1);
}

TYPED_TEST(reopen, checks_the_settings_first)
{
    this->manager.template close<"numbers">();
    EXPECT_EQ(this->refusal({.number = -1}), errc::configuration);
    EXPECT_TRUE(this->closed());
    this->manager.template reopen<"numbers">({.number = 3});
    EXPECT_EQ(this->number(), 3);
}

TYPED_TEST(reopen, does_not_begin_while_leases_are_out)
{
    auto lease = this->manager.template acquire<"numbers">();
    this->manager.template close<"numbers">();
    EXPECT_EQ(this->refusal({.number = 2}), errc::timed_out);
    EXPECT_EQ(lease->number, 1);
    lease.release();
    this->manager.template reopen<"numbers">({.number = 2});
    EXPECT_EQ(this->number(), 2);
}

TYPED_TEST(reopen, stays_closed_where_the_adapter_cannot_be_made_and_can_be_tried_again)
{
    this->manager.template close<"numbers">();
    EXPECT_THROW(this->manager.template reopen<"numbers">({.number = 2, .refuses = true}), std::runtime_error);
    EXPECT_TRUE(this->closed());
    EXPECT_EQ(this->manager.template health<"numbers">(), steward::resource_health::unhealthy);
    EXPECT_FALSE(this->manager.template validate<"numbers">());
    this->manager.template reopen<"numbers">({.number = 3});
    EXPECT_EQ(this->number(), 3);
    EXPECT_EQ(this->manager.template health<"numbers">(), steward::resource_health::healthy);
}

TYPED_TEST(reopen, can_be_closed_again_where_the_adapter_could_not_be_made)
{
    this->manager.template close<"numbers">();
    EXPECT_THROW(this->manager.template reopen<"numbers">({.number = 2, .refuses = true}), std::runtime_error);
    this->manager.close();
    EXPECT_TRUE(this->manager.cleanup(1ms).complete());
}

/// The same with several threads.
template <class T>
using reopen_threads = reopen<T>;
using threaded_kinds = testing::Types<kind_and_locking<slots, steward::locking::mutex>,
                                      kind_and_locking<slots, steward::locking::lock_free>,
                                      kind_and_locking<one_for_all, steward::locking::lock_free>>;
TYPED_TEST_SUITE(reopen_threads, threaded_kinds);

TYPED_TEST(reopen_threads, waits_for_what_is_still_being_destroyed)
{
    using patient = typename TypeParam::resource;
    session_log log;
    stop_point destroying;
    log.while_destroying = [&] { destroying.arrive(); };
    steward::manager<patient> slow{patient::with({.number = 1, .log = &log}), steward::manual_housekeeping};
    slow.template acquire<"numbers">().release();
    std::jthread closing{[&] { slow.template close<"numbers">(); }};
    destroying.await(1);
    std::atomic<bool> opened{false};
    std::jthread opening{[&] {
        slow.template reopen<"numbers">({.number = 2});
        opened = true;
    }};
    EXPECT_EQ(code_of(slow.template try_acquire<"numbers">()), errc::closed);
    EXPECT_FALSE(opened);
    destroying.open();
    opening.join();
    EXPECT_EQ(slow.template acquire<"numbers">()->number, 2);
}

TYPED_TEST(reopen_threads, serves_others_all_the_time)
{
    std::atomic<bool> done{false};
    std::atomic<int> served{0};
    std::vector<std::jthread> threads;
    for (int t = 0; t != 2; ++t)
        threads.emplace_back([&] {
            while (!done) {
                const auto lease = this->manager.template try_acquire<"numbers">();
                if (lease)
                    ++served;
                static_cast<void>(this->manager.status());
                static_cast<void>(this->manager.health());
            }
        });
    for (int i = 0; i != 50; ++i) {
        const int before = served;
        wait_until([&] { return served > before; });
        this->manager.template close<"numbers">();
        for (bool opened = false; !opened;)
            try {
                this->manager.template reopen<"numbers">({.number = 1});
                opened = true;
            } catch (const steward::resource_error& error) {
                EXPECT_EQ(error.code(), errc::timed_out) << "a lease is still out";
            }
    }
    done = true;
}

TYPED_TEST(reopen_threads, is_done_once_however_many_want_it_at_once)
{
    for (int round = 0; round != 50; ++round) {
        this->manager.template close<"numbers">();
        std::atomic<int> opened{0};
        std::latch start{3};
        {
            std::vector<std::jthread> threads;
            for (int t = 0; t != 3; ++t)
                threads.emplace_back([&, t] {
                    start.arrive_and_wait();
                    try {
                        this->manager.template reopen<"numbers">({.number = t});
                        ++opened;
                    } catch (const steward::resource_error& error) {
                        EXPECT_EQ(error.code(), errc::configuration) << "it is open already";
                    }
                });
        }
        EXPECT_EQ(opened, 1);
    }
}

} // namespace
