// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/configuration.hpp>
#include <steward/detail/duration_text.hpp>
#include <steward/time.hpp>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace steward::inline v0 {

namespace detail {

/// Complains about an option that is a time below zero.
inline void check_time(duration value, std::string_view field, configuration_check& check)
{
    if (value < duration::zero())
        check.wrong(field, "zero or more", duration_text(value));
}

} // namespace detail

/// What may be changed of a pool at run time; only the members that are named change.
///
/// Times of zero mean never; `acquire_timeout` of zero never waits.
struct pool_options {
    std::optional<std::size_t> min_size{};         ///< refilled up to this by `maintain`
    std::optional<std::size_t> max_size{};         ///< most live resources, within the policy's capacity
    std::optional<duration> acquire_timeout{};     ///< 30 s: how long `acquire` waits where it is not told otherwise
    std::optional<duration> idle_timeout{};        ///< 300 s: a resource above min_size that rested so long is closed
    std::optional<duration> max_lifetime{};        ///< 3600 s: less a random share of up to 10 %, drawn once for each
    std::optional<duration> validation_interval{}; ///< 60 s: how often `health::periodic` looks at what rests
    std::optional<duration> keepalive{};           ///< never: how often what rests is validated, whatever the health
                                                   ///< policy is, so that nothing on the way to it forgets it
    std::optional<std::size_t> max_waiting{};      ///< no limit: more callers than that are refused, `errc::overloaded`
    std::optional<std::size_t> max_creating{};     ///< max_size: most creates at once; after one that failed they are
                                                   ///< tried one by one, then twice as many with each success
    std::optional<bool> create_in_background{};    ///< false: on a thread of the pool's, while the caller waits: nobody
                                                   ///< waits past his deadline, and what comes too late goes idle
};

/// What may be said of a shared resource at run time.
struct shared_options {
    std::optional<duration> acquire_timeout{};     ///< 30 s: how long to wait while another thread creates it
    std::optional<duration> validation_interval{}; ///< 60 s: how often `health::periodic` looks at it; zero: never
};

/// Nothing can be said of resources that are not pooled.
struct unpooled_options {};

/// What is in force for a pool: every member has a value.
struct pool_limits {
    /// See pool_options; for `max_waiting` and `max_creating` the largest number is no limit.
    /// @{
    std::size_t min_size;
    std::size_t max_size;
    duration acquire_timeout = std::chrono::seconds{30};
    duration idle_timeout = std::chrono::seconds{300};
    duration max_lifetime = std::chrono::seconds{3600};
    duration validation_interval = std::chrono::seconds{60};
    duration keepalive{};
    std::size_t max_waiting = std::numeric_limits<std::size_t>::max();
    std::size_t max_creating = std::numeric_limits<std::size_t>::max();
    bool create_in_background = false;
    /// @}

    /// Takes over the options that are named.
    constexpr void apply(const pool_options& options) noexcept
    {
        min_size = options.min_size.value_or(min_size);
        max_size = options.max_size.value_or(max_size);
        acquire_timeout = options.acquire_timeout.value_or(acquire_timeout);
        idle_timeout = options.idle_timeout.value_or(idle_timeout);
        max_lifetime = options.max_lifetime.value_or(max_lifetime);
        validation_interval = options.validation_interval.value_or(validation_interval);
        keepalive = options.keepalive.value_or(keepalive);
        max_waiting = options.max_waiting.value_or(max_waiting);
        max_creating = options.max_creating.value_or(max_creating);
        create_in_background = options.create_in_background.value_or(create_in_background);
    }

    /// Says what cannot work, by the names of the fields.
    void check(std::size_t capacity, configuration_check& check) const
    {
        if (max_size == 0)
            check.wrong("max_size", "at least 1", "0");
        else if (max_size > capacity)
            check.wrong("max_size", "at most the pool's capacity of " + std::to_string(capacity),
                        std::to_string(max_size));
        else if (min_size > capacity)
            check.wrong("min_size", "at most the pool's capacity of " + std::to_string(capacity),
                        std::to_string(min_size));
        else if (max_size < min_size)
            check.wrong("max_size", "at least min_size, which is " + std::to_string(min_size),
                        std::to_string(max_size));
        detail::check_time(acquire_timeout, "acquire_timeout", check);
        detail::check_time(idle_timeout, "idle_timeout", check);
        detail::check_time(max_lifetime, "max_lifetime", check);
        detail::check_time(validation_interval, "validation_interval", check);
        detail::check_time(keepalive, "keepalive", check);
        if (max_creating == 0)
            check.wrong("max_creating", "at least 1", "0");
    }

    /// How long after a time nothing of what it says may be noticed.
    [[nodiscard]] constexpr duration precision() const noexcept
    {
        duration shortest = std::chrono::seconds{8};
        for (const duration each : {idle_timeout, max_lifetime, validation_interval, keepalive})
            if (each != duration::zero())
                shortest = std::min(shortest, each);
        return shortest / 8;
    }
};

} // namespace steward::inline v0
