// SPDX-License-Identifier: BSL-1.0
#include "farewell.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace steward::adapters::detail {

bool has_hung_up(int socket) noexcept
{
    pollfd look{.fd = socket, .events = POLLIN, .revents = 0};
    return socket < 0 || ::poll(&look, 1, 0) > 0;
}

mysql_farewell::mysql_farewell(int socket) noexcept : copy_{socket < 0 ? -1 : ::fcntl(socket, F_DUPFD_CLOEXEC, 0)} {}

mysql_farewell::~mysql_farewell()
{
    if (copy_ < 0)
        return;
    using namespace std::chrono;
    const auto deadline = steady_clock::now() + 1s;
    std::array<char, 4096> last_words; // NOLINT(cppcoreguidelines-pro-type-member-init): only written
    for (;;) {
        const auto left = ceil<milliseconds>(deadline - steady_clock::now()).count();
        pollfd look{.fd = copy_, .events = POLLIN, .revents = 0};
        if (left <= 0 || ::poll(&look, 1, static_cast<int>(left)) == 0)
            break;
        const auto got = ::recv(copy_, last_words.data(), last_words.size(), MSG_DONTWAIT);
        if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR))
            break;
    }
    ::close(copy_);
}

} // namespace steward::adapters::detail
