// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/redis/reply.hpp>

#include <chrono>
#include <concepts>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace steward::inline v0::adapters::detail {

/// How a reply becomes a value of a type: `expected` names the replies that do, `read` says whether this one does.
/// There is one for each type that a command may have as its result.
template <class T>
struct redis_reading;

template <>
struct redis_reading<redis_reply> {
    static constexpr std::string_view expected = "any reply";
    static bool read(redis_reply&& from, redis_reply& to)
    {
        to = std::move(from);
        return true;
    }
};

/// OK, nothing, or a number: whether it is another one than zero.
template <>
struct redis_reading<bool> {
    static constexpr std::string_view expected = "OK, nil or an integer";
    static bool read(redis_reply&& from, bool& to);
};

template <>
struct redis_reading<std::int64_t> {
    static constexpr std::string_view expected = "an integer";
    static bool read(redis_reply&& from, std::int64_t& to);
};

template <>
struct redis_reading<std::string> {
    static constexpr std::string_view expected = "a string";
    static bool read(redis_reply&& from, std::string& to);
};

/// What may be missing.
template <class T>
struct redis_reading<std::optional<T>> {
    static constexpr std::string_view expected = redis_reading<T>::expected;
    static bool read(redis_reply&& from, std::optional<T>& to)
    {
        to.reset();
        return from.is_nil() || redis_reading<T>::read(std::move(from), to.emplace());
    }
};

template <class T>
struct redis_reading<std::vector<T>> {
    static constexpr std::string_view expected = "an array";
    static bool read(redis_reply&& from, std::vector<T>& to)
    {
        if (from.type() != redis_reply::kind::array)
            return false;
        for (redis_reply& element : std::move(from).array())
            if (T value{}; redis_reading<T>::read(std::move(element), value))
                to.push_back(std::move(value));
            else
                return false;
        return true;
    }
};

/// Names and values that follow each other.
template <>
struct redis_reading<std::map<std::string, std::string>> {
    static constexpr std::string_view expected = "an array of names and values";
    static bool read(redis_reply&& from, std::map<std::string, std::string>& to);
};

/// What PTTL says: -2 for no key, -1 for one that stays, else milliseconds.
template <>
struct redis_reading<std::optional<std::chrono::milliseconds>> {
    static constexpr std::string_view expected = "an integer";
    static bool read(redis_reply&& from, std::optional<std::chrono::milliseconds>& to);
};

/// Throws redis_error (wrong_reply) for the command `what`.
[[noreturn]] void fail_reading(std::string_view what, std::string_view expected, redis_reply::kind got);

/// A reply as a value; `what` is called for the command that it is the reply to, where it is not as expected.
template <class T, std::invocable What>
[[nodiscard]] T read_reply(redis_reply&& reply, What what)
{
    const redis_reply::kind kind = reply.type();
    if (T result{}; redis_reading<T>::read(std::move(reply), result))
        return result;
    fail_reading(what(), redis_reading<T>::expected, kind);
}

} // namespace steward::inline v0::adapters::detail

namespace steward::inline v0::adapters {

/// What a command's reply may be read as: redis_reply, bool, std::int64_t, std::string, std::optional and std::vector of
/// these, and std::map of strings.
template <class T>
concept redis_readable = requires(redis_reply&& from, T& to) {
    { detail::redis_reading<T>::read(std::move(from), to) } -> std::same_as<bool>;
};

} // namespace steward::inline v0::adapters
