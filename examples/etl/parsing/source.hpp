// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "parsing/shape.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace etl {

/// How a file is to be read.
struct reading {
    bool unicode = false; ///< as UnicodeData.txt; the rest is for other files
    char delimiter = ',';
    bool header = false;
};

/// One input file, as it was found when the job began.
struct source {
    std::string file;           ///< its name, beneath the base path of the resource "input"
    std::size_t bytes = 0;      ///< its size
    shape rows{};               ///< what its rows look like
    std::size_t begin = 0;      ///< where the first row begins, behind a byte order mark and the header
    std::size_t first_line = 1; ///< the number of the line that is the first row
    std::string fingerprint{};  ///< of the text and of how it is read
};

/// Looks at a file's text. Throws std::runtime_error if it is empty and its shape depends on its first line.
[[nodiscard]] source describe(std::string file, std::string_view text, const reading& how);

/// Some rows side by side: what one execution of the machine works on.
struct chunk {
    std::size_t number = 0;     ///< from 0
    std::size_t begin = 0;      ///< where its text begins
    std::size_t bytes = 0;      ///< how long it is, with the last line's end
    std::size_t first_line = 0; ///< the number of its first line
    std::size_t rows = 0;
};

/// Cuts a file into chunks of that many rows; the last one may have fewer. Linear in the size of the text.
[[nodiscard]] std::vector<chunk> cut(const source& from, std::string_view text, std::size_t rows_each);

} // namespace etl
