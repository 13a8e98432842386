// SPDX-License-Identifier: BSL-1.0
#include "socket.hpp"

#include "deadline.hpp"
#include "failure.hpp"

#include <cerrno>
#include <cstring>
#include <memory>
#include <system_error>

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace steward::inline v0::adapters::detail {

void redis_socket::close() noexcept
{
    if (socket_ >= 0)
        ::close(std::exchange(socket_, -1));
}

std::string address_of(const redis_settings& settings)
{
    if (!settings.unix_socket.empty())
        return settings.unix_socket.string();
    const bool bare_colons = settings.host.contains(':');
    return (bare_colons ? "[" + settings.host + "]" : settings.host) + ":" + std::to_string(settings.port);
}

namespace {

std::string text_of(int error) { return std::generic_category().message(error); }

// An error number; 0 once it is connected.
int connect(const redis_socket& socket, const sockaddr* address, socklen_t size, time_point deadline)
{
    if (socket.get() < 0)
        return errno;
    if (::connect(socket.get(), address, size) == 0)
        return 0;
    if (errno != EINPROGRESS && errno != EINTR)
        return errno;
    if (!wait_until_ready(socket.get(), POLLOUT, deadline))
        return ETIMEDOUT;
    int error = 0;
    socklen_t error_size = sizeof error;
    return ::getsockopt(socket.get(), SOL_SOCKET, SO_ERROR, &error, &error_size) == 0 ? error : errno;
}

redis_socket socket_of(int family, int protocol)
{
    return redis_socket{::socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, protocol)};
}

// The commands of a pipeline are many small ones, and a server that is gone without a word should be noticed.
void prepare(const redis_socket& socket)
{
    const int on = 1;
    ::setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    ::setsockopt(socket.get(), SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
}

[[noreturn]] void fail(int error, time_point deadline)
{
    if (error == ETIMEDOUT && clock::now() >= deadline)
        throw redis_failure{redis_errc::timed_out, "nobody answered there in time"};
    throw redis_failure{redis_errc::cannot_connect, text_of(error) + "; is the server running, and the address right?"};
}

redis_socket connect_by_path(const std::string& path, time_point deadline)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path)
        throw redis_failure{redis_errc::cannot_connect, "the path of a socket has at most 107 bytes"};
    std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
    redis_socket socket = socket_of(AF_UNIX, 0);
    if (const int error = connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address, deadline))
        fail(error, deadline);
    return socket;
}

using addresses = std::unique_ptr<addrinfo, decltype([](addrinfo* all) { ::freeaddrinfo(all); })>;

addresses look_up(const std::string& host, int port)
{
    addrinfo hints{};
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_NUMERICSERV;
    addrinfo* found = nullptr;
    if (const int error = ::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found))
        throw redis_failure{redis_errc::cannot_connect, error == EAI_SYSTEM ? text_of(errno) : ::gai_strerror(error)};
    return addresses{found};
}

} // namespace

redis_socket connect_to(const redis_settings& settings, time_point deadline)
{
    if (!settings.unix_socket.empty())
        return connect_by_path(settings.unix_socket.string(), deadline);
    const addresses all = look_up(settings.host, settings.port);
    int error = EHOSTUNREACH;
    for (const addrinfo* each = all.get(); each != nullptr; each = each->ai_next) {
        redis_socket socket = socket_of(each->ai_family, each->ai_protocol);
        error = connect(socket, each->ai_addr, each->ai_addrlen, deadline);
        if (error == 0) {
            prepare(socket);
            return socket;
        }
    }
    fail(error, deadline);
}

} // namespace steward::inline v0::adapters::detail
