// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cstddef>

namespace steward::inline v0::detail {

/// How many resources of a pool may be in creation at once. The pool's mutex guards it.
///
/// Where it is `gentle`, a failure leaves one at a time, and each success allows twice as many again: what was down is
/// not met by all at once when it comes back.
class creation_limit {
public:
    explicit creation_limit(std::size_t most) noexcept : most_{most}, allowed_{most} {}

    void set(std::size_t most, bool gentle) noexcept
    {
        most_ = allowed_ = most;
        gentle_ = gentle;
    }

    [[nodiscard]] bool allows_another() const noexcept { return under_way_ < allowed_; }
    [[nodiscard]] std::size_t under_way() const noexcept { return under_way_; }

    void begin() noexcept { ++under_way_; }
    void end() noexcept { --under_way_; }
    void succeeded() noexcept { allowed_ = std::min(allowed_ * 2, most_); }
    void failed() noexcept
    {
        if (gentle_)
            allowed_ = 1;
    }

private:
    std::size_t most_;
    std::size_t allowed_;
    std::size_t under_way_ = 0;
    bool gentle_ = false;
};

} // namespace steward::inline v0::detail
