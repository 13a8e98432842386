// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "description.hpp"

#include <steward/settings/detail/reader.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// How the values of a machine's file are read. What cannot be read is noted by the reader, which goes on.
namespace steward::gen {

using steward::detail::settings_field;
using steward::detail::settings_reader;

/// What a whole number is at most that has no limit of its own: it becomes an int.
inline constexpr std::int64_t largest_count = std::numeric_limits<std::int32_t>::max() - 1;

/// One key of a map that is read into a T: `read(reader, node, T&)`.
template <class T, class Read>
[[nodiscard]] constexpr settings_field key(std::string_view name, Read) noexcept
{
    return {name, [](settings_reader& reader, const settings_node& from, void* into) {
                Read{}(reader, from, *static_cast<T*>(into));
            }};
}
/// A key of that form which steward has no use for, and why.
template <class Why>
[[nodiscard]] constexpr settings_field refused_key(std::string_view name, Why) noexcept
{
    return {name, [](settings_reader& reader, const settings_node& from, void*) {
                reader.wrong(from.where, std::string{"refused: "}.append(Why{}()));
            }};
}

/// Reads the keys of a map, and says which of the required ones are missing.
void read_keys(settings_reader& reader, const settings_node& from, std::span<const settings_field> fields,
               std::span<const std::string_view> required, void* into);

/// A text of one line, which is not empty.
[[nodiscard]] named read_name(settings_reader& reader, const settings_node& from, std::string_view expected);
/// A text of any number of lines.
[[nodiscard]] named read_text(settings_reader& reader, const settings_node& from, std::string_view expected);
[[nodiscard]] bool read_bool(settings_reader& reader, const settings_node& from);
[[nodiscard]] std::optional<std::int64_t> read_count(settings_reader& reader, const settings_node& from,
                                                     std::int64_t least, std::int64_t most = largest_count);
[[nodiscard]] std::vector<named> read_names(settings_reader& reader, const settings_node& from,
                                            std::string_view expected);

/// Reads each item of a list.
template <class F>
void read_list(settings_reader& reader, const settings_node& from, std::string_view expected, F read)
{
    if (from.is == settings_node::kind::nothing)
        return;
    if (from.is != settings_node::kind::list)
        return reader.expected(from, expected);
    for (const settings_node& item : from.items)
        read(item);
}

/// What stands under `metadata`, as lines for a comment.
[[nodiscard]] std::vector<std::string> read_notes(settings_reader& reader, const settings_node& from);

[[nodiscard]] std::optional<function> read_function(settings_reader& reader, const settings_node& from);
/// The same for one that is true or false.
[[nodiscard]] std::optional<function> read_condition(settings_reader& reader, const settings_node& from);
/// Adds a function, or a list of them.
void read_conditions(settings_reader& reader, const settings_node& from, std::vector<function>& into);
void read_functions(settings_reader& reader, const settings_node& from, std::vector<function>& into);

[[nodiscard]] resource_description read_resource(settings_reader& reader, const settings_node& from);
[[nodiscard]] network_description read_network(settings_reader& reader, const settings_node& from);

/// The states and arcs of a network, which may stand at the top level, too.
struct network_parts {
    network_description network{};
    /// The arcs that name where they come from.
    struct arc_between {
        named from{};
        arc_description arc{};
    };
    std::vector<arc_between> arcs{};

    void read_states(settings_reader& reader, const settings_node& from);
    void read_arcs(settings_reader& reader, const settings_node& from);
    /// Moves the arcs into the states that they come from.
    [[nodiscard]] network_description whole(settings_reader& reader) &&;
};

/// Notes what is wrong between the parts of a machine, and puts its networks in the order in which they run each other.
void check_rules(settings_reader& reader, machine_description& machine);

/// Reads a machine's file. Throws `settings_error` with all that is wrong.
[[nodiscard]] machine_description read_machine(std::string_view text, std::string_view file);

/// ` (did you mean 'database'?)`, or nothing.
[[nodiscard]] std::string suggestion(std::string_view wrong, std::span<const std::string_view> names);

} // namespace steward::gen
