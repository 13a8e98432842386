// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapter.hpp>

#include <atomic>
#include <functional>
#include <stdexcept>
#include <thread>

namespace steward::test {

/// What a test tells its adapter to do, and what the adapter did. It outlives the manager.
struct session_log {
    std::atomic<int> created{0}, validated{0}, resets{0}, destroyed{0};
    std::atomic<bool> create_throws{false}, validate_throws{false}, reset_throws{false}, destroy_throws{false};
    std::atomic<bool> all_invalid{false};
    std::function<void()> while_creating, while_validating, while_resetting, while_destroying;

    [[nodiscard]] int live() const { return created - destroyed; }
};

/// A resource that can be found broken.
struct session {
    int number;
    bool broken = false;
};

/// Does what its log says; knows every function that an adapter can have.
class session_adapter {
public:
    struct settings {
        session_log* log;
        explicit settings(session_log& l) : log{&l} {}
    };
    using resource_type = session;

    explicit session_adapter(settings s) : log_{s.log} {}

    session create()
    {
        call(log_->while_creating);
        if (log_->create_throws)
            throw std::runtime_error{"connection refused"};
        return {++log_->created};
    }
    bool validate(session& s)
    {
        ++log_->validated;
        call(log_->while_validating);
        if (log_->validate_throws)
            throw std::runtime_error{"validation failed"};
        return !s.broken && !log_->all_invalid;
    }
    void reset(session&)
    {
        ++log_->resets;
        call(log_->while_resetting);
        if (log_->reset_throws)
            throw std::runtime_error{"reset failed"};
    }
    void destroy(session&)
    {
        ++log_->destroyed;
        call(log_->while_destroying);
        if (log_->destroy_throws)
            throw std::runtime_error{"destroy failed"};
    }

private:
    static void call(const std::function<void()>& f)
    {
        if (f)
            f();
    }

    session_log* log_;
};
static_assert(steward::adapter<session_adapter>);

/// Lets other threads run until something is true.
template <class Condition>
void wait_until(Condition condition)
{
    while (!condition())
        std::this_thread::yield();
}

} // namespace steward::test
