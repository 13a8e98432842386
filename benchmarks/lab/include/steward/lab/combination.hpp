// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/lab/axes.hpp>

#include <boost/hana/unpack.hpp>

#include <array>
#include <cstddef>
#include <string_view>
#include <type_traits>

namespace steward::inline v0::lab {

/// The axes as results name them, in the order of a subject's id.
inline constexpr std::array<std::string_view, 6> axis_names{"locking", "pooling",   "health",
                                                            "metrics", "ownership", "waiting"};

/// One choice for each axis.
template <class Locking, class Pooling, class Health, class Metrics, class Ownership, class Waiting>
struct combination {
    using pooling_choice = Pooling; ///< with its name

    /// What the choices are called, in the order of `axis_names`.
    static constexpr std::array<std::string_view, 6> names{Locking::name, Pooling::name,   Health::name,
                                                           Metrics::name, Ownership::name, Waiting::name};

    /// See pool_choice.
    static constexpr bool has_slots = Pooling::has_slots;
    /// Whether several threads may use it.
    static constexpr bool is_for_threads = Locking::policy::waits;
    /// Whether only locking, pooling and waiting are decided: all that matters to those who wait.
    static constexpr bool is_plain = std::is_same_v<Health, no_health> && std::is_same_v<Metrics, no_metrics>
                                     && std::is_same_v<Ownership, no_ownership>;

private:
    template <std::size_t Capacity>
    struct rebind {
        template <class... Resources>
        constexpr auto operator()(Resources...) const
        {
            return std::type_identity<steward::manager<steward::resource<
                Resources::type::name, typename Resources::type::adapter, typename Locking::policy,
                typename Pooling::template policy<Capacity>, typename Health::policy, typename Metrics::policy,
                typename Ownership::policy, typename Waiting::policy>...>>{};
        }
    };

public:
    /// A manager with the names and adapters of another, and these policies.
    template <class Manager, std::size_t Capacity>
    using manager_of = typename decltype(boost::hana::unpack(Manager::resources(), rebind<Capacity>{}))::type;

    /// Whether anybody would build a manager of it: where nobody waits the way of waiting decides nothing, and only what
    /// rests in a slot, and can be validated, is looked at.
    template <class Manager>
    static constexpr bool is_valid = [] {
        constexpr bool waits = is_for_threads && has_slots;
        constexpr bool is_looked_at = requires { requires Health::policy::needs_validate; };
        constexpr bool can_be = boost::hana::unpack(Manager::resources(), [](auto... each) {
            return (steward::detail::validates<typename decltype(each)::type::adapter> && ...);
        });
        return (waits || std::is_same_v<Waiting, overtaking>) && (!is_looked_at || (has_slots && can_be));
    }();
};

} // namespace steward::inline v0::lab
