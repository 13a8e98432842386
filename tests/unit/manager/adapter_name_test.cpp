// SPDX-License-Identifier: BSL-1.0
#include <steward/steward.hpp>

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace {

/// What it creates is the name that it was told.
struct named_adapter {
    struct settings {};
    using resource_type = std::string;

    named_adapter(settings, std::string_view resource) : name{resource} {}
    [[nodiscard]] std::string create() const { return std::string{name}; }

    std::string_view name;
};

template <class Pooling>
class an_adapter : public testing::Test {};
using poolings = testing::Types<steward::pooling::bounded<0, 1>, steward::pooling::arena<1>, steward::pooling::shared,
                                steward::pooling::transient>;
TYPED_TEST_SUITE(an_adapter, poolings);

TYPED_TEST(an_adapter, is_told_the_name_of_its_resource)
{
    using orders = steward::resource<"orders", named_adapter, TypeParam>;
    steward::manager<orders> manager{orders::with({})};
    EXPECT_EQ(*manager.template acquire<"orders">(), "orders");
}

TYPED_TEST(an_adapter, is_told_again_when_it_is_replaced)
{
    using orders = steward::resource<"orders", named_adapter, TypeParam>;
    steward::manager<orders> manager{orders::with({})};
    manager.template close<"orders">();
    manager.template reopen<"orders">({});
    EXPECT_EQ(*manager.template acquire<"orders">(), "orders");
}

TEST(an_adapter_without_a_pool, is_told_the_name_of_its_resource)
{
    using orders = steward::resource<"orders", named_adapter, steward::locking::none, steward::pooling::shared,
                                     steward::health::none, steward::metrics::none, steward::ownership::none>;
    steward::manager<orders> manager{orders::with({})};
    EXPECT_EQ(*manager.acquire<"orders">(), "orders");
}

} // namespace
