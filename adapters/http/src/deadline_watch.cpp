// SPDX-License-Identifier: BSL-1.0
#include "deadline_watch.hpp"

#include <algorithm>
#include <utility>

#include <fcntl.h>
#include <netinet/in.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#ifdef __linux__
#include <linux/tcp.h>
#endif

namespace steward::inline v0::adapters::detail {

namespace {

constexpr std::chrono::milliseconds between_looks{50};
constexpr std::uint64_t most_besides_bodies = std::uint64_t{1} << 20;

} // namespace

deadline_watch::~deadline_watch()
{
    {
        const std::lock_guard lock{mutex_};
        ending_ = true;
    }
    changed_.notify_one();
    if (thread_.joinable())
        thread_.join();
}

void deadline_watch::add(connection& watched, time_point deadline)
{
    const std::lock_guard lock{mutex_};
    watched.begin(deadline);
    if (!thread_.joinable())
        thread_ = std::thread{[this] { live(); }};
    under_way_.push_back(&watched);
    if (deadline < wakes_)
        changed_.notify_one();
}

void deadline_watch::remove(connection& watched) noexcept
{
    const std::lock_guard lock{mutex_};
    std::erase(under_way_, &watched);
}

void deadline_watch::live() noexcept
{
    std::unique_lock lock{mutex_};
    while (!ending_) {
        const time_point now = clock::now();
        wakes_ = under_way_.empty() ? time_point::max() : now + between_looks;
        for (connection* const each : under_way_) {
            each->look(now);
            if (each->deadline_ > now)
                wakes_ = std::min(wakes_, each->deadline_);
        }
        if (wakes_ == time_point::max())
            changed_.wait(lock);
        else
            changed_.wait_until(lock, wakes_);
    }
}

// In a child process: the thread and the connections are the parent's.
void deadline_watch::abandon() noexcept
{
    steward::detail::forget(mutex_);
    steward::detail::forget(changed_);
    steward::detail::forget(under_way_);
    steward::detail::forget(thread_);
}

deadline_watch::connection::~connection()
{
    if (socket_ >= 0)
        ::close(socket_);
}

void deadline_watch::connection::opened(int socket) noexcept
{
    const std::lock_guard lock{by_.mutex_};
    const int own = ::fcntl(socket, F_DUPFD_CLOEXEC, 0);
    if (const int before = std::exchange(socket_, own); before >= 0)
        ::close(before);
    moved_on();
    if (ended_.load())
        shut_down();
}

void deadline_watch::connection::begin(time_point deadline) noexcept
{
    deadline_ = deadline;
    ended_.store(false);
    flooded_.store(false);
    moved_on();
}

void deadline_watch::connection::look(time_point now) noexcept
{
    if (deadline_ <= now)
        ended_.store(true);
    // First the bytes: who moves on after that has read them for what he moved on with.
    const std::uint64_t bytes = read();
    if (moved_on_.exchange(false, std::memory_order_relaxed))
        counted_ = bytes;
    if (bytes > counted_ + most_besides_bodies)
        flooded_.store(true);
    if (ended_.load() || flooded_.load())
        shut_down();
}

void deadline_watch::connection::shut_down() const noexcept
{
    if (socket_ < 0)
        return;
    // It is reset when it is closed. After a mere goodbye a server whose data nobody takes would wait on.
    static constexpr linger at_once{.l_onoff = 1, .l_linger = 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    ::shutdown(socket_, SHUT_RDWR);
}

// By httplib: what came, but for what is still in the system. 0 where the system does not say it.
std::uint64_t deadline_watch::connection::read() const noexcept
{
#ifdef __linux__
    tcp_info info{};
    socklen_t size = sizeof info;
    int waiting = 0;
    if (socket_ >= 0 && ::getsockopt(socket_, IPPROTO_TCP, TCP_INFO, &info, &size) == 0
        && ::ioctl(socket_, FIONREAD, &waiting) == 0)
        return info.tcpi_bytes_received - std::min(info.tcpi_bytes_received, static_cast<__u64>(waiting));
#endif
    return 0;
}

} // namespace steward::inline v0::adapters::detail
