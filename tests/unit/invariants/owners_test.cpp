// SPDX-License-Identifier: BSL-1.0
#include "three_resources.hpp"

#include <set>
#include <string>
#include <thread>
#include <vector>

using namespace steward::test;

namespace {

// 27. Acquiring again under one owner gives the same resource and counts once. (An owner is used by one thread at a time.)
template <class Pooling>
class invariant_27 : public three_resources<Pooling> {};
TYPED_TEST_SUITE(invariant_27, each_pooling);

TYPED_TEST(invariant_27, acquiring_again_under_one_owner_gives_the_same_resource)
{
    auto owner = this->manager.owner("load", 1);
    session* const held = &owner.template acquire<"first">();
    EXPECT_EQ(&owner.template acquire<"first">(), held);
    EXPECT_EQ(&owner.acquire(steward::name_constant<"first">{}, 1s), held);
    EXPECT_EQ(owner.template try_acquire<"first">(0ms).value(), held);
    EXPECT_EQ(owner.template get<"first">(), held);
    const auto scope = owner.template acquire_all<steward::needs<"first">>();
    EXPECT_EQ(&scope.template get<"first">(), held);
}

TYPED_TEST(invariant_27, acquiring_again_under_one_owner_counts_once_and_is_given_back_once)
{
    auto owner = this->manager.owner("load", 1);
    for (int i = 0; i != 5; ++i)
        owner.template acquire<"first">();
    EXPECT_EQ(this->manager.template metrics<"first">().acquisitions, 1U);
    EXPECT_EQ(this->manager.template status<"first">().active, 1U);
    EXPECT_EQ(this->manager.template owners<"first">(), std::vector<std::string>{"load_1"});
    owner.template release<"first">();
    EXPECT_FALSE(owner.template has<"first">());
    EXPECT_EQ(this->manager.template status<"first">().active, 0U);
    EXPECT_EQ(this->manager.template metrics<"first">().releases, 1U);
}

TYPED_TEST(invariant_27, an_owner_that_goes_to_another_thread_has_the_same_resource_there)
{
    auto owner = this->manager.owner("load", 1);
    session* const held = &owner.template acquire<"first">();
    std::jthread{[&] {
        EXPECT_EQ(&owner.template acquire<"first">(), held);
        owner.release_all();
    }}.join();
    EXPECT_EQ(this->active(), 0U);
}

// 28. A nested scope of one owner does not take the resource from the outer one.
template <class Pooling>
class invariant_28 : public three_resources<Pooling> {
public:
    using both = steward::needs<"first", "second">;
    using one = steward::needs<"first">;
};
TYPED_TEST_SUITE(invariant_28, each_pooling);

TYPED_TEST(invariant_28, a_nested_scope_does_not_take_the_resource_from_the_outer_one)
{
    auto owner = this->manager.owner("load", 1);
    {
        const auto outer = owner.template acquire_all<typename TestFixture::both>();
        session* const held = &outer.template get<"first">();
        {
            const auto inner = owner.template acquire_all<typename TestFixture::one>();
            EXPECT_EQ(&inner.template get<"first">(), held);
        }
        EXPECT_EQ(owner.template get<"first">(), held);
        EXPECT_EQ(this->active(), 2U);
    }
    EXPECT_EQ(this->active(), 0U);
}

TYPED_TEST(invariant_28, a_nested_scope_that_fails_does_not_take_the_resource_from_the_outer_one)
{
    auto owner = this->manager.owner("load", 1);
    const auto outer = owner.template acquire_all<typename TestFixture::one>();
    this->second.create_throws = true;
    EXPECT_THROW(static_cast<void>(owner.template acquire_all<typename TestFixture::both>()), steward::resource_error);
    EXPECT_TRUE(owner.template has<"first">());
    EXPECT_EQ(this->active(), 1U);
}

TYPED_TEST(invariant_28, a_scope_does_not_take_what_the_owner_had_acquired_before)
{
    auto owner = this->manager.owner("load", 1);
    owner.template acquire<"first">();
    {
        const auto scope = owner.template acquire_all<typename TestFixture::both>();
    }
    EXPECT_TRUE(owner.template has<"first">());
    EXPECT_FALSE(owner.template has<"second">());
}

TYPED_TEST(invariant_28, what_a_nested_part_releases_stays_with_the_outer_scope)
{
    auto owner = this->manager.owner("load", 1);
    const auto outer = owner.template acquire_all<typename TestFixture::one>();
    owner.template acquire<"first">();
    owner.template release<"first">();
    owner.release_all();
    EXPECT_TRUE(owner.template has<"first">());
    EXPECT_EQ(this->first.destroyed, 0);
    EXPECT_EQ(outer.template get<"first">().number, 1);
}

// 30. Owners are identities, not prefixes of strings: "a" never touches what "a:b" holds.
template <class Pooling>
class invariant_30 : public three_resources<Pooling> {
public:
    /// What `one` does touches nothing of what `other` holds.
    void expect_strangers(auto& one, auto& other)
    {
        session* const held = &other.template acquire<"first">();
        EXPECT_FALSE(one.template has<"first">());
        EXPECT_EQ(one.template get<"first">(), nullptr);
        one.template release<"first">();
        one.release_all();
        EXPECT_EQ(this->manager.template status<"first">().active, 1U);
        one.template acquire<"first">();
        EXPECT_EQ(this->manager.template status<"first">().active, 2U);
        EXPECT_EQ(names(), (std::set{one.name(), other.name()}));
        one.release_all();
        EXPECT_EQ(other.template get<"first">(), held);
        EXPECT_EQ(names(), (std::set{other.name()}));
        other.release_all();
    }
    std::set<std::string> names()
    {
        const auto all = this->manager.template owners<"first">();
        return {all.begin(), all.end()};
    }
};
TYPED_TEST_SUITE(invariant_30, each_pooling);

TYPED_TEST(invariant_30, an_owner_never_touches_what_one_holds_whose_name_begins_with_its_own)
{
    auto a = this->manager.owner("a");
    auto b = this->manager.owner("a:b");
    this->expect_strangers(a, b);
    this->expect_strangers(b, a);
}

TYPED_TEST(invariant_30, an_owner_named_at_run_time_never_touches_what_one_holds_whose_name_begins_with_its_own)
{
    auto a = this->manager.owner(std::string{"a"});
    auto b = this->manager.owner(std::string{"a:b"});
    this->expect_strangers(a, b);
    this->expect_strangers(b, a);
}

TYPED_TEST(invariant_30, a_number_is_no_prefix_either)
{
    auto one = this->manager.owner("a", 1);
    auto twelve = this->manager.owner("a", 12);
    this->expect_strangers(one, twelve);
    this->expect_strangers(twelve, one);
}

TYPED_TEST(invariant_30, two_owners_of_one_name_are_two)
{
    auto one = this->manager.owner("a", 1);
    auto same_name = this->manager.owner("a", 1);
    auto same_words = this->manager.owner("a_1");
    this->expect_strangers(one, same_name);
    this->expect_strangers(one, same_words);
}

} // namespace
