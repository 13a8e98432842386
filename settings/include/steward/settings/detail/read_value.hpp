// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/setting_words.hpp>
#include <steward/settings/detail/fields.hpp>
#include <steward/settings/detail/reader.hpp>

#include <boost/hana/concept/struct.hpp>

#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

/// How a value in a settings file becomes one of a type. What cannot is noted, and leaves the value as it was.
namespace steward::inline v0::detail {

template <class T>
inline constexpr bool is_duration = false;
template <class Rep, class Period>
inline constexpr bool is_duration<std::chrono::duration<Rep, Period>> = true;

template <class T>
concept named_values = std::is_enum_v<T> && !std::same_as<std::remove_cv_t<decltype(setting_words<T>)>, int>;

template <named_values T>
void read_enumeration(settings_reader& reader, const settings_node& from, T& value)
{
    std::string expected;
    for (const auto& [word, meaning] : setting_words<T>) {
        if (from.is == settings_node::kind::scalar && from.text == word) {
            value = meaning;
            return;
        }
        expected.append(expected.empty() ? "" : ", ").append(word);
    }
    reader.expected(from, "one of " + expected);
}

template <class T>
void read_into(settings_reader& reader, const settings_node& from, std::optional<T>& value)
{
    T read{};
    read_value(reader, from, read);
    value = std::move(read);
}
template <class T>
void read_into(settings_reader& reader, const settings_node& from, std::vector<T>& value)
{
    if (from.is != settings_node::kind::list)
        return reader.expected(from, "a list");
    value.clear();
    for (const settings_node& item : from.items)
        read_value(reader, item, value.emplace_back());
}
/// `std::map` and `std::multimap` with names as keys, whatever their order.
template <class T>
concept named_map = std::same_as<typename T::key_type, std::string> && requires { typename T::mapped_type; };

template <named_map T>
void read_into(settings_reader& reader, const settings_node& from, T& value)
{
    if (from.is != settings_node::kind::map)
        return reader.expected(from, "names and values");
    value.clear();
    for (std::size_t i = 0; i != from.names.size(); ++i) {
        typename T::mapped_type read{};
        read_value(reader, from.items[i], read);
        value.emplace(from.names[i].text, std::move(read));
    }
}

template <class T>
void read_value(settings_reader& reader, const settings_node& from, T& value)
{
    if constexpr (std::same_as<T, bool>) {
        value = reader.boolean(from).value_or(value);
    } else if constexpr (std::integral<T>) {
        const auto read = reader.integer(from, static_cast<std::int64_t>(std::numeric_limits<T>::min()),
                                         static_cast<std::uint64_t>(std::numeric_limits<T>::max()));
        value = read ? static_cast<T>(*read) : value;
    } else if constexpr (std::floating_point<T>) {
        value = static_cast<T>(reader.real(from).value_or(value));
    } else if constexpr (is_duration<T>) {
        if (const auto read = reader.duration(from))
            value = std::chrono::duration_cast<T>(*read);
    } else if constexpr (std::same_as<T, std::string> || std::same_as<T, std::filesystem::path>) {
        if (const auto read = reader.text(from, std::same_as<T, std::string> ? "text" : "a path"))
            value = std::string{*read};
    } else if constexpr (std::is_enum_v<T>) {
        static_assert(named_values<T>, "steward::settings: an enumeration needs its words, by steward::setting_words");
        read_enumeration(reader, from, value);
    } else if constexpr (boost::hana::Struct<T>::value) {
        read_struct(reader, from, value);
    } else {
        read_into(reader, from, value);
    }
}

} // namespace steward::inline v0::detail
