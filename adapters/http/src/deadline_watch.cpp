// SPDX-License-Identifier: BSL-1.0
#include "deadline_watch.hpp"

#include <algorithm>
#include <utility>

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace steward::adapters::detail {

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
    watched.deadline_ = deadline;
    watched.ended_ = false;
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
        wakes_ = time_point::max();
        for (connection* const each : under_way_) {
            if (each->deadline_ <= now)
                each->end();
            else
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
    if (ended_)
        end();
}

void deadline_watch::connection::end() noexcept
{
    ended_ = true;
    if (socket_ >= 0)
        ::shutdown(socket_, SHUT_RDWR);
}

bool deadline_watch::guard::ended() const noexcept
{
    const std::lock_guard lock{watched_.by_.mutex_};
    return watched_.ended_;
}

} // namespace steward::adapters::detail
