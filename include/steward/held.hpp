// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/caller.hpp>
#include <steward/compile_error.hpp>
#include <steward/error.hpp>
#include <steward/needs.hpp>
#include <steward/wait_limit.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <source_location>
#include <tuple>
#include <type_traits>
#include <utility>

namespace steward {

namespace detail {

template <fixed_string Name, bool IsThere>
struct is_in_the_manager {
    static_assert(IsThere, "steward::needs: a need is not a resource of this manager");
    static constexpr bool value = true;
};

} // namespace detail

template <class Owner, class Needs>
class held;

/// What a state's needs gave it: `resources["db"_r]` is a required resource, `resources.find("cache"_r)` a pointer
/// that is null where an optional one could not be had. It holds them for its scope and gives them back in reverse.
template <class Owner, need... Needs>
class [[nodiscard("steward::held: what nobody keeps is given back at once")]] held<Owner, needs<Needs...>> {
    using manager = typename Owner::manager_type;
    static constexpr std::size_t count = sizeof...(Needs);

    static_assert((detail::is_in_the_manager<Needs.name, manager::template has<Needs.name>>::value && ...));

    static_assert(sizeof(needs<Needs...>) != 0); // its own rules

    template <fixed_string Name>
    static constexpr bool is_needed = ((Needs.name.view() == Name.view()) || ...);
    template <fixed_string Name>
    static constexpr bool is_required = ((Needs.name.view() == Name.view() && Needs.is_required) || ...);

public:
    held(Owner& owner, const wait_limit& limit, std::source_location where = {}) : owner_{owner}, where_{where}
    {
        take(std::make_index_sequence<count>{}, limit);
    }
    ~held() { give_back(std::make_index_sequence<count>{}); }
    held(const held&) = delete;
    held& operator=(const held&) = delete;

    /// A required resource.
    template <fixed_string Name>
        requires(is_required<Name>)
    [[nodiscard]] auto& operator[](name_constant<Name>) const noexcept
    {
        return *owner_.template get<Name>();
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

private:
    // The needs in the manager's order, the same for everybody: owners that need the same cannot deadlock.
    static constexpr auto ordered = [] {
        struct entry {
            std::size_t index; // in the manager
            std::size_t need;  // in the pack
        };
        std::array<entry, count> all{};
        [[maybe_unused]] std::size_t i = 0;
        ((all[i] = {manager::template index<Needs.name>, i}, ++i), ...);
        std::ranges::sort(all, {}, &entry::index);
        return all;
    }();

    template <std::size_t I>
    static constexpr auto need_at = std::get<ordered[I].need>(std::tuple{Needs...});

    template <std::size_t... Is>
    void take(std::index_sequence<Is...> all, const wait_limit& limit)
    {
        std::optional<time_point> start;
        std::optional<resource_error> error;
        try {
            static_cast<void>((take_one<Is>(limit, start, error) && ...));
        } catch (...) { // a policy's or the standard library's: pools return their errors
            give_back(all);
            throw;
        }
        if (error) {
            give_back(all);
            throw std::move(*error);
        }
    }

    // False, with the error, if a required resource could not be had. The clock is read once, when the first has to
    // be waited for: from then on one deadline covers all.
    template <std::size_t I>
    [[nodiscard]] bool take_one(const wait_limit& limit, std::optional<time_point>& start,
                                std::optional<resource_error>& error)
    {
        constexpr auto wanted = need_at<I>;
        auto& entry = owner_.template entry<wanted.name>();
        if (!entry.token || limit.negative()) {
            auto& pool = owner_.template pool<wanted.name>();
            using token_type = typename std::remove_reference_t<decltype(pool)>::token;
            token_type token = limit.negative() ? token_type{} : pool.acquire_at_once(owner_.id(), where_);
            if (token) [[likely]] {
                entry.set(pool, token, owner_.id());
            } else {
                if (!start)
                    start = clock::now();
                auto late = pool.acquire(caller{owner_.id(), where_}, limit.since(*start).within(wanted));
                if (!late) {
                    if (!wanted.is_required && !limit.negative())
                        return true;
                    error = std::move(late).error();
                    return false;
                }
                entry.set(pool, *late, owner_.id());
            }
        }
        ++entry.scopes;
        taken_[I] = true;
        return true;
    }

    template <std::size_t... Is>
    void give_back(std::index_sequence<Is...>) noexcept
    {
        (give_back_one<count - 1 - Is>(), ...);
    }
    template <std::size_t I>
    void give_back_one() noexcept
    {
        if (!taken_[I])
            return;
        auto& entry = owner_.template entry<need_at<I>.name>();
        --entry.scopes;
        entry.let_go_if_unused(owner_.template pool<need_at<I>.name>());
    }

    Owner& owner_;
    std::source_location where_;
    std::array<bool, count> taken_{};
};

} // namespace steward
