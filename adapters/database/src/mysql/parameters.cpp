// SPDX-License-Identifier: BSL-1.0
#include "parameters.hpp"

#include "fail.hpp"

#include <steward/adapters/database/error.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <string>

namespace steward::inline v0::adapters::detail {

namespace {

void require_storable(const value& argument, std::size_t position, std::string_view sql)
{
    std::string_view expected;
    if (argument.kind() == value_kind::real && !std::isfinite(argument.real()))
        expected = "is infinite or not a number: expected a number that MySQL can store";
    else if (argument.kind() == value_kind::time && time_text{argument.time()}.view().empty())
        expected = "does not fit: expected a point in time in the years 1 to 9999";
    if (!expected.empty())
        throw database_error{database_errc::wrong_arguments,
                             "argument " + std::to_string(position) + " " + std::string{expected},
                             masked_mysql_statement(sql)};
}

} // namespace

void mysql_parameters::set(std::span<const value> values, lifetime bytes, std::string_view sql)
{
    std::size_t times = 0;
    for (std::size_t i = 0; i != values.size(); ++i) {
        require_storable(values[i], i + 1, sql);
        times += values[i].kind() == value_kind::time ? 1 : 0;
    }
    times_.clear();
    times_.reserve(times); // they are pointed to
    numbers_.assign(values.size(), 0);
    binds_.assign(values.size(), MYSQL_BIND{});
    bytes_ = 4 * values.size(); // what describes them
    for (std::size_t i = 0; i != values.size(); ++i)
        set(binds_[i], numbers_[i], values[i]);
    if (bytes == lifetime::this_call)
        keep_bytes();
}

void mysql_parameters::set(MYSQL_BIND& bind, std::int64_t& number, const value& argument)
{
    const auto set_number = [&](enum_field_types type, std::int64_t bits) {
        number = bits;
        bind.buffer_type = type;
        bind.buffer = &number;
        bytes_ += sizeof number;
    };
    switch (argument.kind()) {
    case value_kind::null: bind.buffer_type = MYSQL_TYPE_NULL; break;
    case value_kind::natural: bind.is_unsigned = true; [[fallthrough]];
    case value_kind::integer: set_number(MYSQL_TYPE_LONGLONG, argument.integer()); break;
    case value_kind::real: set_number(MYSQL_TYPE_DOUBLE, std::bit_cast<std::int64_t>(argument.real())); break;
    case value_kind::time: set_bytes(bind, MYSQL_TYPE_STRING, times_.emplace_back(argument.time()).view()); break;
    case value_kind::text: set_bytes(bind, MYSQL_TYPE_STRING, argument.text()); break;
    case value_kind::blob: {
        const std::span<const std::byte> blob = argument.blob();
        set_bytes(bind, MYSQL_TYPE_BLOB, {reinterpret_cast<const char*>(blob.data()), blob.size()});
        break;
    }
    }
}

void mysql_parameters::set_bytes(MYSQL_BIND& bind, enum_field_types type, std::string_view bytes) noexcept
{
    bind.buffer_type = type;
    bind.buffer = const_cast<char*>(bytes.data() ? bytes.data() : ""); // it is only read
    bind.buffer_length = static_cast<unsigned long>(bytes.size());
    bytes_ += bytes.size();
}

void mysql_parameters::keep_bytes()
{
    const auto is_bytes = [](const MYSQL_BIND& bind) {
        return bind.buffer_type == MYSQL_TYPE_STRING || bind.buffer_type == MYSQL_TYPE_BLOB;
    };
    copied_ = std::make_unique_for_overwrite<char[]>(bytes_);
    char* free = copied_.get();
    for (MYSQL_BIND& bind : binds_)
        if (is_bytes(bind)) {
            char* const begin = free;
            free = std::copy_n(static_cast<const char*>(bind.buffer), bind.buffer_length, free);
            bind.buffer = begin;
        }
}

void mysql_parameters::clear() noexcept
{
    static constexpr std::size_t worth_keeping = 256;
    binds_.clear();
    if (numbers_.size() > worth_keeping)
        *this = {};
    copied_.reset();
    bytes_ = 0;
}

} // namespace steward::inline v0::adapters::detail
