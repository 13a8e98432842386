// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/redis/error.hpp>
#include <steward/adapters/redis/reply.hpp>

#include <span>
#include <string>
#include <string_view>

namespace steward::inline v0::adapters::detail {

/// What kind of failure an error of the server's is, by its first words: `WRONGTYPE Operation against ...`.
[[nodiscard]] redis_errc kind_of_error(std::string_view text) noexcept;

/// Whether this reply to PING says that commands are carried out, even if no writes: a server that cannot save says so.
[[nodiscard]] bool says_alive(const redis_reply& pong);

/// An error of the server's, on one line, without the arguments of the command that it repeats, and what to do about it.
[[nodiscard]] std::string shown_error(std::string_view text, std::span<const std::string_view> command);

} // namespace steward::inline v0::adapters::detail
