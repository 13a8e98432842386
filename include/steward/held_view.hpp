// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/compile_error.hpp>
#include <steward/detail/owner_access.hpp>
#include <steward/needs.hpp>

#include <string_view>

namespace steward::inline v0 {

/// See held_view<Owner, needs<Needs...>>.
template <class Owner, class Needs>
class held_view;

/// The resources that somebody holds for his needs: `resources["db"_r]` is a required one, `resources.find("cache"_r)` a
/// pointer that is null where an optional one could not be had.
template <class Owner, need... Needs>
class held_view<Owner, needs<Needs...>> {
    static_assert(sizeof(needs<Needs...>) != 0); // its own rules

    template <fixed_string Name>
    static constexpr bool is_needed = ((Needs.name.view() == Name.view()) || ...);
    template <fixed_string Name>
    static constexpr bool is_required = ((Needs.name.view() == Name.view() && Needs.is_required) || ...);

public:
    /// A view of what `owner` holds; the owner has to live as long.
    explicit held_view(Owner& owner) noexcept : owner_{owner} {}

    /// A required resource.
    template <fixed_string Name>
        requires(is_required<Name>)
    [[nodiscard]] auto& operator[](name_constant<Name>) const noexcept
    {
        return detail::owner_access::pool<Name>(owner_).get(detail::owner_access::entry<Name>(owner_).token);
    }
    template <fixed_string Name>
        requires(is_needed<Name> && !is_required<Name>)
    error::is_optional_so_use_find_which_gives_a_pointer<Name> operator[](name_constant<Name>) const = delete;
    template <fixed_string Name>
        requires(!is_needed<Name>)
    error::is_not_among_the_needs_that_were_acquired<Name> operator[](name_constant<Name>) const = delete;

    /// Any resource that is needed; null if it is optional and could not be had.
    template <fixed_string Name>
        requires(is_needed<Name>)
    [[nodiscard]] auto* find(name_constant<Name> = {}) const noexcept
    {
        return owner_.template get<Name>();
    }
    template <fixed_string Name>
        requires(!is_needed<Name>)
    error::is_not_among_the_needs_that_were_acquired<Name> find(name_constant<Name> = {}) const = delete;

    /// The same as `[]`, for both spellings of a name.
    template <fixed_string Name>
        requires(is_required<Name>)
    [[nodiscard]] auto& get(name_constant<Name> name = {}) const noexcept
    {
        return (*this)[name];
    }
    template <fixed_string Name>
        requires(is_needed<Name> && !is_required<Name>)
    error::is_optional_so_use_find_which_gives_a_pointer<Name> get(name_constant<Name> = {}) const = delete;
    template <fixed_string Name>
        requires(!is_needed<Name>)
    error::is_not_among_the_needs_that_were_acquired<Name> get(name_constant<Name> = {}) const = delete;

protected:
    Owner& owner_; ///< whose resources they are
};

} // namespace steward::inline v0
