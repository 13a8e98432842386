// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/fsm/state.hpp>
#include <steward/needs.hpp>

#include <concepts>
#include <cstddef>
#include <type_traits>

namespace steward::inline v0 {

/// An arc's guard: it is taken only where the guard is true. `Guard` is a pointer to a member of the data (a bool, or a
/// function that gives one), a function, a lambda or a function object: `guard(data)` or `guard(data, resources)`, with
/// the resources of the state that it leaves. `when<&batch::valid>`.
template <auto Guard>
struct when {};

/// An arc that is taken when its state throws one of these, and no other time; without any named, for everything that is
/// thrown. The state has given its resources back by then.
template <class... Errors>
struct on_error {};

/// What an arc does to the data on its way: `transform(data)` or `transform(data, resources)`, with the arc's own needs and
/// the machine's; on an `on_error` arc also `transform(data, error)` and `transform(data, resources, error)`, where the error
/// of an `on_error<>` is a `std::exception_ptr`.
template <auto Transform>
struct transform {};

/// Of the arcs that leave a state those with a higher priority are tried first; 0 if none is given. Where it is the same
/// the order is that in which they are declared.
template <int Priority>
struct priority {};

namespace detail {

template <class Option>
inline constexpr bool is_arc_option = false;
template <auto Guard>
inline constexpr bool is_arc_option<when<Guard>> = true;
template <class... Errors>
inline constexpr bool is_arc_option<on_error<Errors...>> = true;
template <auto Transform>
inline constexpr bool is_arc_option<transform<Transform>> = true;
template <int Priority>
inline constexpr bool is_arc_option<priority<Priority>> = true;
template <need... Needs>
inline constexpr bool is_arc_option<needs<Needs...>> = true;

// What an option says, each by the base that it becomes.
struct no_arc_option {
    static constexpr bool is_guarded = false;
    static constexpr bool is_for_errors = false;
    static constexpr bool transforms = false;
    static constexpr int rank = 0;
    using needs = steward::needs<>;
};
template <class Option, class Rest>
struct with_option;
template <auto Guard, class Rest>
struct with_option<when<Guard>, Rest> : Rest {
    static_assert(!Rest::is_guarded, "steward::arc: two guards were given; join them with &&");
    static constexpr bool is_guarded = true;
    static constexpr auto guard = Guard;
};
template <class... Errors, class Rest>
struct with_option<on_error<Errors...>, Rest> : Rest {
    static_assert(!Rest::is_for_errors, "steward::arc: on_error was given twice; name all errors in one");
    static constexpr bool is_for_errors = true;
    using errors = on_error<Errors...>;
};
template <auto Transform, class Rest>
struct with_option<transform<Transform>, Rest> : Rest {
    static_assert(!Rest::transforms, "steward::arc: two transforms were given");
    static constexpr bool transforms = true;
    static constexpr auto transform = Transform;
};
template <int Priority, class Rest>
struct with_option<priority<Priority>, Rest> : Rest {
    static constexpr int rank = Priority;
};
template <need... Needs, class Rest>
struct with_option<needs<Needs...>, Rest> : Rest {
    using needs = steward::needs<Needs...>;
};

template <class... Options>
struct arc_options {
    using type = no_arc_option;
};
template <class First, class... Rest>
struct arc_options<First, Rest...> {
    using type = with_option<First, typename arc_options<Rest...>::type>;
};

template <class Option>
struct is_an_option_of_an_arc {
    static_assert(is_arc_option<Option>,
                  "steward::arc: expected when<>, on_error<>, transform<>, priority<> or needs<>");
    static constexpr bool value = true;
};

} // namespace detail

/// The way from one state to another: `arc<load, quarantine, on_error<database_error>>`. Options in any order: `when`,
/// `on_error`, `transform`, `priority`, `needs` (held during the transform).
template <class From, class To, class... Options>
struct arc {
    static_assert((detail::is_an_option_of_an_arc<Options>::value && ...));
    static_assert(detail::arc_options<Options...>::type::transforms
                      || detail::arc_options<Options...>::type::needs::size == 0,
                  "steward::arc: it has needs, but no transform<> to use them");
    using from = From; ///< the state that it leaves
    using to = To;     ///< the state that it leads to
};

/// The arcs of a machine. Of those that leave a state the first is taken whose guard is true.
template <class... Arcs>
struct arcs {};

namespace detail {

template <class Arc>
struct options_of_arc;
template <class From, class To, class... Options>
struct options_of_arc<arc<From, To, Options...>> : arc_options<Options...>::type {};

/// Whether the guard of an arc lets this data pass.
template <class Options, class Data, class Held>
[[nodiscard]] constexpr bool guard_is_true(Data& data, Held& resources)
{
    if constexpr (Options::is_guarded) {
        using guard_type = std::remove_cv_t<decltype(Options::guard)>;
        if constexpr (std::is_member_object_pointer_v<guard_type>)
            return static_cast<bool>(data.*Options::guard);
        else if constexpr (std::is_member_function_pointer_v<guard_type>)
            return static_cast<bool>((data.*Options::guard)());
        else
            return static_cast<bool>(call_with(Options::guard, data, resources));
    } else {
        return true;
    }
}

/// Calls the transform of an `on_error` arc, which may want to see the error.
template <class Options, class Data, class Held, class Error>
constexpr void transform_error(Data& data, Held& resources, const Error& error)
{
    constexpr auto f = Options::transform;
    if constexpr (std::invocable<decltype(f), Data&, Held&, const Error&>)
        f(data, resources, error);
    else if constexpr (!std::invocable<decltype(f), Data&, Held&> && std::invocable<decltype(f), Data&, const Error&>)
        f(data, error);
    else
        call_with(f, data, resources);
}

} // namespace detail
} // namespace steward::inline v0
