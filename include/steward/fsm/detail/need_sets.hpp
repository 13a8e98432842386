// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/needs.hpp>

#include <array>
#include <cstddef>
#include <string_view>
#include <utility>

/// Computing with the needs of states, machines and arcs.
namespace steward::inline v0::detail {

template <bool Kept, need Need>
struct kept_need {
    using type = needs<>;
};
template <need Need>
struct kept_need<true, Need> {
    using type = needs<Need>;
};

template <need... Left, need... Right>
needs<Left..., Right...> operator+(needs<Left...>, needs<Right...>);

/// The needs for which `Kept` is true.
template <class Needs, auto Kept>
struct filtered_needs;
template <auto Kept>
struct filtered_needs<needs<>, Kept> {
    using type = needs<>;
};
template <need... Needs, auto Kept>
struct filtered_needs<needs<Needs...>, Kept> {
    template <std::size_t... Is>
    static auto filter(std::index_sequence<Is...>)
        -> decltype((needs<>{} + ... + typename kept_need<Kept[Is], Needs>::type{}));
    using type = decltype(filter(std::make_index_sequence<sizeof...(Needs)>{}));
};

/// Both; a name that stands in both as the second says.
template <class First, class Second>
struct joined_needs;
template <need... First, class Second>
struct joined_needs<needs<First...>, Second> {
    static constexpr std::array<bool, sizeof...(First)> kept{!Second::contains(First.name.view())...};
    using type = decltype(typename filtered_needs<needs<First...>, kept>::type{} + Second{});
};
template <class Second>
struct joined_needs<needs<>, Second> {
    using type = Second;
};
template <class First, class Second>
using join_needs = typename joined_needs<First, Second>::type;

/// Those of the first that stand in the second, too.
template <class First, class Second>
struct common_needs;
template <need... First, class Second>
struct common_needs<needs<First...>, Second> {
    static constexpr std::array<bool, sizeof...(First)> kept{Second::contains(First.name.view())...};
    using type = typename filtered_needs<needs<First...>, kept>::type;
};
template <class Second>
struct common_needs<needs<>, Second> {
    using type = needs<>;
};

/// A pool where one may have to wait for another holder. Others have no place in the order of acquisition.
template <class Pool>
concept waits_for_holders = !requires { requires !Pool::waits_for_holders; };

template <class Manager, need Need>
inline constexpr bool is_exclusive = waits_for_holders<typename Manager::template pool_type<Need.name>>;

/// What is certainly held by who has these needs.
template <class Needs>
struct required_among;
template <need... Needs>
struct required_among<needs<Needs...>> {
    [[nodiscard]] static constexpr bool contains([[maybe_unused]] std::string_view name) noexcept
    {
        return ((Needs.is_required && Needs.name.view() == name) || ...);
    }
};

/// What is held by who has `Around` and takes `Needs`: what is required in one of them is held for certain.
template <class Around, class Needs>
struct held_with;
template <class Around, need... Needs>
struct held_with<Around, needs<Needs...>> {
    static constexpr std::array<bool, sizeof...(Needs)> kept{!required_among<Around>::contains(Needs.name.view())...};
    using type = join_needs<Around, typename filtered_needs<needs<Needs...>, kept>::type>;
};
template <class Around>
struct held_with<Around, needs<>> {
    using type = Around;
};

/// The manager's indices of the exclusive resources that have to be taken for `To` by who has `From` and `Around`.
template <class Manager, class Around, class From, class To>
struct newly_needed;
template <class Manager, class Around, class From, need... To>
struct newly_needed<Manager, Around, From, needs<To...>> {
    /// The smallest of them but `except`.
    [[nodiscard]] static consteval std::size_t first_but([[maybe_unused]] std::size_t except) noexcept
    {
        std::size_t first = Manager::size;
        ((first = is_new<To> && Manager::template index<To.name> != except && Manager::template index<To.name> < first
                      ? Manager::template index<To.name>
                      : first),
         ...);
        return first;
    }

private:
    template <need Need>
    static constexpr bool is_new = is_exclusive<Manager, Need> && !required_among<Around>::contains(Need.name.view())
                                   && !required_among<From>::contains(Need.name.view());
};

/// Which needs of a state stay held on the way to another: what both need and what precedes all that is newly needed, so
/// that exclusive resources are always taken in the manager's order.
template <class Manager, class Around, class From, class To>
struct kept_across;
template <class Manager, class Around, need... From, class To>
struct kept_across<Manager, Around, needs<From...>, To> {
    using news = newly_needed<Manager, Around, needs<From...>, To>;
    static constexpr std::array<bool, sizeof...(From)> value{
        (To::contains(From.name.view())
         && (!is_exclusive<Manager, From>
             || Manager::template index<From.name> < news::first_but(Manager::template index<From.name>)))...};
};

} // namespace steward::inline v0::detail
