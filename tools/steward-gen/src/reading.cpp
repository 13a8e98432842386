// SPDX-License-Identifier: BSL-1.0
#include "reading.hpp"

#include "names.hpp"

#include <algorithm>
#include <limits>

namespace steward::gen {

namespace {

// What is needed to compile the machine cannot come from the environment that it runs in.
bool is_known(settings_reader& reader, const settings_node& from)
{
    if (from.text.find("${") == std::string::npos)
        return true;
    reader.wrong(from.where, "expected the value itself: a variable is read when the program runs, and this is "
                             "needed when it is compiled");
    return false;
}

void add_lines(std::vector<std::string>& notes, const std::string& before, const settings_node& from)
{
    using kind = settings_node::kind;
    if (from.is == kind::scalar)
        notes.push_back(before + from.text);
    for (std::size_t i = 0; i != from.items.size(); ++i)
        add_lines(notes, from.is == kind::map ? before + from.names[i].text + ": " : before + "- ", from.items[i]);
}

} // namespace

void read_keys(settings_reader& reader, const settings_node& from, std::span<const settings_field> fields,
               std::span<const std::string_view> required, void* into)
{
    const std::vector<bool> given = reader.read_members(from, "key", fields, into);
    if (from.is != settings_node::kind::map && from.is != settings_node::kind::nothing)
        return;
    for (std::size_t i = 0; i != fields.size(); ++i)
        if (!given[i] && std::ranges::find(required, fields[i].name) != required.end())
            reader.wrong(from.where, std::string{"missing: expected "}.append(fields[i].name));
}

named read_name(settings_reader& reader, const settings_node& from, std::string_view expected)
{
    named result = read_text(reader, from, expected);
    const bool is_plain = std::ranges::none_of(result.text, is_control);
    if (from.is == settings_node::kind::scalar && (from.text.empty() || !is_plain)) {
        reader.wrong(from.where, std::string{"expected "}.append(expected).append(
                                     from.text.empty() ? ", got nothing" : ", got control characters"));
        result.text.clear();
    }
    return result;
}

named read_text(settings_reader& reader, const settings_node& from, std::string_view expected)
{
    const auto text = reader.text(from, expected);
    return {text && is_known(reader, from) ? std::string{*text} : std::string{}, from.where};
}

bool read_bool(settings_reader& reader, const settings_node& from)
{
    return is_known(reader, from) && reader.boolean(from).value_or(false);
}

std::optional<std::int64_t> read_count(settings_reader& reader, const settings_node& from, std::int64_t least,
                                       std::int64_t most)
{
    return is_known(reader, from) ? reader.integer(from, least, static_cast<std::uint64_t>(most)) : std::nullopt;
}

std::vector<named> read_names(settings_reader& reader, const settings_node& from, std::string_view expected)
{
    std::vector<named> names;
    read_list(reader, from, std::string{"a list of "}.append(expected), [&](const settings_node& item) {
        named name = read_name(reader, item, expected);
        if (name.empty())
            return;
        if (std::ranges::find(names, name.text, &named::text) != names.end())
            reader.wrong(name.where, "'" + name.text + "' stands there twice");
        else
            names.push_back(std::move(name));
    });
    return names;
}

std::vector<std::string> read_notes(settings_reader& reader, const settings_node& from)
{
    std::vector<std::string> notes;
    if (from.is == settings_node::kind::map)
        add_lines(notes, "", from);
    else if (from.is != settings_node::kind::nothing)
        reader.expected(from, "names and values");
    return notes;
}

std::string suggestion(std::string_view wrong, std::span<const std::string_view> names)
{
    const std::string_view nearest = steward::detail::nearest_name(wrong, names);
    return nearest.empty() ? std::string{} : std::string{" (did you mean '"}.append(nearest).append("'?)");
}

} // namespace steward::gen
