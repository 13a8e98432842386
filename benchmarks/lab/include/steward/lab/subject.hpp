// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

namespace steward::inline v0::lab {

struct session;

/// What becomes of a resource that was lent.
enum class after {
    keep,   ///< it goes back
    discard ///< it is destroyed
};

/// What is done with a resource while it is held.
class use {
public:
    /// Uses it, and says what becomes of it.
    virtual after operator()(session& held) = 0;

protected:
    ~use() = default;
};

/// A manager under test, without its type. Threads: as its locking allows.
class subject {
public:
    subject() = default;
    subject(const subject&) = delete;
    subject& operator=(const subject&) = delete;
    virtual ~subject() = default;

    /// Takes and gives back, that many times: the whole loop is compiled for the manager.
    virtual void repeat(std::uint64_t times) = 0;
    /// The same with an owner of three resources.
    virtual void repeat_several(std::uint64_t) {}
    /// Takes a resource, uses it and gives it back.
    virtual void lend(use&) {}
    /// Takes three at once for an owner and uses the first.
    virtual void lend_several(use&) {}
};

/// How a manager is built for one measurement.
struct subject_options {
    std::size_t slots;                      ///< of each resource; 1 to `capacity`
    std::chrono::nanoseconds create_time{}; ///< how long each create blocks
};

/// A combination that can be measured.
struct description {
    std::array<std::string_view, 6> policies;                 ///< in the order of axis_names
    std::size_t bytes_per_slot;                               ///< where there are no slots: of the whole pool
    bool has_slots;                                           ///< its pools have slots
    bool is_for_threads;                                      ///< several threads may use it
    bool is_plain;                                            ///< only locking, pooling and waiting are decided
    std::string_view own_workload;                            ///< of a user, instead of the standard ones: its name
    std::unique_ptr<subject> (*make)(const subject_options&); ///< builds it for a measurement
};

/// Says that there is a combination; called before main.
void add(const description& what);

} // namespace steward::inline v0::lab
