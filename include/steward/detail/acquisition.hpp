// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/caller.hpp>
#include <steward/detail/inlining.hpp>
#include <steward/detail/owner_access.hpp>
#include <steward/error.hpp>
#include <steward/needs.hpp>
#include <steward/wait_limit.hpp>

#include <array>
#include <cstddef>
#include <memory>
#include <source_location>
#include <type_traits>
#include <utility>

namespace steward::inline v0::detail {

template <std::size_t Index, auto Value>
struct value_entry {
    static constexpr auto value = Value;
};
template <class Indices, auto... Values>
struct value_entries;
template <std::size_t... Is, auto... Values>
struct value_entries<std::index_sequence<Is...>, Values...> : value_entry<Is, Values>... {};
template <std::size_t Index, auto Value>
value_entry<Index, Value> value_at(const value_entry<Index, Value>*);

struct need_place {
    std::size_t index; ///< in the manager
    std::size_t need;  ///< in the pack
};
/// By the manager's order. A sort by hand: an algorithm of the library would be compiled for each number of needs.
template <std::size_t N>
[[nodiscard]] constexpr std::array<need_place, N> in_managers_order(std::array<need_place, N> places) noexcept
{
    for (std::size_t i = 1; i < N; ++i)
        for (std::size_t j = i; j != 0 && places[j].index < places[j - 1].index; --j)
            std::swap(places[j], places[j - 1]);
    return places;
}

/// Needs in the manager's order, the same for everybody: owners that need the same cannot deadlock.
template <class Manager, class Needs>
struct needs_in_order;
template <class Manager, need... Needs>
struct needs_in_order<Manager, needs<Needs...>> {
    static constexpr std::size_t size = sizeof...(Needs);
    static constexpr auto all = [] {
        [[maybe_unused]] std::size_t i = 0;
        return in_managers_order<size>({need_place{Manager::template index<Needs.name>, i++}...});
    }();

    using entries = value_entries<std::make_index_sequence<size>, Needs...>;
    template <std::size_t I>
    static constexpr auto at = decltype(value_at<all[I].need>(static_cast<const entries*>(nullptr)))::value;
};

/// One acquisition of several resources. It has nothing to destroy, and the owner does not escape through it, so that both
/// cost nothing where all can be had at once.
struct acquisition {
    time_point start{};              ///< read when the first has to be waited for: from then on one deadline covers all
    resource_error* error = nullptr; ///< why a required one could not be had; `fail` throws it

    /// Once everything was given back.
    [[noreturn, gnu::cold]] void fail() const
    {
        const std::unique_ptr<resource_error> mine{error};
        throw resource_error{std::move(*mine)};
    }
};

/// What could not be had at once; null, with the error if it is required, if it cannot be had at all.
template <auto Wanted, class Pool, class Limit>
[[nodiscard, gnu::noinline, gnu::cold]] typename Pool::token acquire_slowly(acquisition& all, Pool& pool, owner_id id,
                                                                            const Limit& limit,
                                                                            std::source_location where)
{
    if (all.start == time_point{})
        all.start = clock::now();
    auto late = pool.acquire(caller{id, where}, limit.since(all.start).within(Wanted));
    if (late)
        return *late;
    if (Wanted.is_required || limit.negative())
        all.error = new resource_error{std::move(late).error()}; // NOLINT: see `fail`
    return {};
}

/// Holds a resource for an owner that may hold it already. Whether the acquisition goes on: an optional resource that
/// cannot be had is not held then.
template <auto Wanted, class Owner, class Limit>
STEWARD_INLINED [[nodiscard]] inline bool hold(acquisition& all, Owner& owner, const Limit& limit,
                                               std::source_location where)
{
    auto& entry = owner_access::entry<Wanted.name>(owner);
    if (entry.token && !limit.negative())
        return true;
    auto& pool = owner_access::pool<Wanted.name>(owner);
    using token_type = typename std::remove_reference_t<decltype(pool)>::token;
    token_type token = limit.negative() ? token_type{} : pool.acquire_at_once(owner.id(), where);
    if (!token) [[unlikely]] {
        token = acquire_slowly<Wanted>(all, pool, owner.id(), limit, where);
        if (!token)
            return all.error == nullptr;
    }
    entry.set(pool, token, owner.id());
    return true;
}

} // namespace steward::inline v0::detail
