// SPDX-License-Identifier: BSL-1.0
#include "plain_stream.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <limits>
#include <utility>

#include <poll.h>
#include <sys/socket.h>

namespace steward::inline v0::adapters::detail {

namespace {

int as_milliseconds(plain_stream::time time) noexcept
{
    return static_cast<int>(std::min<plain_stream::time::rep>(time.count(), std::numeric_limits<int>::max()));
}

// Where signals come it takes twice the time at most: without them the clock is not looked at.
bool becomes(short ready, socket_t socket, plain_stream::time within) noexcept
{
    using clock = std::chrono::steady_clock;
    pollfd asked{socket, ready, 0};
    int found = ::poll(&asked, 1, as_milliseconds(within));
    if (found >= 0 || errno != EINTR)
        return found > 0;
    const auto end = clock::now() + within;
    do {
        const auto left =
            std::max(std::chrono::ceil<plain_stream::time>(end - clock::now()), plain_stream::time::zero());
        found = ::poll(&asked, 1, as_milliseconds(left));
    } while (found < 0 && errno == EINTR);
    return found > 0;
}

bool would_wait() noexcept { return errno == EINTR || errno == EAGAIN || errno == EWOULDBLOCK; }

} // namespace

ssize_t plain_stream::read(char* to, std::size_t size) noexcept
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

ssize_t plain_stream::receive(char* to, std::size_t size) noexcept
{
    const bool waits_here = read_ >= no_limit;
    while (waits_here || wait_readable()) {
        const ssize_t got = ::recv(socket_, to, size, waits_here ? 0 : MSG_DONTWAIT);
        if (got >= 0 || !would_wait())
            return got;
    }
    return -1;
}

ssize_t plain_stream::write(const char* from, std::size_t size) noexcept
{
    if (std::exchange(began_to_write_, true) && !is_peer_alive())
        return -1;
    do {
        const ssize_t sent = ::send(socket_, from, size, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (sent >= 0 || !would_wait())
            return sent;
    } while (wait_writable());
    return -1;
}

bool plain_stream::wait_writable() const noexcept { return becomes(POLLOUT, socket_, write_); }
bool plain_stream::wait_readable() const noexcept { return becomes(POLLIN, socket_, read_); }

bool plain_stream::is_peer_alive() const noexcept
{
    char next = 0;
    const ssize_t got = ::recv(socket_, &next, 1, MSG_DONTWAIT | MSG_PEEK);
    return got > 0 || (got < 0 && would_wait());
}

const char* plain_stream::buffered_data(std::size_t& size) const noexcept
{
    size = end_ - at_;
    return size == 0 ? nullptr : buffer_.data() + at_;
}

void plain_stream::set_read_timeout(std::time_t seconds, std::time_t microseconds) noexcept
{
    read_ = std::chrono::ceil<time>(std::chrono::seconds{seconds} + std::chrono::microseconds{microseconds});
}

} // namespace steward::inline v0::adapters::detail
