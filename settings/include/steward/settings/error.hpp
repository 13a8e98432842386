// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace steward::inline v0 {

/// One wrong place in a settings file.
struct settings_problem {
    std::size_t line;    ///< from 1
    std::size_t column;  ///< from 1
    std::string message; ///< `auto_cleanup: expected true or false, got 'maybe'`; never a secret
};

/// Settings that cannot be read: all that is wrong with them at once, in the order of the file.
/// Its text has a line for each, `file:line:column: message`.
class settings_error : public std::runtime_error {
public:
    /// `file` is the file's name for the text; the problems are put into the order of the file.
    settings_error(std::string_view file, std::vector<settings_problem> problems);

    /// All of them, in the order of the file.
    [[nodiscard]] const std::vector<settings_problem>& problems() const noexcept { return problems_; }

private:
    std::vector<settings_problem> problems_;
};

} // namespace steward::inline v0
