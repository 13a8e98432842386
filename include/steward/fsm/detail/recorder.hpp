// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/fsm/outcome.hpp>
#include <steward/fsm/state.hpp>
#include <steward/held_view.hpp>
#include <steward/needs.hpp>
#include <steward/time.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace steward::inline v0 {

/// For a run that nobody observes.
struct no_observer {};

namespace detail {

template <class... States>
inline constexpr auto joined_names =
    joined<(state_name<States>().size() + ...) + sizeof...(States) - 1>({state_name<States>()...}, "/");

/// The name of a state in a nested machine: `outer/inner`.
template <class... States>
[[nodiscard]] constexpr std::string_view path_name() noexcept
{
    return {joined_names<States...>.data(), joined_names<States...>.size() - 1};
}

/// For a run without a history: every call is empty.
struct no_recorder {
    static constexpr bool observes = false;

    static void reaches(std::string_view) noexcept {}
    static void enters() noexcept {}
    template <class View>
    static void holds(const View&) noexcept
    {
    }
    static void leaves(std::string_view, std::string_view, std::uint64_t, const std::exception_ptr& = {}) noexcept {}
};

/// Writes down which states were entered, and tells an observer what became of them.
template <class Observer>
class recorder {
    struct nothing {};

public:
    static constexpr bool observes = !std::is_same_v<Observer, no_observer>;

    recorder(std::vector<std::string_view>& path, Observer& observer) noexcept : path_{path}, observer_{observer} {}

    /// It is this state's turn, or again, where a nested machine has ended.
    void reaches(std::string_view state) noexcept { state_ = state; }
    void enters()
    {
        path_.push_back(state_);
        if constexpr (observes) {
            entered_.push_back(clock::now());
            held_.clear();
        }
    }

    /// What the state holds when it is about to be left.
    template <class Owner, need... Needs>
    void holds(const held_view<Owner, needs<Needs...>>& resources)
    {
        if constexpr (observes) {
            held_.clear();
            ((resources.template find<Needs.name>() != nullptr ? held_.push_back(Needs.name.view()) : void()), ...);
        }
    }

    /// The state was left for another one, or for none; with what it threw, if it did.
    void leaves(std::string_view state, std::string_view to, std::uint64_t execution,
                const std::exception_ptr& error = {})
    {
        if constexpr (observes) {
            const time_point since = entered_.back();
            entered_.pop_back();
            if (error != nullptr)
                held_.clear(); // it has given all back
            observer_(transition{state, to, execution, since, clock::now(), held_, error});
        }
    }

    /// The state that it is in, or was in when it failed.
    [[nodiscard]] std::string_view state() const noexcept { return state_; }

private:
    std::vector<std::string_view>& path_;
    Observer& observer_;
    std::string_view state_{};
    // Since when it is in which states, outermost first; and what the last one held.
    [[no_unique_address]] std::conditional_t<observes, std::vector<time_point>, nothing> entered_{};
    [[no_unique_address]] std::conditional_t<observes, std::vector<std::string_view>, std::array<nothing, 1>> held_{};
};

} // namespace detail
} // namespace steward::inline v0
