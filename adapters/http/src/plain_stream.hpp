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

/// What httplib reads from and writes to for one request, where there is no TLS: a socket, that it keeps open.
///
/// httplib's own asks the system before each write whether it may, and whether somebody is there, and where nobody is, the
/// write raises SIGPIPE, which takes two system calls more to keep away. This one writes, and asks if that would wait.
///
/// The functions are those that httplib's versions ask for, together: each has some of them, so none says `override`.
/// A version that asks for more makes this class abstract, and then it is not used.
class plain_stream final : public httplib::Stream { // NOLINTBEGIN(modernize-use-override)
public:
    using time = std::chrono::milliseconds;
    /// For how long it waits to read, and to write.
    plain_stream(socket_t socket, time read, time write) noexcept : socket_{socket}, read_{read}, write_{write} {}

    /// Up to `size` bytes, as soon as there are some. 0 at the end, less where it failed or none came in time.
    ssize_t read(char* to, std::size_t size);
    /// How many bytes were written, which may be fewer; less than 0 where it failed or could not go on in time.
    ssize_t write(const char* from, std::size_t size);
    using httplib::Stream::write;

    // The first is what versions before 0.20 ask while a body is sent, the others what those after it ask.
    [[nodiscard]] bool is_writable() const { return wait_writable() && is_peer_alive(); }
    [[nodiscard]] bool wait_writable() const;
    [[nodiscard]] bool is_peer_alive() const;
    [[nodiscard]] bool is_readable() const { return at_ != end_; }
    [[nodiscard]] bool wait_readable() const;

    // With these, newer versions find the end of a line at once.
    const char* buffered_data(std::size_t& size) const;
    void consume_buffered(std::size_t size) { at_ += size; }

    // While they wait for a server's word on whether it wants a body.
    void set_read_timeout(std::time_t seconds, std::time_t microseconds = 0);

    [[nodiscard]] socket_t socket() const { return socket_; }
    // For servers, and for a time-out of its own that httplib has.
    void get_remote_ip_and_port(std::string& /*ip*/, int& /*port*/) const {}
    void get_local_ip_and_port(std::string& /*ip*/, int& /*port*/) const {}
    [[nodiscard]] std::time_t duration() const { return 0; }

private:
    ssize_t receive(char* to, std::size_t size);

    socket_t socket_;
    time read_, write_;
    // Read, and not yet given on. What a server sends after its response is lost with it, as with httplib's.
    std::size_t at_ = 0, end_ = 0;
    std::array<char, 4096> buffer_; // NOLINT(cppcoreguidelines-pro-type-member-init): only what was read is looked at
}; // NOLINTEND(modernize-use-override)

} // namespace steward::inline v0::adapters::detail
