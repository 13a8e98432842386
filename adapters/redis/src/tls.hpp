// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/redis/settings.hpp>
#include <steward/time.hpp>

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

struct ssl_st; // OpenSSL's SSL

namespace steward::inline v0::adapters::detail {

/// What became of an attempt to read or to write.
enum class redis_step {
    moved,   ///< so many bytes, at least one
    blocked, ///< nothing now
    closed,  ///< the connection has ended
};
struct redis_progress {
    redis_step step;
    std::size_t bytes = 0;
    int error = 0; ///< of the system, why it has ended; 0 if the other side did that
};

/// Whether this build can encrypt connections: tls.cpp, with OpenSSL, or no_tls.cpp.
[[nodiscard]] bool has_tls() noexcept;

/// TLS on a socket that does not block, which outlives it. The server has to prove that it is the settings' host.
///
/// This is OpenSSL's own: the TLS of hiredis is not there before its version 1.0, and takes the certificate of any host.
class redis_tls_stream {
public:
    /// Shakes hands. Throws redis_failure: tls, timed_out, connection_lost_undone.
    redis_tls_stream(int socket, const redis_settings& settings, time_point deadline);

    [[nodiscard]] redis_progress read(std::span<char> to) noexcept;
    [[nodiscard]] redis_progress write(std::string_view bytes) noexcept;
    /// Whether there is something to read that has left the socket already.
    [[nodiscard]] bool has_more() const noexcept;

private:
    struct free_ssl {
        void operator()(ssl_st* ssl) const noexcept; // says no goodbye
    };
    std::unique_ptr<ssl_st, free_ssl> ssl_;
};

} // namespace steward::inline v0::adapters::detail
