// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/fixed_string.hpp>
#include <steward/fsm/state.hpp>

#include <concepts>
#include <type_traits>
#include <utility>

/// What the headers that steward-gen writes are made of.
namespace steward::inline v0::generated {

/// What an arc's functions call a resource: `resources["service"_r]` is the resource `api`.
template <fixed_string Role, fixed_string Name>
struct role {};

namespace detail {

template <class... Roles>
struct role_list : Roles... {};

template <fixed_string Role, fixed_string Name>
constexpr name_constant<Name> named_by(const role<Role, Name>&) noexcept
{
    return {};
}

template <auto Function, class Data, class Held>
constexpr decltype(auto) call(Data& data, Held& resources)
{
    static_assert(
        std::invocable<decltype(Function), Data&, Held&> || std::invocable<decltype(Function), Data&>,
        "steward-gen: a function of the machine can be called neither with (data, resources) nor with (data)");
    return steward::detail::call_with(Function, data, resources);
}

// What a lambda is that is not called, and any other pointer.
template <class T>
concept is_pointer_like = requires(const T& t) { requires std::is_pointer_v<decltype(+t)>; };

template <auto Function, class Data, class Held>
constexpr bool is_true(Data& data, Held& resources)
{
    using result = std::remove_cvref_t<decltype(call<Function>(data, resources))>;
    static_assert(std::constructible_from<bool, result> && !is_pointer_like<result>,
                  "steward-gen: a condition is true or false; a lambda is all of its code, a pointer needs != nullptr");
    return static_cast<bool>(call<Function>(data, resources));
}

template <auto Function, class Data, class Held>
constexpr void transform(Data& data, Held& resources)
{
    using result = decltype(call<Function>(data, resources));
    static_assert(std::is_void_v<result> || std::same_as<std::remove_cvref_t<result>, Data>,
                  "steward-gen: a transform returns nothing, or the new data");
    if constexpr (std::is_void_v<result>)
        call<Function>(data, resources);
    else
        data = call<Function>(data, resources);
}

} // namespace detail

/// The resources that an arc holds, by its roles; those that have none, by their own names.
template <class Held, class... Roles>
class role_view {
    template <fixed_string Name>
    [[nodiscard]] static constexpr auto resource_of(name_constant<Name> name) noexcept
    {
        if constexpr (requires { detail::named_by<Name>(detail::role_list<Roles...>{}); })
            return detail::named_by<Name>(detail::role_list<Roles...>{});
        else
            return name;
    }

public:
    /// A view of what is held, which has to live as long.
    explicit constexpr role_view(Held& held) noexcept : held_{held} {}

    /// The required resource of that role or name.
    template <fixed_string Name>
    [[nodiscard]] auto& operator[](name_constant<Name> name) const noexcept
    {
        return held_[resource_of(name)];
    }
    /// The same for both spellings of a name.
    template <fixed_string Name>
    [[nodiscard]] auto& get(name_constant<Name> name = {}) const noexcept
    {
        return (*this)[name];
    }
    /// The resource of that role or name; null if it is optional and could not be had.
    template <fixed_string Name>
    [[nodiscard]] auto* find(name_constant<Name> name = {}) const noexcept
    {
        return held_.find(resource_of(name));
    }

private:
    Held& held_;
};

/// Calls one transform after the other. Each changes the data, or returns the new data.
template <auto... Functions>
struct transforms {
    /// What a function throws goes on; those behind it are not called.
    template <class Data, class Held>
    constexpr void operator()(Data& data, Held& resources) const
    {
        (detail::transform<Functions>(data, resources), ...);
    }
};

/// The same for those of an arc that has roles.
template <class Transforms, class... Roles>
struct with_roles {
    /// As the transforms themselves, with the resources by their roles.
    template <class Data, class Held>
    constexpr void operator()(Data& data, Held& resources) const
    {
        role_view<Held, Roles...> view{resources};
        Transforms{}(data, view);
    }
};

/// Whether all of them are true; those behind the first that is not are not called.
template <auto... Functions>
struct conditions {
    /// True for no functions.
    template <class Data, class Held>
    [[nodiscard]] constexpr bool operator()(Data& data, Held& resources) const
    {
        return (detail::is_true<Functions>(data, resources) && ...);
    }
};

} // namespace steward::inline v0::generated
