// SPDX-License-Identifier: BSL-1.0
#include "pools_that_differ.hpp"

#include <atomic>
#include <optional>
#include <thread>
#include <vector>

using namespace steward::test;
using steward::errc;

namespace {

// 19. A lone caller is never blocked for ever by a resource that fails validation (commons-pool #346); a validator that
// hangs holds its own slot only.
template <class B>
class invariant_19 : public pool_fixture<B> {};
TYPED_TEST_SUITE(invariant_19, pools_that_differ, policy_names);

TYPED_TEST(invariant_19, a_lone_caller_gets_another_in_place_of_one_that_fails_validation)
{
    auto manager = this->template make_with<steward::health::on_borrow<>>({.max_size = 1});
    this->log.all_invalid = true;
    for (int i = 1; i != 4; ++i)
        EXPECT_EQ(manager.template acquire<"sessions">()->number, i); // or waits for ten minutes
}

TYPED_TEST(invariant_19, a_lone_caller_gets_another_where_the_validation_throws)
{
    auto manager = this->template make_with<steward::health::on_borrow<>>({.max_size = 1});
    this->log.validate_throws = true;
    for (int i = 1; i != 4; ++i)
        EXPECT_EQ(manager.template acquire<"sessions">()->number, i);
}

TYPED_TEST(invariant_19, a_lone_caller_is_told_at_once_where_no_other_can_be_created)
{
    auto manager = this->template make_with<steward::health::on_borrow<>>({.max_size = 1});
    manager.template acquire<"sessions">()->broken = true;
    this->log.create_throws = true;
    EXPECT_EQ(code_of(manager.template try_acquire<"sessions">()), errc::create_failed);
    this->log.create_throws = false;
    EXPECT_TRUE(manager.template try_acquire<"sessions">(0ms));
}

TYPED_TEST(invariant_19, a_lone_caller_gets_another_in_place_of_what_failed_validation_at_its_return)
{
    auto manager = this->template make_with<steward::health::on_return>({.max_size = 1});
    this->log.all_invalid = true;
    for (int i = 1; i != 4; ++i)
        EXPECT_EQ(manager.template acquire<"sessions">()->number, i);
}

TYPED_TEST(invariant_19, a_validator_that_hangs_holds_its_own_slot_only)
{
    auto manager = this->template make_with<steward::health::on_borrow<>>({.max_size = 2});
    manager.template acquire<"sessions">().release();
    stop_point validating;
    std::atomic<bool> is_first{true};
    this->log.while_validating = [&] {
        if (is_first.exchange(false))
            validating.arrive();
    };
    std::jthread caller{[&] { EXPECT_EQ(manager.template acquire<"sessions">()->number, 1); }};
    validating.await(1);
    for (int i = 0; i != 3; ++i)
        EXPECT_EQ(manager.template acquire<"sessions">(0ms)->number, 2);
    const auto other = manager.template acquire<"sessions">();
    EXPECT_EQ(code_of(manager.template try_acquire<"sessions">(0ms)), errc::timed_out) << "there are but two";
    validating.open();
}

// 21. When all resources die at once, the first failures condemn the rest: nobody pays one time-out after another.
template <class B>
class invariant_21 : public pool_fixture<B> {
public:
    // Four sessions rest, and the server that they were connected to is gone. A validation is a time-out.
    template <class Manager>
    void let_all_die(Manager& manager)
    {
        {
            std::vector<typename Manager::template lease_type<"sessions">> leases;
            for (int i = 0; i != 4; ++i) {
                leases.push_back(manager.template acquire<"sessions">());
                leases.back()->broken = true;
            }
        }
        this->log.validated = 0;
    }
};
TYPED_TEST_SUITE(invariant_21, pools_that_differ, policy_names);

TYPED_TEST(invariant_21, the_first_failures_condemn_the_rest)
{
    auto manager = this->template make_with<steward::health::on_borrow<>>();
    this->let_all_die(manager);
    std::vector<typename decltype(manager)::template lease_type<"sessions">> leases;
    for (int i = 0; i != 4; ++i) {
        leases.push_back(manager.template acquire<"sessions">());
        EXPECT_FALSE(leases.back()->broken);
    }
    EXPECT_LE(this->log.validated, 2) << "of four time-outs";
    EXPECT_EQ(this->log.destroyed, 4);
}

TYPED_TEST(invariant_21, the_first_failures_condemn_the_rest_where_the_housekeeper_finds_them)
{
    auto manager = this->template make_with<steward::health::periodic>(
        {.idle_timeout = 0s, .max_lifetime = 0s, .validation_interval = 60s});
    this->let_all_die(manager);
    manager.maintain(steward::clock::now() + 60s);
    manager.maintain(steward::clock::now() + 180s);
    EXPECT_LE(this->log.validated, 2) << "of four time-outs";
    EXPECT_EQ(this->log.destroyed, 4);
}

TYPED_TEST(invariant_21, nobody_pays_for_what_is_lent_while_the_others_are_found_dead)
{
    auto manager = this->template make_with<steward::health::on_borrow<>>();
    this->let_all_die(manager);
    std::optional lent{manager.template acquire<"sessions">()}; // finds the first dead ones
    EXPECT_LE(this->log.validated, 2);
    lent.reset();
    EXPECT_FALSE(manager.template acquire<"sessions">()->broken) << "what was made since is not condemned";
    EXPECT_EQ(manager.template metrics<"sessions">().validation_failures, 2U);
}

TYPED_TEST(invariant_21, nobody_pays_one_time_out_after_another_where_no_new_ones_can_be_created)
{
    auto manager = this->template make_with<steward::health::on_borrow<>>();
    this->let_all_die(manager);
    this->log.create_throws = true;
    for (int i = 0; i != 4; ++i)
        EXPECT_EQ(code_of(manager.template try_acquire<"sessions">()), errc::create_failed);
    EXPECT_LE(this->log.validated, 2);
}

} // namespace
