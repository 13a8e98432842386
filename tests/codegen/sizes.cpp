// SPDX-License-Identifier: BSL-1.0
// What a manager, a lease and an owner weigh. Nothing runs: that it compiles is the test.

#include <steward/adapters/value.hpp>
#include <steward/steward.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace {

struct settings {
    int retries = 3;
    double rate = 0.5;
};

template <class... Policies>
using shared_value =
    steward::resource<"value", steward::adapters::value<settings>, steward::pooling::shared, Policies...>;
using bare = shared_value<steward::locking::none>;

template <class Manager>
using lease_of = decltype(std::declval<Manager&>().template acquire<"value">());

// With every axis `none` a manager is its resources, and a lease is a pointer.
static_assert(sizeof(steward::manager<bare>) == sizeof(settings));
static_assert(sizeof(lease_of<steward::manager<bare>>) == sizeof(void*));

struct session {
    std::byte bytes[16];
};
struct sessions {
    struct settings {};
    using resource_type = session;
    explicit sessions(settings) {}
    static session create() { return {}; }
};
template <class... Policies>
using pool_of = steward::manager<steward::resource<"value", sessions, Policies...>>;

// A lease of any pool is the pool and the slot.
static_assert(sizeof(lease_of<pool_of<>>) == 2 * sizeof(void*));
static_assert(sizeof(lease_of<pool_of<steward::metrics::counters, steward::ownership::tracked>>) == 2 * sizeof(void*));

// An axis that is `none` adds no byte, whatever place it is named at.
static_assert(sizeof(pool_of<>) == sizeof(pool_of<steward::metrics::none, steward::ownership::none>));
static_assert(sizeof(pool_of<>) == sizeof(pool_of<steward::health::none, steward::locking::lock_free>));

// A small resource with counters and its holder's name fits in two cache lines, which no other slot shares, and sixteen
// bytes of what slow paths know of it.
using usual = pool_of<steward::metrics::counters, steward::ownership::tracked>;
static_assert(alignof(usual) == 64);
using usual_of_16 = pool_of<steward::pooling::bounded<0, 16>, steward::metrics::counters, steward::ownership::tracked>;
static_assert((sizeof(usual_of_16) - sizeof(usual)) / 8 <= 128 + 16);

} // namespace

int main() {}
