// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <chrono>

namespace steward::inline v0::adapters::detail {

/// Whether the other side of an idle connection has closed it, or has said something unasked, which is its last word.
[[nodiscard]] bool has_hung_up(int socket) noexcept;

/// Whether the other side says something, if only goodbye, in that time.
[[nodiscard]] bool answers_within(int socket, std::chrono::milliseconds time) noexcept;

/// Waits at its end until the server has closed a connection that was closed here meanwhile, a second at most: a
/// replacement that is opened then is not one connection too many.
class farewell {
public:
    /// Of that socket; -1: of none.
    explicit farewell(int socket) noexcept;
    ~farewell();
    farewell(const farewell&) = delete;
    farewell& operator=(const farewell&) = delete;

private:
    int copy_; // stays open
};

} // namespace steward::inline v0::adapters::detail
