// SPDX-License-Identifier: BSL-1.0
#include "cursor.hpp"

#include "driver.hpp"

#include <utility>

namespace steward::adapters::detail {

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
    if (next_row_ == rows_.size())
        return false;
    ++next_row_;
    return true;
}

void flat_file_cursor::run_and_commit()
{
    next_row_ = 0;
    owner_.in_own_transaction([&] {
        try {
            while (owner_.step(statement(), effects_))
                rows_.push_back(current_row());
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

flat_file_cursor::owned_row flat_file_cursor::current_row() const
{
    owned_row row;
    for (std::size_t i = 0; i != statement().column_count(); ++i) {
        const value column = statement().column(i);
        switch (column.kind()) {
        case value_kind::integer: row.emplace_back(column.integer()); break;
        case value_kind::real: row.emplace_back(column.real()); break;
        case value_kind::text: row.emplace_back(std::string{column.text()}); break;
        case value_kind::blob:
            row.emplace_back(std::vector<std::byte>{column.blob().begin(), column.blob().end()});
            break;
        default: row.emplace_back(); break;
        }
    }
    return row;
}

value flat_file_cursor::column(std::size_t index) const
{
    if (!committed_)
        return statement().column(index);
    const owned_value& column = rows_[next_row_ - 1][index];
    if (const auto* const integer = std::get_if<std::int64_t>(&column))
        return value{*integer};
    if (const auto* const real = std::get_if<double>(&column))
        return value{*real};
    if (const auto* const text = std::get_if<std::string>(&column))
        return value{std::string_view{*text}};
    if (const auto* const blob = std::get_if<std::vector<std::byte>>(&column))
        return value{std::span{*blob}};
    return value{};
}

} // namespace steward::adapters::detail
