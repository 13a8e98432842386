// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapter.hpp>
#include <steward/error.hpp>
#include <steward/pool/hooks.hpp>

#include <exception>
#include <memory>
#include <mutex>
#include <new>
#include <string_view>
#include <type_traits>
#include <utility>

namespace steward::detail {

struct no_mutex {
    void lock() noexcept {}
    void unlock() noexcept {}
};
/// A type of its own: two empty members of one type take two addresses.
struct unserialised : no_mutex {};

/// What all pools share: the adapter, the policies' state of the resource, and the way in which each of the
/// adapter's functions is called, so that an exception of any of them loses nothing.
///
/// No function here is called while a lock of a pool is held.
template <class Traits>
class resource_core {
public:
    using adapter = typename Traits::adapter;
    using resource_type = typename adapter::resource_type;
    using health = typename Traits::health;
    using metrics = typename Traits::metrics;
    using ownership = typename Traits::ownership;
    using calls = hooks<health, metrics, ownership>;
    using slot_states = typename calls::slot;
    using lease_state = typename calls::lease;

    resource_core(std::string_view resource, typename adapter::settings&& settings)
        : name{resource}, adapter_{std::move(settings)}
    {
    }

    const std::string_view name; ///< the resource's, for errors; it outlives the manager

    /// Creates a resource at `place`; null, or what the adapter threw.
    [[nodiscard]] std::exception_ptr create(void* place)
    {
        try {
            const std::lock_guard lock{create_mutex_};
            ::new (place) resource_type(adapter_.create());
        } catch (...) {
            calls::create_failed(states);
            return std::current_exception();
        }
        calls::created(states);
        return nullptr;
    }

    /// Whether the adapter finds the resource usable; a validator that throws finds it unusable.
    [[nodiscard]] bool valid([[maybe_unused]] resource_type& resource) noexcept
    {
        bool good = true;
        if constexpr (validates<adapter>) {
            try {
                good = adapter_.validate(resource);
            } catch (...) {
                good = false;
            }
            calls::validated(states, good);
        }
        return good;
    }

    /// Prepares a resource that comes back for its next holder; false if it must not get one.
    [[nodiscard]] bool reusable([[maybe_unused]] resource_type& resource) noexcept
    {
        if constexpr (resets<adapter>) {
            try {
                adapter_.reset(resource);
            } catch (...) {
                return false;
            }
        }
        if constexpr (validates_on_return<health>)
            return valid(resource);
        return true;
    }

    void destroy(resource_type& resource) noexcept
    {
        if constexpr (destroys<adapter>) {
            try {
                adapter_.destroy(resource);
            } catch (...) { // the resource goes in any case: there is nobody left to tell
            }
        }
        std::destroy_at(std::addressof(resource));
        calls::retired(states);
    }

    [[nodiscard]] resource_health current_health()
    {
        if constexpr (knows_health<health>)
            return health::report(states.health);
        else if constexpr (reports_health<adapter>)
            return adapter_.health();
        else
            return resource_health::unknown;
    }

    /// Records a failed acquisition and describes it.
    [[nodiscard]] resource_error fail(errc code, std::string_view details = {}, std::exception_ptr cause = nullptr)
    {
        calls::failed(states, failed_event{code});
        return {name, operation::acquire, code, details, std::move(cause)};
    }

    /// Coming back takes time in which the slot is in service.
    static constexpr bool returns_slowly = resets<adapter> || validates_on_return<health>;

    [[no_unique_address]] typename calls::resource states{};

private:
    [[no_unique_address]] adapter adapter_;
    [[no_unique_address]] std::conditional_t<creates_serially<adapter>, std::mutex, unserialised> create_mutex_;
};

} // namespace steward::detail
