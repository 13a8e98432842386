// SPDX-License-Identifier: BSL-1.0
#include "support/pool_fixture.hpp"

#include <array>
#include <optional>
#include <thread>

using namespace steward::test;
using namespace steward::literals;
using steward::errc;

// What happens when the server behind the resources went away while they were idle.
namespace {

template <class B>
class pool_of_dead : public pool_fixture<B> {
public:
    // Four sessions were in use and came back.
    template <class Manager>
    void fill(Manager& manager)
    {
        std::array<std::optional<typename Manager::template lease_type<"sessions">>, 4> leases;
        for (auto& lease : leases)
            lease.emplace(manager.template acquire<"sessions">());
    }

    // The server is there again: new sessions work, the old ones do not.
    template <class Manager>
    void restart_server(Manager& manager)
    {
        std::array<std::optional<typename Manager::template lease_type<"sessions">>, 4> leases;
        for (auto& lease : leases) {
            lease.emplace(manager.template acquire<"sessions">());
            (*lease)->broken = true;
        }
        leases = {};
        this->log.validated = 0;
        this->log.destroyed = 0;
    }

    // One of four is lent. Two of the others broke; all three have rested for longer than a bypass window.
    template <class Manager>
    auto lend_one_and_break_two(Manager& manager)
    {
        const auto start = steward::clock::now() + 1s;
        manager.maintain(start);
        fill(manager);
        auto lent = manager.template acquire<"sessions">();
        {
            auto a = manager.template acquire<"sessions">();
            auto b = manager.template acquire<"sessions">();
            a->broken = b->broken = true;
        }
        manager.maintain(start + 1min);
        manager.maintain(start + 2min);
        return lent;
    }
};
TYPED_TEST_SUITE(pool_of_dead, in_slot_order, policy_names);

TYPED_TEST(pool_of_dead, costs_one_caller_two_validations_and_the_next_ones_none)
{
    auto manager = this->template make_with<steward::health::on_borrow<>>();
    this->restart_server(manager);
    std::array<std::optional<typename decltype(manager)::template lease_type<"sessions">>, 4> leases;
    for (auto& lease : leases) {
        lease.emplace(manager.template acquire<"sessions">());
        EXPECT_FALSE((*lease)->broken);
    }
    EXPECT_EQ(this->log.validated, 2);
    EXPECT_EQ(this->log.destroyed, 4);
    EXPECT_EQ(manager.template metrics<"sessions">().acquisitions, 8U);
}

TYPED_TEST(pool_of_dead, leaves_those_alone_that_were_made_since)
{
    auto manager = this->template make_with<steward::health::on_borrow<>>();
    this->restart_server(manager);
    this->fill(manager);
    this->log.validated = 0;
    this->fill(manager);
    EXPECT_EQ(this->log.validated, 4);
    EXPECT_EQ(this->log.destroyed, 4);
}

TYPED_TEST(pool_of_dead, condemns_nobody_because_of_one)
{
    auto manager = this->template make_with<steward::health::on_borrow<>>();
    this->fill(manager);
    manager.template acquire<"sessions">()->broken = true;
    this->fill(manager);
    EXPECT_EQ(this->log.destroyed, 1);
}

TYPED_TEST(pool_of_dead, condemns_what_is_lent_too_for_when_it_comes_back)
{
    auto manager = this->template make_with<steward::health::on_borrow<10_s>>();
    auto lent = this->lend_one_and_break_two(manager);
    EXPECT_EQ(manager.template acquire<"sessions">()->number, 5) << "the fourth is as old as the two that are dead";
    EXPECT_EQ(this->log.validated, 2);
    lent.release();
    EXPECT_EQ(this->log.destroyed, 3) << "it would be trusted for the next ten seconds";
}

TYPED_TEST(pool_of_dead, trusts_nothing_of_that_age_that_was_used_a_moment_ago)
{
    auto manager = this->template make_with<steward::health::on_borrow<10_s>>();
    auto used = this->lend_one_and_break_two(manager);
    this->log.while_validating = [&] { used.release(); };
    auto first = manager.template acquire<"sessions">();
    auto second = manager.template acquire<"sessions">();
    EXPECT_EQ(this->log.validated, 2);
    EXPECT_GT(first->number, 4);
    EXPECT_GT(second->number, 4);
}

TYPED_TEST(pool_of_dead, does_not_extend_the_deadline)
{
    auto manager = this->template make_with<steward::health::on_borrow<>>();
    this->restart_server(manager);
    this->log.while_validating = [] { std::this_thread::sleep_for(3ms); };
    const auto late = manager.template try_acquire<"sessions">(1ms);
    EXPECT_EQ(code_of(late), errc::timed_out);
    EXPECT_TRUE(contains(late.error().what(), "what was free was invalid, and no time was left to replace it"));
    EXPECT_EQ(this->log.validated, 1);
    EXPECT_EQ(this->log.created, 4);
    EXPECT_EQ(manager.template metrics<"sessions">().timeouts, 1U);
    this->fill(manager); // nothing was lost
}

TYPED_TEST(pool_of_dead, is_replaced_where_there_was_no_time_to_begin_with)
{
    auto manager = this->template make_with<steward::health::on_borrow<>>();
    this->restart_server(manager);
    EXPECT_FALSE(manager.template try_acquire<"sessions">(0ms).value()->broken);
}

} // namespace
