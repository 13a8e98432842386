// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "parsing/shape.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace etl {

/// A row that was not accepted. A row of the table `rejected`: the fields are in the order of its columns.
struct rejected_row {
    std::int64_t line;
    std::string reason;
    std::string_view text;
};

/// The rows of a part of a file; all texts are views into it.
struct parsed_rows {
    std::vector<std::int64_t> lines; ///< the numbers of the accepted rows' lines
    std::vector<std::string_view>
        fields; ///< of the accepted rows, one row behind the other, as many as there are columns
    std::vector<rejected_row> rejected;
};

/// Splits a text that is not empty into rows and fields and decides which rows are accepted.
[[nodiscard]] parsed_rows parse(const shape& expected, std::string_view text, std::size_t first_line);

} // namespace etl
