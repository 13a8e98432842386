// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cassert>
#include <memory>
#include <utility>

namespace steward::inline v0 {

namespace detail {

/// A pool and the right to one of its resources.
template <class Pool>
class handle {
public:
    handle() = default;
    handle(Pool& pool, typename Pool::token token) noexcept : pool_{&pool}, token_{token} {}

    [[nodiscard]] explicit operator bool() const noexcept { return static_cast<bool>(token_); }
    [[nodiscard]] auto* get() const noexcept { return std::addressof(pool_->get(token_)); }
    void release() noexcept { pool_->give_back(token_); }
    void discard() noexcept
        requires requires(Pool& p, typename Pool::token& t) { p.discard(t); }
    {
        pool_->discard(token_);
    }
    void report(bool good) noexcept
        requires requires(Pool& p, typename Pool::token& t) { p.hear(t, true); }
    {
        pool_->hear(token_, good);
    }

private:
    Pool* pool_ = nullptr;
    typename Pool::token token_{};
};

/// Where the token says all: a pointer.
template <class Pool>
    requires requires { requires Pool::token_is_enough; }
class handle<Pool> {
public:
    handle() = default;
    handle(Pool&, typename Pool::token token) noexcept : token_{token} {}

    [[nodiscard]] explicit operator bool() const noexcept { return static_cast<bool>(token_); }
    [[nodiscard]] auto* get() const noexcept { return std::addressof(Pool::get(token_)); }
    void release() noexcept { Pool::give_back(token_); }

private:
    typename Pool::token token_{};
};

} // namespace detail

/// The right to use one resource for a scope. Gives it back when destroyed.
///
/// Move-only; one that was moved from or released holds nothing, and releasing again changes nothing.
/// Threads: a lease is used by one thread at a time and may be destroyed by another than took it.
template <class Pool>
class [[nodiscard("steward::lease: a lease that nobody keeps is given back at once")]] lease {
public:
    using resource_type = typename Pool::resource_type; ///< what the adapter creates

    lease() = default;
    /// Takes over what was acquired from the pool: managers call it.
    lease(Pool& pool, typename Pool::token token) noexcept : handle_{pool, token} {}
    /// Moving leaves the other one with nothing; assigning gives back first what this one has.
    /// @{
    lease(lease&& other) noexcept : handle_{std::exchange(other.handle_, {})} {}
    lease& operator=(lease&& other) noexcept
    {
        if (this != &other) {
            release();
            handle_ = std::exchange(other.handle_, {});
        }
        return *this;
    }
    /// @}
    ~lease()
    {
        if (handle_)
            handle_.release();
    }

    /// Whether it holds a resource. A resource that is false or null is a resource.
    [[nodiscard]] explicit operator bool() const noexcept { return static_cast<bool>(handle_); }
    /// The resource; null if it holds nothing.
    [[nodiscard]] resource_type* get() const noexcept { return handle_ ? handle_.get() : nullptr; }
    /// The resource. There has to be one: asserted, and undefined without assertions.
    /// @{
    [[nodiscard]] resource_type& operator*() const noexcept
    {
        assert(handle_ && "steward::lease: it holds nothing");
        return *handle_.get();
    }
    [[nodiscard]] resource_type* operator->() const noexcept
    {
        assert(handle_ && "steward::lease: it holds nothing");
        return handle_.get();
    }
    /// @}

    /// Gives the resource back now, as the lease's end does. What the adapter's reset throws retires the resource.
    void release() noexcept
    {
        if (handle_)
            std::exchange(handle_, {}).release();
    }

    /// Gives the slot back and has the resource destroyed: its holder knows that it is broken. A shared one goes when its
    /// last holder has left. Not there for a resource that is the whole pool (`pooling::shared`, no policies).
    void discard() noexcept
        requires requires(detail::handle<Pool>& h) { h.discard(); }
    {
        if (handle_)
            std::exchange(handle_, {}).discard();
    }

    /// Says how it found the resource; there only if the health policy listens (`health::passive`,
    /// @{
    /// `health::circuit_breaker`).
    void report_success() noexcept
        requires requires(detail::handle<Pool>& h) { h.report(true); }
    {
        if (handle_)
            handle_.report(true);
    }
    void report_failure() noexcept
        requires requires(detail::handle<Pool>& h) { h.report(false); }
    /// @}
    {
        if (handle_)
            handle_.report(false);
    }

private:
    detail::handle<Pool> handle_{};
};

} // namespace steward::inline v0
