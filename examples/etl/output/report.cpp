// SPDX-License-Identifier: BSL-1.0
#include "output/report.hpp"

#include "common/numbers.hpp"

#include <steward/format.hpp>

#include <fmt/format.h>
#include <range/v3/view/take.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace etl {

using examples::grouped;
using examples::per_second;

namespace {

constexpr std::size_t examples_each = 3, most_reasons = 10, most_characters = 60;

/// The beginning of a text that may hold anything, for one line of a terminal.
[[nodiscard]] std::string excerpt(std::string_view text)
{
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const bool begins_character = (byte & 0xC0U) != 0x80U;
        if (i >= most_characters && begins_character)
            return result + "...";
        result += byte < 0x20 || byte == 0x7F ? '?' : text[i];
    }
    return result;
}

/// Where the rows go, without the user and the password that may stand before the host.
[[nodiscard]] std::string shown(std::string_view database)
{
    const std::size_t scheme = database.find("://"), at = database.rfind('@');
    if (scheme == std::string_view::npos || at == std::string_view::npos || at < scheme)
        return std::string{database};
    return std::string{database.substr(0, scheme + 3)}.append(database.substr(at + 1));
}

void print_rows(const arguments& wanted, const job_result& result)
{
    const std::size_t done = result.rows.loaded + result.rows.rejected;
    const std::size_t left = result.rows_in - std::min(result.rows_in, result.rows.rows());
    fmt::print("{} -> {}\n\n", wanted.input.string(), shown(wanted.database));
    fmt::print("rows in         {:>12}\n", grouped(result.rows_in));
    fmt::print("loaded          {:>12}\n", grouped(result.rows.loaded));
    fmt::print("rejected        {:>12}\n", grouped(result.rows.rejected));
    fmt::print("already loaded  {:>12}\n", grouped(result.rows.already_loaded));
    if (left != 0)
        fmt::print("not loaded      {:>12}\n", grouped(left));
    fmt::print("seconds         {:>12.3f}\n", std::chrono::duration<double>{result.time}.count());
    fmt::print("rows/s          {:>12}\n", grouped(per_second(done, result.time)));
    fmt::print("\n{} workers, {} rows in a chunk{}\n", wanted.workers, grouped(result.chunk_rows),
               result.chunk_rows == wanted.chunk_rows ? "" : ", as in the run before");
}

void print_rejections(const std::vector<store::rejection>& all)
{
    if (all.empty())
        return;
    fmt::print("\nrejected, by reason (earlier runs of the same input included)\n");
    for (const store::rejection& one : all | ranges::views::take(most_reasons)) {
        fmt::print("{:>9}  {}\n", grouped(one.rows), one.reason);
        for (const auto& example : one.examples)
            fmt::print("           line {}: {}\n", example.line, excerpt(example.text));
    }
    if (all.size() > most_reasons)
        fmt::print("           and {} reasons more: select reason, count(*) from rejected group by reason\n",
                   all.size() - most_reasons);
}

void print_resources(job_manager& resources)
{
    fmt::print("\n{}\n\n", steward::table_of(resources));
    for (const steward::named_metrics& one : resources.metrics())
        fmt::print("{}: {}\n", one.name, one.metrics);
}

} // namespace

void print_report(job_manager& resources, const arguments& wanted, const job_result& result)
{
    print_rows(wanted, result);
    print_rejections(store::rejections(*resources.acquire<"database">(), examples_each));
    print_resources(resources);
}

} // namespace etl
