// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/settings/detail/node.hpp>
#include <steward/settings/error.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace steward::inline v0::detail {

class settings_reader;

/// One member of a struct: its name, and how it is read into the struct at `object`.
struct settings_field {
    std::string_view name;
    void (*read)(settings_reader& reader, const settings_node& from, void* object);
};

/// Parses one settings file and notes all that is wrong with it.
class settings_reader {
public:
    explicit settings_reader(std::string_view file) : file_{file} {}

    [[nodiscard]] settings_node parse_yaml(std::string_view text);
    [[nodiscard]] settings_node parse_json(std::string_view text);
    /// YAML with its variables as they are written.
    [[nodiscard]] settings_node parse_yaml_as_written(std::string_view text);
    /// What stands at a place of the text that was parsed last; NUL where there is nothing.
    [[nodiscard]] char at(file_place where) const noexcept;
    /// Checks how the variables of such a tree are written. Nothing more is said of a value that has one: it is not known.
    void leave_variables(settings_node& node);

    /// Reads the members of a map into the fields of a struct. Those that are none of its fields are problems, with the
    /// nearest name as a suggestion. `what` is the word for a key that is not known, such as "key".
    /// Which of the fields were there.
    std::vector<bool> read_members(const settings_node& from, std::string_view what,
                                   std::span<const settings_field> fields, void* object);

    /// Text of a scalar; null, and a problem, if it is none or is not `expected`.
    [[nodiscard]] std::optional<std::string_view> text(const settings_node& from, std::string_view expected);
    [[nodiscard]] std::optional<bool> boolean(const settings_node& from);
    [[nodiscard]] std::optional<std::int64_t> integer(const settings_node& from, std::int64_t least,
                                                      std::uint64_t most);
    [[nodiscard]] std::optional<double> real(const settings_node& from);
    /// `500ms`, `1.5s`, `2min`, `1h`; a bare number is in seconds.
    [[nodiscard]] std::optional<std::chrono::nanoseconds> duration(const settings_node& from);

    /// Notes that a value should have been something else.
    void expected(const settings_node& from, std::string_view what);
    /// Notes a problem at a place; the path to the field that is being read stands in front of the message.
    void wrong(file_place where, std::string_view message);

    [[nodiscard]] std::size_t problem_count() const noexcept { return problems_.size(); }
    /// Throws `settings_error` if there was a problem.
    void finish();

private:
    // Replaces `${V}` and its like by the environment's values, in all that is below.
    void expand(settings_node& node);

    std::string file_;
    std::string text_;
    std::vector<std::string_view> path_;
    std::vector<settings_problem> problems_;
};

/// The name that is nearest to a misspelt one, or empty if none is near.
[[nodiscard]] std::string_view nearest_name(std::string_view wrong, std::span<const std::string_view> names);

/// Whether a field of that name holds what must not be shown.
[[nodiscard]] bool is_secret(std::string_view field);

} // namespace steward::inline v0::detail
