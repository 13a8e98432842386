// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/error.hpp>
#include <steward/owner_id.hpp>
#include <steward/time.hpp>

#include <cstddef>
#include <source_location>
#include <string_view>

/// @file
/// What the hooks of policies are told.

namespace steward::inline v0 {

/// A lease was handed out.
struct acquired_event {
    owner_id owner{};             ///< nobody for an anonymous lease
    duration waited{};            ///< zero where the fast path served, which takes nanoseconds
    bool slow = false;            ///< it had to wait, to validate or to create
    std::source_location where{}; ///< the line that acquired it
    time_point at{};              ///< the tick, for an ownership policy that takes events
};

/// A lease came back.
struct released_event {
    duration held{};       ///< where it was timed
    time_point at{};       ///< the same
    bool measured = false; ///< it was: see `measures_every`
};

/// An acquisition failed.
struct failed_event {
    errc code; ///< why
};

/// A resource was created.
struct created_event {
    duration took{}; ///< how long the adapter's create took
};

/// Why a resource was destroyed.
enum class retirement {
    closed,       ///< the pool was
    shrunk,       ///< there may be fewer than there were
    expired,      ///< its max_lifetime was over
    unused,       ///< it rested for the idle_timeout
    invalid,      ///< the adapter found it unusable
    reset_failed, ///< the adapter could not prepare it for the next holder
    discarded,    ///< its holder said so
    refreshed,    ///< all of its age were condemned: by `refresh`, or since others of them were dead
    unwound,      ///< it came back while an exception left its holder
    transient,    ///< it was made for one lease
};
/// How many there are: the size of arrays that are indexed by one.
inline constexpr std::size_t retirement_reasons = 10;

/// The reason in words: "reset failed".
[[nodiscard]] constexpr std::string_view to_string(retirement why) noexcept
{
    switch (why) {
    case retirement::closed: return "closed";
    case retirement::shrunk: return "shrunk";
    case retirement::expired: return "expired";
    case retirement::unused: return "unused";
    case retirement::invalid: return "invalid";
    case retirement::reset_failed: return "reset failed";
    case retirement::discarded: return "discarded";
    case retirement::refreshed: return "refreshed";
    case retirement::unwound: return "unwound";
    case retirement::transient: return "transient";
    }
    return "unknown";
}

/// A resource was destroyed.
struct retired_event {
    retirement why; ///< why it was destroyed
};

/// Something that happens off the fast path, for whoever wants to see it.
struct resource_event {
    /// What happened.
    enum class kind {
        created,        ///< the adapter made a resource
        create_failed,  ///< its create threw
        invalid,        ///< a validation failed
        retired,        ///< a resource was destroyed; see `retirement`
        destroy_failed, ///< the adapter's destroy threw
        failed,         ///< an acquisition failed, time-outs apart
        timed_out,      ///< an acquisition ended at its deadline
        unhealthy,      ///< the health policy finds the resource unhealthy from now on
        leaked          ///< a lease is out for longer than `ownership::traced` allows, or at the manager's end
    };

    kind what;                 ///< what happened
    std::string_view resource; ///< its declared name
    std::string_view details;  ///< why, in words; without secrets
};

/// What happened in words: "acquisition failed".
[[nodiscard]] constexpr std::string_view to_string(resource_event::kind what) noexcept
{
    switch (what) {
    case resource_event::kind::created: return "created";
    case resource_event::kind::create_failed: return "create failed";
    case resource_event::kind::invalid: return "invalid";
    case resource_event::kind::retired: return "retired";
    case resource_event::kind::destroy_failed: return "destroy failed";
    case resource_event::kind::failed: return "acquisition failed";
    case resource_event::kind::timed_out: return "timed out";
    case resource_event::kind::unhealthy: return "unhealthy";
    case resource_event::kind::leaked: return "leaked";
    }
    return "unknown";
}

/// What a health policy says to somebody who wants a resource.
enum class admission {
    granted, ///< like anybody
    probe,   ///< he may try for all: the policy learns how it ended
    refused, ///< at once, without trying
};

} // namespace steward::inline v0
