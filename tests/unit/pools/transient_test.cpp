// SPDX-License-Identifier: BSL-1.0
#include "support/pool_fixture.hpp"

#include <thread>
#include <vector>

using namespace steward::test;
using steward::errc;

namespace {

template <class Locking>
class transient_pool : public testing::Test {
public:
    using tickets = steward::resource<"tickets", session_adapter, Locking, steward::pooling::transient,
                                      steward::metrics::counters, steward::ownership::tracked>;

    session_log log;
    steward::manager<tickets> manager{tickets::with(session_adapter::settings{log})};

    auto acquire() { return manager.template acquire<"tickets">(); }
    auto try_acquire(const steward::wait_limit& limit = {}) { return manager.template try_acquire<"tickets">(limit); }
};
using lockings = testing::Types<steward::locking::none, steward::locking::mutex, steward::locking::spin,
                                steward::locking::lock_free>;
TYPED_TEST_SUITE(transient_pool, lockings);

TYPED_TEST(transient_pool, makes_a_new_resource_for_each_lease_and_destroys_it)
{
    EXPECT_EQ(this->acquire()->number, 1);
    EXPECT_EQ(this->acquire()->number, 2);
    EXPECT_EQ(this->log.destroyed, 2);
    EXPECT_EQ(this->log.resets, 0);
}

TYPED_TEST(transient_pool, has_no_bound)
{
    std::vector<decltype(this->acquire())> leases;
    for (int i = 0; i != 100; ++i)
        leases.push_back(this->acquire());
    const auto status = this->manager.template status<"tickets">();
    EXPECT_EQ(status.active, 100U);
    EXPECT_EQ(status.size, 100U);
    EXPECT_EQ(status.capacity, 0U);
    leases.clear();
    EXPECT_EQ(this->manager.template status<"tickets">().active, 0U);
    EXPECT_EQ(this->log.live(), 0);
}

TYPED_TEST(transient_pool, does_not_count_as_lent_what_is_not_yet_created)
{
    this->log.while_creating = [&] {
        EXPECT_EQ(this->manager.template status<"tickets">().active, 0U);
        EXPECT_EQ(this->manager.template metrics<"tickets">().active, 0U);
    };
    static_cast<void>(this->acquire());
    this->log.while_creating = nullptr;
}

TYPED_TEST(transient_pool, counts)
{
    auto held = this->acquire();
    this->acquire().discard();
    this->log.create_throws = true;
    EXPECT_EQ(code_of(this->try_acquire()), errc::create_failed);
    EXPECT_EQ(code_of(this->try_acquire(-1ms)), errc::configuration);
    const auto counts = this->manager.template metrics<"tickets">();
    EXPECT_EQ(counts.acquisitions, 2U);
    EXPECT_EQ(counts.releases, 1U);
    EXPECT_EQ(counts.failures, 2U);
    EXPECT_EQ(counts.active, 1U);
}

TYPED_TEST(transient_pool, closed_lends_nothing_and_loses_nothing)
{
    auto held = this->acquire();
    this->manager.close();
    this->manager.close();
    EXPECT_EQ(code_of(this->try_acquire()), errc::closed);
    EXPECT_EQ(this->log.destroyed, 0);
    held.release();
    EXPECT_EQ(this->log.destroyed, 1);
    EXPECT_EQ(this->manager.template status<"tickets">().state, steward::resource_state::closed);
}

TYPED_TEST(transient_pool, opens_again_with_another_adapter)
{
    session_log other;
    const auto reopen = [&] { this->manager.template reopen<"tickets">(session_adapter::settings{other}); };
    EXPECT_THROW(reopen(), steward::resource_error) << "it is not closed";
    this->manager.close();
    reopen();
    EXPECT_TRUE(this->try_acquire());
    EXPECT_EQ(this->log.created, 0);
    EXPECT_EQ(other.created, 1);
}

TYPED_TEST(transient_pool, shows_its_holders)
{
    auto owner = this->manager.owner("load", 3);
    owner.template acquire<"tickets">();
    EXPECT_EQ(this->manager.template owners<"tickets">(), std::vector<std::string>{"load_3"});
    owner.release_all();
    EXPECT_TRUE(this->manager.template owners<"tickets">().empty());
}

TYPED_TEST(transient_pool, validates_without_counting)
{
    this->log.while_validating = [this] { EXPECT_EQ(this->manager.template status<"tickets">().active, 0U); };
    EXPECT_TRUE(this->manager.template validate<"tickets">());
    this->log.all_invalid = true;
    EXPECT_FALSE(this->manager.template validate<"tickets">());
    this->log.create_throws = true;
    EXPECT_FALSE(this->manager.template validate<"tickets">());
    EXPECT_EQ(this->log.live(), 0);
    const auto counts = this->manager.template metrics<"tickets">();
    EXPECT_EQ(counts.acquisitions + counts.failures + counts.timeouts, 0U);
}

TYPED_TEST(transient_pool, survives_a_destroy_that_throws)
{
    this->log.destroy_throws = true;
    this->acquire().release();
    EXPECT_EQ(this->manager.template status<"tickets">().active, 0U);
    EXPECT_EQ(this->acquire()->number, 2);
}

TYPED_TEST(transient_pool, may_be_asked_by_its_adapter)
{
    int calls = 0;
    this->log.while_creating = this->log.while_destroying = [&] {
        if (++calls <= 2) {
            static_cast<void>(this->manager.status());
            EXPECT_TRUE(this->try_acquire());
        }
    };
    this->acquire().release();
    EXPECT_GT(calls, 2);
}

TEST(transient_threads, each_have_their_own)
{
    session_log log;
    using tickets = transient_pool<steward::locking::lock_free>::tickets;
    steward::manager<tickets> manager{tickets::with(session_adapter::settings{log})};
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t != 4; ++t)
            threads.emplace_back([&] {
                for (int i = 0; i != 500; ++i)
                    EXPECT_GT(manager.acquire<"tickets">()->number, 0);
            });
    }
    EXPECT_EQ(log.destroyed, 2'000);
    EXPECT_EQ(manager.metrics<"tickets">().releases, 2'000U);
}

struct limits {
    int retries = 3;
};
using fixed = steward::resource<"limits", steward::adapters::value<limits>, steward::locking::none>;
static_assert(sizeof(steward::manager<fixed>) == sizeof(limits));

TEST(static_pool, is_the_resource_itself)
{
    steward::manager<fixed> manager{fixed::with({.retries = 5})};
    auto first = manager.acquire<"limits">();
    auto second = manager.try_acquire<"limits">(0ms);
    ASSERT_TRUE(second);
    EXPECT_EQ(first.get(), second->get());
    EXPECT_EQ(static_cast<void*>(first.get()), static_cast<void*>(&manager));
    EXPECT_EQ(manager.status<"limits">().size, 1U);
    EXPECT_EQ(manager.health<"limits">(), steward::resource_health::unknown);
    EXPECT_TRUE(manager.validate<"limits">());
}

TEST(static_pool, refuses_a_negative_time_out)
{
    steward::manager<fixed> manager{fixed::with({})};
    const auto refused = manager.try_acquire<"limits">(-1ms);
    EXPECT_EQ(code_of(refused), errc::configuration);
    EXPECT_TRUE(contains(refused.error().what(), "expected a time-out of zero or more, got -1 ms"));
}

TEST(static_pool, tells_why_it_cannot_be_created)
{
    using made =
        steward::resource<"made", steward::adapters::factory<limits>, steward::locking::none, steward::pooling::shared>;
    try {
        steward::manager<made> manager{made::with([]() -> limits { throw std::runtime_error{"no limits"}; })};
        FAIL();
    } catch (const steward::resource_error& error) {
        EXPECT_EQ(error.code(), errc::create_failed);
        EXPECT_EQ(error.operation(), steward::operation::create);
        EXPECT_TRUE(contains(error.what(), "made: create: create failed: no limits"));
    }
}

} // namespace
