// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/error.hpp>
#include <steward/time.hpp>

#include <cstdint>
#include <exception>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace steward::inline v0 {

/// Why a machine itself could not go on.
enum class machine_errc {
    no_way,               ///< no guard of the arcs that leave the state is true for this data
    rejected,             ///< a validator of the state said no
    stopped,              ///< the run's stop token was triggered
    timed_out,            ///< the run's time was over
    too_many_transitions, ///< more than the machine's max_transitions
};

/// What a machine throws, as opposed to its states and their resources. `on_error<machine_error>` arcs catch it.
class machine_error : public std::runtime_error {
public:
    /// `state` stands at the front of the text, `what` behind it.
    machine_error(machine_errc code, std::string_view state, std::string_view what)
        : std::runtime_error{std::string{state}.append(": ").append(what)}, code_{code}
    {
    }

    /// Why it could not go on.
    [[nodiscard]] machine_errc code() const noexcept { return code_; }

private:
    machine_errc code_;
};

/// What became of one run of a machine.
template <class Data>
struct outcome {
    bool completed = false; ///< it reached a final state
    std::vector<std::string_view>
        path;                      ///< the states that it entered, in order; those of a nested machine as `outer/inner`
    Data data;                     ///< as the last state left it
    std::string_view failed_state; ///< the state that threw or could not get what it needs; empty if none
    std::exception_ptr error;      ///< what was thrown; null if nothing was

    /// The text of the error without secrets; empty if there is none.
    [[nodiscard]] std::string error_message() const { return describe(error); }

    /// The name of the resource that could not be had; empty if that is not why it failed.
    [[nodiscard]] std::string failed_resource() const
    {
        if (error == nullptr)
            return {};
        try {
            std::rethrow_exception(error);
        } catch (const resource_error& e) {
            return e.resource();
        } catch (...) {
            return {};
        }
    }
};

/// What an observer of a run is told when a state was left.
struct transition {
    std::string_view from;                  ///< the state that was left
    std::string_view to;                    ///< empty if the run ends here
    std::uint64_t execution;                ///< its number in the process
    time_point entered;                     ///< when the state was entered
    time_point left;                        ///< when it was left
    std::span<const std::string_view> held; ///< the resources that the state held; valid during the call
    std::exception_ptr error;               ///< what it threw; null if nothing
};

} // namespace steward::inline v0
