// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <chrono>
#include <cstdint>

namespace steward::inline v0 {

/// The clock of everything in steward: it never jumps when the system's time is set.
using clock = std::chrono::steady_clock;
using time_point = clock::time_point; ///< a moment of that clock, such as a deadline
using duration = clock::duration;     ///< in that clock's units: nanoseconds with GCC's and Clang's libraries
static_assert(clock::is_steady);

/// A duration that can be a template argument (std::chrono's are not structural): `on_borrow<500_ms>`.
struct time_span {
    std::int64_t nanoseconds = 0; ///< how long; may be negative

    /// No time.
    constexpr time_span() noexcept {} // NOLINT: GCC 12 takes a defaulted one for undefined where a concept uses it
    /// So many nanoseconds.
    constexpr explicit time_span(std::int64_t count) noexcept : nanoseconds{count} {}
    /// Implicit, so that `on_borrow<500ms>` is a time_span, too; the nearest one, where `time` is beyond what one can hold.
    template <class Rep, class Period>
    constexpr time_span(std::chrono::duration<Rep, Period> time) noexcept; // NOLINT: 500ms is one

    /// Implicit, so that it can stand where a duration is expected.
    [[nodiscard]] constexpr operator std::chrono::nanoseconds() const noexcept
    {
        return std::chrono::nanoseconds{nanoseconds};
    }
    constexpr bool operator==(const time_span&) const = default;
};

namespace detail {

/// The nearest duration, where `time` is beyond what one can hold: hours::max() means "for ever", not "an hour ago".
template <class Rep, class Period>
[[nodiscard]] constexpr duration saturated(std::chrono::duration<Rep, Period> time) noexcept
{
    using seconds = std::chrono::duration<double>;
    if (seconds{time} >= seconds{duration::max()})
        return duration::max();
    if (seconds{time} <= seconds{duration::min()})
        return duration::min();
    return std::chrono::duration_cast<duration>(time);
}
[[nodiscard]] constexpr duration saturated(time_span time) noexcept
{
    return saturated(std::chrono::nanoseconds{time});
}

/// The time that is `span` behind `start`; the last one there is if it would be beyond that.
[[nodiscard]] constexpr time_point later(time_point start, duration span) noexcept
{
    return span > time_point::max() - start ? time_point::max() : start + span;
}

} // namespace detail

template <class Rep, class Period>
constexpr time_span::time_span(std::chrono::duration<Rep, Period> time) noexcept
    : nanoseconds{std::chrono::nanoseconds{detail::saturated(time)}.count()}
{
}

/// What is written behind a literal: `60_s`, `"database"_r`.
inline namespace literals {

/// `500_ms`, `60_s` and so on: a time_span, for template arguments.
/// @{
[[nodiscard]] consteval time_span operator""_ns(unsigned long long n) noexcept
{
    return time_span{static_cast<std::int64_t>(n)};
}
[[nodiscard]] consteval time_span operator""_us(unsigned long long n) noexcept
{
    return time_span{static_cast<std::int64_t>(n) * 1'000};
}
[[nodiscard]] consteval time_span operator""_ms(unsigned long long n) noexcept
{
    return time_span{static_cast<std::int64_t>(n) * 1'000'000};
}
[[nodiscard]] consteval time_span operator""_s(unsigned long long n) noexcept
{
    return time_span{static_cast<std::int64_t>(n) * 1'000'000'000};
}
[[nodiscard]] consteval time_span operator""_min(unsigned long long n) noexcept
{
    return time_span{static_cast<std::int64_t>(n) * 60'000'000'000};
}
/// @}

} // namespace literals
} // namespace steward::inline v0
