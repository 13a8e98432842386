// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapter.hpp>
#include <steward/pool/hooks.hpp>

#include <type_traits>
#include <utility>

namespace steward::inline v0::detail {

template <class P>
concept has_many_holders = requires { requires P::has_many_holders; };

/// Whether a lease that ends says how its resource is: the adapter knows, the health policy listens, and the holder was
/// alone with it.
template <class Traits>
inline constexpr bool learns_outcomes =
    tells_outcomes<typename Traits::adapter> && hears_holders<typename Traits::health>
    && !has_many_holders<typename Traits::pooling>;

/// Whether a lease is a probe that ends when it does, or when its holder says how he found the resource.
class lasting_probe {
public:
    static constexpr bool lasts = true;

    void begin() noexcept { under_way_ = true; }
    [[nodiscard]] bool end() noexcept { return std::exchange(under_way_, false); }

private:
    bool under_way_ = false;
};
/// Where getting a resource is all that a probe wants to know.
struct brief_probe {
    static constexpr bool lasts = false;

    [[nodiscard]] static constexpr bool end() noexcept { return false; }
};
template <class Traits>
using lease_probe =
    std::conditional_t<learns_outcomes<Traits> && admits<typename Traits::health>, lasting_probe, brief_probe>;

} // namespace steward::inline v0::detail
