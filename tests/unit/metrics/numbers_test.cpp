// SPDX-License-Identifier: BSL-1.0
// What adapters count themselves.
#include <steward/steward.hpp>

#include <gtest/gtest.h>

#include <ranges>
#include <stdexcept>

namespace numbers_test {

struct counting_adapter {
    struct settings {
        double tokens = 12;
    };
    using resource_type = int;

    explicit counting_adapter(settings wanted) : tokens{wanted.tokens} {}

    int create() { return 0; }
    void report(steward::metrics_snapshot& out) const
    {
        if (tokens < 0)
            throw std::runtime_error{"cannot count"};
        out.add("tokens", tokens);
        out.add("cost", 0.5);
    }

    double tokens;
};

template <class Pooling>
class adapters_numbers : public testing::Test {};
using poolings = testing::Types<steward::pooling::arena<1>, steward::pooling::bounded<0, 3>, steward::pooling::arena<3>,
                                steward::pooling::shared, steward::pooling::transient>;
TYPED_TEST_SUITE(adapters_numbers, poolings);

TYPED_TEST(adapters_numbers, are_in_the_metrics)
{
    using counted = steward::resource<"llm", counting_adapter, TypeParam, steward::metrics::counters>;
    steward::manager<counted> manager{counted::with({.tokens = 15})};
    static_cast<void>(manager.template acquire<"llm">());
    const auto metrics = manager.template metrics<"llm">();
    EXPECT_EQ(metrics.acquisitions, 1U);
    EXPECT_EQ(metrics.number("tokens"), 15);
    EXPECT_EQ(metrics.number("cost"), 0.5);
    EXPECT_EQ(metrics.number("letters"), 0);
    EXPECT_EQ(manager.template status<"llm">().totals->number("tokens"), 15);
}

TYPED_TEST(adapters_numbers, need_no_metrics_policy)
{
    using counted = steward::resource<"llm", counting_adapter, TypeParam>;
    steward::manager<counted> manager;
    static_cast<void>(manager.template acquire<"llm">());
    EXPECT_EQ(manager.template metrics<"llm">().number("tokens"), 12);
    EXPECT_EQ(manager.metrics().size(), 1U);
    EXPECT_EQ(manager.template status<"llm">().totals->number("tokens"), 12);
}

TYPED_TEST(adapters_numbers, that_cannot_be_had_are_an_error_of_who_asks)
{
    using counted = steward::resource<"llm", counting_adapter, TypeParam>;
    steward::manager<counted> manager{counted::with({.tokens = -1})};
    EXPECT_THROW(static_cast<void>(manager.template metrics<"llm">()), std::runtime_error);
    static_cast<void>(manager.template acquire<"llm">());
}

TYPED_TEST(adapters_numbers, are_those_of_the_adapter_that_took_its_place)
{
    using counted = steward::resource<"llm", counting_adapter, TypeParam>;
    steward::manager<counted> manager;
    manager.template close<"llm">();
    EXPECT_EQ(manager.template metrics<"llm">().number("tokens"), 12);
    if constexpr (requires { manager.template reopen<"llm">(counting_adapter::settings{.tokens = 3}); }) {
        manager.template reopen<"llm">({.tokens = 3});
        EXPECT_EQ(manager.template metrics<"llm">().number("tokens"), 3);
    }
}

TEST(numbers, add_up_by_name)
{
    steward::metrics_snapshot a, b;
    a.add("tokens", 1);
    a.add("tokens", 2);
    b.add("cost", 0.5);
    b.add("tokens", 4);
    a.merge(b);
    EXPECT_EQ(a.number("tokens"), 7);
    EXPECT_EQ(a.number("cost"), 0.5);
    EXPECT_EQ(std::ranges::distance(a.numbers), 2);
}

struct silent_adapter : counting_adapter {
    using counting_adapter::counting_adapter;
    void report(steward::metrics_snapshot& out) const = delete;
};
using silent = steward::resource<"llm", silent_adapter>;
template <class Manager>
concept counts = requires(Manager& manager) { manager.template metrics<"llm">(); };
static_assert(!counts<steward::manager<silent>>);

} // namespace numbers_test
