// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/detail/acquisition.hpp>
#include <steward/held_view.hpp>
#include <steward/needs.hpp>
#include <steward/wait_limit.hpp>

#include <array>
#include <cstddef>
#include <source_location>
#include <utility>

namespace steward::inline v0 {

namespace detail {

template <fixed_string Name, bool IsThere>
struct is_in_the_manager {
    static_assert(IsThere, "steward::needs: a need is not a resource of this manager");
    static constexpr bool value = true;
};

} // namespace detail

/// See held<Owner, needs<Needs...>>.
template <class Owner, class Needs>
class held;

/// What a state's needs gave it. It holds them for its scope and gives them back in reverse.
template <class Owner, need... Needs>
class [[nodiscard("steward::held: what nobody keeps is given back at once")]] held<Owner, needs<Needs...>>
    : public held_view<Owner, needs<Needs...>> {
    using manager = typename Owner::manager_type;

    static_assert((detail::is_in_the_manager<Needs.name, manager::template has<Needs.name>>::value && ...));

    using order = detail::needs_in_order<manager, needs<Needs...>>;
    using in_order = std::make_index_sequence<order::size>;

public:
    /// `owner::acquire_all` calls it; throws `resource_error`, and nothing is held then.
    held(Owner& owner, const wait_limit& limit, std::source_location where = {})
        : held_view<Owner, needs<Needs...>>{owner}
    {
        take(in_order{}, limit, where);
    }
    ~held() { give_back(in_order{}); }
    held(const held&) = delete;
    held& operator=(const held&) = delete;

private:
    template <std::size_t... Is>
    void take(std::index_sequence<Is...> all, [[maybe_unused]] const wait_limit& limit,
              [[maybe_unused]] std::source_location where)
    {
        [[maybe_unused]] detail::acquisition acquiring;
        bool complete = false;
        try {
            complete = (take_one<Is>(acquiring, limit, where) && ...);
        } catch (...) { // a policy's or the standard library's: pools return their errors
            give_back(all);
            throw;
        }
        if (!complete) {
            give_back(all);
            acquiring.fail();
        }
    }
    template <std::size_t I>
    bool take_one(detail::acquisition& acquiring, const wait_limit& limit, std::source_location where)
    {
        constexpr auto wanted = order::template at<I>;
        if (!detail::hold<wanted>(acquiring, this->owner_, limit, where))
            return false;
        auto& entry = detail::owner_access::entry<wanted.name>(this->owner_);
        taken_[I] = static_cast<bool>(entry.token);
        entry.scopes += taken_[I] ? 1 : 0;
        return true;
    }

    template <std::size_t... Is>
    void give_back(std::index_sequence<Is...>) noexcept
    {
        (give_back_one<order::size - 1 - Is>(), ...);
    }
    template <std::size_t I>
    void give_back_one() noexcept
    {
        if (!taken_[I])
            return;
        constexpr auto name = order::template at<I>.name;
        auto& entry = detail::owner_access::entry<name>(this->owner_);
        --entry.scopes;
        entry.let_go_if_unused(detail::owner_access::pool<name>(this->owner_));
    }

    std::array<bool, order::size> taken_{};
};

} // namespace steward::inline v0
