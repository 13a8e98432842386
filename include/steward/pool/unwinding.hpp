// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapter.hpp>
#include <steward/detail/uncaught.hpp>
#include <steward/pool/hooks.hpp>

namespace steward::inline v0 {

/// What becomes of a resource that comes back while an exception leaves its holder: nobody knows in which state it is.
enum class unwinding {
    validated, ///< reset, and validated even if the health policy would trust it; the default. Where the adapter has no
               ///< `reset` and the health policy never validates this costs nothing and does nothing
    discarded, ///< destroyed
    ignored,   ///< like any other: reset, and looked at as the health policy says
};

namespace detail {

/// What a pooling policy says of that, by a constant `when_unwinding`.
template <class Traits>
struct unwinding_of {
    static constexpr unwinding kind = [] {
        if constexpr (requires { Traits::pooling::when_unwinding; })
            return Traits::pooling::when_unwinding;
        else
            return unwinding::validated;
    }();
    static constexpr bool discards = kind == unwinding::discarded;
    static constexpr bool looks = kind == unwinding::validated && validates<typename Traits::adapter>
                                  && (resets<typename Traits::adapter> || needs_validation<typename Traits::health>);
    static constexpr bool matters = discards || looks;

    /// Also true in the destructor of another object that an exception destroys: then one is looked at that need not.
    [[nodiscard]] static bool is_unwinding() noexcept
    {
        if constexpr (matters)
            return uncaught::any();
        else
            return false;
    }
};

} // namespace detail
} // namespace steward::inline v0
