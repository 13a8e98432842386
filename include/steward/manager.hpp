// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/compile_error.hpp>
#include <steward/detail/manager_parts.hpp>
#include <steward/detail/manager_rules.hpp>
#include <steward/lease.hpp>
#include <steward/owner.hpp>
#include <steward/owner_tag.hpp>
#include <steward/pool/hooks.hpp>
#include <steward/pool/pool_options.hpp>
#include <steward/resource.hpp>
#include <steward/resource_ref.hpp>
#include <steward/resource_status.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace steward {

/// Owns one pool for each of its resources: exactly what is declared, and nothing for what is not.
///
/// `manager<R...>`, or `manager<defaults<P...>, R...>` with policies for axes that resources do not name. Built from
/// `R::with(settings, options)` in any order; what has default settings may be left out. Every wrong setting and
/// option is named by one `configuration_error` before anything is built.
///
/// Names are spelt `acquire<"db">()` or `acquire("db"_r)`; one that is not there does not compile.
/// Threads: everything may be called by any thread at any time, unless a resource's locking is `none`.
/// Its end closes all resources, in reverse, before their adapters; no other call may be under way then. Leases must
/// not outlive it: it waits for them, and for the threads that give them back, up to their acquire_timeout, then names
/// the holders and terminates.
template <class... Args>
class manager : private detail::are_resources<detail::argument_list<Args...>, sizeof(Args)...>,
                private detail::resource_list_rules<Args...> {
    using parts = detail::manager_parts<Args...>;

public:
    using pools_type = typename parts::pools;

    /// How many resources it has.
    static constexpr std::size_t size = parts::size;

    /// Whether there is a resource of that name.
    template <fixed_string Name>
    static constexpr bool has = detail::has_name<Name, typename parts::names>;

    /// Where it stands in the manager's order.
    template <fixed_string Name>
        requires(has<Name>)
    static constexpr std::size_t index = detail::index_in<Name>(static_cast<const typename parts::names*>(nullptr));

    /// The pool's type behind a name: what leases and policies are made of.
    template <fixed_string Name>
        requires(has<Name>)
    using pool_type = typename std::remove_reference_t<decltype(detail::leaf_at<index<Name>>(
        std::declval<pools_type&>()))>::pool_type;
    template <fixed_string Name>
    using lease_type = lease<pool_type<Name>>;

    /// Settings and options by the resources' `with`, in any order.
    template <class... Configs>
        requires(detail::is_configured<Configs> && ...)
    explicit(sizeof...(Configs) == 1) manager(Configs... configs)
        : manager{std::in_place, detail::configs_in_order<Configs...>{configs...}}
    {
        static_cast<void>(detail::configs_rules<pools_type, Configs...>{});
    }
    ~manager()
    {
        parts::each_reversed(pools_, [](auto& leaf) {
            if constexpr (requires { leaf.pool.shut_down(); })
                leaf.pool.shut_down();
        });
    }
    manager(const manager&) = delete;
    manager& operator=(const manager&) = delete;

    /// Takes a resource for a scope; throws `resource_error` where none can be had within the limit, which is the
    /// resource's own acquire_timeout if none is given.
    template <fixed_string Name, class... Limit>
        requires(has<Name> && detail::is_limit<Limit...>)
    [[nodiscard("steward::lease: a lease that nobody keeps is given back at once")]]
    lease_type<Name> acquire(const Limit&... limit)
    {
        auto& from = pool<Name>();
        return {from, detail::take(from, owner_id{}, limit...)};
    }
    template <fixed_string Name, class... Limit>
        requires(has<Name> && detail::is_limit<Limit...>)
    [[nodiscard("steward::lease: a lease that nobody keeps is given back at once")]]
    lease_type<Name> acquire(name_constant<Name>, const Limit&... limit)
    {
        return acquire<Name>(limit...);
    }
    template <fixed_string Name>
        requires(!has<Name>)
    error::is_not_a_resource_of_this_manager<Name> acquire(const wait_limit& = {}) = delete;
    template <fixed_string Name>
        requires(!has<Name>)
    error::is_not_a_resource_of_this_manager<Name> acquire(name_constant<Name>, const wait_limit& = {}) = delete;

    /// The same without exceptions.
    template <fixed_string Name, class... Limit>
        requires(has<Name> && detail::is_limit<Limit...>)
    [[nodiscard("steward::lease: a lease that nobody keeps is given back at once")]]
    std::expected<lease_type<Name>, resource_error> try_acquire(const Limit&... limit)
    {
        auto& from = pool<Name>();
        auto token = detail::try_take(from, owner_id{}, limit...);
        if (!token)
            return std::unexpected{std::move(token).error()};
        return lease_type<Name>{from, *token};
    }
    template <fixed_string Name, class... Limit>
        requires(has<Name> && detail::is_limit<Limit...>)
    [[nodiscard("steward::lease: a lease that nobody keeps is given back at once")]]
    auto try_acquire(name_constant<Name>, const Limit&... limit)
    {
        return try_acquire<Name>(limit...);
    }
    template <fixed_string Name>
        requires(!has<Name>)
    error::is_not_a_resource_of_this_manager<Name> try_acquire(const wait_limit& = {}) = delete;
    template <fixed_string Name>
        requires(!has<Name>)
    error::is_not_a_resource_of_this_manager<Name> try_acquire(name_constant<Name>, const wait_limit& = {}) = delete;

    /// An identity that holds any number of this manager's resources: `owner("state", 42)` reads `state_42`.
    /// The tag is a literal; nothing is allocated.
    [[nodiscard("steward::owner: an owner that nobody keeps gives everything back at once")]]
    steward::owner<manager> owner(owner_tag tag, std::uint64_t number = owner_id::no_number)
    {
        return steward::owner<manager>{*this, owner_id{tag.text, number}};
    }
    /// The same by a name that is made at run time; the name is interned, once for the process.
    template <class Name>
        requires(std::convertible_to<const Name&, std::string_view> && !std::is_array_v<Name>)
    [[nodiscard("steward::owner: an owner that nobody keeps gives everything back at once")]]
    steward::owner<manager> owner(const Name& name, std::uint64_t number = owner_id::no_number)
    {
        return steward::owner<manager>{*this, owner_id{detail::intern(name), number}};
    }

    /// Tries one resource, an idle or a new one, through the adapter's validate. No lease is counted: `active` and the
    /// acquisitions stay as they are. False where nobody could get it: invalid, closed or suspended.
    template <fixed_string Name>
        requires(has<Name>)
    [[nodiscard]] bool validate(name_constant<Name> = {})
    {
        return pool<Name>().validate();
    }
    template <fixed_string Name>
        requires(!has<Name>)
    error::is_not_a_resource_of_this_manager<Name> validate(name_constant<Name> = {}) = delete;

    template <fixed_string Name>
        requires(has<Name>)
    [[nodiscard]] resource_status status(name_constant<Name> = {})
    {
        return detail::leaf_at<index<Name>>(pools_).status();
    }
    template <fixed_string Name>
        requires(!has<Name>)
    error::is_not_a_resource_of_this_manager<Name> status(name_constant<Name> = {}) = delete;
    /// The status of every resource, in the manager's order.
    [[nodiscard]] std::array<resource_status, size> status()
    {
        std::array<resource_status, size> all;
        parts::each(pools_, [i = std::size_t{0}, &all](auto& leaf) mutable { all[i++] = leaf.status(); });
        return all;
    }

    /// What the metrics policy counted; there only if it counts.
    template <fixed_string Name>
        requires(has<Name>) && requires(pool_type<Name>& p) { p.metrics(); }
    [[nodiscard]] metrics_snapshot metrics(name_constant<Name> = {})
    {
        return pool<Name>().metrics();
    }
    template <fixed_string Name>
        requires(has<Name>) && (!requires(pool_type<Name>& p) { p.metrics(); })
    error::has_a_metrics_policy_that_counts_nothing<Name> metrics(name_constant<Name> = {}) = delete;
    template <fixed_string Name>
        requires(!has<Name>)
    error::is_not_a_resource_of_this_manager<Name> metrics(name_constant<Name> = {}) = delete;
    /// The metrics of every resource that counts, by name.
    [[nodiscard]] std::vector<named_metrics> metrics()
    {
        std::vector<named_metrics> result;
        for_each([&]<fixed_string Name>(name_constant<Name>) {
            if constexpr (requires { this->template metrics<Name>(); })
                result.push_back({Name.view(), this->template metrics<Name>()});
        });
        return result;
    }

    /// The health policy's state, else the adapter's own answer, else unknown.
    template <fixed_string Name>
        requires(has<Name>)
    [[nodiscard]] resource_health health(name_constant<Name> = {})
    {
        return pool<Name>().health();
    }
    template <fixed_string Name>
        requires(!has<Name>)
    error::is_not_a_resource_of_this_manager<Name> health(name_constant<Name> = {}) = delete;
    /// The health of every resource, by name.
    [[nodiscard]] std::vector<named_health> health()
    {
        std::vector<named_health> result;
        for_each([&]<fixed_string Name>(name_constant<Name>) {
            result.push_back({Name.view(), this->template health<Name>()});
        });
        return result;
    }

    /// Who holds the resource now; there only if the ownership policy knows.
    template <fixed_string Name>
        requires(has<Name>) && detail::knows_holders<typename pool_type<Name>::ownership_policy>
    [[nodiscard]] std::vector<std::string> owners(name_constant<Name> = {})
    {
        return pool<Name>().owners();
    }
    template <fixed_string Name>
        requires(has<Name>) && (!detail::knows_holders<typename pool_type<Name>::ownership_policy>)
    error::has_an_ownership_policy_that_tracks_nobody<Name> owners(name_constant<Name> = {}) = delete;
    template <fixed_string Name>
        requires(!has<Name>)
    error::is_not_a_resource_of_this_manager<Name> owners(name_constant<Name> = {}) = delete;

    /// Changes the options that are named, while others work.
    template <fixed_string Name>
        requires(has<Name>) && requires(pool_type<Name>& p) { p.resize({}); }
    void resize(const typename pool_type<Name>::options& options)
    {
        pool<Name>().resize(options);
    }
    template <fixed_string Name>
        requires(has<Name>) && requires(pool_type<Name>& p) { p.resize({}); }
    void resize(name_constant<Name>, const typename pool_type<Name>::options& options)
    {
        pool<Name>().resize(options);
    }
    template <fixed_string Name>
        requires(has<Name>) && (!requires(pool_type<Name>& p) { p.resize({}); })
    error::has_a_pooling_policy_without_a_size<Name> resize(const pool_options&) = delete;
    template <fixed_string Name>
        requires(has<Name>) && (!requires(pool_type<Name>& p) { p.resize({}); })
    error::has_a_pooling_policy_without_a_size<Name> resize(name_constant<Name>, const pool_options&) = delete;
    template <fixed_string Name>
        requires(!has<Name>)
    error::is_not_a_resource_of_this_manager<Name> resize(const pool_options&) = delete;
    template <fixed_string Name>
        requires(!has<Name>)
    error::is_not_a_resource_of_this_manager<Name> resize(name_constant<Name>, const pool_options&) = delete;

    /// Nobody gets the resource until `resume`; those who come wait, until their deadline at most.
    template <fixed_string Name>
        requires(has<Name>) && requires(pool_type<Name>& p) { p.suspend(); }
    void suspend(name_constant<Name> = {}) noexcept
    {
        pool<Name>().suspend();
    }
    template <fixed_string Name>
        requires(has<Name>) && requires(pool_type<Name>& p) { p.resume(); }
    void resume(name_constant<Name> = {}) noexcept
    {
        pool<Name>().resume();
    }
    template <fixed_string Name>
        requires(has<Name>) && (!requires(pool_type<Name>& p) { p.suspend(); })
    error::has_a_pooling_policy_that_cannot_be_suspended<Name> suspend(name_constant<Name> = {}) = delete;
    template <fixed_string Name>
        requires(has<Name>) && (!requires(pool_type<Name>& p) { p.resume(); })
    error::has_a_pooling_policy_that_cannot_be_suspended<Name> resume(name_constant<Name> = {}) = delete;
    template <fixed_string Name>
        requires(!has<Name>)
    error::is_not_a_resource_of_this_manager<Name> suspend(name_constant<Name> = {}) = delete;
    template <fixed_string Name>
        requires(!has<Name>)
    error::is_not_a_resource_of_this_manager<Name> resume(name_constant<Name> = {}) = delete;

    /// Says what time it is and does what is due: closes what is too old or idle for too long, fills up to min_size.
    void maintain(time_point now = clock::now())
        requires(parts::can_maintain)
    {
        parts::each(pools_, [&](auto& leaf) {
            if constexpr (requires { leaf.pool.maintain(now); })
                leaf.pool.maintain(now);
        });
    }
    error::has_no_resource_that_needs_maintenance<manager> maintain(time_point = {})
        requires(!parts::can_maintain)
    = delete;

    /// Closes every resource: what is free now, the rest as it comes back. Closing twice is harmless.
    void close() noexcept
        requires(parts::can_close)
    {
        parts::each_reversed(pools_, [](auto& leaf) {
            if constexpr (requires { leaf.pool.close(); })
                leaf.pool.close();
        });
    }
    error::has_no_resource_that_can_be_closed<manager> close()
        requires(!parts::can_close)
    = delete;

    /// Calls `f(resource_ref)` for the resource of that name; an unknown one is a `resource_error` that says which
    /// names there are. `f` must return the same type for all resources.
    template <class F>
    decltype(auto) visit(std::string_view name, F&& f)
    {
        return parts::visit(*this, name, f);
    }

    /// Calls `f(name_constant<Name>{})` for every resource, in order.
    template <class F>
    static constexpr void for_each(F f)
    {
        parts::each_name(f);
    }

    /// The resources as a Hana tuple of types, for whoever computes with them.
    [[nodiscard]] static constexpr auto resources() { return parts::hana_types(); }

private:
    template <class M>
    friend class steward::owner;

    template <class Given>
    manager(std::in_place_t, Given given) : pools_{(parts::check(given), given)}
    {
    }

    template <fixed_string Name>
    [[nodiscard]] auto& pool() noexcept
    {
        return detail::leaf_at<index<Name>>(pools_).pool;
    }

    template <std::size_t I>
    [[nodiscard]] auto& pool_at() noexcept
    {
        return detail::leaf_at<I>(pools_).pool;
    }

    [[no_unique_address]] pools_type pools_;
};

} // namespace steward
