// SPDX-License-Identifier: BSL-1.0
// What the database adapter costs beside the databases' own interfaces, all measured in one run, in turns.

#include "measure.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <cstdio>
#include <ranges>
#include <utility>

namespace benchmarks {

namespace {

bool print(std::string_view what, const std::string& value, const std::string& bound, bool holds)
{
    fmt::print("{:<75} {:>24}  {:>10}{}\n", what, value, bound, holds ? "" : "  MISSED");
    std::fflush(stdout);
    return holds;
}

} // namespace

bool at_least(std::string_view what, double value, double bound)
{
    return print(what, fmt::format("{:.3f}", value), fmt::format(">= {:.2f}", bound), value >= bound);
}

bool at_most(std::string_view what, const interval& value, double bound, std::string_view unit)
{
    return print(what, fmt::format("{:.2f} [{:.2f}, {:.2f}] {}", value.middle, value.low, value.high, unit),
                 fmt::format("<= {:.2f}", bound), value.high <= bound);
}

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

int main()
{
    const int missed = benchmarks::sqlite_lines() + benchmarks::postgresql_lines() + benchmarks::mariadb_lines();
    return missed == 0 ? 0 : 1;
}
