// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "arguments.hpp"
#include "output/any_database.hpp"
#include "steps.hpp"

#include <steward/adapters/filesystem.hpp>
#include <steward/fsm.hpp>
#include <steward/steward.hpp>

/// The machine: one execution takes one chunk of the input from the file into the database.
///
///     extract -> validate -> load -> report
///
/// Each state says what it needs and has it only while it works, so that some executions parse while others load.
namespace etl {

struct extract {
    using needs = steward::needs<"input">;
    void operator()(execution& run, auto& resources) const { extract_chunk(run, resources); }
};
struct validate {
    void operator()(execution& run) const { validate_rows(run); }
};
struct load {
    using needs = steward::needs<"database">;
    void operator()(execution& run, auto& resources) const { load_rows(run, resources); }
};
struct report {
    using needs = steward::needs<"tally", steward::optional("progress")>;
    void operator()(const execution& run, auto& resources) const { report_chunk(run, resources); }
};

struct machine {
    using states = steward::states<extract, validate, load, report>;
    using arcs =
        steward::arcs<steward::arc<extract, validate>, steward::arc<validate, load>, steward::arc<load, report>>;
};

using input_files = steward::resource<"input", steward::adapters::filesystem>;
using sessions = steward::resource<"database", steward::adapters::database<any_database>,
                                   steward::pooling::bounded<0, max_workers>, steward::health::on_borrow<>>;

/// Everything is tracked and timed: an execution takes milliseconds, a look at the clock some nanoseconds.
using catalog = steward::catalog<steward::defaults<steward::metrics::timed, steward::ownership::tracked>, input_files,
                                 sessions, steward::resource<"tally", steward::adapters::value<tally>>,
                                 steward::resource<"progress", steward::adapters::value<progress>>>;

using job_manager = steward::manager_for<machine, catalog>;

} // namespace etl
