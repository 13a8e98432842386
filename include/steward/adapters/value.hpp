// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/defaults.hpp>

#include <concepts>
#include <type_traits>
#include <utility>

namespace steward::inline v0::pooling {
struct shared;
}

namespace steward::inline v0::adapters {

namespace detail {
struct no_settings {};
} // namespace detail

/// A value of the program's own as a resource: settings, a counter, a table; the guide's static data.
///
/// `settings` is `T` itself where it can be copied: `R::with({.retries = 5})`. Otherwise it is empty and the `T` is
/// default-constructed in place, so it may be a mutex, an atomic, or anything else that cannot move.
/// Shared by default; its holders see to it that they use it from several threads only as it allows.
template <class T>
struct value {
    using resource_type = T;
    using settings = std::conditional_t<std::copy_constructible<T>, T, detail::no_settings>;
    using default_policies = defaults<pooling::shared>;

    /// Keeps the value from which resources are copied.
    explicit value(settings s) : settings_{std::move(s)} {}

    [[nodiscard]] T create()
    {
        if constexpr (std::copy_constructible<T>)
            return settings_;
        else
            return T();
    }

private:
    [[no_unique_address]] settings settings_;
};

} // namespace steward::inline v0::adapters
