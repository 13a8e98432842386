// SPDX-License-Identifier: BSL-1.0
#include <steward/adapters/redis/session.hpp>

#include "connection.hpp"
#include "sha1.hpp"

#include <algorithm>
#include <utility>

namespace steward::inline v0::adapters {

redis_session::redis_session(const redis_settings& settings, std::string_view resource, time_point deadline)
    : connection_{std::make_shared<detail::redis_connection>(
          settings, resource, std::min<time_point>(deadline, clock::now() + settings.connect_timeout))}
{
}

void redis_session::ping()
{
    if (const redis_reply reply = command("PING"); reply != redis_reply{redis_reply::kind::status, "PONG"})
        detail::fail_reading(what("PING"), "PONG", reply.type());
}

redis_reply redis_session::ask(const detail::redis_request& request) { return connection_->ask(request); }

std::string redis_session::what(std::string_view command) const { return connection_->what(command); }

redis_reply redis_session::run_script(std::string_view script, std::span<const std::string_view> keys,
                                      std::span<const std::string_view> arguments)
{
    const detail::redis_word number{keys.size()};
    const auto request_of = [&](std::string_view name, std::string_view what) {
        std::vector<std::string_view> words{name, what, number.text()};
        words.insert(words.end(), keys.begin(), keys.end());
        words.insert(words.end(), arguments.begin(), arguments.end());
        detail::redis_request request;
        request.add(words);
        return request;
    };
    const detail::redis_request known = request_of("EVALSHA", detail::sha1(script));
    std::vector<redis_reply> replies = connection_->ask_all(known);
    if (!replies.front().is_error())
        return std::move(replies.front());
    if (!replies.front().text().starts_with("NOSCRIPT"))
        throw connection_->error_of(known, 0, replies.front().text());
    return connection_->ask(request_of("EVAL", script));
}

} // namespace steward::inline v0::adapters
