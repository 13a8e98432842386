// SPDX-License-Identifier: BSL-1.0
#include "support/lockings.hpp"

#include <exception>
#include <stdexcept>
#include <thread>

using namespace steward::test;
using steward::retirement;

namespace {

/// What comes back while an exception leaves its holder.
template <class B>
class unwinding : public pool_fixture<B> {
public:
    /// Holds a session while an exception is thrown.
    static void fail_with_a_session(auto& manager, bool broken = false)
    {
        try {
            auto lease = manager.template acquire<"sessions">();
            lease->broken = broken;
            throw std::runtime_error{"the holder failed"};
        } catch (const std::runtime_error&) {
        }
    }
    static auto retired(auto& manager, retirement why)
    {
        return manager.template metrics<"sessions">().retired_because(why);
    }
};
TYPED_TEST_SUITE(unwinding, each_locking, policy_names);

TYPED_TEST(unwinding, is_reset_and_validated_without_a_health_policy)
{
    auto manager = this->make();
    this->fail_with_a_session(manager);
    EXPECT_EQ(this->log.resets, 1);
    EXPECT_EQ(this->log.validated, 1);
    EXPECT_EQ(manager.template acquire<"sessions">()->number, 1) << "it was good";
}

TYPED_TEST(unwinding, is_retired_if_it_is_broken)
{
    auto manager = this->make();
    this->fail_with_a_session(manager, true);
    EXPECT_EQ(this->log.destroyed, 1);
    EXPECT_EQ(this->retired(manager, retirement::invalid), 1U);
    EXPECT_EQ(manager.template acquire<"sessions">()->number, 2);
}

TYPED_TEST(unwinding, is_retired_if_it_cannot_be_reset)
{
    auto manager = this->make();
    this->log.reset_throws = true;
    this->fail_with_a_session(manager);
    EXPECT_EQ(this->retired(manager, retirement::reset_failed), 1U);
}

TYPED_TEST(unwinding, is_looked_at_where_an_owner_held_it_too)
{
    auto manager = this->make();
    try {
        auto owner = manager.owner("load", 1);
        owner.template acquire<"sessions">().broken = true;
        throw std::runtime_error{"the holder failed"};
    } catch (const std::runtime_error&) {
    }
    EXPECT_EQ(this->retired(manager, retirement::invalid), 1U);
}

TYPED_TEST(unwinding, is_over_once_the_exception_is_caught)
{
    auto manager = this->make();
    try {
        throw std::runtime_error{"elsewhere"};
    } catch (const std::runtime_error&) {
        manager.template acquire<"sessions">().release();
    }
    EXPECT_EQ(this->log.validated, 0);
}

TYPED_TEST(unwinding, validates_once_where_the_policy_does_so_anyway)
{
    auto manager = this->template make_with<steward::health::on_return>();
    this->fail_with_a_session(manager);
    EXPECT_EQ(this->log.validated, 1);
}

/// An adapter that can validate, and has nothing to reset.
struct without_reset {
    using settings = session_adapter::settings;
    using resource_type = session;
    explicit without_reset(settings s) : adapter{s} {}
    session create() { return adapter.create(); }
    bool validate(session& s) { return adapter.validate(s); }
    void destroy(session& s) { adapter.destroy(s); }
    session_adapter adapter;
};

TYPED_TEST(unwinding, is_validated_where_there_is_nothing_to_reset_but_a_policy_that_validates)
{
    using others =
        steward::resource<"sessions", without_reset, typename TypeParam::locking, typename TypeParam::pooling,
                          steward::metrics::counters, steward::health::periodic>;
    steward::manager<others> manager{others::with(session_adapter::settings{this->log}), steward::manual_housekeeping};
    manager.template acquire<"sessions">().release();
    EXPECT_EQ(this->log.validated, 0);
    this->fail_with_a_session(manager);
    EXPECT_EQ(this->log.validated, 1);
    this->fail_with_a_session(manager, true);
    EXPECT_EQ(this->retired(manager, retirement::invalid), 1U);
}

/// A pooling policy says what becomes of it.
struct discarding : steward::pooling::bounded<0, 4> {
    static constexpr auto when_unwinding = steward::unwinding::discarded;
};
struct ignoring : steward::pooling::bounded<0, 4> {
    static constexpr auto when_unwinding = steward::unwinding::ignored;
};

TYPED_TEST(unwinding, discards_if_the_pooling_policy_says_so)
{
    using others = steward::resource<"sessions", session_adapter, typename TypeParam::locking, discarding,
                                     steward::metrics::counters>;
    steward::manager<others> manager{others::with(session_adapter::settings{this->log}), steward::manual_housekeeping};
    this->fail_with_a_session(manager);
    EXPECT_EQ(this->retired(manager, retirement::unwound), 1U);
    EXPECT_EQ(this->log.resets, 0);
    manager.template acquire<"sessions">().release();
    EXPECT_EQ(manager.template acquire<"sessions">()->number, 2) << "without an exception it stays";
}

TYPED_TEST(unwinding, ignores_if_the_pooling_policy_says_so)
{
    using others = steward::resource<"sessions", session_adapter, typename TypeParam::locking, ignoring,
                                     steward::metrics::counters>;
    steward::manager<others> manager{others::with(session_adapter::settings{this->log}), steward::manual_housekeeping};
    this->fail_with_a_session(manager, true);
    EXPECT_EQ(this->log.resets, 1);
    EXPECT_EQ(this->log.validated, 0);
}

/// Compares with the standard library's answer at its end.
struct asks_at_its_end {
    int expected;
    ~asks_at_its_end()
    {
        EXPECT_EQ(std::uncaught_exceptions(), expected);
        EXPECT_EQ(steward::detail::uncaught::any(), expected != 0);
    }
};

TEST(uncaught, is_what_the_standard_library_says)
{
    const auto all_ways = [] {
        EXPECT_FALSE(steward::detail::uncaught::any());
        try {
            const asks_at_its_end unwinding{1};
            throw 1;
        } catch (int) {
            const asks_at_its_end caught{0};
            try {
                const asks_at_its_end again{1};
                throw 2;
            } catch (int) {
            }
        }
        EXPECT_FALSE(steward::detail::uncaught::any());
    };
    all_ways();
    std::jthread{all_ways}.join(); // each thread has its own
}

} // namespace
