// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/redis/detail/reading.hpp>
#include <steward/adapters/redis/detail/request.hpp>

#include <chrono>
#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace steward::inline v0::adapters {

/// How a value is set.
struct redis_set_options {
    /// After which the key is gone; it stays for good if none is given.
    std::optional<std::chrono::milliseconds> expires{};
    /// Nothing is set where there is a value (NX).
    bool only_if_absent = false;
    /// Nothing is set where there is none (XX).
    bool only_if_present = false;
    /// It expires when the value that was there would have.
    bool keep_ttl = false;
};

/// The commands that a session, a pipeline and a transaction have in common. `Result<T>` is T itself in a session, which
/// waits for the reply, and a place in the results elsewhere.
///
/// Keys, fields and values may hold any bytes. A literal ends at its first NUL: `"a\0b"sv` does not.
template <class Self, template <class> class Result>
class redis_commands {
public:
    /// Whether it was set, which only the options can prevent.
    Result<bool> set(std::string_view key, std::string_view value, const redis_set_options& options = {})
    {
        std::vector<std::string_view> words{"SET", key, value};
        const detail::redis_word expires{options.expires.value_or(std::chrono::milliseconds{}).count()};
        if (options.expires)
            words.insert(words.end(), {"PX", expires.text()});
        if (options.only_if_absent)
            words.emplace_back("NX");
        if (options.only_if_present)
            words.emplace_back("XX");
        if (options.keep_ttl)
            words.emplace_back("KEEPTTL");
        return run<bool>(words);
    }
    /// The value, or nothing.
    Result<std::optional<std::string>> get(std::string_view key)
    {
        return command<std::optional<std::string>>("GET", key);
    }
    /// How many of them were there.
    template <redis_argument... Keys>
    Result<std::int64_t> del(std::string_view key, const Keys&... more)
    {
        return command<std::int64_t>("DEL", key, more...);
    }
    /// Whether the key is there.
    Result<bool> exists(std::string_view key) { return command<bool>("EXISTS", key); }

    /// Whether the key is there.
    Result<bool> expire(std::string_view key, std::chrono::milliseconds after)
    {
        return command<bool>("PEXPIRE", key, after.count());
    }
    /// For how long the key will be there: nothing if it is not, milliseconds::max() if it stays for good.
    Result<std::optional<std::chrono::milliseconds>> ttl(std::string_view key)
    {
        return command<std::optional<std::chrono::milliseconds>>("PTTL", key);
    }

    /// The new value.
    Result<std::int64_t> incr(std::string_view key) { return command<std::int64_t>("INCR", key); }
    /// The new value.
    Result<std::int64_t> incr_by(std::string_view key, std::int64_t by)
    {
        return command<std::int64_t>("INCRBY", key, by);
    }

    /// Whether the field is new.
    Result<bool> hset(std::string_view key, std::string_view field, std::string_view value)
    {
        return command<bool>("HSET", key, field, value);
    }
    /// The field's value, or nothing.
    Result<std::optional<std::string>> hget(std::string_view key, std::string_view field)
    {
        return command<std::optional<std::string>>("HGET", key, field);
    }
    /// Empty if there is no such key.
    Result<std::map<std::string, std::string>> hgetall(std::string_view key)
    {
        return command<std::map<std::string, std::string>>("HGETALL", key);
    }
    /// How many of the fields were there.
    template <redis_argument... Fields>
    Result<std::int64_t> hdel(std::string_view key, std::string_view field, const Fields&... more)
    {
        return command<std::int64_t>("HDEL", key, field, more...);
    }

    /// The new length of the list.
    template <redis_argument... Values>
    Result<std::int64_t> lpush(std::string_view key, std::string_view value, const Values&... more)
    {
        return command<std::int64_t>("LPUSH", key, value, more...);
    }
    /// The new length of the list.
    template <redis_argument... Values>
    Result<std::int64_t> rpush(std::string_view key, std::string_view value, const Values&... more)
    {
        return command<std::int64_t>("RPUSH", key, value, more...);
    }
    /// The element, or nothing.
    Result<std::optional<std::string>> lpop(std::string_view key)
    {
        return command<std::optional<std::string>>("LPOP", key);
    }
    /// The element, or nothing.
    Result<std::optional<std::string>> rpop(std::string_view key)
    {
        return command<std::optional<std::string>>("RPOP", key);
    }
    /// The elements from `first` to `last`, both included; negative ones count from the end.
    Result<std::vector<std::string>> lrange(std::string_view key, std::int64_t first = 0, std::int64_t last = -1)
    {
        return command<std::vector<std::string>>("LRANGE", key, first, last);
    }
    /// The length of the list; 0 if there is none.
    Result<std::int64_t> llen(std::string_view key) { return command<std::int64_t>("LLEN", key); }

    /// Any command: its name and arguments, each a word of its own, and the type of its result.
    ///
    ///     cache->command<std::int64_t>("ZCARD", "ranking");
    ///
    /// A command that has not exactly one reply, such as SUBSCRIBE, is not sent: redis_error (wrong_command).
    template <redis_readable T = redis_reply, redis_argument... Arguments>
    Result<T> command(std::string_view name, const Arguments&... arguments)
    {
        return words_of<T>(name, detail::redis_word{arguments}...);
    }
    /// The same for arguments whose number is known at run time only; the first is the command's name.
    template <redis_readable T = redis_reply>
    Result<T> command(std::span<const std::string_view> words)
    {
        return run<T>(words);
    }

protected:
    redis_commands() = default;
    ~redis_commands() = default;
    redis_commands(redis_commands&&) = default;
    redis_commands& operator=(redis_commands&&) = default;

private:
    template <class T, std::same_as<detail::redis_word>... Words>
    Result<T> words_of(std::string_view name, const Words&... words)
    {
        const std::initializer_list<std::string_view> all{name, words.text()...};
        return run<T>({all.begin(), all.size()});
    }
    template <class T>
    Result<T> run(std::span<const std::string_view> words)
    {
        return static_cast<Self&>(*this).template run_words<T>(words);
    }
};

} // namespace steward::inline v0::adapters
