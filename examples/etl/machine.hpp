// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "arguments.hpp"
#include "output/progress.hpp"
#include "output/store.hpp"
#include "output/tally.hpp"
#include "parsing/rows.hpp"
#include "parsing/source.hpp"

#include <steward/adapters/database.hpp>
#include <steward/adapters/filesystem.hpp>
#include <steward/fsm.hpp>
#include <steward/steward.hpp>

#include <fmt/format.h>

#include <optional>
#include <stdexcept>
#include <string_view>

/// The machine: one execution takes one chunk of the input from the file into the database.
///
///     extract -> validate -> load -> report
///
/// Each state says what it needs and has it only while it works, so that some executions parse while others load.
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
struct extract {
    using needs = steward::needs<"input">;
    void operator()(execution& run, auto& resources) const
    {
        run.file = resources["input"_r].map(run.input->file);
        if (run.file->text().size() != run.input->bytes)
            throw std::runtime_error{fmt::format("'{}' was changed while it was read: expected {} bytes, found {}",
                                                 run.input->file, run.input->bytes, run.file->text().size())};
    }
};

/// Splits it into rows and tells good ones from bad ones.
struct validate {
    using needs = steward::needs<>;
    void operator()(execution& run) const
    {
        const std::string_view text = run.file->text().substr(run.part.begin, run.part.bytes);
        run.rows = parse(run.input->rows, text, run.part.first_line);
    }
};

/// Stores both in one transaction.
struct load {
    using needs = steward::needs<"database">;
    void operator()(execution& run, auto& resources) const
    {
        run.is_new = store::load(resources["database"_r], *run.input, run.part, run.rows);
    }
};

/// Tells what was done.
struct report {
    using needs = steward::needs<"tally", steward::optional("progress")>;
    void operator()(const execution& run, auto& resources) const
    {
        resources["tally"_r].add(run.is_new
                                     ? counts{.loaded = run.rows.lines.size(), .rejected = run.rows.rejected.size()}
                                     : counts{.already_loaded = run.part.rows});
        if (progress* line = resources.find("progress"_r))
            line->add(run.part.rows);
    }
};

struct machine {
    using states = steward::states<extract, validate, load, report>;
    using arcs =
        steward::arcs<steward::arc<extract, validate>, steward::arc<validate, load>, steward::arc<load, report>>;
};

using input_files = steward::resource<"input", steward::adapters::filesystem>;
using sessions = steward::resource<"database", steward::adapters::database<steward::adapters::sqlite>,
                                   steward::pooling::bounded<0, max_workers>, steward::health::on_borrow<>>;

/// Everything is tracked and timed: an execution takes milliseconds, a look at the clock some nanoseconds.
using catalog = steward::catalog<steward::defaults<steward::metrics::timed, steward::ownership::tracked>, input_files,
                                 sessions, steward::resource<"tally", steward::adapters::value<tally>>,
                                 steward::resource<"progress", steward::adapters::value<progress>>>;

using job_manager = steward::manager_for<machine, catalog>;

} // namespace etl
