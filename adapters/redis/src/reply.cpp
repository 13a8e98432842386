// SPDX-License-Identifier: BSL-1.0
#include <steward/adapters/redis/detail/reading.hpp>
#include <steward/adapters/redis/error.hpp>
#include <steward/adapters/redis/reply.hpp>

namespace steward::inline v0::adapters {

using kind = redis_reply::kind;

std::string_view to_string(redis_reply::kind which) noexcept
{
    switch (which) {
    case redis_reply::kind::nil: return "nil";
    case redis_reply::kind::integer: return "an integer";
    case redis_reply::kind::string: return "a string";
    case redis_reply::kind::status: return "a status";
    case redis_reply::kind::error: return "an error";
    case redis_reply::kind::array: return "an array";
    }
    return "a reply";
}

namespace {

template <class T, class Value>
auto& expect(Value& value, std::string_view expected, redis_reply::kind got)
{
    auto* const found = std::get_if<T>(&value);
    if (found == nullptr)
        detail::fail_reading("a reply", expected, got);
    return *found;
}

} // namespace

std::int64_t redis_reply::integer() const { return expect<std::int64_t>(value_, "an integer", kind_); }
const std::string& redis_reply::text() const& { return expect<std::string>(value_, "a string", kind_); }
std::string redis_reply::text() && { return std::move(expect<std::string>(value_, "a string", kind_)); }
const std::vector<redis_reply>& redis_reply::array() const&
{
    return expect<std::vector<redis_reply>>(value_, "an array", kind_);
}
std::vector<redis_reply> redis_reply::array() &&
{
    return std::move(expect<std::vector<redis_reply>>(value_, "an array", kind_));
}

namespace detail {

void fail_reading(std::string_view what, std::string_view expected, redis_reply::kind got)
{
    throw redis_error{redis_errc::wrong_reply, what,
                      std::string{"expected "}.append(expected).append(", got ").append(to_string(got))};
}

bool redis_reading<bool>::read(redis_reply&& from, bool& to)
{
    to = !from.is_nil() && (from.type() != kind::integer || from.integer() != 0);
    return from.is_nil() || from.type() == kind::integer || (from.type() == kind::status && from.text() == "OK");
}

bool redis_reading<std::int64_t>::read(redis_reply&& from, std::int64_t& to)
{
    if (from.type() != kind::integer)
        return false;
    to = from.integer();
    return true;
}

bool redis_reading<std::string>::read(redis_reply&& from, std::string& to)
{
    // In a MULTI by hand QUEUED is said instead of what was asked for.
    const bool is_word = from.type() == kind::status && from.text() != "QUEUED";
    if (from.type() != kind::string && !is_word)
        return false;
    to = std::move(from).text();
    return true;
}

bool redis_reading<std::map<std::string, std::string>>::read(redis_reply&& from, std::map<std::string, std::string>& to)
{
    std::vector<std::string> all;
    if (!redis_reading<std::vector<std::string>>::read(std::move(from), all) || all.size() % 2 != 0)
        return false;
    for (std::size_t i = 0; i != all.size(); i += 2)
        to.insert_or_assign(std::move(all[i]), std::move(all[i + 1]));
    return true;
}

bool redis_reading<std::optional<std::chrono::milliseconds>>::read(redis_reply&& from,
                                                                   std::optional<std::chrono::milliseconds>& to)
{
    static constexpr std::int64_t no_key = -2, no_end = -1;
    if (from.type() != kind::integer)
        return false;
    to = from.integer() == no_end ? std::chrono::milliseconds::max() : std::chrono::milliseconds{from.integer()};
    if (from.integer() == no_key)
        to.reset();
    return true;
}

} // namespace detail

} // namespace steward::inline v0::adapters
