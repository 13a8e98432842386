// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <atomic>
#include <concepts>
#include <memory>
#include <mutex>
#include <utility>

namespace steward::inline v0 {

template <class Manager>
class shared_override;

namespace detail {

/// The manager of one type that a process has for everybody.
template <class Manager>
class process_wide {
public:
    template <class Make>
    static Manager& get(Make& make)
    {
        Manager* const there = current_.load(std::memory_order_acquire); // pairs with the store that published it
        return there != nullptr ? *there : build(make);
    }

    static void end() noexcept
    {
        const std::lock_guard lock{mutex_};
        if (current_.load() == own_.get())
            current_.store(nullptr);
        own_.reset();
    }

private:
    friend class shared_override<Manager>;

    // What throws leaves nothing behind: the next who asks tries again. Others wait for that under the mutex.
    template <class Make>
    [[gnu::noinline]] static Manager& build(Make& make)
    {
        const std::lock_guard lock{mutex_};
        if (Manager* const there = current_.load())
            return *there;
        own_.reset(new Manager(make())); // constructed from the prvalue: managers do not move
        static const struct end_at_exit {
            ~end_at_exit() { process_wide::end(); }
        } at_exit;
        static_cast<void>(at_exit);
        current_.store(own_.get(), std::memory_order_release);
        return *own_;
    }

    static constinit inline std::atomic<Manager*> current_{nullptr};
    static constinit inline std::mutex mutex_{};
    static constinit inline std::unique_ptr<Manager> own_{nullptr};
};

} // namespace detail

/// The process's one manager of that type, which the first who asks builds with `make()`:
/// `shared<resources>([] { return resources{database::with({.path = "orders.db"})}; })`.
///
/// If building throws, so does this, and the next call tries again. It ends by `end_shared`, else after `main` in the
/// reverse order in which such managers and other statics were built; who asks after that builds another.
/// Threads: everything may be called by any thread at any time, except what ends or replaces a manager that is in use.
template <class Manager, std::invocable Make>
Manager& shared(Make make)
{
    return detail::process_wide<Manager>::get(make);
}
/// The same for a manager that needs no settings.
template <std::default_initializable Manager>
Manager& shared()
{
    const auto make = [] { return Manager{}; };
    return detail::process_wide<Manager>::get(make);
}

/// Ends the process's manager of that type, if there is one; nobody may use it any more.
template <class Manager>
void end_shared() noexcept
{
    detail::process_wide<Manager>::end();
}

/// As long as it lives `shared<Manager>` gives another manager: for tests. Not while others use the one before.
template <class Manager>
class [[nodiscard]] shared_override {
    using everybodys = detail::process_wide<Manager>;

public:
    /// `instead` has to live as long.
    explicit shared_override(Manager& instead) noexcept : before_{everybodys::current_.exchange(&instead)} {}
    ~shared_override() { everybodys::current_.store(before_); }
    shared_override(const shared_override&) = delete;
    shared_override& operator=(const shared_override&) = delete;

private:
    Manager* before_;
};

} // namespace steward::inline v0
