// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/http/event_stream.hpp>
#include <steward/adapters/http/line_stream.hpp>
#include <steward/adapters/llm/transport.hpp>

#include <cstddef>
#include <exception>
#include <expected>
#include <functional>
#include <optional>
#include <string_view>

namespace steward::inline v0::adapters::detail {

/// Puts an answer together that comes as a stream, and passes its text on.
class stream_reader {
public:
    /// A stream of more than `max_body` bytes is refused. The functions and the sink have to outlive it.
    stream_reader(const llm_functions& functions, const std::function<bool(std::string_view)>& sink,
                  std::size_t max_body)
        : functions_{functions}, sink_{sink}, max_body_{max_body}
    {
    }

    /// Takes the next piece of the stream. False if the rest of it is of no use. Throws http_error (too_large) as
    /// event_stream does.
    bool take(std::string_view piece);
    /// The stream has ended: the answer, or why there is none. Throws what the sink threw.
    [[nodiscard]] std::expected<llm_answer, llm_failure> finish();

    /// Whether there was anything yet.
    [[nodiscard]] bool begun() const noexcept { return bytes_ != 0; }

private:
    bool on_event(const llm_event& event);
    bool pass_on(std::string_view text);

    const llm_functions& functions_;
    const std::function<bool(std::string_view)>& sink_;
    std::size_t max_body_;
    std::size_t bytes_ = 0;
    bool any_event_ = false;
    event_stream events_{};
    line_stream lines_{};
    llm_partial_answer so_far_{};
    bool stopped_ = false; ///< the sink wanted no more
    std::exception_ptr thrown_{};
    std::optional<llm_failure> failure_{};
};

} // namespace steward::inline v0::adapters::detail
