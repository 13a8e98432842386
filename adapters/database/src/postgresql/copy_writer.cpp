// SPDX-License-Identifier: BSL-1.0
#include "copy_writer.hpp"

#include "../insert_statement.hpp"
#include "arguments.hpp"
#include "driver.hpp"
#include "fail.hpp"
#include "wire.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

namespace steward::inline v0::adapters::detail::pg {

namespace {

constexpr std::size_t batch = std::size_t{1} << 20; // bytes

void append_escaped(std::string& to, std::string_view text)
{
    for (std::size_t at; (at = text.find_first_of("\\\n\r\t")) != std::string_view::npos; text.remove_prefix(at + 1)) {
        const char c = text[at];
        to.append(text.substr(0, at)).append(1, '\\');
        to += c == '\n' ? 'n' : c == '\r' ? 'r' : c == '\t' ? 't' : '\\';
    }
    to.append(text);
}

void append_hex(std::string& to, std::span<const std::byte> blob)
{
    static constexpr std::string_view digits = "0123456789abcdef";
    to.append("\\\\x");
    for (const std::byte each : blob) {
        to += digits[std::to_integer<std::size_t>(each >> 4)];
        to += digits[std::to_integer<std::size_t>(each & std::byte{0xf})];
    }
}

struct column {
    std::string name;
    Oid type;
};

/// The columns of a table that COPY takes. Throws what the server says if there is no such table.
std::vector<column> columns_of(pg_driver& owner, const std::string& path)
{
    static constexpr const char* sql =
        "select a.attname, coalesce(nullif(t.typbasetype, 0), t.oid)"
        " from pg_class c join pg_attribute a on a.attrelid = c.oid join pg_type t on t.oid = a.atttypid"
        " where c.oid = $1::regclass and a.attnum > 0 and not a.attisdropped"
        " and c.relkind in ('r', 'p') and not c.relrowsecurity"
        " and not exists (select from pg_rewrite r where r.ev_class = c.oid and r.ev_type = '3')"
        " order by a.attnum";
    wire& line = owner.free_wire();
    PGconn* const connection = line.begin(loss::harmless);
    const char* const argument = path.c_str();
    line.send(PQsendQueryParams(connection, sql, 1, nullptr, &argument, nullptr, nullptr, 0));
    const result_ptr rows = owner.result_of("insert into " + path);
    std::vector<column> result;
    for (int i = 0; i != PQntuples(rows.get()); ++i) {
        const std::string_view type = PQgetvalue(rows.get(), i, 1);
        Oid number = 0;
        std::from_chars(type.data(), type.data() + type.size(), number);
        result.push_back({PQgetvalue(rows.get(), i, 0), number});
    }
    return result;
}

/// Those that were named, or the first ones; nothing if some are not there.
std::optional<std::vector<column>> chosen(std::vector<column> all, std::span<const std::string_view> named,
                                          std::size_t width)
{
    std::vector<column> result;
    for (const std::string_view name : named)
        if (const auto found = std::ranges::find(all, name, &column::name); found != all.end())
            result.push_back(*found);
    if (named.empty() && all.size() >= width)
        result.assign(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(width));
    return result.size() == width && width != 0 ? std::optional{std::move(result)} : std::nullopt;
}

} // namespace

copy_writer::copy_writer(pg_driver& owner, std::string sql, std::vector<Oid> types)
    : owner_{owner}, sql_{std::move(sql)}, types_{std::move(types)}
{
}

void copy_writer::add(std::span<const value> row)
{
    for (std::size_t i = 0; i != row.size(); ++i) {
        if (i != 0)
            rows_ += '\t';
        append(row[i], i);
    }
    rows_ += '\n';
    if (rows_.size() >= batch)
        send();
}

void copy_writer::append(const value& from, std::size_t column)
{
    if (from.kind() == value_kind::null) {
        rows_.append("\\N");
        return;
    }
    const std::string what = from.kind() < value_kind::text ? "" : "field " + std::to_string(column + 1);
    check_type(from, types_[column], what, sql_);
    if (from.kind() == value_kind::blob)
        append_hex(rows_, from.blob());
    else if (from.kind() == value_kind::text && from.text().find('\0') == std::string_view::npos)
        append_escaped(rows_, from.text());
    else
        append_text(rows_, from, what, sql_);
}

void copy_writer::finish()
{
    if (!rows_.empty())
        send();
}

void copy_writer::send()
{
    wire& line = owner_.free_wire();
    PGconn* const connection = line.begin(loss::transactional);
    line.send(PQsendQuery(connection, sql_.c_str()));
    if (const result_ptr first = line.next(); PQresultStatus(first.get()) != PGRES_COPY_IN) {
        line.drain();
        throw server_error(first.get(), sql_);
    }
    for (std::string_view rest = rows_; !rest.empty();) {
        const std::string_view part = rest.substr(0, batch);
        if (PQputCopyData(connection, part.data(), static_cast<int>(part.size())) != 1)
            line.lose(PQerrorMessage(connection)); // half a COPY is on the wire
        line.send(1);
        rest.remove_prefix(part.size());
    }
    if (PQputCopyEnd(connection, nullptr) != 1)
        line.lose(PQerrorMessage(connection));
    line.send(1);
    rows_.clear();
    static_cast<void>(owner_.result_of(sql_));
}

std::unique_ptr<bulk_writer> copy_into(pg_driver& owner, std::string_view table,
                                       std::span<const std::string_view> columns, std::size_t width)
{
    const std::string path = quoted_path(owner, table);
    const auto target = chosen(columns_of(owner, path), columns, width);
    if (!target)
        return nullptr;
    std::string sql = "copy " + path;
    std::vector<Oid> types;
    for (const column& each : *target) {
        sql.append(types.empty() ? " (" : ", ").append(owner.quoted(each.name));
        types.push_back(each.type);
    }
    return std::make_unique<copy_writer>(owner, sql.append(") from stdin"), std::move(types));
}

} // namespace steward::inline v0::adapters::detail::pg
