// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/steward.hpp>

#include <cstddef>

namespace benchmarks {

/// A resource that costs nothing, so that what is measured is the pool.
struct session {
    int uses = 0;
};

struct sessions {
    struct settings {};
    using resource_type = session;
    explicit sessions(settings) {}
    [[nodiscard]] static session create() { return {}; }
    [[nodiscard]] static bool validate(const session&) { return true; }
};

template <class... Policies>
using pool_of = steward::manager<steward::resource<"db", sessions, Policies...>>;

namespace locking = steward::locking;
namespace pooling = steward::pooling;
namespace health = steward::health;
namespace metrics = steward::metrics;
namespace ownership = steward::ownership;
namespace waiting = steward::waiting;

/// What most users want: counted, and tracked by owner.
template <std::size_t Capacity>
using usual = pool_of<pooling::bounded<0, Capacity>, locking::lock_free, metrics::counters, ownership::tracked>;

/// The same with slots that belong to threads.
using biased = pool_of<pooling::bounded<0, 8>, locking::biased, metrics::counters, ownership::tracked>;

/// The same for one thread: what counting and tracking take by themselves.
using unsynchronised = pool_of<pooling::bounded<0, 8>, locking::none, metrics::counters, ownership::tracked>;

} // namespace benchmarks
