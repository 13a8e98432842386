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

// All that a pool keeps for one resource, with counters and its holder's name, is one cache line and the resource.
template <std::size_t Size>
struct sized {
    struct settings {};
    struct resource_type {
        std::byte bytes[Size];
    };
    explicit sized(settings) {}
    static resource_type create() { return {}; }
};
template <std::size_t Size, std::size_t Slots>
inline constexpr std::size_t size_of_pool =
    sizeof(steward::manager<steward::resource<"value", sized<Size>, steward::pooling::bounded<0, Slots>,
                                              steward::metrics::counters, steward::ownership::tracked>>);
template <std::size_t Size>
inline constexpr std::size_t size_of_slot = (size_of_pool<Size, 64> - size_of_pool<Size, 32>) / 32;

static_assert(size_of_slot<1> <= 64 + 64);
static_assert(size_of_slot<64> <= 64 + 64);
static_assert(size_of_slot<65> <= 128 + 64);
static_assert(size_of_slot<1000> <= 1024 + 64);
// Large pools have a bit for each slot besides, to find an idle one without a scan.
static_assert(size_of_pool<64, 1024> - size_of_pool<64, 512> <= 512 * (64 + 64) + 512 / 8);

} // namespace

int main() {}
