// SPDX-License-Identifier: BSL-1.0
#include <steward/steward.hpp>

#include <gtest/gtest.h>

#include <atomic>
#include <concepts>
#include <memory>
#include <mutex>
#include <string>
#include <type_traits>

namespace {

using steward::adapters::value;

struct limits {
    int retries = 3;
    std::string name = "default";
};

/// It can neither be copied nor moved, so it has to be built where it stays.
struct immovable {
    immovable() = default;
    immovable(const immovable&) = delete;
    immovable& operator=(const immovable&) = delete;

    std::mutex mutex;
    std::atomic<int> count{7};
};

using shared_limits = steward::resource<"limits", value<limits>>;
using pooled_limits = steward::resource<"limits", value<limits>, steward::pooling::bounded<0, 2>>;
using shared_immovable = steward::resource<"state", value<immovable>>;
using movable_only = steward::resource<"pointer", value<std::unique_ptr<int>>>;

static_assert(steward::adapter<value<limits>> && steward::adapter<value<immovable>>);
static_assert(std::same_as<value<limits>::settings, limits>);
static_assert(std::is_empty_v<value<immovable>::settings> && std::is_empty_v<value<std::unique_ptr<int>>::settings>);
static_assert(std::same_as<shared_limits::pooling_policy, steward::pooling::shared>);

TEST(adapters_value, is_what_it_was_given)
{
    steward::manager<shared_limits> manager{shared_limits::with({.retries = 5})};
    EXPECT_EQ(manager.acquire<"limits">()->retries, 5);
    EXPECT_EQ(manager.acquire<"limits">()->name, "default");
}

TEST(adapters_value, is_default_constructed_where_nothing_was_given)
{
    steward::manager<shared_limits> manager;
    EXPECT_EQ(manager.acquire<"limits">()->retries, 3);
}

TEST(adapters_value, is_one_object_for_all_of_its_holders)
{
    steward::manager<shared_limits> manager;
    auto first = manager.acquire<"limits">();
    auto second = manager.acquire<"limits">();
    first->retries = 9;
    EXPECT_EQ(second->retries, 9);
}

TEST(adapters_value, is_a_copy_for_each_slot_where_it_is_pooled)
{
    steward::manager<pooled_limits> manager{pooled_limits::with({.retries = 5})};
    auto first = manager.acquire<"limits">();
    auto second = manager.acquire<"limits">();
    first->retries = 9;
    EXPECT_EQ(second->retries, 5);
}

TEST(adapters_value, that_cannot_move_is_built_in_place)
{
    steward::manager<shared_immovable> manager;
    auto state = manager.acquire<"state">();
    const std::lock_guard lock{state->mutex};
    EXPECT_EQ(++state->count, 8);
    EXPECT_EQ(manager.acquire<"state">()->count, 8);
}

TEST(adapters_value, that_can_only_move_is_default_constructed)
{
    steward::manager<movable_only> manager;
    auto pointer = manager.acquire<"pointer">();
    EXPECT_TRUE(pointer) << "a resource that is null is a resource";
    EXPECT_EQ(*pointer, nullptr);
}

} // namespace
