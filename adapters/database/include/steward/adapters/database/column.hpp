// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/database/detail/time_text.hpp>
#include <steward/adapters/database/parameter.hpp>

#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace steward::inline v0::adapters {
namespace detail {

template <class T>
inline constexpr bool is_column = integer<T> || real<T> || std::same_as<T, bool> || std::same_as<T, std::string>
                                  || std::same_as<T, std::vector<std::byte>> || time<T>;
template <class T>
inline constexpr bool is_column<std::optional<T>> = is_column<T>;

} // namespace detail

/// What a column of a result can be read into: integers of up to 64 bits, bool, float, double, std::string,
/// std::vector<std::byte> for blobs, points in time (std::chrono::sys_time<...>), and std::optional of these where NULL is
/// possible.
///
/// Nothing is lost silently: a number goes into another type of number only if that holds the same value (a double into
/// a float may round), 0 and 1 into bool, a date with or without a time into a point in time that holds it exactly (in UTC
/// unless the text has an offset), texts and blobs into nothing but their own type. The rest throws wrong_row.
template <class T>
concept column = detail::is_column<T>;

namespace detail {

enum class load_result : unsigned char { done, is_null, wrong_kind, out_of_range };

/// What the caller reads, for drivers and for messages.
template <column T>
inline constexpr value_kind column_kind = std::same_as<T, std::string>              ? value_kind::text
                                          : time<T>                                 ? value_kind::time
                                          : std::same_as<T, std::vector<std::byte>> ? value_kind::blob
                                          : real<T>                                 ? value_kind::real
                                                                                    : value_kind::integer;
template <column T>
inline constexpr value_kind column_kind<std::optional<T>> = column_kind<T>;

template <integer T>
[[nodiscard]] load_result load(const value& from, T& to) noexcept
{
    // Doubles below 2^63 in magnitude convert; the bounds are exact, as a double cannot hold 2^63 - 1.
    const auto whole = [](double d) { return d >= -0x1p63 && d < 0x1p63 && std::trunc(d) == d; };
    std::int64_t number = from.integer();
    if (from.kind() == value_kind::natural) {
        if (!std::in_range<T>(from.natural()))
            return load_result::out_of_range;
        to = static_cast<T>(from.natural());
        return load_result::done;
    }
    if (from.kind() == value_kind::real) {
        if (!whole(from.real()))
            return load_result::out_of_range;
        number = static_cast<std::int64_t>(from.real());
    } else if (from.kind() != value_kind::integer) {
        return load_result::wrong_kind;
    }
    if (!std::in_range<T>(number))
        return load_result::out_of_range;
    to = static_cast<T>(number);
    return load_result::done;
}

template <real T>
[[nodiscard]] load_result load(const value& from, T& to) noexcept
{
    if (from.kind() == value_kind::integer) {
        const auto number = static_cast<T>(from.integer());
        // The first comparison keeps the second one's conversion defined.
        if (number >= T{0x1p63} || static_cast<std::int64_t>(number) != from.integer())
            return load_result::out_of_range;
        to = number;
        return load_result::done;
    }
    if (from.kind() != value_kind::real)
        return load_result::wrong_kind;
    if (std::isfinite(from.real()) && std::abs(from.real()) > static_cast<double>(std::numeric_limits<T>::max()))
        return load_result::out_of_range;
    to = static_cast<T>(from.real());
    return load_result::done;
}

[[nodiscard]] inline load_result load(const value& from, bool& to) noexcept
{
    if (from.kind() != value_kind::integer)
        return load_result::wrong_kind;
    to = from.integer() != 0;
    return from.integer() == 0 || from.integer() == 1 ? load_result::done : load_result::out_of_range;
}

[[nodiscard]] inline load_result load(const value& from, std::string& to)
{
    if (from.kind() != value_kind::text)
        return load_result::wrong_kind;
    to.assign(from.text()); // keeps the capacity that earlier rows have needed
    return load_result::done;
}

[[nodiscard]] inline load_result load(const value& from, std::vector<std::byte>& to)
{
    if (from.kind() != value_kind::blob)
        return load_result::wrong_kind;
    to.assign(from.blob().begin(), from.blob().end());
    return load_result::done;
}

template <class Duration>
[[nodiscard]] load_result load(const value& from, std::chrono::sys_time<Duration>& to) noexcept
{
    if (from.kind() != value_kind::text)
        return load_result::wrong_kind;
    const std::optional<std::int64_t> read = parse_time(from.text());
    if (!read)
        return load_result::wrong_kind;
    const std::chrono::sys_time<std::chrono::microseconds> exact{std::chrono::microseconds{*read}};
    // In floating point first: the conversion itself may overflow.
    const long double about =
        std::chrono::duration<long double, typename Duration::period>{exact.time_since_epoch()}.count();
    if (about < static_cast<long double>(std::numeric_limits<typename Duration::rep>::lowest())
        || about > static_cast<long double>(std::numeric_limits<typename Duration::rep>::max()))
        return load_result::out_of_range;
    to = std::chrono::time_point_cast<Duration>(exact);
    return to == exact ? load_result::done : load_result::out_of_range;
}

template <column T>
[[nodiscard]] load_result load_column(const value& from, T& to)
{
    if constexpr (is_optional<T>) {
        if (from.kind() == value_kind::null) {
            to.reset();
            return load_result::done;
        }
        return load_column(from, to ? *to : to.emplace());
    } else {
        return from.kind() == value_kind::null ? load_result::is_null : load(from, to);
    }
}

/// What a column of that type would have held, in words.
template <column T>
[[nodiscard]] constexpr std::string_view expected_in_column() noexcept
{
    if constexpr (is_optional<T>)
        return expected_in_column<typename T::value_type>();
    else if constexpr (std::same_as<T, bool>)
        return "0 or 1";
    else if constexpr (std::same_as<T, std::string>)
        return "text";
    else if constexpr (time<T>)
        return "a point in time of that precision, such as 2026-11-28 02:17:24.5";
    else if constexpr (std::same_as<T, std::vector<std::byte>>)
        return "a blob";
    else if constexpr (real<T>)
        return sizeof(T) == sizeof(float) ? "a number that a float holds" : "a number that a double holds";
    else if constexpr (std::signed_integral<T>)
        return sizeof(T) == 1   ? "an integer of 8 bits"
               : sizeof(T) == 2 ? "an integer of 16 bits"
               : sizeof(T) == 4 ? "an integer of 32 bits"
                                : "an integer of 64 bits";
    else
        return sizeof(T) == 1   ? "an unsigned integer of 8 bits"
               : sizeof(T) == 2 ? "an unsigned integer of 16 bits"
               : sizeof(T) == 4 ? "an unsigned integer of 32 bits"
                                : "an unsigned integer of 64 bits";
}

} // namespace detail
} // namespace steward::inline v0::adapters
