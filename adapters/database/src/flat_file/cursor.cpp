// SPDX-License-Identifier: BSL-1.0
#include "cursor.hpp"

#include "driver.hpp"

#include <utility>
#include <vector>

namespace steward::inline v0::adapters::detail {

flat_file_cursor::flat_file_cursor(flat_file_driver& owner, std::unique_ptr<cursor> prepared, statement_effects effects)
    : owner_{owner}, prepared_{std::move(prepared)}, effects_{std::move(effects)}
{
}

void flat_file_cursor::bind(std::span<const value> values, lifetime bytes, std::span<const value_kind> row)
{
    rows_.clear();
    committed_ = false;
    statement().bind(values, bytes, row);
}

bool flat_file_cursor::step()
{
    if (!committed_) {
        const bool controls = effects_.ends != statement_effects::control::none && !statement().explains();
        if (controls) {
            owner_.control(statement(), effects_);
            return false;
        }
        if (!statement().writes() || owner_.in_transaction())
            return owner_.step(statement(), effects_);
        run_and_commit();
    }
    return rows_.next();
}

void flat_file_cursor::run_and_commit()
{
    std::vector<value> row;
    owner_.in_own_transaction([&] {
        try {
            while (owner_.step(statement(), effects_)) {
                row.resize(statement().column_count());
                for (std::size_t i = 0; i != row.size(); ++i)
                    row[i] = statement().column(i);
                rows_.add(row);
            }
        } catch (...) {
            static_cast<void>(statement().finish()); // its locks would keep the transaction open
            throw;
        }
    });
    committed_ = true;
}

bool flat_file_cursor::finish() noexcept
{
    rows_.clear();
    committed_ = false;
    return statement().finish();
}

value flat_file_cursor::column(std::size_t index) const
{
    return committed_ ? rows_.column(index) : statement().column(index);
}

} // namespace steward::inline v0::adapters::detail
