// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace etl {

/// The fields of one row, as views into the file's text.
using fields = std::span<const std::string_view>;

/// What the rows of a file look like.
struct shape {
    std::string_view kind; ///< static text: "unicode" or "delimited"
    char delimiter = ',';
    bool header = false;                ///< the first line holds the columns' names
    std::vector<std::string> columns{}; ///< different from each other, also for a database that ignores case

    /// Why a row with the right number of fields cannot be accepted; empty if it can.
    std::string_view (*fault)(fields row) = [](fields) { return std::string_view{}; };
};

/// The shape of any delimited file, found by its first line: as many columns as that line has fields. They are named by
/// it, or c1, c2, ... where there is no header (or no name in it).
[[nodiscard]] shape delimited_shape(std::string_view first_line, char delimiter, bool header);

/// Why a row cannot be accepted; empty if it can. A reason does not name the row, so that equal ones can be counted.
[[nodiscard]] std::string reason_to_reject(const shape& expected, std::string_view line, fields row);

} // namespace etl
