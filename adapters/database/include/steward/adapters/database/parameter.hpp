// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/database/detail/value.hpp>

#include <array>
#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>
#include <variant>

namespace steward::inline v0::adapters {
namespace detail {

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

template <class T>
inline constexpr bool is_variant = false;
template <class... T>
inline constexpr bool is_variant<std::variant<T...>> = true;
template <class T>
inline constexpr bool is_time = false;
template <class Duration>
inline constexpr bool is_time<std::chrono::sys_time<Duration>> = true;

template <class T>
concept character = std::same_as<T, char> || std::same_as<T, wchar_t> || std::same_as<T, char8_t>
                    || std::same_as<T, char16_t> || std::same_as<T, char32_t>;
// A character is no number: what `'x'` should become in a database is for its user to say.
template <class T>
concept integer = std::integral<T> && !std::same_as<T, bool> && !character<T> && sizeof(T) <= sizeof(std::int64_t);
// long double would lose precision silently.
template <class T>
concept real = std::same_as<T, float> || std::same_as<T, double>;
template <class T>
concept null = std::same_as<T, std::nullptr_t> || std::same_as<T, std::nullopt_t>;
template <class T>
concept time = is_time<T>;
template <class T>
concept text = std::convertible_to<const T&, std::string_view> && !null<T>;
template <class T>
concept blob = std::convertible_to<const T&, std::span<const std::byte>> && !text<T>;

} // namespace detail

/// What can be bound to a placeholder: integers of up to 64 bits, bool, float, double, texts (std::string,
/// std::string_view, const char*; null means NULL), bytes (std::vector<std::byte>, std::span<const std::byte>),
/// points in time (std::chrono::sys_time<...>, such as what system_clock::now() returns, in the years 1 to 9999; stored
/// in UTC, in microseconds, what is finer is cut off), std::optional and std::variant of these, nullptr and std::nullopt for
/// NULL.
template <class T>
concept parameter = detail::integer<T> || std::same_as<T, bool> || detail::real<T> || detail::null<T> || detail::time<T>
                    || detail::text<T> || detail::blob<T> || detail::is_optional<T> || detail::is_variant<T>;

namespace detail {

/// Beyond what 64 bits of microseconds hold it is their end, which no database takes.
template <class Duration>
[[nodiscard]] constexpr value time_value(std::chrono::sys_time<Duration> when) noexcept
{
    using microseconds = std::chrono::microseconds;
    using wide = std::chrono::duration<long double, std::micro>;
    constexpr auto last = std::numeric_limits<std::int64_t>::max();
    if (const auto about = wide{when.time_since_epoch()}.count(); about > 9.2e18L || about < -9.2e18L)
        return value::from_time(about > 0 ? last : -last);
    return value::from_time(std::chrono::floor<microseconds>(when).time_since_epoch().count());
}

template <parameter T>
[[nodiscard]] constexpr value to_value(const T& argument)
{
    if constexpr (is_optional<T>) {
        static_assert(parameter<typename T::value_type>, "steward::adapters::session: this std::optional holds a type "
                                                         "that cannot be bound; see steward::adapters::parameter");
        if (argument)
            return to_value(*argument);
        return value{};
    } else if constexpr (is_variant<T>) {
        return std::visit(
            [](const auto& held) {
                static_assert(parameter<std::remove_cvref_t<decltype(held)>>,
                              "steward::adapters::session: this std::variant may hold a type that cannot be bound; "
                              "see steward::adapters::parameter");
                return to_value(held);
            },
            argument);
    } else if constexpr (null<T>) {
        return value{};
    } else if constexpr (std::same_as<T, bool> || std::signed_integral<T>) {
        return value{static_cast<std::int64_t>(argument)};
    } else if constexpr (integer<T>) {
        return value::from_unsigned(argument);
    } else if constexpr (real<T>) {
        return value{static_cast<double>(argument)};
    } else if constexpr (time<T>) {
        return time_value(argument);
    } else if constexpr (std::is_pointer_v<T>) {
        return argument ? value{std::string_view{argument}} : value{};
    } else if constexpr (text<T>) {
        return value{static_cast<std::string_view>(argument)};
    } else {
        return value{static_cast<std::span<const std::byte>>(argument)};
    }
}

template <class... Arguments>
[[nodiscard]] constexpr std::array<value, sizeof...(Arguments)> to_values(const Arguments&... arguments)
{
    static_assert((parameter<Arguments> && ...),
                  "steward::adapters::session: an argument has a type that cannot be bound to a placeholder; "
                  "steward::adapters::parameter lists those that can");
    return {to_value(arguments)...};
}

} // namespace detail
} // namespace steward::inline v0::adapters
