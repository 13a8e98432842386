// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <stdexcept>
#include <string_view>

namespace examples {

/// The command line cannot be understood; the text says what is wrong with it.
struct usage_error : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// The arguments behind a program's name one by one; `--name=value` is the same as `--name value`. Throws usage_error.
class argument_list {
public:
    explicit argument_list(std::span<const char* const> given) noexcept : left_{given} {}

    /// Goes to the next option; false behind the last one.
    [[nodiscard]] bool next();
    [[nodiscard]] std::string_view name() const noexcept { return name_; }

    /// The value of the present option.
    [[nodiscard]] std::string_view value(std::string_view expected);
    /// The value as a number from 1 to `most`.
    [[nodiscard]] std::size_t number(std::size_t most);

private:
    std::span<const char* const> left_;
    std::string_view name_;
    std::optional<std::string_view> value_;
};

} // namespace examples
