// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/database/detail/value.hpp>

#include <cstddef>
#include <deque>
#include <span>
#include <vector>

namespace steward::inline v0::adapters::detail {

/// Rows that own their bytes, for a result that must leave the wire to another statement before all of it was read:
/// first in, first out, and what was read is freed.
class row_buffer {
public:
    /// Copies a row with its texts and blobs.
    void add(std::span<const value> row);

    /// Goes on to the next row, first to the first one; false when there is none (any more).
    [[nodiscard]] bool next() noexcept;
    /// A column of the row that `next` went to; texts and blobs are valid until the next `next` or `clear`.
    [[nodiscard]] value column(std::size_t index) const noexcept { return rows_.front().values[index]; }

    void clear() noexcept;

private:
    struct row {
        std::vector<value> values;
        std::vector<std::byte> bytes; // of all texts and blobs, one behind the other
    };

    std::deque<row> rows_; // the first one is the current one if `started_`
    bool started_ = false;
};

} // namespace steward::inline v0::adapters::detail
