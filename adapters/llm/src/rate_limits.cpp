// SPDX-License-Identifier: BSL-1.0
#include "rate_limits.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace steward::inline v0::adapters::detail {

namespace {

using seconds = std::chrono::duration<double>;
constexpr seconds minute{60};

} // namespace

token_bucket::token_bucket(std::optional<unsigned> per_minute) noexcept
    : most_{per_minute ? *per_minute : std::numeric_limits<double>::infinity()}, level_{most_}
{
}

duration token_bucket::until(double amount, time_point now) noexcept
{
    if (std::isinf(most_))
        return {};
    if (filled_)
        level_ = std::min(most_, level_ + most_ * (seconds{now - *filled_} / minute));
    filled_ = now;
    const double lacking = std::min(amount, most_) - level_;
    return lacking <= 0 ? duration{}
                        : steward::detail::saturated(std::chrono::ceil<duration>(minute * lacking / most_));
}

turn rate_limits::book(double tokens, time_point now, time_point deadline)
{
    const std::lock_guard lock{mutex_};
    turn mine;
    const auto wait_for = [&](duration wait, std::string_view because) {
        if (wait > mine.wait)
            mine = {wait, because, false};
    };
    wait_for(requests_.until(1, now), "requests_per_minute");
    wait_for(tokens_.until(tokens, now), "tokens_per_minute");
    wait_for(held_until_ - now, "the provider");
    mine.booked = mine.wait == duration{} || mine.wait < deadline - now;
    if (mine.booked) {
        requests_.take(1);
        tokens_.take(tokens);
    }
    return mine;
}

void rate_limits::correct(double tokens)
{
    const std::lock_guard lock{mutex_};
    tokens_.take(tokens);
}

void rate_limits::hold_back(time_point until)
{
    const std::lock_guard lock{mutex_};
    held_until_ = std::max(held_until_, until);
}

duration rate_limits::held_back(time_point now) const
{
    const std::lock_guard lock{mutex_};
    return std::max(held_until_ - now, duration{});
}

} // namespace steward::inline v0::adapters::detail
