// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace steward::inline v0::adapters {

/// What Redis answered, as a value: `reply.is_nil()`, `reply.integer()`, `reply.text()`, `reply.array()[0].text()`.
///
/// What is asked for but not there throws redis_error (wrong_reply). Texts may hold any bytes.
class redis_reply {
public:
    /// What kind of value it is.
    enum class kind {
        nil,     ///< nothing
        integer, ///< of 64 bits
        string,  ///< a value
        status,  ///< a word of the server's, such as OK
        error,   ///< inside an array or a pipeline's results; elsewhere it is thrown
        array,   ///< of replies
    };

    redis_reply() = default;
    /// An integer, or an array.
    /// @{
    explicit redis_reply(std::int64_t value) : value_{value}, kind_{kind::integer} {}
    explicit redis_reply(std::vector<redis_reply> elements) : value_{std::move(elements)}, kind_{kind::array} {}
    /// @}
    /// A string, status or error.
    redis_reply(kind which, std::string text) : value_{std::move(text)}, kind_{which} {}

    /// What it is.
    [[nodiscard]] kind type() const noexcept { return kind_; }
    /// Whether there is nothing.
    [[nodiscard]] bool is_nil() const noexcept { return kind_ == kind::nil; }
    /// Whether it is an error of the server's.
    [[nodiscard]] bool is_error() const noexcept { return kind_ == kind::error; }
    /// The integer.
    [[nodiscard]] std::int64_t integer() const;
    /// Of a string, a status or an error.
    /// @{
    [[nodiscard]] const std::string& text() const&;
    [[nodiscard]] std::string text() &&;
    /// @}
    /// The elements.
    /// @{
    [[nodiscard]] const std::vector<redis_reply>& array() const&;
    [[nodiscard]] std::vector<redis_reply> array() &&;
    /// @}

    friend bool operator==(const redis_reply&, const redis_reply&) = default;

private:
    std::variant<std::monostate, std::int64_t, std::string, std::vector<redis_reply>> value_{};
    kind kind_ = kind::nil;
};

/// The kind in words: "an integer".
[[nodiscard]] std::string_view to_string(redis_reply::kind which) noexcept;

} // namespace steward::inline v0::adapters
