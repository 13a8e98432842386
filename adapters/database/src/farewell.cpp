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

namespace steward::inline v0::adapters::detail {

namespace {

using namespace std::chrono;

/// Whether there is something to read before the deadline.
bool wait_for_input(int socket, steady_clock::time_point deadline) noexcept
{
    for (;;) {
        const auto left = std::max(ceil<milliseconds>(deadline - steady_clock::now()), 0ms);
        pollfd look{.fd = socket, .events = POLLIN, .revents = 0};
        const int ready = ::poll(&look, 1, static_cast<int>(left.count()));
        if (ready >= 0 || errno != EINTR)
            return ready != 0;
    }
}

} // namespace

bool has_hung_up(int socket) noexcept
{
    pollfd look{.fd = socket, .events = POLLIN, .revents = 0};
    return socket < 0 || ::poll(&look, 1, 0) > 0; // without a look at the clock
}

bool answers_within(int socket, milliseconds time) noexcept
{
    return socket < 0 || wait_for_input(socket, steady_clock::now() + time);
}

farewell::farewell(int socket) noexcept : copy_{socket < 0 ? -1 : ::fcntl(socket, F_DUPFD_CLOEXEC, 0)} {}

farewell::~farewell()
{
    if (copy_ < 0)
        return;
    const auto deadline = steady_clock::now() + 1s;
    std::array<char, 4096> last_words; // NOLINT(cppcoreguidelines-pro-type-member-init): only written
    while (wait_for_input(copy_, deadline)) {
        const auto got = ::recv(copy_, last_words.data(), last_words.size(), MSG_DONTWAIT);
        if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR))
            break;
    }
    ::close(copy_);
}

} // namespace steward::inline v0::adapters::detail
