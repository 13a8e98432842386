// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/time.hpp>

#include <algorithm>
#include <stop_token>

namespace steward::inline v0 {

/// How long an acquisition may wait: the resource's own time-out, a duration, or until a time; and, if a stop token is
/// given, no longer than until a stop is requested: `acquire<"db">(token)`, `acquire<"db">(50ms, token)`.
///
/// Who is stopped gets `errc::cancelled`, at once. What needs no waiting is not cancelled, nor is a create at work.
/// A duration of zero never waits for a slot, but it does create. A negative one is refused with
/// `errc::configuration`. The deadline is computed once, when the acquisition leaves the fast path.
class wait_limit {
public:
    /// The resource's own acquire_timeout.
    constexpr wait_limit() noexcept = default;
    /// A duration from the call, a time, or a stop token, which has to live as long as the call: implicit, so that each can
    /// stand for a limit.
    /// @{
    template <class Rep, class Period>
    constexpr wait_limit(std::chrono::duration<Rep, Period> timeout) noexcept // NOLINT: 50ms is a wait_limit
        : kind_{kind::span}, span_{detail::saturated(timeout)}
    {
    }
    constexpr wait_limit(time_point deadline) noexcept // NOLINT: so is a time
        : kind_{kind::point}, point_{deadline}
    {
    }

    constexpr wait_limit(const std::stop_token& token) noexcept : stop_{&token} {} // NOLINT: so is a stop token
    /// @}
    /// Both: the token must live as long as the call, as a temporary does.
    constexpr wait_limit(wait_limit time, const std::stop_token& token) noexcept : wait_limit{time} { stop_ = &token; }

    /// The same limit for one of several acquisitions in a row that began at `start`: one deadline covers all.
    [[nodiscard]] constexpr wait_limit since(time_point start) const noexcept
    {
        wait_limit limit = *this;
        limit.start_ = start;
        return limit;
    }

    /// The same limit, but no longer than `span` from the call, if the need says so.
    template <class Need>
    [[nodiscard]] constexpr wait_limit within(const Need& need) const noexcept
    {
        wait_limit limit = *this;
        if (need.has_limit())
            limit.own_ = need.limit();
        return limit;
    }

    /// The same limit, but until `deadline`.
    [[nodiscard]] constexpr wait_limit until(time_point deadline) const noexcept
    {
        wait_limit limit = *this;
        limit.kind_ = kind::point;
        limit.point_ = deadline;
        return limit;
    }

    /// Whether it limits the time of several acquisitions in a row, rather than each to its resource's acquire_timeout.
    [[nodiscard]] constexpr bool limits_time() const noexcept { return kind_ != kind::standard; }
    /// When that time is over, counted from `since`; `time_point::max()` if it is not limited.
    [[nodiscard]] constexpr time_point end() const noexcept { return deadline(time_point{}, duration::max()); }

    /// The same limit with its time counted from now, for what begins here and takes several acquisitions.
    [[nodiscard]] wait_limit from_now() const noexcept
    {
        return limits_time() ? until(since(clock::now()).end()) : *this;
    }

    /// Whether it is a duration below zero, which every acquisition refuses.
    [[nodiscard]] constexpr bool negative() const noexcept { return kind_ == kind::span && span_ < duration::zero(); }

    /// The duration that it is; zero if it is none.
    [[nodiscard]] constexpr duration span() const noexcept { return span_; }

    /// Whether there is a stop token.
    [[nodiscard]] constexpr bool stoppable() const noexcept { return stop_ != nullptr; }
    /// Whether there is one that was triggered.
    [[nodiscard]] bool stop_requested() const noexcept { return stoppable() && stop_->stop_requested(); }
    /// The token; there must be one.
    [[nodiscard]] const std::stop_token& stop() const noexcept { return *stop_; }

    /// When the waiting ends for a call at `now` of a resource whose own time-out is `standard`.
    [[nodiscard]] constexpr time_point deadline(time_point now, duration standard) const noexcept
    {
        const time_point start = start_ == time_point{} ? now : start_;
        time_point end = kind_ == kind::point ? point_ : detail::later(start, kind_ == kind::span ? span_ : standard);
        if (own_ >= duration::zero())
            end = std::min(end, detail::later(now, own_));
        return end;
    }

    /// By when a create for that call should be done: who does not wait for a slot still gives it the standard time.
    [[nodiscard]] constexpr time_point deadline_to_create(time_point now, duration standard) const noexcept
    {
        const time_point end = deadline(now, standard);
        return end > (start_ == time_point{} ? now : start_) ? end : detail::later(now, standard);
    }

private:
    enum class kind : unsigned char { standard, span, point };

    kind kind_ = kind::standard;
    duration span_{};
    time_point point_{};
    time_point start_{}; ///< the epoch: the call's own start
    duration own_{-1};   ///< negative: none
    const std::stop_token* stop_ = nullptr;
};

namespace detail {

/// A `wait_limit` of which the compiler knows that nothing is limited.
struct no_limit {
    constexpr operator wait_limit() const noexcept { return {}; } // NOLINT: it is one

    [[nodiscard]] static constexpr wait_limit since(time_point start) noexcept { return wait_limit{}.since(start); }
    [[nodiscard]] static constexpr wait_limit until(time_point deadline) noexcept { return deadline; }
    [[nodiscard]] static constexpr bool limits_time() noexcept { return false; }
    [[nodiscard]] static constexpr time_point end() noexcept { return time_point::max(); }
    [[nodiscard]] static constexpr bool negative() noexcept { return false; }
    [[nodiscard]] static constexpr bool stop_requested() noexcept { return false; }
};

} // namespace detail
} // namespace steward::inline v0
