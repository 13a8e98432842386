// SPDX-License-Identifier: BSL-1.0
#include <steward/adapters/database/detail/bulk_insert.hpp>
#include <steward/adapters/database/error.hpp>

#include "insert_statement.hpp"

#include <string>

namespace steward::inline v0::adapters::detail {

namespace {

/// What every backend can do.
class prepared_writer final : public bulk_writer {
public:
    prepared_writer(driver& backend, const std::string& sql) : statement_{backend.prepare(sql)} {}

    void add(std::span<const value> row) override
    {
        statement_->bind(row, lifetime::until_rebound, {});
        while (statement_->step()) {}
    }
    void finish() override {}

private:
    std::unique_ptr<cursor> statement_;
};

} // namespace

std::unique_ptr<bulk_writer> driver::insert(std::string_view table, std::span<const std::string_view> columns,
                                            std::size_t width)
{
    return std::make_unique<prepared_writer>(*this, insert_statement(*this, table, columns, width));
}

bulk_insert::bulk_insert(connection& host, std::string_view table, std::span<const std::string_view> columns,
                         std::size_t width)
    : guest{host}, host_{host}, width_{width}, transaction_{host, access::read_write}
{
    host_.naming_resource([&] {
        if (!columns.empty() && columns.size() != width)
            throw database_error{database_errc::wrong_arguments, "the row type has " + std::to_string(width)
                                                                     + " fields, but " + std::to_string(columns.size())
                                                                     + " columns were named"};
        writer_ = host.backend().insert(table, columns, width);
    });
}

void bulk_insert::add(std::span<const value> row)
{
    if (!transaction_.active()) // the range that is being inserted has given the session back
        transaction_.commit();  // which says so
    host_.naming_resource([&] {
        if (row.size() != width_)
            throw database_error{database_errc::wrong_arguments, "row " + std::to_string(count_ + 1) + " has "
                                                                     + std::to_string(row.size()) + " fields, expected "
                                                                     + std::to_string(width_) + " as in the first one"};
        writer_->add(row);
    });
    ++count_;
}

std::size_t bulk_insert::finish()
{
    host_.naming_resource([&] { writer_->finish(); });
    writer_.reset();
    transaction_.commit();
    return count_;
}

} // namespace steward::inline v0::adapters::detail
