// SPDX-License-Identifier: BSL-1.0
#include <steward/adapters/redis/results.hpp>

#include "results_of.hpp"

#include <algorithm>

namespace steward::inline v0::adapters {

redis_results::redis_results(std::string what, std::vector<redis_reply> replies,
                             std::vector<std::pair<std::size_t, redis_error>> errors)
    : what_{std::move(what)}, replies_{std::move(replies)}, errors_{std::move(errors)}
{
}

void redis_results::raise() const
{
    if (!errors_.empty())
        throw redis_error{errors_.front().second};
}

const redis_reply& redis_results::reply(std::size_t index) const
{
    if (index >= replies_.size())
        throw redis_error{redis_errc::wrong_reply, what_,
                          "expected one of " + std::to_string(replies_.size()) + " results, asked for number "
                              + std::to_string(index + 1)};
    if (const auto failed = std::ranges::lower_bound(errors_, index, {}, [](const auto& each) { return each.first; });
        failed != errors_.end() && failed->first == index)
        throw redis_error{failed->second};
    return replies_[index];
}

std::string redis_results::name_of(std::size_t index) const
{
    return what_ + " (command " + std::to_string(index + 1) + " of " + std::to_string(size()) + ")";
}

redis_results detail::results_of(const redis_connection& connection, const redis_request& request,
                                 std::vector<redis_reply> replies, std::string what)
{
    std::vector<std::pair<std::size_t, redis_error>> errors;
    for (std::size_t i = 0; i != replies.size(); ++i)
        if (replies[i].is_error())
            errors.emplace_back(i, connection.error_of(request, i, replies[i].text()));
    return {std::move(what), std::move(replies), std::move(errors)};
}

} // namespace steward::inline v0::adapters
