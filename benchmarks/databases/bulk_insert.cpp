// SPDX-License-Identifier: BSL-1.0
#include "databases.hpp"
#include "measure.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <ranges>
#include <utility>

namespace benchmarks {

bool bulk_insert_line(std::string_view server, steward::adapters::session& db)
{
    using row = std::pair<std::int64_t, std::string_view>;
    const auto rows = std::views::iota(0, 10'000)
                      | std::views::transform([](std::int64_t id) { return row{id, "a name of usual length"}; });
    const pairs measured = in_turns(
        11,
        [&] {
            auto transaction = db.transaction();
            for (const auto& [id, name] : rows)
                db.execute("insert into bulk values (?, ?)", id, name);
            transaction.commit();
        },
        [&] { db.insert("bulk", rows); });
    return at_least(fmt::format("{}, 10,000 rows at once: row by row in one transaction", server), measured.ratio(),
                    10);
}

} // namespace benchmarks
