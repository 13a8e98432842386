// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace steward::inline v0::adapters::detail {

/// What databases can hold, whatever they call it. `natural` is an integer above the range of `integer`. A `time` only
/// goes in: it comes back as the text with which all of them write it.
enum class value_kind : unsigned char { null, integer, natural, real, text, blob, time };

/// One value on its way into or out of a database.
///
/// Texts and blobs are views: whoever makes a value keeps their bytes alive while it is used. A value that a cursor
/// returns is valid until that cursor's next step.
class value {
public:
    constexpr value() noexcept : kind_{value_kind::null}, integer_{0} {}
    constexpr explicit value(std::int64_t number) noexcept : kind_{value_kind::integer}, integer_{number} {}
    constexpr explicit value(double number) noexcept : kind_{value_kind::real}, real_{number} {}
    constexpr explicit value(std::string_view text) noexcept : kind_{value_kind::text}, bytes_{text.data(), text.size()}
    {
    }
    constexpr explicit value(std::span<const std::byte> blob) noexcept
        : kind_{value_kind::blob}, bytes_{blob.data(), blob.size()}
    {
    }
    [[nodiscard]] static constexpr value from_unsigned(std::uint64_t number) noexcept
    {
        value result{static_cast<std::int64_t>(number)};
        if (number > static_cast<std::uint64_t>(INT64_MAX))
            result.kind_ = value_kind::natural;
        return result;
    }
    /// A point in time: microseconds since 1970 in UTC.
    [[nodiscard]] static constexpr value from_time(std::int64_t microseconds) noexcept
    {
        value result{microseconds};
        result.kind_ = value_kind::time;
        return result;
    }

    [[nodiscard]] constexpr value_kind kind() const noexcept { return kind_; }
    [[nodiscard]] constexpr std::int64_t integer() const noexcept { return integer_; }
    [[nodiscard]] constexpr std::uint64_t natural() const noexcept { return static_cast<std::uint64_t>(integer_); }
    [[nodiscard]] constexpr std::int64_t time() const noexcept { return integer_; }
    [[nodiscard]] constexpr double real() const noexcept { return real_; }
    [[nodiscard]] std::string_view text() const noexcept
    {
        return {static_cast<const char*>(bytes_.data), bytes_.size};
    }
    [[nodiscard]] std::span<const std::byte> blob() const noexcept
    {
        return {static_cast<const std::byte*>(bytes_.data), bytes_.size};
    }

private:
    struct bytes {
        const void* data;
        std::size_t size;
    };

    value_kind kind_;
    union {
        std::int64_t integer_;
        double real_;
        bytes bytes_;
    };
};

} // namespace steward::inline v0::adapters::detail
