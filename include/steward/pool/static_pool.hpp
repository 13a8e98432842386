// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/caller.hpp>
#include <steward/configuration.hpp>
#include <steward/detail/duration_text.hpp>
#include <steward/detail/type_name.hpp>
#include <steward/pool/pool_options.hpp>
#include <steward/pool/resource_core.hpp>
#include <steward/resource_status.hpp>
#include <steward/time.hpp>
#include <steward/wait_limit.hpp>

#include <expected>
#include <memory>
#include <source_location>
#include <string_view>
#include <utility>

namespace steward::inline v0 {

/// Nothing but the resource itself: what a shared resource becomes where every axis is `none` and its adapter can
/// only create. It is created with the manager and goes with it; there is nothing to close, to count or to wait for.
///
/// `sizeof(static_pool) == sizeof(resource_type)`, and acquiring is taking its address.
template <class Traits>
class static_pool {
public:
    /// What managers, leases and owners use of a pool; what a manager has by the same name is described there.
    /// @{
    using resource_type = typename Traits::adapter::resource_type;
    using settings = typename Traits::adapter::settings;
    using options = unpooled_options;
    using ownership_policy = typename Traits::ownership;
    /// So that it has no place in the order in which several are taken.
    static constexpr bool waits_for_holders = false;

    /// The resource itself, so that a lease is a pointer.
    using token = resource_type*;
    static constexpr bool token_is_enough = true;

    static_pool(std::string_view name, settings&& s, const options&) : resource_(create(name, std::move(s))) {}
    static_pool(const static_pool&) = delete;
    static_pool& operator=(const static_pool&) = delete;

    static void check(const options&, configuration_check&) {}

    [[nodiscard]] token acquire_at_once(owner_id, std::source_location) noexcept { return std::addressof(resource_); }
    /// Only a negative time-out is refused; the pool does not know its name, so the error has its type's.
    [[nodiscard]] std::expected<token, resource_error> acquire(const caller&, const wait_limit& limit)
    {
        if (limit.negative()) [[unlikely]]
            return refusal(limit.span());
        return std::addressof(resource_);
    }
    [[nodiscard]] static resource_type& get(token taken) noexcept { return *taken; }
    static void give_back(token) noexcept {}

    [[nodiscard]] static constexpr bool validate() noexcept { return true; }
    [[nodiscard]] static constexpr resource_health health() noexcept { return resource_health::unknown; }
    [[nodiscard]] static health_report diagnose() { return {}; }
    [[nodiscard]] static resource_status status()
    {
        resource_status out;
        out.size = out.available = out.capacity = 1;
        return out;
    }
    /// @}

private:
    [[gnu::noinline, gnu::cold]] static std::unexpected<resource_error> refusal(duration timeout)
    {
        return std::unexpected{resource_error{detail::unqualified_name<resource_type>(), operation::acquire,
                                              errc::configuration, detail::negative_timeout_text(timeout)}};
    }

    static resource_type create(std::string_view name, settings&& s)
    {
        try {
            using adapter = typename Traits::adapter;
            if constexpr (detail::takes_its_name<adapter>)
                return adapter{std::move(s), name}.create();
            else
                return adapter{std::move(s)}.create();
        } catch (...) {
            throw resource_error{name, operation::create, errc::create_failed, {}, std::current_exception()};
        }
    }

    resource_type resource_;
};

namespace detail {

/// The adapter can do nothing but create, so it need not outlive its resource.
template <class A>
concept only_creates = !validates<A> && !resets<A> && !destroys<A> && !reports_health<A> && !reports_numbers<A>;

/// No policy has anything to remember.
template <class Traits>
concept remembers_nothing =
    !Traits::locking::waits && !knows_health<typename Traits::health> && !measures<typename Traits::metrics>
    && !knows_holders<typename Traits::ownership> && only_creates<typename Traits::adapter>;

} // namespace detail
} // namespace steward::inline v0
