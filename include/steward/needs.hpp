// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/fixed_string.hpp>
#include <steward/time.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace steward::inline v0 {

namespace error {
/// What a compiler shows: it cannot be called where a need is declared.
void the_time_of_a_need_is_negative();
} // namespace error

/// One resource that a state declares it needs: by name, required or optional, with a time of its own or without.
template <std::size_t Length>
struct need {
    fixed_string<Length> name;  ///< of the resource
    bool is_required = true;    ///< whether the state cannot run without it
    std::int64_t limit_ns = -1; ///< no limit of its own

    /// From a name: implicit, so that a literal is a required resource.
    /// @{
    consteval need(const char (&literal)[Length + 1]) noexcept : name{literal} {}
    consteval need(const char (&literal)[Length + 1], bool required) noexcept : name{literal}, is_required{required} {}
    /// @}

    /// Waits for this resource no longer than `time`, if the overall deadline is not shorter anyway. Zero never waits;
    /// a negative time does not compile.
    template <class Rep, class Period>
    [[nodiscard]] consteval need within(std::chrono::duration<Rep, Period> time) const noexcept
    {
        if (time < time.zero())
            error::the_time_of_a_need_is_negative();
        need result = *this;
        result.limit_ns = std::chrono::nanoseconds{detail::saturated(time)}.count();
        return result;
    }

    /// Whether `within` gave it a time.
    [[nodiscard]] constexpr bool has_limit() const noexcept { return limit_ns >= 0; }
    /// That time; negative if it has none.
    [[nodiscard]] constexpr duration limit() const noexcept
    {
        return std::chrono::duration_cast<duration>(std::chrono::nanoseconds{limit_ns});
    }
    constexpr bool operator==(const need&) const = default;
};

/// From a literal: its length without the NUL.
template <std::size_t Size>
need(const char (&)[Size]) -> need<Size - 1>;

/// A resource without which the state cannot run: the same as its bare name.
template <std::size_t Size>
[[nodiscard]] consteval need<Size - 1> required(const char (&name)[Size]) noexcept
{
    return {name};
}

/// A resource that the state uses if it can be had: closed, suspended, unhealthy or late it is a null pointer to the
/// state. A name that the manager lacks does not compile all the same: there would be no type to point to.
template <std::size_t Size>
[[nodiscard]] consteval need<Size - 1> optional(const char (&name)[Size]) noexcept
{
    return {name, false};
}

/// What a state or a machine needs: `needs<"database", optional("cache"), required("api").within(5s)>`.
///
/// The order does not matter: resources are taken in the order of the catalog.
template <need... Needs>
struct needs {
    static constexpr std::size_t size = sizeof...(Needs); ///< how many there are

    /// Whether a resource of that name is among them. Linear.
    [[nodiscard]] static constexpr bool contains([[maybe_unused]] std::string_view name) noexcept
    {
        return ((Needs.name.view() == name) || ...);
    }

private:
    [[nodiscard]] static consteval bool all_different() noexcept
    {
        std::size_t pairs = 0;
        for ([[maybe_unused]] const std::string_view one :
             std::initializer_list<std::string_view>{Needs.name.view()...})
            pairs += (std::size_t{0} + ... + (Needs.name.view() == one ? 1U : 0U));
        return pairs == size;
    }

public:
    static_assert(all_different(), "steward::needs: the same name stands there twice");
};

} // namespace steward::inline v0
