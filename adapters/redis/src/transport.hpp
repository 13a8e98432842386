// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "socket.hpp"
#include "tls.hpp"

#include <steward/adapters/redis/settings.hpp>
#include <steward/time.hpp>

#include <memory>
#include <span>
#include <string_view>

namespace steward::inline v0::adapters::detail {

/// Bytes to and from a server, in the clear or encrypted; nothing blocks but `wait`.
class redis_transport {
public:
    /// Connects. Throws redis_failure: cannot_connect, timed_out, tls.
    redis_transport(const redis_settings& settings, time_point deadline);

    [[nodiscard]] redis_progress read(std::span<char> to) noexcept;
    [[nodiscard]] redis_progress write(std::string_view bytes) noexcept;

    /// Waits until there is something to read or, if `to_write`, room to write; false if not before the deadline.
    [[nodiscard]] bool wait(bool to_write, time_point deadline) const;
    /// Whether there may be something to read: something has come, or the other side has ended it.
    [[nodiscard]] bool readable() const;

    void close() noexcept;

private:
    redis_socket socket_;
    std::unique_ptr<redis_tls_stream> tls_; // null: in the clear
};

} // namespace steward::inline v0::adapters::detail
