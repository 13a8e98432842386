// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/detail/redact.hpp>

#include <cstddef>
#include <exception>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace steward::inline v0 {

/// Why an operation on a resource failed.
enum class errc {
    timed_out,        ///< no slot became free, or no shared resource was there, before the deadline
    closed,           ///< the manager or this resource was closed, or is the parent's, after `fork`
    suspended,        ///< the resource is suspended and did not resume before the deadline
    create_failed,    ///< the adapter's create threw; cause() is what it threw at the caller, null if at somebody else
    invalid,          ///< a shared resource failed its validation, and others who hold it did not leave in time
    circuit_open,     ///< a health policy refuses at once
    overloaded,       ///< max_waiting callers wait already
    cancelled,        ///< the caller's stop token was triggered while it waited
    unknown_resource, ///< no resource of that name in this manager
    configuration, ///< settings or options were wrong (see configuration_error), a time-out was negative, or what was
                   ///< to be opened again is open
};
/// How many there are: the size of arrays that are indexed by one.
inline constexpr std::size_t error_codes = 10;

/// What was being done when an error arose. What fails while a resource is validated, given back or ended reaches no caller:
/// metrics policies and `cleanup` tell it.
enum class operation {
    acquire,   ///< a resource was to be lent
    create,    ///< the adapter was to create one
    open,      ///< a closed pool was to be opened again
    configure, ///< settings and options were looked at
    look_up    ///< a name was looked for that is known at run time only
};

/// The code in words: "timed out".
[[nodiscard]] constexpr std::string_view to_string(errc code) noexcept
{
    switch (code) {
    case errc::timed_out: return "timed out";
    case errc::closed: return "closed";
    case errc::suspended: return "suspended";
    case errc::create_failed: return "create failed";
    case errc::invalid: return "invalid";
    case errc::circuit_open: return "circuit open";
    case errc::overloaded: return "overloaded";
    case errc::cancelled: return "cancelled";
    case errc::unknown_resource: return "unknown resource";
    case errc::configuration: return "wrong configuration";
    }
    return "unknown error";
}

/// The operation in words: "look up".
[[nodiscard]] constexpr std::string_view to_string(operation what) noexcept
{
    switch (what) {
    case operation::acquire: return "acquire";
    case operation::create: return "create";
    case operation::open: return "open";
    case operation::configure: return "configure";
    case operation::look_up: return "look up";
    }
    return "unknown operation";
}

/// What an adapter throws where trying again is of no use, such as a refused password: everybody who waits for a
/// resource then fails at once, with this as the reason, instead of at his deadline.
class permanent_failure : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// The text of an exception, for messages; user-info and passwords in it are replaced by `***`. Empty for null.
[[nodiscard]] inline std::string describe(const std::exception_ptr& error)
{
    if (!error)
        return {};
    try {
        std::rethrow_exception(error);
    } catch (const std::exception& e) {
        return detail::redact(e.what());
    } catch (...) {
        return "an exception that is no std::exception";
    }
}

/// What went wrong with one resource: which, during what, why, and what the adapter said.
///
/// Thrown by `acquire`, carried by the std::expected of `try_acquire`. Its text never holds a secret that
/// stands in the adapter's message as a URL's user-info or as `password=...`.
class resource_error : public std::runtime_error {
public:
    /// `details` and what `cause` says become part of the text, without secrets.
    resource_error(std::string_view resource, operation what, errc code, std::string_view details = {},
                   std::exception_ptr cause = nullptr)
        : std::runtime_error{text(resource, what, code, details, cause)}, resource_{resource}, operation_{what},
          code_{code}, cause_{std::move(cause)}
    {
    }

    /// The name of the resource as it was declared.
    [[nodiscard]] const std::string& resource() const noexcept { return resource_; }
    /// What was being done.
    [[nodiscard]] steward::operation operation() const noexcept { return operation_; }
    /// Why it failed.
    [[nodiscard]] errc code() const noexcept { return code_; }
    /// The adapter's own exception, or null. A time-out names the last one in its text: the exception itself was for
    /// the caller who got it, and no two threads share it.
    [[nodiscard]] const std::exception_ptr& cause() const noexcept { return cause_; }

protected:
    /// With a whole text: for errors of configuration.
    resource_error(const std::string& whole, std::string_view resource)
        : std::runtime_error{whole}, resource_{resource}, operation_{operation::configure}, code_{errc::configuration}
    {
    }

private:
    static std::string text(std::string_view resource, steward::operation what, errc code, std::string_view details,
                            const std::exception_ptr& cause)
    {
        std::string result{resource};
        result.append(": ").append(to_string(what)).append(": ").append(to_string(code));
        if (!details.empty())
            result.append(": ").append(detail::redact(details));
        if (cause)
            result.append(": ").append(describe(cause));
        return result;
    }

    std::string resource_;
    steward::operation operation_;
    errc code_;
    std::exception_ptr cause_;
};

/// One wrong value: where it stands and what was expected there.
struct configuration_problem {
    std::string resource; ///< the resource's declared name
    std::string field;    ///< the member's name: `base_path`, `max_size`
    std::string message;  ///< `expected an existing directory, got '/nowhere'`
};

/// Settings or options that cannot work, found when the manager is built: all of them at once.
class configuration_error : public resource_error {
public:
    /// The problems in the order in which the text tells them, one on each line.
    explicit configuration_error(std::vector<configuration_problem> problems)
        : resource_error{text(problems), problems.empty() ? std::string_view{} : problems.front().resource},
          problems_{std::move(problems)}
    {
        for (configuration_problem& problem : problems_)
            problem.message = detail::redact(problem.message);
    }

    /// All of them, without secrets as the text is.
    [[nodiscard]] const std::vector<configuration_problem>& problems() const noexcept { return problems_; }

private:
    static std::string text(const std::vector<configuration_problem>& problems)
    {
        std::string result;
        for (const configuration_problem& problem : problems) {
            if (!result.empty())
                result += '\n';
            result.append(problem.resource)
                .append(": ")
                .append(problem.field)
                .append(": ")
                .append(detail::redact(problem.message));
        }
        return result;
    }

    std::vector<configuration_problem> problems_;
};

} // namespace steward::inline v0
