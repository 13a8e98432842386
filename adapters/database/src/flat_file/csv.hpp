// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/database/detail/value.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Comma-separated values as RFC 4180 describes them, in UTF-8; records end with LF or CRLF.
namespace steward::inline v0::adapters::detail {

struct csv_field {
    std::string text;
    bool quoted = false;
};

/// What is wrong with a text, and where.
struct text_problem {
    std::size_t line;
    std::string_view expected;
};

/// Reads a text of well-formed UTF-8, which outlives the reader, record by record. A byte order mark is skipped.
class csv_reader {
public:
    explicit csv_reader(std::string_view text) noexcept;

    /// Reads the next record into `fields`; false at the end of the text, or if there is a problem.
    [[nodiscard]] bool next(std::vector<csv_field>& fields);
    [[nodiscard]] const std::optional<text_problem>& problem() const noexcept { return problem_; }
    /// The line, from 1, on which the record that was read began.
    [[nodiscard]] std::size_t line() const noexcept { return record_line_; }

private:
    [[nodiscard]] bool read_quoted(csv_field& field);
    [[nodiscard]] bool read_plain(csv_field& field);
    /// Whether the record goes on behind the field at whose end the text stands.
    [[nodiscard]] bool end_field(bool& more);
    bool wrong(std::string_view expected) noexcept;

    std::string_view rest_;
    std::size_t line_ = 1, record_line_ = 1;
    std::optional<text_problem> problem_;
};

/// What a field stands for. In a column of texts nothing is a number. A blob's bytes are put into `bytes`; texts are views of
/// the field.
[[nodiscard]] value value_of(const csv_field& field, bool text_column, std::vector<std::byte>& bytes);

/// Appends a field that `value_of` reads as that value again.
void append_csv(std::string& to, const value& field, bool text_column);
/// Appends a field that is a text, whatever it looks like.
void append_csv_name(std::string& to, std::string_view name);

} // namespace steward::inline v0::adapters::detail
