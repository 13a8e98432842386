// SPDX-License-Identifier: BSL-1.0
#include "support/pool_fixture.hpp"

#include <atomic>
#include <memory>
#include <thread>
#include <vector>

using namespace steward::literals;
using namespace steward::test;
using steward::errc;
using steward::resource_state;

namespace {

template <class Locking>
class shared_pool : public testing::Test {
public:
    template <class... More>
    using resource_with = steward::resource<"files", session_adapter, Locking, steward::pooling::shared,
                                            steward::metrics::counters, steward::ownership::tracked, More...>;

    session_log log;
    steward::manager<resource_with<>> manager{resource_with<>::with(session_adapter::settings{log})};

    auto status() { return manager.template status<"files">(); }
    auto acquire() { return manager.template acquire<"files">(); }
    auto try_acquire(const steward::wait_limit& limit = {}) { return manager.template try_acquire<"files">(limit); }
};
using lockings = testing::Types<steward::locking::none, steward::locking::mutex, steward::locking::spin,
                                steward::locking::lock_free>;
TYPED_TEST_SUITE(shared_pool, lockings);

TYPED_TEST(shared_pool, creates_for_the_first_who_asks_and_once)
{
    EXPECT_EQ(this->log.created, 0);
    auto first = this->acquire();
    auto second = this->try_acquire(0ms);
    ASSERT_TRUE(second);
    EXPECT_EQ(first.get(), second->get());
    EXPECT_EQ(this->log.created, 1);
}

TYPED_TEST(shared_pool, keeps_the_resource_when_nobody_holds_it)
{
    this->acquire().release();
    this->acquire().release();
    EXPECT_EQ(this->log.created, 1);
    EXPECT_EQ(this->log.destroyed, 0);
    EXPECT_EQ(this->log.resets, 0) << "the next holder may already be there";
}

TYPED_TEST(shared_pool, counts_its_holders)
{
    auto first = this->acquire();
    auto second = this->acquire();
    EXPECT_EQ(this->status().active, 2U);
    EXPECT_EQ(this->status().size, 1U);
    EXPECT_EQ(this->status().state, resource_state::active);
    EXPECT_FALSE(this->status().pooled);
    first.release();
    second.release();
    const auto counts = this->manager.template metrics<"files">();
    EXPECT_EQ(counts.acquisitions, 2U);
    EXPECT_EQ(counts.releases, 2U);
    EXPECT_EQ(counts.active, 0U);
}

TYPED_TEST(shared_pool, lists_the_owners_that_hold_it)
{
    auto load = this->manager.owner("load", 1);
    auto report = this->manager.owner("report", 2);
    load.template acquire<"files">();
    report.template acquire<"files">();
    EXPECT_EQ(this->manager.template owners<"files">(), (std::vector<std::string>{"load_1", "report_2"}));
    load.template release<"files">();
    EXPECT_EQ(this->manager.template owners<"files">(), std::vector<std::string>{"report_2"});
}

TYPED_TEST(shared_pool, refuses_a_negative_time_out)
{
    EXPECT_EQ(code_of(this->try_acquire(-1ms)), errc::configuration);
}

TYPED_TEST(shared_pool, tries_again_after_a_create_that_failed)
{
    this->log.create_throws = true;
    const auto failed = this->try_acquire();
    ASSERT_EQ(code_of(failed), errc::create_failed);
    EXPECT_TRUE(contains(failed.error().what(), "connection refused"));
    this->log.create_throws = false;
    EXPECT_TRUE(this->try_acquire());
    EXPECT_EQ(this->manager.template metrics<"files">().failures, 1U);
}

TYPED_TEST(shared_pool, destroys_what_was_discarded_when_its_last_holder_has_left)
{
    auto first = this->acquire();
    auto second = this->acquire();
    first.discard();
    EXPECT_EQ(this->log.destroyed, 0);
    EXPECT_EQ(code_of(this->try_acquire(0ms)), errc::timed_out);
    second.release();
    EXPECT_EQ(this->log.destroyed, 1);
    EXPECT_EQ(this->acquire()->number, 2);
}

TYPED_TEST(shared_pool, closes_when_its_last_holder_has_left)
{
    auto first = this->acquire();
    auto second = this->acquire();
    this->manager.close();
    EXPECT_EQ(code_of(this->try_acquire()), errc::closed);
    first.release();
    EXPECT_EQ(this->log.destroyed, 0);
    second.release();
    EXPECT_EQ(this->log.destroyed, 1);
    this->manager.close();
    EXPECT_EQ(this->log.destroyed, 1);
    EXPECT_EQ(this->status().state, resource_state::closed);
}

TYPED_TEST(shared_pool, suspended_refuses_until_resumed)
{
    this->acquire().release();
    this->manager.template suspend<"files">();
    EXPECT_EQ(code_of(this->try_acquire(0ms)), errc::suspended);
    EXPECT_EQ(this->status().state, resource_state::maintenance);
    this->manager.template resume<"files">();
    EXPECT_EQ(this->acquire()->number, 1);
}

TYPED_TEST(shared_pool, does_not_lend_again_what_was_discarded_before_it_was_suspended)
{
    auto first = this->acquire();
    auto second = this->acquire();
    first.discard();
    this->manager.template suspend<"files">();
    this->manager.template resume<"files">();
    EXPECT_FALSE(this->try_acquire(0ms));
    second.release();
    EXPECT_EQ(this->log.destroyed, 1);
    EXPECT_EQ(this->acquire()->number, 2);
}

TYPED_TEST(shared_pool, destroys_what_was_discarded_while_it_was_suspended)
{
    auto lease = this->acquire();
    this->manager.template suspend<"files">();
    lease.discard();
    EXPECT_EQ(this->log.destroyed, 1);
    this->manager.template resume<"files">();
    EXPECT_EQ(this->acquire()->number, 2);
}

TYPED_TEST(shared_pool, creates_once_when_suspended_and_resumed_meanwhile)
{
    this->log.while_creating = [this] {
        this->log.while_creating = nullptr;
        this->manager.template suspend<"files">();
        this->manager.template resume<"files">();
        EXPECT_EQ(code_of(this->try_acquire(0ms)), errc::timed_out) << "another one was created in the same place";
    };
    EXPECT_EQ(this->acquire()->number, 1);
    EXPECT_EQ(this->log.created, 1);
}

TYPED_TEST(shared_pool, may_be_asked_by_its_adapter)
{
    int calls = 0;
    const auto ask = [&] {
        ++calls;
        static_cast<void>(this->manager.status());
        static_cast<void>(this->manager.template metrics<"files">());
        static_cast<void>(this->try_acquire(0ms));
    };
    this->log.while_creating = this->log.while_destroying = ask;
    this->acquire().discard();
    this->log.while_creating = nullptr;
    this->acquire().release();
    this->manager.close();
    EXPECT_EQ(calls, 3);
}

TYPED_TEST(shared_pool, loses_nothing_when_destroy_throws)
{
    this->log.destroy_throws = true;
    this->acquire().discard();
    EXPECT_EQ(this->acquire()->number, 2);
}

TYPED_TEST(shared_pool, does_not_count_what_validate_tries)
{
    this->log.while_validating = [this] { EXPECT_EQ(this->status().active, 0U); };
    EXPECT_TRUE(this->manager.template validate<"files">());
    this->log.all_invalid = true;
    EXPECT_FALSE(this->manager.template validate<"files">());
    this->log.all_invalid = false;
    this->acquire().discard();
    this->log.create_throws = true;
    EXPECT_FALSE(this->manager.template validate<"files">());
    this->manager.template suspend<"files">();
    EXPECT_FALSE(this->manager.template validate<"files">());
    const auto counts = this->manager.template metrics<"files">();
    EXPECT_EQ(counts.acquisitions, 1U);
    EXPECT_EQ(counts.failures + counts.timeouts, 0U);
    EXPECT_EQ(counts.active, 0U);
}

TYPED_TEST(shared_pool, replaces_what_is_invalid_if_nobody_holds_it)
{
    using files = typename shared_pool<TypeParam>::template resource_with<steward::health::on_borrow<>>;
    steward::manager<files> validating{files::with(session_adapter::settings{this->log})};
    validating.template acquire<"files">()->broken = true;
    EXPECT_EQ(validating.template acquire<"files">()->number, 2);
    auto holder = validating.template acquire<"files">();
    holder->broken = true;
    EXPECT_EQ(code_of(validating.template try_acquire<"files">(0ms)), errc::invalid);
    holder.release();
    EXPECT_EQ(validating.template acquire<"files">()->number, 3);
    this->log.all_invalid = true;
    EXPECT_TRUE(validating.template try_acquire<"files">(0ms)) << "a fresh one is not validated for ever";
}

TYPED_TEST(shared_pool, trusts_what_was_made_or_looked_at_within_the_bypass_and_nothing_older)
{
    using files = typename shared_pool<TypeParam>::template resource_with<steward::health::on_borrow<500_ms>>;
    steward::manager<files> validating{files::with(session_adapter::settings{this->log}), steward::manual_housekeeping};
    const auto start = steward::clock::now();
    validating.maintain(start);
    validating.template acquire<"files">()->broken = true;
    EXPECT_EQ(validating.template acquire<"files">()->number, 1);
    validating.maintain(start + 600ms);
    EXPECT_EQ(validating.template acquire<"files">()->number, 2);
    validating.maintain(start + 1200ms);
    EXPECT_EQ(validating.template acquire<"files">()->number, 2) << "valid";
    validating.template acquire<"files">()->broken = true;
    validating.maintain(start + 1600ms);
    EXPECT_EQ(validating.template acquire<"files">()->number, 2) << "found valid 400 ms ago";
    validating.maintain(start + 1800ms);
    EXPECT_EQ(validating.template acquire<"files">()->number, 3);
}

TYPED_TEST(shared_pool, says_that_it_is_invalid_where_it_cannot_be_replaced_in_time)
{
    using files = typename shared_pool<TypeParam>::template resource_with<steward::health::on_borrow<>>;
    steward::manager<files> validating{files::with(session_adapter::settings{this->log})};
    auto holder = validating.template acquire<"files">();
    holder->broken = true;
    const auto refused = validating.template try_acquire<"files">(0ms);
    EXPECT_EQ(code_of(refused), errc::invalid);
    EXPECT_TRUE(contains(refused.error().what(), "others still hold it"));
}

} // namespace
