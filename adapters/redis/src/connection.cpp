// SPDX-License-Identifier: BSL-1.0
#include "connection.hpp"

#include "command_rules.hpp"
#include "failure.hpp"
#include "server_error.hpp"

#include <steward/error.hpp>

#include <array>
#include <utility>

namespace steward::inline v0::adapters::detail {

namespace {

// Throws what a failure of the connection is for those who use it.
[[noreturn]] void rethrow(const redis_failure& failure, std::string_view what)
{
    std::string details = failure.details;
    if (failure.code == redis_errc::timed_out || failure.code == redis_errc::connection_lost)
        details += "; whether it took effect is unknown, and the session cannot be used any more";
    throw redis_error{failure.code, what, details};
}

// What the adapter connects with, failures named.
redis_link link_to(const redis_settings& settings, const std::string& what, time_point deadline)
{
    try {
        return redis_link{settings, deadline};
    } catch (const redis_failure& failure) {
        throw redis_error{failure.code, what, failure.details};
    }
}

} // namespace

redis_connection::redis_connection(const redis_settings& settings, std::string_view resource, time_point deadline)
    : resource_{resource}, address_{address_of(settings)}, command_timeout_{settings.command_timeout},
      database_{settings.database}, link_{link_to(settings, what("connect"), deadline)}
{
    introduce(settings, deadline);
}

void redis_connection::introduce(const redis_settings& settings, time_point deadline)
{
    redis_request hello;
    if (!settings.user.empty())
        hello.add(std::array<std::string_view, 3>{"AUTH", settings.user, settings.password});
    else if (!settings.password.empty())
        hello.add(std::array<std::string_view, 2>{"AUTH", settings.password});
    if (database_ != 0)
        hello.add(std::array<std::string_view, 2>{"SELECT", redis_word{database_}.text()});
    hello.add(std::array<std::string_view, 1>{"PING"});
    try {
        const auto replies = link_.exchange({hello.bytes(), hello.size(), hello.bytes().size()}, {deadline});
        for (std::size_t i = 0; i != replies.size(); ++i)
            if (replies[i].is_error())
                look_at_refusal(hello, i, replies[i]);
    } catch (const redis_failure& failure) {
        // Nothing of it has an effect that lasts longer than the connection.
        throw redis_error{failure.code == redis_errc::connection_lost ? redis_errc::connection_lost_undone
                                                                      : failure.code,
                          what("connect"), failure.details};
    }
}

// What the server answers to who introduces himself: what cannot be otherwise later is not worth another try.
void redis_connection::look_at_refusal(const redis_request& hello, std::size_t command, const redis_reply& reply) const
{
    const bool is_ping = command + 1 == hello.size();
    if (is_ping && says_alive(reply))
        return;
    redis_error error = error_of(hello, command, reply.text());
    if (error.code() == redis_errc::permission_denied || (!is_ping && error.code() == redis_errc::other))
        throw permanent_failure{error.what()};
    throw error;
}

std::string redis_connection::what(std::string_view done) const
{
    std::string text{resource_};
    return text.append(text.empty() ? "" : ": ").append(done).append(" at ").append(address_);
}

void redis_connection::fail(redis_errc code, std::string_view done, std::string_view details) const
{
    throw redis_error{code, what(done), details};
}

redis_error redis_connection::error_of(const redis_request& request, std::size_t command, std::string_view text) const
{
    std::string done = request.name(command);
    if (request.size() > 1)
        done.append(" (command ")
            .append(std::to_string(command + 1))
            .append(" of ")
            .append(std::to_string(request.size()))
            .append(")");
    return redis_error{kind_of_error(text), what(done), shown_error(text, request.words(command))};
}

void redis_connection::expect_usable(std::string_view done)
{
    if (in_child_)
        fail(redis_errc::expired, done,
             "the session belongs to the process that has forked; make a manager of its own in the child");
    if (const std::string trouble = link_.trouble(); !trouble.empty())
        fail(redis_errc::connection_lost_undone, done, trouble + "; give the session back, and acquire another one");
}

void redis_connection::look_at(const redis_request& commands, bool in_transaction)
{
    bool transaction = false, database = false, lasting = false;
    for (std::size_t i = 0; i != commands.size(); ++i) {
        const redis_effect effect = effect_of(commands.words(i, 2));
        if (effect == redis_effect::no_reply)
            fail(redis_errc::wrong_command, commands.name(i), "a session sends only what has exactly one reply");
        if (effect == redis_effect::transaction && in_transaction)
            fail(redis_errc::wrong_command, commands.name(i), "a transaction() is open; end it first");
        transaction |= effect == redis_effect::transaction;
        database |= effect == redis_effect::database;
        lasting |= effect == redis_effect::lasting;
    }
    begun_by_hand_ |= transaction;
    other_database_ |= database;
    beyond_repair_ |= lasting;
}

std::vector<redis_reply> redis_connection::send(const redis_request& commands, std::size_t decisive,
                                                std::string_view done)
{
    expect_usable(done);
    try {
        return link_.exchange({commands.bytes(), commands.size(), decisive},
                              {clock::now() + command_timeout_,
                               commands.size() > 1 ? command_timeout_ : std::chrono::milliseconds::zero()});
    } catch (const redis_failure& failure) {
        rethrow(failure, what(done));
    }
}

redis_reply redis_connection::ask(const redis_request& command)
{
    look_at(command, transaction_open_);
    std::vector<redis_reply> replies = send(command, command.bytes().size(), command.name(0));
    if (replies.front().is_error())
        throw error_of(command, 0, replies.front().text());
    return std::move(replies.front());
}

std::vector<redis_reply> redis_connection::ask_all(const redis_request& commands)
{
    look_at(commands, transaction_open_);
    if (commands.size() == 0)
        return {};
    return send(commands, commands.end_of(0), "a pipeline");
}

} // namespace steward::inline v0::adapters::detail
