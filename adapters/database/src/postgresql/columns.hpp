// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/database/detail/value.hpp>

#include <cstddef>
#include <vector>

#include <libpq-fe.h>

namespace steward::inline v0::adapters::detail::pg {

/// Makes values of what the server sends, in text format.
class columns {
public:
    /// A column of the only row of a result, as what the caller reads it into; texts and blobs are valid as long as the
    /// result, and until the same column is read again.
    [[nodiscard]] value read(const PGresult* row, int column, value_kind wanted);
    /// Lets the memory for blobs go.
    void clear() noexcept { blobs_.clear(); }

private:
    [[nodiscard]] value blob(std::string_view text, std::size_t column);

    std::vector<std::vector<std::byte>> blobs_; // one for each column
};

} // namespace steward::inline v0::adapters::detail::pg
