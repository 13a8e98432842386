// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace enrich {

/// The most workers and so the most clients of a service.
inline constexpr std::size_t max_workers = 64;

/// What the command line asks for.
struct arguments {
    std::filesystem::path input = "/usr/share/zoneinfo/iso3166.tab";
    std::string database = "enrich.sqlite";
    std::string api_url{}; ///< of the service of time zones; the program's own if empty
    std::string llm_url{}; ///< of the model's server; the program's own stand-in if empty
    std::string model = "gpt-4o-mini";
    std::string api_key = "${OPENAI_API_KEY}"; ///< for the model's server
    std::size_t workers = 4;
    bool quiet = false; ///< no report
    bool help = false;
};

/// Reads the arguments behind the program's name. Throws examples::usage_error.
[[nodiscard]] arguments read_arguments(std::span<const char* const> given);

/// What --help prints.
[[nodiscard]] std::string_view usage() noexcept;

} // namespace enrich
