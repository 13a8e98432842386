// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapter.hpp>
#include <steward/time.hpp>

#include <new>

namespace steward::inline v0::detail {

/// An adapter that constructs what it creates itself: `create_at(place, deadline)`.
template <class A>
concept creates_in_place = requires(A& a, void* place, time_point deadline) { a.create_at(place, deadline); };

/// Has an adapter of any kind create a resource at `place`, by `deadline` if it can be told.
template <class A>
void create_at(A& adapter, void* place, [[maybe_unused]] time_point deadline)
{
    if constexpr (creates_in_place<A>)
        adapter.create_at(place, deadline);
    else if constexpr (creates_until<A>)
        ::new (place) typename A::resource_type(adapter.create(deadline));
    else
        ::new (place) typename A::resource_type(adapter.create());
}

} // namespace steward::inline v0::detail
