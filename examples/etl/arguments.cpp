// SPDX-License-Identifier: BSL-1.0
#include "arguments.hpp"

#include "common/command_line.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <thread>

namespace etl {

namespace {

using examples::argument_list;
using examples::usage_error;

[[nodiscard]] char read_delimiter(argument_list& list)
{
    constexpr std::string_view expected = "one character, or the word tab";
    const std::string_view text = list.value(expected);
    if (text == "tab" || text == "\\t")
        return '\t';
    // A character beyond ASCII has several bytes; a line's end cannot be within a line.
    if (text.size() != 1 || text == "\n" || text == "\r")
        throw usage_error{fmt::format("{} needs {}, got '{}'", list.name(), expected, text)};
    return text.front();
}

/// What was said about the reading of the input; what was not follows from the file's name.
struct said {
    std::optional<bool> unicode;
    std::optional<char> delimiter;
    bool header = false;
};

[[nodiscard]] bool read_shape(argument_list& list)
{
    const std::string_view text = list.value("'unicode' or 'delimited'");
    if (text != "unicode" && text != "delimited")
        throw usage_error{fmt::format("{} needs 'unicode' or 'delimited', got '{}'", list.name(), text)};
    return text == "unicode";
}

void read_one(argument_list& list, arguments& result, said& about)
{
    const std::string_view name = list.name();
    if (name == "--input")
        result.input = list.value("a file");
    else if (name == "--database")
        result.database = list.value("a file, postgresql://... or mysql://...");
    else if (name == "--shape")
        about.unicode = read_shape(list);
    else if (name == "--delimiter")
        about.delimiter = read_delimiter(list);
    else if (name == "--header")
        about.header = true;
    else if (name == "--workers")
        result.workers = list.number(max_workers);
    else if (name == "--chunk")
        result.chunk_rows = list.number(std::numeric_limits<std::int32_t>::max());
    else if (name == "--fresh")
        result.fresh = true;
    else if (name == "--quiet")
        result.quiet = true;
    else if (name == "--help" || name == "-h")
        result.help = true;
    else
        throw usage_error{fmt::format("unknown argument '{}'", name)};
}

[[nodiscard]] reading decide(const said& about, const std::filesystem::path& input)
{
    const bool has_detail = about.delimiter || about.header;
    if (about.unicode.value_or(false) && has_detail)
        throw usage_error{"--delimiter and --header say how a delimited file is read: leave out --shape unicode"};
    const bool looks_unicode = input.filename() == "UnicodeData.txt" && !has_detail;
    return {.unicode = about.unicode.value_or(looks_unicode),
            .delimiter = about.delimiter.value_or(input.extension() == ".tsv" ? '\t' : ','),
            .header = about.header};
}

} // namespace

arguments read_arguments(std::span<const char* const> given)
{
    arguments result;
    result.workers = std::clamp<std::size_t>(std::thread::hardware_concurrency(), 2, max_workers);
    said about;
    for (argument_list list{given}; list.next();)
        read_one(list, result, about);
    result.how = decide(about, result.input);
    return result;
}

std::string_view usage() noexcept
{
    return R"(Loads a delimited file into a database, with several workers side by side.

usage: steward.examples.etl [options]

  --input FILE       what to load (/usr/share/unicode/UnicodeData.txt)
  --shape KIND       unicode: checked as the Unicode Character Database is, the default
                       where the file's name is UnicodeData.txt
                     delimited: rows must have as many fields as the first line
  --delimiter C      between the fields of a delimited file: one character, or 'tab'
                       (a comma; a tab for *.tsv). Quotes have no special meaning.
  --header           the first line names the columns; otherwise they are c1, c2, ...
  --database WHERE   an SQLite file (etl.sqlite), created if it is not there, or
                     postgresql://user:password@host:port/database, or mysql://...
  --fresh            forget what the database holds of an earlier run or another input
  --workers N        executions side by side (as many as processors, at least 2)
  --chunk N          rows in one execution and one transaction (1000)
  --quiet            neither progress nor report
  --help             this text

A run that was stopped half-way is completed by the next one: chunks that were loaded
are not loaded again. The database has the tables record, rejected, loaded_chunk and source.

exit status: 0 loaded, also if rows were rejected; 1 failed; 2 wrong arguments
)";
}

} // namespace etl
