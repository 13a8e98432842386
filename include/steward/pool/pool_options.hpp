// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/configuration.hpp>
#include <steward/time.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace steward {

/// What may be changed of a pool at run time; only the members that are named change.
///
/// `idle_timeout` and `max_lifetime` of zero mean never; `acquire_timeout` of zero never waits.
struct pool_options {
    std::optional<std::size_t> min_size{};     ///< refilled up to this by `maintain`
    std::optional<std::size_t> max_size{};     ///< most live resources, within the policy's capacity
    std::optional<duration> acquire_timeout{}; ///< 30 s: how long `acquire` waits where it is not told otherwise
    std::optional<duration> idle_timeout{};    ///< 300 s: a resource above min_size that rested so long is closed
    std::optional<duration> max_lifetime{};    ///< 3600 s: less a random share of up to 10 %, drawn once for each
};

/// What may be said of a shared resource at run time.
struct shared_options {
    std::optional<duration> acquire_timeout{}; ///< 30 s: how long to wait while another thread creates it
};

/// Nothing can be said of resources that are not pooled.
struct unpooled_options {};

/// What is in force for a pool: every member has a value.
struct pool_limits {
    std::size_t min_size;
    std::size_t max_size;
    duration acquire_timeout = std::chrono::seconds{30};
    duration idle_timeout = std::chrono::seconds{300};
    duration max_lifetime = std::chrono::seconds{3600};

    constexpr void apply(const pool_options& options) noexcept
    {
        min_size = options.min_size.value_or(min_size);
        max_size = options.max_size.value_or(max_size);
        acquire_timeout = options.acquire_timeout.value_or(acquire_timeout);
        idle_timeout = options.idle_timeout.value_or(idle_timeout);
        max_lifetime = options.max_lifetime.value_or(max_lifetime);
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
        check_time(acquire_timeout, "acquire_timeout", check);
        check_time(idle_timeout, "idle_timeout", check);
        check_time(max_lifetime, "max_lifetime", check);
    }

private:
    static void check_time(duration value, std::string_view field, configuration_check& check)
    {
        using milliseconds = std::chrono::duration<double, std::milli>;
        if (value < duration::zero())
            check.wrong(field, "zero or more", std::to_string(milliseconds{value}.count()) + " ms");
    }
};

} // namespace steward
