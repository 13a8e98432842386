// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapter.hpp>
#include <steward/pool/create_at.hpp>
#include <steward/resource.hpp>
#include <steward/resource_health.hpp>
#include <steward/time.hpp>

#include <cstddef>
#include <memory>
#include <new>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

namespace steward::inline v0::detail {

/// As far as the code of a pool depends on the adapter.
struct adapter_abilities {
    bool validates, resets, destroys, reports_health, tells_outcomes, reports_numbers, creates_serially;
};

/// An adapter's functions, for those who do not know its type.
struct adapter_functions {
    void (*construct)(void* place, void* settings, std::string_view name);
    void (*destruct)(void* adapter) noexcept;
    void (*create)(void* adapter, void* place, time_point deadline);
    bool (*validate)(void* adapter, void* resource) = nullptr;
    void (*reset)(void* adapter, void* resource) = nullptr;
    void (*destroy)(void* adapter, void* resource) = nullptr;
    resource_health (*health)(void* adapter) = nullptr;
    std::optional<bool> (*outcome)(void* adapter, void* resource) = nullptr;
    void (*report)(void* adapter, metrics_snapshot& out) = nullptr;
};

/// What an adapter is made of: its functions, where it shall live, and its own settings.
struct erased_settings {
    const adapter_functions& functions;
    void* place;
    void* given;
};

/// The functions of `A` that it has; the others are null.
template <class A>
class functions_of {
    using resource_type = typename A::resource_type;

    static A& the(void* adapter) noexcept { return *std::launder(static_cast<A*>(adapter)); }
    static resource_type& as_resource(void* resource) noexcept
    {
        return *std::launder(static_cast<resource_type*>(resource));
    }

    static void construct(void* place, void* settings, [[maybe_unused]] std::string_view name)
    {
        auto& given = *static_cast<typename A::settings*>(settings);
        if constexpr (takes_its_name<A>)
            ::new (place) A(std::move(given), name);
        else
            ::new (place) A(std::move(given));
    }
    static void destruct(void* adapter) noexcept { the(adapter).~A(); }
    static void create(void* adapter, void* place, time_point deadline) { create_at(the(adapter), place, deadline); }
    static bool validate(void* adapter, void* resource) { return the(adapter).validate(as_resource(resource)); }
    static void reset(void* adapter, void* resource) { the(adapter).reset(as_resource(resource)); }
    static void destroy(void* adapter, void* resource)
    {
        struct ended_in_any_case {
            resource_type& it;
            ~ended_in_any_case() { std::destroy_at(std::addressof(it)); }
        } const end{as_resource(resource)};
        if constexpr (destroys<A>)
            the(adapter).destroy(end.it);
    }
    static resource_health health(void* adapter) { return the(adapter).health(); }
    static std::optional<bool> outcome(void* adapter, void* resource)
    {
        return the(adapter).outcome(as_resource(resource));
    }
    static void report(void* adapter, metrics_snapshot& out) { the(adapter).report(out); }

public:
    static constexpr adapter_abilities abilities{
        .validates = detail::validates<A>,
        .resets = detail::resets<A>,
        .destroys = detail::destroys<A> || !std::is_trivially_destructible_v<resource_type>,
        .reports_health = detail::reports_health<A>,
        .tells_outcomes = detail::tells_outcomes<A>,
        .reports_numbers = detail::reports_numbers<A>,
        .creates_serially = detail::creates_serially<A>,
    };
    static constexpr adapter_functions value = [] {
        adapter_functions all{.construct = &construct, .destruct = &destruct, .create = &create};
        if constexpr (abilities.validates)
            all.validate = &validate;
        if constexpr (abilities.resets)
            all.reset = &reset;
        if constexpr (abilities.destroys)
            all.destroy = &destroy;
        if constexpr (abilities.reports_health)
            all.health = &health;
        if constexpr (abilities.tells_outcomes)
            all.outcome = &outcome;
        if constexpr (abilities.reports_numbers)
            all.report = &report;
        return all;
    }();
};

/// Room for an object whose type is not known here.
template <std::size_t Size, std::size_t Alignment>
struct room {
    alignas(Alignment) std::byte bytes[Size];
};

/// An adapter as the code of a pool sees it, so that pools of many adapters share that code: what it can do, and how
/// large what it creates is.
template <class Room, adapter_abilities Abilities>
class erased_adapter {
public:
    using resource_type = Room;
    static constexpr bool serial_create = Abilities.creates_serially;

    using settings = erased_settings;

    erased_adapter(const settings& from, std::string_view name) : functions_{from.functions}, adapter_{from.place}
    {
        functions_.construct(adapter_, from.given, name);
    }
    ~erased_adapter() { functions_.destruct(adapter_); }
    erased_adapter(const erased_adapter&) = delete;
    erased_adapter& operator=(const erased_adapter&) = delete;

    void create_at(void* place, time_point deadline)
    {
        functions_.create(adapter_, (::new (place) Room)->bytes, deadline);
    }
    [[nodiscard]] bool validate(Room& resource)
        requires(Abilities.validates)
    {
        return functions_.validate(adapter_, resource.bytes);
    }
    void reset(Room& resource)
        requires(Abilities.resets)
    {
        functions_.reset(adapter_, resource.bytes);
    }
    /// The destructor's work as well, even if it throws.
    void destroy(Room& resource)
        requires(Abilities.destroys)
    {
        functions_.destroy(adapter_, resource.bytes);
    }
    [[nodiscard]] std::optional<bool> outcome(Room& resource)
        requires(Abilities.tells_outcomes)
    {
        return functions_.outcome(adapter_, resource.bytes);
    }
    [[nodiscard]] resource_health health()
        requires(Abilities.reports_health)
    {
        return functions_.health(adapter_);
    }
    void report(metrics_snapshot& out)
        requires(Abilities.reports_numbers)
    {
        functions_.report(adapter_, out);
    }

private:
    const adapter_functions& functions_;
    void* adapter_;
};

template <class Traits>
struct erase {
    using adapter = typename Traits::adapter;
    using resource_type = typename adapter::resource_type;
    using type = pool_traits<
        erased_adapter<room<sizeof(resource_type), alignof(resource_type)>, functions_of<adapter>::abilities>,
        typename Traits::locking, typename Traits::waiting, typename Traits::pooling, typename Traits::health,
        typename Traits::metrics, typename Traits::ownership>;
};
/// The same pool without the adapter's type.
template <class Traits>
using erased = typename erase<Traits>::type;

} // namespace steward::inline v0::detail
