// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/error.hpp>
#include <steward/format/as_text.hpp>

#include <exception>
#include <string>

namespace steward::inline v0 {

namespace detail {

/// What stands behind an exception, and whether the exception's own text tells it already.
struct deeper_cause {
    std::exception_ptr cause;
    bool told = false;
};

[[nodiscard]] inline deeper_cause cause_of(const std::exception_ptr& error)
{
    try {
        std::rethrow_exception(error);
    } catch (const resource_error& e) {
        return {e.cause(), true};
    } catch (const std::nested_exception& e) {
        return {e.nested_ptr(), false};
    } catch (...) {
        return {};
    }
}

} // namespace detail

/// The error's message, which ends with its cause's, then a line for each exception that is nested deeper:
/// `db: acquire: create failed: no session`, `  because of: connection refused`. No secrets.
[[nodiscard]] inline std::string to_string(const resource_error& error)
{
    std::string text{error.what()};
    for (detail::deeper_cause next{error.cause(), true}; next.cause; next = detail::cause_of(next.cause)) {
        if (!next.told)
            text.append("\n  because of: ").append(describe(next.cause));
    }
    return text;
}

} // namespace steward::inline v0

template <>
struct fmt::formatter<steward::resource_error> : steward::detail::as_text<steward::resource_error> {};
/// One line for each wrong value: `db: max_size: expected at least 1, got 0`.
template <>
struct fmt::formatter<steward::configuration_error> : steward::detail::as_text<steward::resource_error> {};
