// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/value.hpp>
#include <steward/steward.hpp>

/// What all proofs are about: a plain value behind a manager with every axis `none`, and the value itself.
struct session {
    int uses = 0;
    int limit = 10;
};

template <class... Policies>
using manager_of = steward::manager<
    steward::resource<"db", steward::adapters::value<session>, steward::locking::none, steward::pooling::shared,
                      steward::health::none, steward::ownership::none, Policies...>>;

using bare = manager_of<steward::metrics::none>;
using counting = manager_of<steward::metrics::counters>; // must not give the same instructions: else nothing is proven
