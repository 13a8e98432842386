// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/detail/fork_watch.hpp>
#include <steward/time.hpp>

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>
#include <vector>

namespace steward::inline v0::adapters::detail {

/// Ends connections whose request takes too long, or whose server sends without end what is no body.
///
/// httplib's time-outs are for one read or write: who sends a byte now and then would never meet one. And some versions read
/// headers, or what stands between the pieces of a body, however long they are. So a thread shuts the connection down when
/// the time is over, or when much was read since it was last told that the response moved on, and whatever httplib waits
/// for ends at once. It looks every 50 ms while a request is under way, not from request to request.
///
/// Threads: all functions may be called by several at once.
class deadline_watch {
public:
    class connection;
    class guard;

    deadline_watch() = default;
    ~deadline_watch();
    deadline_watch(const deadline_watch&) = delete;
    deadline_watch& operator=(const deadline_watch&) = delete;

private:
    void add(connection& watched, time_point deadline);
    void remove(connection& watched) noexcept;
    void live() noexcept;
    void abandon() noexcept;

    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<connection*> under_way_;
    time_point wakes_ = time_point::max(); ///< when the thread looks next
    bool ending_ = false;
    std::thread thread_;
    steward::detail::fork_watch forks_{[](void* self) noexcept { static_cast<deadline_watch*>(self)->abandon(); },
                                       this};
};

/// The connection of one client. It has a descriptor of its own, so that it never shuts down what somebody else was given
/// the same number for; that keeps nothing open, since httplib shuts its connections down before it closes them.
class deadline_watch::connection {
public:
    explicit connection(deadline_watch& by) noexcept : by_{by} {}
    ~connection();
    connection(const connection&) = delete;
    connection& operator=(const connection&) = delete;

    /// httplib has made a socket, and will use it until it makes another one.
    void opened(int socket) noexcept;
    /// What was read has been counted elsewhere: the headers are complete, or there is more of the body.
    void moved_on() noexcept { moved_on_.store(true, std::memory_order_relaxed); }

private:
    friend class deadline_watch;
    friend class guard;
    void begin(time_point deadline) noexcept;
    void look(time_point now) noexcept;
    void shut_down() const noexcept;
    [[nodiscard]] std::uint64_t read() const noexcept;

    deadline_watch& by_;
    std::atomic<bool> moved_on_{false}; ///< since the thread looked last
    // Set before it is shut down, so that whoever finds that it is sees why.
    std::atomic<bool> ended_{false};
    std::atomic<bool> flooded_{false};
    // Under the watch's mutex:
    int socket_ = -1;
    time_point deadline_{};
    std::uint64_t counted_ = 0; ///< how many bytes were read when it had moved on
};

/// Watches a connection for the time of a request.
class deadline_watch::guard {
public:
    guard(connection& watched, time_point deadline) : watched_{watched} { watched.by_.add(watched, deadline); }
    ~guard() { watched_.by_.remove(watched_); }
    guard(const guard&) = delete;
    guard& operator=(const guard&) = delete;

    /// Whether the time was over and the connection was shut down.
    [[nodiscard]] bool ended() const noexcept { return watched_.ended_.load(); }
    /// Whether the server sent too much that is no body, and the connection was shut down.
    [[nodiscard]] bool flooded() const noexcept { return watched_.flooded_.load(); }

private:
    connection& watched_;
};

} // namespace steward::inline v0::adapters::detail
