// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/time.hpp>

#include <chrono>
#include <optional>
#include <string_view>

/// What is tried again, and when.
namespace steward::inline v0::adapters::detail {

/// Whether a server that answers so may answer otherwise later.
[[nodiscard]] bool may_change(int status) noexcept;

/// Whether a request of that method may arrive twice (RFC 9110, 9.2.2).
[[nodiscard]] bool is_idempotent(std::string_view method) noexcept;

/// The pause before the next try: a random part (`share`, 0 to 1) of the first delay doubled `tries` times, so that clients
/// that failed together do not come back together.
[[nodiscard]] duration backoff(std::chrono::milliseconds first, unsigned tries, double share) noexcept;

/// How long a server asks to wait by `Retry-After`: seconds, or an HTTP date as seen at `now`. Nothing if it is neither.
[[nodiscard]] std::optional<duration> retry_after(std::string_view value, std::chrono::system_clock::time_point now);

} // namespace steward::inline v0::adapters::detail
