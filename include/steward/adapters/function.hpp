// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <functional>
#include <type_traits>
#include <utility>

/// What there is to manage: an adapter for each kind of resource; see steward::adapter.
namespace steward::inline v0::adapters {

/// Resources that a function of the user's makes: the guide's simple provider.
///
/// `from_function<make_client>` calls a function or a captureless lambda that is known at compile time; `factory` one
/// that is given at run time.
template <auto Function>
struct from_function {
    /// There is nothing to say.
    struct settings {};
    using resource_type = std::invoke_result_t<decltype(Function)>;

    /// Takes nothing.
    explicit from_function(settings) {}

    [[nodiscard]] resource_type create() { return std::invoke(Function); }
};

/// Resources that a function object makes, given when the manager is built:
/// `factory<client>`, `R::with([&] { return client{host}; })`.
template <class T>
struct factory {
    using settings = std::function<T()>;
    using resource_type = T;

    /// `make` is called by several threads at once, and has to be callable: an empty one throws std::bad_function_call.
    explicit factory(settings make) : make_{std::move(make)} {}

    [[nodiscard]] T create() { return make_(); }

private:
    settings make_;
};

} // namespace steward::inline v0::adapters
