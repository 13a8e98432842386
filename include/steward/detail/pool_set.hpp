// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/cleanup_report.hpp>
#include <steward/detail/given_configs.hpp>
#include <steward/resource.hpp>
#include <steward/resource_status.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>
#include <vector>

namespace steward::inline v0::detail {

template <class Traits>
using pool_of = typename Traits::pooling::template pool<typename Traits::of_pool>;

/// The pool of one resource in a manager.
template <std::size_t Index, class Traits>
struct pool_leaf {
    using traits = Traits;
    using pool_type = pool_of<Traits>;
    using options = typename pool_type::options;

    [[no_unique_address]] pool_type pool;

    template <class Given>
    explicit pool_leaf(Given& given) : pool{Traits::name.view(), take_settings(given), take_options(given)}
    {
    }

    /// Says what is wrong with the settings and options that are meant for this resource.
    template <class Given>
    static void check(std::vector<configuration_problem>& problems, Given& given)
    {
        configuration_check check{Traits::name.view(), problems};
        if constexpr (checks_its_settings<adapter>) {
            if constexpr (is_given<Traits::name, adapter, Given>)
                adapter::check(given_for<Traits::name, adapter>(given).settings, check);
            else
                adapter::check(typename adapter::settings{}, check);
        }
        pool_type::check(take_options(given), check);
    }

    /// Opens the closed pool again with other settings, which are checked before.
    void reopen(typename Traits::adapter::settings&& settings)
    {
        if constexpr (checks_its_settings<adapter>) {
            std::vector<configuration_problem> problems;
            configuration_check check{Traits::name.view(), problems};
            adapter::check(settings, check);
            if (!problems.empty())
                throw configuration_error{std::move(problems)};
        }
        pool.reopen(std::move(settings));
    }

    /// Says what is not closed yet, under the resource's name.
    void report(cleanup_report& out)
        requires requires(pool_type& p) { p.report(out, Traits::name.view()); }
    {
        pool.report(out, Traits::name.view());
    }

    /// The pool's status, under the resource's name.
    [[nodiscard]] resource_status status()
    {
        resource_status out = pool.status();
        out.name = Traits::name.view();
        return out;
    }

private:
    using adapter = typename Traits::adapter;

    template <class Given>
    static typename adapter::settings take_settings([[maybe_unused]] Given& given)
    {
        if constexpr (is_given<Traits::name, adapter, Given>)
            return std::move(given_for<Traits::name, adapter>(given).settings);
        else
            return typename adapter::settings{};
    }

    template <class Given>
    static options take_options([[maybe_unused]] Given& given)
    {
        if constexpr (is_given<Traits::name, adapter, Given>) {
            using type = decltype(given_for<Traits::name, adapter>(given).options);
            if constexpr (std::is_same_v<type, options>)
                return given_for<Traits::name, adapter>(given).options;
        }
        return {};
    }
};

template <class Indices, class... Traits>
struct pool_set;

/// The pools of a manager, in the order of its resources; destroyed in reverse.
template <std::size_t... Is, class... Traits>
struct pool_set<std::index_sequence<Is...>, Traits...> : pool_leaf<Is, Traits>... {
    template <class Given>
    explicit pool_set(Given& given) : pool_leaf<Is, Traits>{given}...
    {
    }
};

template <std::size_t Index, class Traits>
constexpr pool_leaf<Index, Traits>& leaf_at(pool_leaf<Index, Traits>& leaf) noexcept
{
    return leaf;
}

/// The place of a resource, by its name and adapter.
template <fixed_string Name, class Adapter, class... Policies, std::size_t Index>
constexpr auto& leaf_of(pool_leaf<Index, resource_traits<Name, Adapter, Policies...>>& leaf) noexcept
{
    return leaf;
}

} // namespace steward::inline v0::detail
