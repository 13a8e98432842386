// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <gtest/gtest.h>

#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>

namespace steward::test {

template <std::size_t First, class All, class Indices>
struct every_second_of;
template <std::size_t First, class... T, std::size_t... I>
struct every_second_of<First, std::tuple<T...>, std::index_sequence<I...>> {
    using type = ::testing::Types<std::tuple_element_t<First + 2 * I, std::tuple<T...>>...>;
};

/// The combinations of policies that the same tests run on: all of these or, where STEWARD_TEST_HALF is 0 or 1, every
/// second of them from that one on. Those that are alike stand beside each other in a list, so that each half has one.
#ifdef STEWARD_TEST_HALF
template <class... T>
using pool_combinations =
    typename every_second_of<STEWARD_TEST_HALF, std::tuple<T...>,
                             std::make_index_sequence<(sizeof...(T) + 1 - STEWARD_TEST_HALF) / 2>>::type;
#else
template <class... T>
using pool_combinations = ::testing::Types<T...>;
#endif

/// Where in the whole list it stands that is the `number`-th of those: for names that are listed in the same order.
constexpr int combination_number(int number)
{
#ifdef STEWARD_TEST_HALF
    return STEWARD_TEST_HALF + 2 * number;
#else
    return number;
#endif
}

} // namespace steward::test
