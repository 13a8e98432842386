// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/caller.hpp>
#include <steward/compile_error.hpp>
#include <steward/detail/owner_access.hpp>
#include <steward/detail/pool_set.hpp>
#include <steward/held.hpp>
#include <steward/owner_id.hpp>
#include <steward/wait_limit.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <source_location>
#include <string>
#include <utility>

namespace steward::inline v0 {

namespace detail {

/// Takes a resource from a pool, or says why not. What is not the fast path stays out of the caller's code, and gets
/// what is in registers there.
template <class Pool>
[[nodiscard, gnu::noinline, gnu::cold]] std::expected<typename Pool::token, resource_error>
try_take_slowly(Pool& pool, owner_id owner, std::source_location where, const wait_limit& limit)
{
    return pool.acquire(caller{owner, where}, limit);
}
template <class Pool, class... Limit>
[[nodiscard, gnu::always_inline]] inline std::expected<typename Pool::token, resource_error>
try_take(Pool& pool, owner_id owner, std::source_location where, const Limit&... limit)
{
    if (!wait_limit{limit...}.negative()) [[likely]]
        if (auto token = pool.acquire_at_once(owner, where)) [[likely]]
            return token;
    return try_take_slowly(pool, owner, where, wait_limit{limit...});
}

/// The same, but throws why not.
template <class Pool>
[[nodiscard, gnu::noinline, gnu::cold]] typename Pool::token take_slowly(Pool& pool, owner_id owner,
                                                                         std::source_location where,
                                                                         const wait_limit& limit)
{
    auto token = pool.acquire(caller{owner, where}, limit);
    if (!token)
        throw std::move(token).error();
    return *token;
}
template <class Pool, class... Limit>
[[nodiscard, gnu::always_inline]] inline typename Pool::token take(Pool& pool, owner_id owner,
                                                                   std::source_location where, const Limit&... limit)
{
    if (!wait_limit{limit...}.negative()) [[likely]]
        if (auto token = pool.acquire_at_once(owner, where)) [[likely]]
            return token;
    return take_slowly(pool, owner, where, wait_limit{limit...});
}

/// What says how long to wait: a time or a stop token.
template <class Limit>
concept limits_waiting = std::convertible_to<const Limit&, wait_limit>;

/// The default of a function's last argument: the line that calls it.
using call_site = std::source_location;

/// A pool that lists its holders by nodes that live in the owners.
template <class Pool>
concept lists_holders = requires(Pool& p, typename Pool::holder_node& node, owner_id id) { p.enlist(node, id); };

struct no_node {};
template <class Pool>
struct node_of {
    using type = no_node;
};
template <lists_holders Pool>
struct node_of<Pool> {
    using type = typename Pool::holder_node;
};

/// What an owner knows of one resource: the token, whether it asked for it itself, and how many scopes hold it.
template <class Pool>
struct owner_entry {
    typename Pool::token token{};
    [[no_unique_address]] typename node_of<Pool>::type node{};
    std::uint32_t scopes = 0;
    bool direct = false;

    owner_entry() = default;
    owner_entry(const owner_entry&) = delete;
    owner_entry& operator=(const owner_entry&) = delete;

    void set([[maybe_unused]] Pool& pool, typename Pool::token taken, [[maybe_unused]] owner_id id) noexcept
    {
        token = taken;
        if constexpr (lists_holders<Pool>)
            pool.enlist(node, id);
    }

    [[gnu::always_inline]] void let_go(Pool& pool) noexcept
    {
        if constexpr (lists_holders<Pool>)
            pool.delist(node);
        pool.give_back(std::exchange(token, {}));
        scopes = 0;
        direct = false;
    }

    void let_go_if_unused(Pool& pool) noexcept
    {
        if (token && !direct && scopes == 0)
            let_go(pool);
    }
};

template <std::size_t Index, class Pool>
struct entry_leaf {
    owner_entry<Pool> entry{};
};
template <std::size_t Index, class Pool>
constexpr owner_entry<Pool>& entry_at(entry_leaf<Index, Pool>& leaf) noexcept
{
    return leaf.entry;
}

template <class Pools>
struct entry_set;
template <std::size_t... Is, class... Traits>
struct entry_set<pool_set<std::index_sequence<Is...>, Traits...>> : entry_leaf<Is, pool_of<Traits>>... {};

} // namespace detail

/// An identity that holds any number of a manager's resources, such as one execution of a state.
///
/// Acquiring again changes nothing and gives the same resource; one `release` gives it back. A scope (`acquire_all`)
/// holds apart from that: a resource returns when the owner has released it and no scope holds it. Whatever it still
/// holds at its end is given back, last resource first.
/// Threads: an owner is used by one thread at a time. Complexity: everything is constant, giving back all is linear in the
/// number of the manager's resources; no hash, no lock of its own.
template <class Manager>
class [[nodiscard("steward::owner: an owner that nobody keeps gives everything back at once")]] owner {
    using pools_type = typename Manager::pools_type;

    template <fixed_string Name>
    static constexpr bool has_resource = Manager::template has<Name>;

public:
    using manager_type = Manager; ///< of whose resources it holds some

    /// Holds nothing yet: `manager::owner` calls it. The manager has to live as long.
    owner(Manager& manager, owner_id id) noexcept : manager_{manager}, id_{id} {}
    // Inlined everywhere, on the way of an exception too, so that an owner can stay in registers.
    [[gnu::always_inline]] ~owner() { release_everything(std::make_index_sequence<Manager::size>{}); }
    owner(const owner&) = delete;
    owner& operator=(const owner&) = delete;

    /// Its name as it is stored.
    [[nodiscard]] const owner_id& id() const noexcept { return id_; }
    /// Its name as a text: `load_42`.
    [[nodiscard]] std::string name() const { return to_string(id_); }

    /// The resource, taken if the owner does not hold it yet; throws `resource_error` as the manager's acquire does.
    /// @{
    template <fixed_string Name>
        requires(has_resource<Name>)
    auto& acquire(std::source_location where = detail::call_site::current())
    {
        return acquire_from<Name>(where);
    }
    template <fixed_string Name, detail::limits_waiting Limit>
        requires(has_resource<Name>)
    auto& acquire(const Limit& limit, std::source_location where = detail::call_site::current())
    {
        return acquire_from<Name>(where, limit);
    }
    template <fixed_string Name>
        requires(has_resource<Name>)
    auto& acquire(name_constant<Name>, std::source_location where = detail::call_site::current())
    {
        return acquire_from<Name>(where);
    }
    template <fixed_string Name, detail::limits_waiting Limit>
        requires(has_resource<Name>)
    auto& acquire(name_constant<Name>, const Limit& limit, std::source_location where = detail::call_site::current())
    {
        return acquire_from<Name>(where, limit);
    }
    /// @}
    template <fixed_string Name>
        requires(!has_resource<Name>)
    error::is_not_a_resource_of_this_manager<Name> acquire(const wait_limit& = {}) = delete;
    template <fixed_string Name>
        requires(!has_resource<Name>)
    error::is_not_a_resource_of_this_manager<Name> acquire(name_constant<Name>, const wait_limit& = {}) = delete;

    /// The same without exceptions: a pointer to the resource, or the error.
    /// @{
    template <fixed_string Name>
        requires(has_resource<Name>)
    [[nodiscard]] auto try_acquire(const wait_limit& limit = {},
                                   std::source_location where = detail::call_site::current())
        -> std::expected<typename Manager::template pool_type<Name>::resource_type*, resource_error>
    {
        if (auto error = hold<Name>(limit, where))
            return std::unexpected{std::move(*error)};
        entry<Name>().direct = true;
        return &pool<Name>().get(entry<Name>().token);
    }
    template <fixed_string Name>
        requires(has_resource<Name>)
    [[nodiscard]] auto try_acquire(name_constant<Name>, const wait_limit& limit = {},
                                   std::source_location where = detail::call_site::current())
    {
        return try_acquire<Name>(limit, where);
    }
    /// @}
    template <fixed_string Name>
        requires(!has_resource<Name>)
    error::is_not_a_resource_of_this_manager<Name> try_acquire(const wait_limit& = {}) = delete;
    template <fixed_string Name>
        requires(!has_resource<Name>)
    error::is_not_a_resource_of_this_manager<Name> try_acquire(name_constant<Name>, const wait_limit& = {}) = delete;

    /// Takes all that is needed, in the manager's order, or nothing: if a required one fails, what this call took is
    /// given back and its error is thrown. The result holds them for its scope; the owner must outlive it.
    template <class Needs>
    [[nodiscard("steward::held: what nobody keeps is given back at once")]]
    held<owner, Needs> acquire_all(const wait_limit& limit = {},
                                   std::source_location where = detail::call_site::current())
    {
        return held<owner, Needs>{*this, limit, where};
    }

    /// Whether it holds the resource, by itself or by a scope.
    template <fixed_string Name>
        requires(has_resource<Name>)
    [[nodiscard]] bool has(name_constant<Name> = {}) const noexcept
    {
        return static_cast<bool>(entry<Name>().token);
    }
    template <fixed_string Name>
        requires(!has_resource<Name>)
    error::is_not_a_resource_of_this_manager<Name> has(name_constant<Name> = {}) const = delete;

    /// The resource if the owner holds it, else null.
    template <fixed_string Name>
        requires(has_resource<Name>)
    [[nodiscard]] auto* get(name_constant<Name> = {}) const noexcept
    {
        const auto& e = entry<Name>();
        return e.token ? &pool<Name>().get(e.token) : nullptr;
    }
    template <fixed_string Name>
        requires(!has_resource<Name>)
    error::is_not_a_resource_of_this_manager<Name> get(name_constant<Name> = {}) const = delete;

    /// Gives a resource back, unless a scope still holds it. Releasing what is not held changes nothing.
    template <fixed_string Name>
        requires(has_resource<Name>)
    void release(name_constant<Name> = {}) noexcept
    {
        entry<Name>().direct = false;
        entry<Name>().let_go_if_unused(pool<Name>());
    }
    template <fixed_string Name>
        requires(!has_resource<Name>)
    error::is_not_a_resource_of_this_manager<Name> release(name_constant<Name> = {}) = delete;

    /// Gives back all that no scope holds, last resource first.
    void release_all() noexcept { release_direct(std::make_index_sequence<Manager::size>{}); }

private:
    friend detail::owner_access;

    template <fixed_string Name>
    [[nodiscard]] auto& entry() noexcept
    {
        return detail::entry_at<Manager::template index<Name>>(entries_);
    }
    template <fixed_string Name>
    [[nodiscard]] const auto& entry() const noexcept
    {
        return const_cast<owner*>(this)->template entry<Name>();
    }
    template <fixed_string Name>
    [[nodiscard]] auto& pool() const noexcept
    {
        return manager_.template pool<Name>();
    }

    template <fixed_string Name, class... Limit>
    auto& acquire_from(std::source_location where, const Limit&... limit)
    {
        auto& e = entry<Name>();
        auto& from = pool<Name>();
        if (!e.token || wait_limit{limit...}.negative()) // which is refused, whether it is held or not
            e.set(from, detail::take(from, id_, where, limit...), id_);
        e.direct = true;
        return from.get(e.token);
    }

    // Takes the resource if it is not held; the error if that fails.
    template <fixed_string Name>
    [[nodiscard]] std::optional<resource_error> hold(const wait_limit& limit, std::source_location where)
    {
        auto& e = entry<Name>();
        if (e.token && !limit.negative())
            return std::nullopt;
        auto token = detail::try_take(pool<Name>(), id_, where, limit);
        if (!token)
            return std::move(token).error();
        e.set(pool<Name>(), *token, id_);
        return std::nullopt;
    }

    template <std::size_t... Is>
    [[gnu::always_inline]] void release_everything(std::index_sequence<Is...>) noexcept
    {
        (let_go_at<Manager::size - 1 - Is>(), ...);
    }
    template <std::size_t I>
    [[gnu::always_inline]] void let_go_at() noexcept
    {
        auto& e = detail::entry_at<I>(entries_);
        if (e.token)
            e.let_go(manager_.template pool_at<I>());
    }

    template <std::size_t... Is>
    void release_direct(std::index_sequence<Is...>) noexcept
    {
        (release_direct_at<Manager::size - 1 - Is>(), ...);
    }
    template <std::size_t I>
    void release_direct_at() noexcept
    {
        auto& e = detail::entry_at<I>(entries_);
        e.direct = false;
        e.let_go_if_unused(manager_.template pool_at<I>());
    }

    Manager& manager_;
    owner_id id_;
    detail::entry_set<pools_type> entries_{};
};

} // namespace steward::inline v0
