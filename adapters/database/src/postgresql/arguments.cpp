// SPDX-License-Identifier: BSL-1.0
#include "arguments.hpp"

#include "types.hpp"

#include <steward/adapters/database/detail/time_text.hpp>
#include <steward/adapters/database/error.hpp>

#include <array>
#include <charconv>
#include <climits>
#include <cmath>

namespace steward::inline v0::adapters::detail::pg {

namespace {

constexpr std::size_t outside = static_cast<std::size_t>(-1); // of bytes_
constexpr std::size_t memory_kept = 4'096;

template <class Number>
void append_number(std::string& to, Number number)
{
    std::array<char, 32> digits{};
    const char* const end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    to.append(digits.data(), static_cast<std::size_t>(end - digits.data()));
}

void append_real(std::string& to, double number)
{
    if (std::isfinite(number))
        append_number(to, number);
    else
        to.append(std::isnan(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity");
}

[[noreturn]] void refuse(std::string_view what, std::string_view reason, std::string_view statement)
{
    throw database_error{database_errc::wrong_arguments, std::string{what}.append(reason), statement};
}

} // namespace

void append_text(std::string& to, const value& from, std::string_view what, std::string_view statement)
{
    switch (from.kind()) {
    case value_kind::integer: return append_number(to, from.integer());
    case value_kind::natural: return append_number(to, from.natural());
    case value_kind::real: return append_real(to, from.real());
    case value_kind::text:
        if (from.text().find('\0') != std::string_view::npos)
            refuse(what, " has a NUL character, which no text in PostgreSQL has; bind bytes for a bytea", statement);
        to.append(from.text());
        return;
    case value_kind::time: {
        const time_text text{from.time()};
        if (text.view().empty())
            refuse(what, " does not fit: expected a point in time in the years 1 to 9999", statement);
        to.append(text.view());
        return;
    }
    case value_kind::null:
    case value_kind::blob: return;
    }
}

void check_type(const value& from, Oid type, std::string_view what, std::string_view statement)
{
    if (from.kind() == value_kind::blob && type != type::bytea)
        refuse(what, " is a blob, but the statement expects no bytea there", statement);
    if (from.kind() == value_kind::text && from.text().size() > INT_MAX - 1)
        throw database_error{database_errc::too_large, std::string{what} + " is larger than 1 GB", statement};
    if (from.kind() == value_kind::blob && from.blob().size() > INT_MAX - 1)
        throw database_error{database_errc::too_large, std::string{what} + " is larger than 1 GB", statement};
}

void arguments::set(std::span<const value> values, lifetime bytes, const PGresult* description,
                    std::string_view statement)
{
    if (const auto expected = static_cast<std::size_t>(PQnparams(description)); expected != values.size())
        throw database_error{database_errc::wrong_arguments,
                             "the statement has " + std::to_string(expected) + " placeholders, but "
                                 + std::to_string(values.size()) + " arguments were given",
                             statement};
    clear();
    for (std::size_t i = 0; i != values.size(); ++i) {
        // Numbers are never wrong, and need no name.
        const std::string what = values[i].kind() < value_kind::text ? "" : "argument " + std::to_string(i + 1);
        check_type(values[i], PQparamtype(description, static_cast<int>(i)), what, statement);
        add(values[i], bytes, what, statement);
    }
    for (std::size_t i = 0; i != offsets_.size(); ++i) // only now they stay where they are
        if (offsets_[i] != outside)
            values_[i] = bytes_.data() + offsets_[i];
}

void arguments::add(const value& from, lifetime bytes, std::string_view what, std::string_view statement)
{
    values_.push_back(nullptr);
    lengths_.push_back(0);
    formats_.push_back(from.kind() == value_kind::blob ? 1 : 0);
    offsets_.push_back(outside);
    if (from.kind() == value_kind::null)
        return;
    if (from.kind() != value_kind::blob) {
        offsets_.back() = bytes_.size();
        append_text(bytes_, from, what, statement);
        bytes_ += '\0';
        return;
    }
    const auto* const blob = reinterpret_cast<const char*>(from.blob().data());
    lengths_.back() = static_cast<int>(from.blob().size());
    if (from.blob().empty()) {
        values_.back() = ""; // a null pointer would be NULL
    } else if (bytes == lifetime::until_rebound) {
        values_.back() = blob;
    } else {
        offsets_.back() = bytes_.size();
        bytes_.append(blob, from.blob().size());
    }
}

void arguments::clear() noexcept
{
    values_.clear();
    lengths_.clear();
    formats_.clear();
    offsets_.clear();
    bytes_.clear();
    if (bytes_.capacity() > memory_kept)
        bytes_ = {};
}

} // namespace steward::inline v0::adapters::detail::pg
