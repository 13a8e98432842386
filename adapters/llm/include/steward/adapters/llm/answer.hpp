// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <string>

namespace steward::adapters {

/// What may be said beside the prompt.
struct llm_options {
    /// Who the model is to be: its system message. None if empty.
    std::string system{};
};

/// How many tokens a completion took; zero where the provider does not say it.
struct llm_usage {
    std::int64_t prompt_tokens = 0;
    std::int64_t completion_tokens = 0;
    std::int64_t total_tokens = 0;
};

/// What a model answered.
struct llm_answer {
    std::string text{};
    /// Why it ended, in the provider's words: `stop`, `length` where max_tokens was met, `content_filter`.
    std::string finish_reason{};
    llm_usage usage{};
    /// The model that answered, which may be a version of the one that was asked.
    std::string model{};
};

} // namespace steward::adapters
