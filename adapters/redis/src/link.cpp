// SPDX-License-Identifier: BSL-1.0
#include "link.hpp"

#include "failure.hpp"

#include <array>
#include <cstdint>
#include <new>
#include <system_error>
#include <utility>

#include <hiredis/hiredis.h>

namespace steward::inline v0::adapters::detail {

namespace {

using raw_reply = std::unique_ptr<redisReply, decltype([](redisReply* reply) { ::freeReplyObject(reply); })>;

// hiredis reads arrays in arrays only to a depth of nine.
redis_reply value_of(const redisReply& raw) // NOLINT(misc-no-recursion)
{
    using enum redis_reply::kind;
    switch (raw.type) {
    case REDIS_REPLY_INTEGER: return redis_reply{std::int64_t{raw.integer}};
    case REDIS_REPLY_STRING: return {string, {raw.str, static_cast<std::size_t>(raw.len)}};
    case REDIS_REPLY_STATUS: return {status, {raw.str, static_cast<std::size_t>(raw.len)}};
    case REDIS_REPLY_ERROR: return {error, {raw.str, static_cast<std::size_t>(raw.len)}};
    case REDIS_REPLY_ARRAY: {
        std::vector<redis_reply> elements;
        elements.reserve(raw.elements);
        for (std::size_t i = 0; i != raw.elements; ++i)
            elements.push_back(value_of(*raw.element[i]));
        return redis_reply{std::move(elements)};
    }
    default: return {};
    }
}

constexpr const char* ended_by_server = "the server has closed it";

} // namespace

void redis_link::free_reader::operator()(redisReader* reader) const noexcept { ::redisReaderFree(reader); }

redis_link::redis_link(const redis_settings& settings, time_point deadline)
    : transport_{settings, deadline}, reader_{::redisReaderCreate()}
{
    if (!reader_)
        throw std::bad_alloc{};
}

void redis_link::close(std::string why) noexcept
{
    transport_.close();
    why_closed_ = std::move(why);
}

redis_link::took redis_link::take_bytes()
{
    std::array<char, 16'384>
        bytes; // NOLINT(cppcoreguidelines-pro-type-member-init): what is read is not cleared before
    const redis_progress got = transport_.read(bytes);
    if (got.step == redis_step::blocked)
        return took::nothing;
    if (got.step == redis_step::closed) {
        why_ended_ = got.error == 0 ? ended_by_server : std::generic_category().message(got.error);
        return took::the_end;
    }
    if (::redisReaderFeed(reader_.get(), bytes.data(), got.bytes) != REDIS_OK)
        throw std::bad_alloc{};
    return took::something;
}

bool redis_link::take_reply(std::vector<redis_reply>& to)
{
    void* raw = nullptr;
    if (::redisReaderGetReply(reader_.get(), &raw) != REDIS_OK) {
        if (reader_->err == REDIS_ERR_OOM)
            throw std::bad_alloc{};
        throw redis_failure{redis_errc::connection_lost, "what came is not Redis' protocol; is it a Redis server?"};
    }
    if (raw == nullptr)
        return false;
    const raw_reply reply{static_cast<redisReply*>(raw)};
    to.push_back(value_of(*reply));
    return true;
}

bool redis_link::has_unread() const noexcept { return reader_->len != reader_->pos; }

std::string redis_link::trouble()
{
    if (!why_closed_.empty())
        return why_closed_;
    if (!transport_.readable())
        return {};
    // With TLS there may be something to read that concerns nobody here.
    took last = take_bytes();
    while (last == took::something && !has_unread())
        last = take_bytes();
    if (has_unread())
        close("the server has said what nobody had asked for");
    else if (last == took::the_end)
        close(why_ended_);
    return why_closed_;
}

void redis_link::send_and_receive(const redis_batch& batch, redis_limit limit, std::size_t& sent,
                                  std::vector<redis_reply>& replies)
{
    bool may_write = true;
    for (;;) {
        if (may_write && sent < batch.bytes.size()) {
            const redis_progress went = transport_.write(batch.bytes.substr(sent));
            sent += went.bytes;
            may_write = went.step != redis_step::closed; // the server may have said why
        }
        while (replies.size() < batch.replies && take_reply(replies))
            if (limit.each > limit.each.zero())
                limit.until = clock::now() + limit.each;
        if (replies.size() == batch.replies)
            return;
        if (!transport_.wait(may_write && sent < batch.bytes.size(), limit.until))
            throw redis_failure{redis_errc::timed_out, "there was no whole reply in time"};
        if (take_bytes() == took::the_end)
            throw redis_failure{redis_errc::connection_lost, why_ended_};
    }
}

std::vector<redis_reply> redis_link::exchange(const redis_batch& batch, redis_limit limit)
{
    std::vector<redis_reply> replies;
    std::size_t sent = 0;
    try {
        replies.reserve(batch.replies);
        send_and_receive(batch, limit, sent, replies);
    } catch (const redis_failure& failure) {
        close(failure.details);
        if (failure.code == redis_errc::connection_lost && sent < batch.decisive)
            throw redis_failure{redis_errc::connection_lost_undone, failure.details};
        throw;
    } catch (...) {
        close("a reply was not read to its end");
        throw;
    }
    // A server that says what is wrong before it has got it all ends the connection, too.
    if (sent != batch.bytes.size() || has_unread())
        close("the server has said what nobody had asked for");
    return replies;
}

} // namespace steward::inline v0::adapters::detail
