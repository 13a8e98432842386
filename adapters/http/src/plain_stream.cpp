// SPDX-License-Identifier: BSL-1.0
#include "plain_stream.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <limits>

#include <poll.h>
#include <sys/socket.h>

namespace steward::inline v0::adapters::detail {

namespace {

bool becomes(short ready, socket_t socket, plain_stream::time within)
{
    const int most =
        static_cast<int>(std::min<plain_stream::time::rep>(within.count(), std::numeric_limits<int>::max()));
    pollfd asked{socket, ready, 0};
    int found = 0;
    do
        found = ::poll(&asked, 1, most);
    while (found < 0 && errno == EINTR);
    return found > 0;
}

} // namespace

ssize_t plain_stream::read(char* to, std::size_t size)
{
    if (at_ == end_) {
        if (size >= buffer_.size())
            return receive(to, size);
        const ssize_t got = receive(buffer_.data(), buffer_.size());
        if (got <= 0)
            return got;
        at_ = 0;
        end_ = static_cast<std::size_t>(got);
    }
    const std::size_t given = std::min(size, end_ - at_);
    std::memcpy(to, buffer_.data() + at_, given);
    at_ += given;
    return static_cast<ssize_t>(given);
}

ssize_t plain_stream::receive(char* to, std::size_t size)
{
    while (wait_readable()) {
        const ssize_t got = ::recv(socket_, to, size, MSG_DONTWAIT);
        if (got >= 0 || (errno != EINTR && errno != EAGAIN && errno != EWOULDBLOCK))
            return got;
    }
    return -1;
}

ssize_t plain_stream::write(const char* from, std::size_t size)
{
    do {
        const ssize_t sent = ::send(socket_, from, size, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (sent >= 0 || (errno != EINTR && errno != EAGAIN && errno != EWOULDBLOCK))
            return sent;
    } while (wait_writable());
    return -1;
}

bool plain_stream::wait_writable() const { return becomes(POLLOUT, socket_, write_); }
bool plain_stream::wait_readable() const { return becomes(POLLIN, socket_, read_); }

// Whoever has said goodbye and sent nothing before it.
bool plain_stream::is_peer_alive() const
{
    char next = 0;
    const ssize_t got = ::recv(socket_, &next, 1, MSG_DONTWAIT | MSG_PEEK);
    return got > 0 || (got < 0 && (errno == EINTR || errno == EAGAIN || errno == EWOULDBLOCK));
}

const char* plain_stream::buffered_data(std::size_t& size) const
{
    size = end_ - at_;
    return size == 0 ? nullptr : buffer_.data() + at_;
}

void plain_stream::set_read_timeout(std::time_t seconds, std::time_t microseconds)
{
    read_ = std::chrono::ceil<time>(std::chrono::seconds{seconds} + std::chrono::microseconds{microseconds});
}

} // namespace steward::inline v0::adapters::detail
