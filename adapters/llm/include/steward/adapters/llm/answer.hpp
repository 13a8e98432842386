// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/llm/message.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace steward::inline v0::adapters {

/// How many tokens a completion took; zero where the provider does not say it.
struct llm_usage {
    std::int64_t prompt_tokens = 0;     ///< of the conversation that was sent
    std::int64_t completion_tokens = 0; ///< of the answer
    std::int64_t total_tokens = 0;      ///< their sum, or what the provider says it is
};

/// What a resource has asked and used so far.
struct llm_totals {
    std::uint64_t requests = 0;         ///< that were sent, tries that failed included
    std::int64_t prompt_tokens = 0;     ///< as far as providers said it
    std::int64_t completion_tokens = 0; ///< the same
    double cost = 0;                    ///< by the settings' prices
};

/// What a model answered.
struct llm_answer {
    /// Empty where the model only wants tools to be called.
    std::string text{};
    /// Why it ended, in the same words for all providers: `stop`, `length` where max_tokens was met, `tool_calls`,
    /// `content_filter`. Other reasons are in the provider's words. Empty if the provider does not say it, or if the sink of
    /// a stream ended it.
    std::string finish_reason{};
    /// What it took.
    llm_usage usage{};
    /// The model that answered, which may be a version of the one that was asked.
    std::string model{};
    /// What the model wants to have called before it goes on.
    std::vector<llm_tool_call> tool_calls{};

    /// The answer as a message, for the conversation that goes on: results of its tool calls follow it.
    [[nodiscard]] llm_message message() const
    {
        return {.role = llm_role::assistant, .text = text, .tool_calls = tool_calls};
    }
};

/// What an embedding model made of texts.
struct llm_embeddings {
    /// One for each text, in their order.
    std::vector<std::vector<float>> vectors{};
    /// What it took; an embedding has prompt tokens only.
    llm_usage usage{};
    /// The model that made them.
    std::string model{};
};

} // namespace steward::inline v0::adapters
