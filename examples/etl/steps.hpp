// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "output/progress.hpp"
#include "output/store.hpp"
#include "output/tally.hpp"
#include "parsing/rows.hpp"
#include "parsing/source.hpp"

#include <steward/adapters/filesystem.hpp>
#include <steward/steward.hpp>

#include <fmt/format.h>

#include <optional>
#include <stdexcept>
#include <string_view>

/// What the states of the machine do: each takes what an execution carries, and the resources that its state holds.
namespace etl {

using namespace steward::literals;

/// What an execution carries from state to state.
struct execution {
    const source* input;
    chunk part;
    std::optional<steward::adapters::mapped_file> file{}; ///< keeps the text alive that the rows are views into
    parsed_rows rows{};
    bool is_new = false; ///< the chunk was not in the database yet
};

/// Maps the file's part into memory.
void extract_chunk(execution& run, auto& resources)
{
    run.file = resources["input"_r].map(run.input->file);
    if (run.file->text().size() != run.input->bytes)
        throw std::runtime_error{fmt::format("'{}' was changed while it was read: expected {} bytes, found {}",
                                             run.input->file, run.input->bytes, run.file->text().size())};
}

/// Splits it into rows and tells good ones from bad ones.
inline void validate_rows(execution& run)
{
    const std::string_view text = run.file->text().substr(run.part.begin, run.part.bytes);
    run.rows = parse(run.input->rows, text, run.part.first_line);
}

/// Stores both in one transaction.
void load_rows(execution& run, auto& resources)
{
    run.is_new = store::load(resources["database"_r], *run.input, run.part, run.rows);
}

/// Tells what was done.
void report_chunk(const execution& run, auto& resources)
{
    resources["tally"_r].add(run.is_new ? counts{.loaded = run.rows.lines.size(), .rejected = run.rows.rejected.size()}
                                        : counts{.already_loaded = run.part.rows});
    if (progress* line = resources.find("progress"_r))
        line->add(run.part.rows);
}

} // namespace etl
