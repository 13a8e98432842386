// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/database/column.hpp>

#include <boost/pfr/core.hpp>

#include <array>
#include <cstddef>
#include <ranges>
#include <tuple>
#include <type_traits>
#include <utility>

namespace steward::inline v0::adapters {
namespace detail {

template <class T>
inline constexpr bool is_tuple = false;
template <class... T>
inline constexpr bool is_tuple<std::tuple<T...>> = true;
template <class A, class B>
inline constexpr bool is_tuple<std::pair<A, B>> = true;

// A single value: also what can be bound but not read, such as std::string_view.
template <class T>
concept scalar = column<T> || parameter<T>;

template <class Row>
concept tuple_row = is_tuple<Row>;
template <class Row>
concept aggregate_row = std::is_aggregate_v<Row> && std::is_class_v<Row> && !scalar<Row> && !tuple_row<Row>;

template <class Row>
[[nodiscard]] constexpr std::size_t row_size() noexcept
{
    if constexpr (scalar<Row>)
        return 1;
    else if constexpr (tuple_row<Row>)
        return std::tuple_size_v<Row>;
    else
        return boost::pfr::tuple_size_v<Row>;
}

/// The i-th field of a row: a member of an aggregate, an element of a tuple, or the value itself.
template <std::size_t I, class Row>
[[nodiscard]] constexpr auto& field(Row& row) noexcept
{
    if constexpr (scalar<std::remove_const_t<Row>>)
        return row;
    else if constexpr (tuple_row<std::remove_const_t<Row>>)
        return std::get<I>(row);
    else
        return boost::pfr::get<I>(row);
}

template <class Row, std::size_t I>
using field_type = std::remove_cvref_t<decltype(field<I>(std::declval<Row&>()))>;

template <class Row, template <class> class Predicate>
inline constexpr bool all_fields = []<std::size_t... I>(std::index_sequence<I...>) {
    return (Predicate<field_type<Row, I>>::value && ...);
}(std::make_index_sequence<row_size<Row>()>{});

template <class T>
struct can_be_read : std::bool_constant<column<T>> {};
template <class T>
struct can_be_bound : std::bool_constant<parameter<T>> {};

/// A row with as many fields as it has at run time, all of one type (a std::variant where they differ): only for insert.
/// Its elements stay where they are while it is written.
template <class Row>
concept range_row = !scalar<Row> && !tuple_row<Row> && std::ranges::input_range<const Row>
                    && parameter<std::ranges::range_value_t<const Row>>
                    && (std::is_lvalue_reference_v<std::ranges::range_reference_t<const Row>>
                        || std::is_trivially_destructible_v<std::ranges::range_value_t<const Row>>);

template <class Row>
concept row_shape = scalar<Row> || tuple_row<Row> || aggregate_row<Row>;

/// The kinds of a row's columns, in order.
template <class Row>
inline constexpr auto row_kinds = []<std::size_t... I>(std::index_sequence<I...>) {
    return std::array<value_kind, sizeof...(I)>{column_kind<field_type<Row, I>>...};
}(std::make_index_sequence<row_size<Row>()>{});

template <class Row>
[[nodiscard]] constexpr std::array<value, row_size<Row>()> row_values(const Row& row)
{
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
        return std::array<value, sizeof...(I)>{to_value(field<I>(row))...};
    }(std::make_index_sequence<row_size<Row>()>{});
}

/// One error for one mistake: said here once, with the row type in the compiler's first lines.
template <class Row>
constexpr void check_row_to_read()
{
    if constexpr (!row_shape<Row>)
        static_assert(row_shape<Row>,
                      "steward::adapters::session::query: a row is an aggregate, a tuple or a single value");
    else
        static_assert(std::is_default_constructible_v<Row> && all_fields<Row, can_be_read>,
                      "steward::adapters::session::query: every field of a row must be default constructible and of a "
                      "type that a column can be read into; steward::adapters::column lists those");
}

template <class Row>
constexpr void check_row_to_insert()
{
    if constexpr (!row_shape<Row>)
        static_assert(row_shape<Row>, "steward::adapters::session::insert: a row is an aggregate, a tuple, a range of "
                                      "values that stay where they are, or a single value");
    else
        static_assert(all_fields<Row, can_be_bound>,
                      "steward::adapters::session::insert: every field of a row must be of a type that can be bound; "
                      "steward::adapters::parameter lists those");
}

} // namespace detail
} // namespace steward::inline v0::adapters
