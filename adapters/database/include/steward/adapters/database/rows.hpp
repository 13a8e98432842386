// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/database/detail/open_result.hpp>

#include <cstddef>
#include <iterator>
#include <memory>
#include <ranges>
#include <span>
#include <string_view>
#include <type_traits>

namespace steward::inline v0::adapters {

/// The rows of a query, one after the other: a single-pass input range, and a view (for std and for range-v3).
///
/// Nothing runs before `begin()`; each increment fetches one row into one object, which is overwritten by the next, so a
/// result of any length needs the memory of one row. The reference is not const: `std::move(*it)` takes the row.
/// Dropping the range half-way closes the statement. Copies share one position, as copies of an input iterator do.
/// Using it after its session went back to its pool throws database_errc::expired; no other holder's session is touched.
/// Errors: iterating throws database_error. Threads: those of its session, one at a time.
template <class Row>
class rows {
    struct state {
        detail::open_result result;
        Row row{};
        bool started = false, ended = false;

        state(detail::connection& host, std::string_view sql, std::span<const detail::value> arguments)
            : result{host, sql, arguments, detail::lifetime::this_call, detail::row_kinds<Row>}
        {
        }
        void advance()
        {
            started = true;
            ended = true; // also if one of the next two throws
            if (result.step()) {
                result.read(row);
                ended = false;
            }
        }
    };

public:
    /// Where the range is: an input iterator whose reference is valid until the next increment. Incrementing fetches a row and
    /// throws database_error.
    class iterator {
    public:
        /// What std::input_iterator asks for.
        /// @{
        using iterator_concept = std::input_iterator_tag;
        using iterator_category = std::input_iterator_tag;
        using value_type = Row;
        using difference_type = std::ptrdiff_t;
        using reference = Row&;
        using pointer = Row*;

        iterator() = default;
        explicit iterator(state* shared) noexcept : state_{shared} {}

        [[nodiscard]] Row& operator*() const noexcept { return state_->row; }
        [[nodiscard]] Row* operator->() const noexcept { return &state_->row; }
        iterator& operator++()
        {
            state_->advance();
            return *this;
        }
        void operator++(int) { ++*this; }
        friend bool operator==(const iterator& it, std::default_sentinel_t) noexcept
        {
            return !it.state_ || it.state_->ended;
        }
        /// @}

    private:
        state* state_ = nullptr;
    };

    /// An empty range.
    rows() = default;
    /// Notes the query and copies its arguments: `session::query` calls it.
    rows(detail::connection& host, std::string_view sql, std::span<const detail::value> arguments)
        : state_{std::make_shared<state>(host, sql, arguments)}
    {
    }

    /// Runs the query up to its first row; once begun, the iterator of the current row.
    [[nodiscard]] iterator begin() const
    {
        if (state_ && !state_->started)
            state_->advance();
        return iterator{state_.get()};
    }
    /// Where the query has no more rows.
    [[nodiscard]] std::default_sentinel_t end() const noexcept { return std::default_sentinel; }

private:
    std::shared_ptr<state> state_;
};

} // namespace steward::inline v0::adapters

/// @cond
template <class Row>
inline constexpr bool std::ranges::enable_view<steward::adapters::rows<Row>> = true;

// Says the same to range-v3, which a user may or may not include, before or after this file.
namespace ranges::ext {
template <class T>
struct enable_view;
template <class Row>
struct enable_view<steward::adapters::rows<Row>> : std::true_type {};
} // namespace ranges::ext
/// @endcond
