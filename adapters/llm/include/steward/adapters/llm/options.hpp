// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace steward::inline v0::adapters {

/// What a model may ask to have called: its calls are in `llm_answer::tool_calls`.
struct llm_tool {
    /// By which the model calls it.
    std::string name{};
    /// What it does, in words for the model.
    std::string description{};
    /// Its parameters: a JSON Schema of an object. None if empty.
    std::string parameters{};
};

/// What may be said beside the prompt. What is left open is as the settings say, or as the model likes.
struct llm_options {
    /// Who the model is to be: its system message. None if empty.
    std::string system{};
    /// How much chance there is in the answer.
    std::optional<double> temperature{};
    /// The longest answer.
    std::optional<unsigned> max_tokens{};
    /// Texts at which the answer ends, without them.
    std::vector<std::string> stop{};
    /// The same seed gives the same answer, as far as the provider can do that.
    std::optional<std::int64_t> seed{};
    /// Whether the answer has to be JSON. Some providers want the prompt to say so, too.
    bool json = false;
    /// The JSON Schema that the answer has to follow; `json` need not be said then.
    std::string json_schema{};
    /// What it may ask to have called, if it can; none if empty.
    std::vector<llm_tool> tools{};
};

} // namespace steward::inline v0::adapters
