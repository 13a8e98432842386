// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/time.hpp>

#include <mutex>
#include <optional>
#include <string_view>

/// How often a provider may be asked.
namespace steward::inline v0::adapters::detail {

/// Fills up at a steady rate, to what is allowed in a minute. What was taken beyond that has to be filled up first.
class token_bucket {
public:
    /// Full at first; without `per_minute` there is always enough.
    explicit token_bucket(std::optional<unsigned> per_minute) noexcept;

    /// How long it takes until there is so much, or until it is full if that is less.
    [[nodiscard]] duration until(double amount, time_point now) noexcept;
    /// Less than nothing is given back.
    void take(double amount) noexcept { level_ -= amount; }

private:
    double most_;
    double level_;
    std::optional<time_point> filled_{}; ///< when it was last looked at
};

/// When a request may be sent.
struct turn {
    duration wait{};
    /// What it has to wait for; static text. Empty if for nothing.
    std::string_view because{};
    /// Whether it is in time, and was booked.
    bool booked = false;
};

/// The limits of one account for all who use it, by which each has his turn: first come, first served.
///
/// Threads: all functions may be called by several at once.
class rate_limits {
public:
    rate_limits(std::optional<unsigned> requests_per_minute, std::optional<unsigned> tokens_per_minute) noexcept
        : requests_{requests_per_minute}, tokens_{tokens_per_minute}
    {
    }

    /// Books a request of about so many tokens, if its turn comes before `deadline`.
    [[nodiscard]] turn book(double tokens, time_point now, time_point deadline);
    /// A request took so many tokens more than was booked, or less if that is negative.
    void correct(double tokens);
    /// The provider wants to be left alone until then.
    void hold_back(time_point until);
    /// How long it still wants that.
    [[nodiscard]] duration held_back(time_point now) const;

private:
    mutable std::mutex mutex_;
    token_bucket requests_, tokens_;
    time_point held_until_{};
};

} // namespace steward::inline v0::adapters::detail
