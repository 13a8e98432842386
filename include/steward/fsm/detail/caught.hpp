// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/fsm/arc.hpp>

#include <exception>

namespace steward::inline v0::detail {

/// What an `on_error` arc does in the handler of an exception: calls `f(error)` if it is one of its own, and says what `f`
/// says; false for others.
template <class OnError>
struct caught;
template <>
struct caught<on_error<>> {
    template <class F>
    static bool call(F f)
    {
        return f(std::current_exception());
    }
};
template <class... Errors>
struct caught<on_error<Errors...>> {
    template <class F>
    static bool call(F f)
    {
        return (call_for<Errors>(f) || ...);
    }

private:
    template <class Error, class F>
    static bool call_for(F& f)
    {
        try {
            throw;
        } catch (const Error& error) {
            return f(error);
        } catch (...) {
            return false;
        }
    }
};

} // namespace steward::inline v0::detail
