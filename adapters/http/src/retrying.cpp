// SPDX-License-Identifier: BSL-1.0
#include "retrying.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>

namespace steward::inline v0::adapters::detail {

namespace {

// Longer than any time-out: who is told so does not wait at all.
constexpr std::chrono::hours long_time{24 * 365};

// A whole number, and nothing but it.
template <class T>
std::optional<T> number(std::string_view text) noexcept
{
    T value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

// `Sun, 06 Nov 1994 08:49:37 GMT`, the one form that is still sent (RFC 9110, 5.6.7).
std::optional<std::chrono::sys_seconds> http_date(std::string_view text)
{
    static constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    if (text.size() != 29 || !text.ends_with(" GMT"))
        return std::nullopt;
    const auto day = number<unsigned>(text.substr(5, 2)), hour = number<unsigned>(text.substr(17, 2)),
               minute = number<unsigned>(text.substr(20, 2)), second = number<unsigned>(text.substr(23, 2));
    const auto year = number<std::uint16_t>(text.substr(12, 4));
    const auto month = std::ranges::find(months, text.substr(8, 3));
    if (!day || !hour || !minute || !second || !year || month == months.end())
        return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{*year},
                                           std::chrono::month{static_cast<unsigned>(month - months.begin()) + 1},
                                           std::chrono::day{*day}};
    if (!date.ok() || *hour > 23 || *minute > 59 || *second > 60)
        return std::nullopt;
    return std::chrono::sys_days{date} + std::chrono::hours{*hour} + std::chrono::minutes{*minute}
           + std::chrono::seconds{*second};
}

} // namespace

bool may_change(int status) noexcept
{
    static constexpr std::array statuses{408, 425, 429, 500, 502, 503, 504, 529}; // the last: overloaded, as some say
    return std::ranges::find(statuses, status) != statuses.end();
}

bool is_idempotent(std::string_view method) noexcept
{
    static constexpr std::array<std::string_view, 4> methods{"GET", "HEAD", "PUT", "DELETE"};
    return std::ranges::find(methods, method) != methods.end();
}

duration backoff(std::chrono::milliseconds first, unsigned tries, double share) noexcept
{
    const std::chrono::duration<double> whole = std::chrono::duration<double>{first} * std::exp2(std::min(tries, 60U));
    return std::chrono::duration_cast<duration>(std::min<std::chrono::duration<double>>(whole, long_time) * share);
}

std::optional<duration> retry_after(std::string_view value, std::chrono::system_clock::time_point now)
{
    if (const auto seconds = number<std::uint32_t>(value))
        return std::min<duration>(std::chrono::seconds{*seconds}, long_time);
    if (const auto date = http_date(value))
        return std::clamp<duration>(*date - now, duration::zero(), long_time);
    return std::nullopt;
}

} // namespace steward::inline v0::adapters::detail
