// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/redis/settings.hpp>
#include <steward/time.hpp>

#include <string>
#include <utility>

namespace steward::inline v0::adapters::detail {

/// A socket that is closed at the end. Closing says nothing to the other side while a parent process has it open, too.
class redis_socket {
public:
    redis_socket() = default;
    explicit redis_socket(int socket) noexcept : socket_{socket} {}
    redis_socket(redis_socket&& from) noexcept : socket_{std::exchange(from.socket_, -1)} {}
    redis_socket& operator=(redis_socket&& from) noexcept
    {
        std::swap(socket_, from.socket_);
        return *this;
    }
    ~redis_socket() { close(); }

    [[nodiscard]] int get() const noexcept { return socket_; }
    void close() noexcept;

private:
    int socket_ = -1;
};

/// A connection to the server of the settings that never blocks. Throws redis_failure: cannot_connect, timed_out.
[[nodiscard]] redis_socket connect_to(const redis_settings& settings, time_point deadline);

/// Where the server of the settings is: `localhost:6379`, or a path.
[[nodiscard]] std::string address_of(const redis_settings& settings);

} // namespace steward::inline v0::adapters::detail
