// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "csv.hpp"

#include <steward/adapters/database/detail/value.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// JSON lines: on each line an object, whose members are texts, numbers, true, false, null, blobs ({"$blob": "0aff"}) or
// infinity ({"$real": "inf"}).
namespace steward::inline v0::adapters::detail {

/// What a member of an object holds, with the bytes.
struct json_member {
    std::string name;
    value number;     ///< unless it is a text or a blob: NULL or a number
    std::string text; ///< of a text
    std::vector<std::byte> blob;
    value_kind kind = value_kind::null;

    /// A view.
    [[nodiscard]] value get() const noexcept
    {
        if (kind == value_kind::text)
            return value{std::string_view{text}};
        return kind == value_kind::blob ? value{std::span{blob}} : number;
    }
};

/// Reads a text, which outlives the reader, object by object; empty lines are skipped.
class json_lines_reader {
public:
    explicit json_lines_reader(std::string_view text) noexcept : rest_{text} {}

    /// Reads the next object into `members`; false at the end of the text, or if there is a problem.
    [[nodiscard]] bool next(std::vector<json_member>& members);
    [[nodiscard]] const std::optional<text_problem>& problem() const noexcept { return problem_; }
    /// The line, from 1, of the object that was read.
    [[nodiscard]] std::size_t line() const noexcept { return line_; }

private:
    std::string_view rest_;
    std::size_t line_ = 0;
    std::optional<text_problem> problem_;
};

void append_json_text(std::string& to, std::string_view text);
/// Appends a value that the reader reads as that value again.
void append_json(std::string& to, const value& member);

} // namespace steward::inline v0::adapters::detail
