// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "parsing/source.hpp"

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace etl {

/// The most workers and so the most sessions of the database.
inline constexpr std::size_t max_workers = 64;

/// What the command line asks for.
struct arguments {
    std::filesystem::path input = "/usr/share/unicode/UnicodeData.txt";
    std::string database = "etl.sqlite"; ///< a file, or where a server is: postgresql://..., mysql://...
    reading how{.unicode = true};
    std::size_t workers = 2;
    std::size_t chunk_rows = 1'000;
    bool fresh = false; ///< forget what the database holds
    bool quiet = false; ///< neither progress nor report
    bool help = false;
};

/// Reads the arguments behind the program's name. Throws examples::usage_error.
[[nodiscard]] arguments read_arguments(std::span<const char* const> given);

/// What --help prints.
[[nodiscard]] std::string_view usage() noexcept;

} // namespace etl
