// SPDX-License-Identifier: BSL-1.0
#include <steward/adapters/value.hpp>
#include <steward/steward.hpp>

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <stdexcept>
#include <thread>
#include <vector>

namespace {

// A type of its own for each test, so that each has a process-wide manager of its own.
template <int>
using number = steward::resource<"number", steward::adapters::value<int>, steward::pooling::shared>;
template <int N>
struct numbers : steward::manager<number<N>> {
    explicit numbers(int value) : steward::manager<number<N>>{number<N>::with(value)} {}
    ~numbers() { ++ended; }
    static inline std::atomic<int> ended{0};
};

template <int N>
int value_in(numbers<N>& manager)
{
    return *manager.template acquire<"number">();
}

TEST(a_shared_manager, is_built_by_the_first_who_asks)
{
    using manager = numbers<1>;
    manager& first = steward::shared<manager>([] { return manager{1}; });
    manager& second = steward::shared<manager>([] { return manager{2}; });
    EXPECT_EQ(&first, &second);
    EXPECT_EQ(value_in(second), 1);
}

TEST(a_shared_manager, is_built_once_however_many_ask_at_once)
{
    using manager = numbers<2>;
    std::atomic<int> built{0};
    std::vector<std::jthread> threads;
    for (int i = 0; i != 8; ++i)
        threads.emplace_back([&] {
            static_cast<void>(steward::shared<manager>([&] {
                ++built;
                return manager{1};
            }));
        });
    threads.clear();
    EXPECT_EQ(built, 1);
}

TEST(a_shared_manager, whose_building_failed_can_be_tried_again)
{
    using manager = numbers<3>;
    const auto fail = []() -> manager { throw std::runtime_error{"no database yet"}; };
    EXPECT_THROW(steward::shared<manager>(fail), std::runtime_error);
    EXPECT_EQ(value_in(steward::shared<manager>([] { return manager{7}; })), 7);
}

TEST(a_shared_manager, ends_when_it_is_told_to_and_is_built_anew)
{
    using manager = numbers<4>;
    static_cast<void>(steward::shared<manager>([] { return manager{1}; }));
    steward::end_shared<manager>();
    EXPECT_EQ(manager::ended, 1);
    EXPECT_EQ(value_in(steward::shared<manager>([] { return manager{2}; })), 2);
}

TEST(a_shared_manager, is_replaced_in_a_test_and_comes_back)
{
    using manager = numbers<5>;
    manager& real = steward::shared<manager>([] { return manager{1}; });
    manager other{2};
    {
        const steward::shared_override<manager> instead{other};
        EXPECT_EQ(&steward::shared<manager>([] { return manager{3}; }), &other);
    }
    EXPECT_EQ(&steward::shared<manager>([] { return manager{3}; }), &real);
}

TEST(a_shared_manager, that_was_replaced_before_it_was_built_is_not_built)
{
    using manager = numbers<6>;
    manager other{2};
    const steward::shared_override<manager> instead{other};
    EXPECT_EQ(value_in(steward::shared<manager>([]() -> manager { throw std::runtime_error{"never"}; })), 2);
}

TEST(a_shared_manager, needs_no_function_where_it_needs_no_settings)
{
    struct settings {};
    using values = steward::resource<"value", steward::adapters::value<settings>, steward::pooling::shared>;
    EXPECT_TRUE(steward::shared<steward::manager<values>>().acquire<"value">());
}

} // namespace
