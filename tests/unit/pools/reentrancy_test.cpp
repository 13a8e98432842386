// SPDX-License-Identifier: BSL-1.0
#include "support/pool_fixture.hpp"

using namespace steward::test;

namespace {

/// An adapter's function may call back into the manager: no lock is held meanwhile.
template <class B>
class pool_reentrancy : public pool_fixture<B> {
public:
    using manager_type =
        steward::manager<typename pool_fixture<B>::template resource_with<steward::health::on_borrow<>>>;

    int calls = 0;
    manager_type manager = this->template make_with<steward::health::on_borrow<>>({.max_size = 3});

    // Everything that may be asked; each call goes one level deep only.
    void call_back()
    {
        if (calls++ != 0)
            return;
        static_cast<void>(manager.status());
        static_cast<void>(manager.template metrics<"sessions">());
        static_cast<void>(manager.template owners<"sessions">());
        static_cast<void>(manager.template health<"sessions">());
        auto other = manager.template try_acquire<"sessions">(0ms);
        EXPECT_TRUE(other);
        static_cast<void>(manager.template validate<"sessions">());
        manager.maintain();
    }
};
TYPED_TEST_SUITE(pool_reentrancy, on_any_threads, policy_names);

TYPED_TEST(pool_reentrancy, from_create)
{
    this->log.while_creating = [this] { this->call_back(); };
    EXPECT_TRUE(this->manager.template try_acquire<"sessions">(0ms));
    EXPECT_GT(this->calls, 0);
}

TYPED_TEST(pool_reentrancy, from_validate)
{
    this->manager.template acquire<"sessions">().release();
    this->log.while_validating = [this] { this->call_back(); };
    EXPECT_TRUE(this->manager.template try_acquire<"sessions">(0ms));
    EXPECT_GT(this->calls, 0);
}

TYPED_TEST(pool_reentrancy, from_reset)
{
    this->log.while_resetting = [this] { this->call_back(); };
    this->manager.template acquire<"sessions">().release();
    EXPECT_GT(this->calls, 0);
}

TYPED_TEST(pool_reentrancy, from_destroy)
{
    this->log.while_destroying = [this] { this->call_back(); };
    this->manager.template acquire<"sessions">().discard();
    EXPECT_GT(this->calls, 0);
}

TYPED_TEST(pool_reentrancy, from_destroy_while_closing)
{
    this->manager.template acquire<"sessions">().release();
    this->log.while_destroying = [this] {
        ++this->calls;
        static_cast<void>(this->manager.status());
        EXPECT_FALSE(this->manager.template try_acquire<"sessions">(0ms));
        this->manager.close();
    };
    this->manager.close();
    EXPECT_EQ(this->calls, 1);
}

TYPED_TEST(pool_reentrancy, from_destroy_while_maintaining)
{
    this->manager.template acquire<"sessions">().release();
    this->log.while_destroying = [this] { this->call_back(); };
    this->manager.maintain(steward::clock::now() + 10h);
    EXPECT_GT(this->calls, 0);
}

TYPED_TEST(pool_reentrancy, by_releasing_another_lease)
{
    auto other = this->manager.template acquire<"sessions">();
    this->log.while_creating = [&] { other.release(); };
    auto lease = this->manager.template acquire<"sessions">();
    EXPECT_EQ(this->manager.template status<"sessions">().active, 1U);
}

TYPED_TEST(pool_reentrancy, by_closing_while_creating)
{
    this->log.while_creating = [this] { this->manager.close(); };
    static_cast<void>(this->manager.template try_acquire<"sessions">(0ms));
    EXPECT_EQ(this->log.live(), 0) << "what was created across closing goes when it comes back";
}

} // namespace
