// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <gtest/gtest.h>

#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>

namespace steward::test {

template <std::size_t First, class All, class Indices>
struct every_fourth_of;
template <std::size_t First, class... T, std::size_t... I>
struct every_fourth_of<First, std::tuple<T...>, std::index_sequence<I...>> {
    using type = ::testing::Types<std::tuple_element_t<First + 4 * I, std::tuple<T...>>...>;
};

/// The combinations of policies that the same tests run on: all of these or, where STEWARD_TEST_QUARTER is 0 to 3, every
/// fourth of them from that one on. A submission takes the first and the third of each four, so those stand there that cover
/// most.
#ifdef STEWARD_TEST_QUARTER
template <class... T>
using pool_combinations =
    typename every_fourth_of<STEWARD_TEST_QUARTER, std::tuple<T...>,
                             std::make_index_sequence<(sizeof...(T) + 3 - STEWARD_TEST_QUARTER) / 4>>::type;
#else
template <class... T>
using pool_combinations = ::testing::Types<T...>;
#endif

/// Where in the whole list it stands that is the `number`-th of those: for names that are listed in the same order.
constexpr int combination_number(int number)
{
#ifdef STEWARD_TEST_QUARTER
    return STEWARD_TEST_QUARTER + 4 * number;
#else
    return number;
#endif
}

} // namespace steward::test
