// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "parsing/rows.hpp"
#include "parsing/source.hpp"

#include <steward/adapters/database.hpp>

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

/// What the job keeps in its database.
///
/// `record` holds the accepted rows by their line, `rejected` the others; `source` says which input that is, in one row,
/// and `loaded_chunk` which parts of it are complete. A chunk's rows and its entry there are written in one transaction,
/// so whatever stops a run leaves chunks that are there or not.
/// All functions throw steward::adapters::database_error where the database refuses.
namespace etl::store {

using steward::adapters::session;

/// The database holds something that must not be mixed with this input.
struct other_contents : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// What an earlier run has done.
struct earlier {
    std::size_t chunk_rows = 0;          ///< how many rows its chunks have; the same for the rest
    std::vector<bool> chunk_is_loaded{}; ///< by number, up to the last one that is
};

/// Makes the tables for an input, or finds those of an earlier run with it. `fresh` drops what is there.
/// Throws other_contents.
[[nodiscard]] earlier prepare(session& database, const source& input, std::size_t chunk_rows, bool fresh);

/// Stores a chunk, all of it or nothing; false if it was loaded before, by whomever.
[[nodiscard]] bool load(session& database, const source& input, const chunk& part, const parsed_rows& rows);

/// Why rows were rejected, by this run or an earlier one.
struct rejection {
    std::string reason;
    std::size_t rows = 0;
    struct example {
        std::int64_t line = 0;
        std::string text;
    };
    std::vector<example> examples{}; ///< the first ones
};
/// The reasons, the most frequent first.
[[nodiscard]] std::vector<rejection> rejections(session& database, std::size_t examples_each);

} // namespace etl::store
