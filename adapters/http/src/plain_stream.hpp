// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <httplib.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <ctime>
#include <string>

#include <sys/types.h>

namespace steward::inline v0::adapters::detail {

/// What httplib reads from and writes to for one request, where there is no TLS: a socket, which stays httplib's.
///
/// httplib's own asks the system before it writes whether it may (and, before 0.20, whether somebody is there), and where
/// nobody is its write raises SIGPIPE, which takes three system calls more to keep away. This one writes, and asks where that
/// would wait.
///
/// The functions are those that httplib's versions ask for, together: each has some of them, so none says `override`.
/// Where a version asks for more this class is abstract, and httplib's own stream is used.
class plain_stream : public httplib::Stream { // NOLINTBEGIN(modernize-use-override)
public:
    using time = std::chrono::milliseconds;
    /// To wait until somebody else shuts the socket down: in the call that reads, so that none has to ask before it.
    static constexpr time no_limit = std::chrono::days{20};

    /// For how long it waits to read, and to write.
    plain_stream(socket_t socket, time read, time write) noexcept : socket_{socket}, read_{read}, write_{write} {}

    /// Up to `size` bytes, as soon as there are some. 0 at the end, less where it failed or none came in time.
    ssize_t read(char* to, std::size_t size) noexcept;
    /// How many bytes were written, which may be fewer; less than 0 where it failed or could not go on in time. What follows
    /// the first piece is not sent to somebody who has said goodbye.
    ssize_t write(const char* from, std::size_t size) noexcept;
    using httplib::Stream::write;

    [[nodiscard]] bool wait_readable() const noexcept;
    [[nodiscard]] bool wait_writable() const noexcept;
    /// False once the other side has said goodbye, and all that it sent before was read.
    [[nodiscard]] bool is_peer_alive() const noexcept;
    /// Whether something was read that was not given on. (Before 0.20 it would wait, but nobody asks there.)
    [[nodiscard]] bool is_readable() const noexcept { return at_ != end_; }
    /// Before 0.20, for a source that asks.
    [[nodiscard]] bool is_writable() const noexcept { return wait_writable() && is_peer_alive(); }

    // With these, newer versions find the end of a line at once.
    const char* buffered_data(std::size_t& size) const noexcept;
    void consume_buffered(std::size_t size) noexcept { at_ += size; }

    // While they wait for a server's word on whether it wants a body.
    void set_read_timeout(std::time_t seconds, std::time_t microseconds = 0) noexcept;

    [[nodiscard]] socket_t socket() const noexcept { return socket_; }
    // For servers, and for a time-out of its own that httplib has.
    void get_remote_ip_and_port(std::string& /*ip*/, int& /*port*/) const noexcept {}
    void get_local_ip_and_port(std::string& /*ip*/, int& /*port*/) const noexcept {}
    [[nodiscard]] std::time_t duration() const noexcept { return 0; }

private:
    ssize_t receive(char* to, std::size_t size) noexcept;

    socket_t socket_;
    time read_, write_;
    bool began_to_write_ = false;
    // Read, and not yet given on. What a server sends after its response is lost with it, as with httplib's.
    std::size_t at_ = 0, end_ = 0;
    std::array<char, 4096> buffer_; // NOLINT(cppcoreguidelines-pro-type-member-init): only what was read is looked at
}; // NOLINTEND(modernize-use-override)

} // namespace steward::inline v0::adapters::detail
