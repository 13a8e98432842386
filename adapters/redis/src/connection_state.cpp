// SPDX-License-Identifier: BSL-1.0
//
// What a holder may begin on a connection, and how it is undone.
#include "connection.hpp"
#include "server_error.hpp"

#include <array>
#include <utility>

namespace steward::inline v0::adapters::detail {

namespace {

using one_word = std::array<std::string_view, 1>;
constexpr one_word multi{"MULTI"}, exec{"EXEC"}, discard{"DISCARD"}, unwatch{"UNWATCH"}, ping{"PING"};

} // namespace

void redis_connection::begin_transaction(std::span<const std::string_view> watched)
{
    static constexpr std::string_view done = "a transaction";
    if (transaction_open_)
        fail(redis_errc::wrong_command, done, "another one of this session is open; end it first");
    if (begun_by_hand_)
        fail(redis_errc::wrong_command, done, "MULTI, WATCH or the like was sent by hand; use only one of the two");
    expect_usable(done);
    redis_request request;
    if (watching_)
        request.add(unwatch);
    if (!watched.empty()) {
        std::vector<std::string_view> words{"WATCH"};
        words.insert(words.end(), watched.begin(), watched.end());
        request.add(words);
    }
    if (request.size() != 0) {
        watching_ = true;
        const std::vector<redis_reply> replies = send(request, request.bytes().size(), "WATCH");
        for (std::size_t i = 0; i != replies.size(); ++i)
            if (replies[i].is_error())
                throw error_of(request, i, replies[i].text());
        watching_ = !watched.empty();
    }
    transaction_open_ = true;
}

void redis_connection::leave_transaction() noexcept { transaction_open_ = false; }

std::vector<redis_reply> redis_connection::execute_transaction(const redis_request& commands)
{
    leave_transaction();
    look_at(commands, true);
    redis_request whole;
    if (multi_is_known_)
        whole.add(multi);
    else
        begin_first_multi();
    const std::size_t first = whole.size();
    whole.add(commands);
    whole.add(exec);
    std::vector<redis_reply> replies = send(whole, whole.bytes().size(), "EXEC");
    watching_ = begun_by_hand_ = false;
    if (first != 0 && replies.front().is_error()) // a right that was taken away meanwhile
        fail(redis_errc::other, "MULTI", "the server refused it; what followed may have been carried out one by one");
    if (replies.back().is_error())
        fail_execution(commands, {replies.begin() + static_cast<std::ptrdiff_t>(first), replies.end()});
    if (replies.back().is_nil())
        fail(redis_errc::conflict, "EXEC",
             "a watched key was changed meanwhile, and nothing took effect; read anew, and try again");
    std::vector<redis_reply> results = std::move(replies.back()).array();
    if (results.size() != commands.size()) {
        link_.close("a transaction had another number of replies than of commands");
        fail(redis_errc::wrong_reply, "EXEC", "another number of replies than of commands");
    }
    return results;
}

// Alone, once: should the server refuse it, what is sent behind it would be carried out one by one.
void redis_connection::begin_first_multi()
{
    redis_request request;
    request.add(multi);
    begun_by_hand_ = true; // until the rest is there
    const std::vector<redis_reply> replies = send(request, request.bytes().size(), "MULTI");
    if (replies.front().is_error()) {
        begun_by_hand_ = false;
        throw error_of(request, 0, replies.front().text());
    }
    multi_is_known_ = true;
}

// Says why nothing was carried out: what was wrong with the first command that was, else what EXEC got.
void redis_connection::fail_execution(const redis_request& commands, const std::vector<redis_reply>& replies)
{
    const std::string& last = replies.back().text();
    if (!last.starts_with("EXECABORT"))
        link_.close("EXEC was refused"); // and the transaction may still be open
    for (std::size_t i = 0; i != commands.size(); ++i)
        if (replies[i].is_error())
            throw error_of(commands, i, replies[i].text());
    redis_request request;
    request.add(exec);
    throw error_of(request, 0, last);
}

bool redis_connection::validate() noexcept
{
    try {
        redis_request request;
        request.add(ping);
        const std::vector<redis_reply> replies = send(request, request.bytes().size(), "PING");
        return says_alive(replies.front());
    } catch (...) {
        return false;
    }
}

void redis_connection::reset()
{
    ++holder_;
    leave_transaction();
    if (beyond_repair_)
        link_.close("a command has changed it for good");
    expect_usable("reset");
    if (begun_by_hand_ || watching_ || other_database_)
        undo();
}

void redis_connection::undo()
{
    redis_request request;
    if (begun_by_hand_)
        request.add(discard); // an error where nothing is open
    const std::size_t first = request.size();
    if (begun_by_hand_ || watching_)
        request.add(unwatch);
    const redis_word database{database_};
    if (other_database_)
        request.add(std::array<std::string_view, 2>{"SELECT", database.text()});
    const std::vector<redis_reply> replies = send(request, request.bytes().size(), "reset");
    for (std::size_t i = first; i != replies.size(); ++i)
        if (replies[i].is_error())
            throw error_of(request, i, replies[i].text());
        else if (replies[i] != redis_reply{redis_reply::kind::status, "OK"}) // QUEUED: still in it
            fail(redis_errc::wrong_reply, "reset", "a transaction that was begun by hand could not be undone");
    begun_by_hand_ = watching_ = other_database_ = false;
}

} // namespace steward::inline v0::adapters::detail
