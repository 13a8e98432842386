// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace steward::inline v0::adapters {

/// Who says a message.
enum class llm_role : std::uint8_t {
    system,    ///< who the model is to be
    user,      ///< what it is asked
    assistant, ///< what it answered
    tool,      ///< what a tool that it called gave back
};

/// The role as providers name it: "assistant".
[[nodiscard]] constexpr std::string_view to_string(llm_role role) noexcept
{
    switch (role) {
    case llm_role::system: return "system";
    case llm_role::user: return "user";
    case llm_role::assistant: return "assistant";
    case llm_role::tool: return "tool";
    }
    return "unknown";
}

/// A tool that a model wants to have called.
struct llm_tool_call {
    /// By which the model knows the call's result: `tool_call_id`. Empty where a provider has none.
    std::string id{};
    /// The tool's, as `llm_options::tools` has it.
    std::string name{};
    /// An object of JSON. The model wrote it: it need not be what the tool's schema says, nor JSON at all.
    std::string arguments{};

    bool operator==(const llm_tool_call&) const = default;
};

/// One message of a conversation: `{.text = "Hello"}` is the user's.
struct llm_message {
    /// Who says it.
    llm_role role = llm_role::user;
    /// What is said; empty in a message that only has tool calls.
    std::string text{};
    /// What an assistant wanted to have called.
    std::vector<llm_tool_call> tool_calls{};
    /// Which call a tool's message is the result of.
    std::string tool_call_id{};

    bool operator==(const llm_message&) const = default;
};

/// What was said so far, oldest first.
using llm_conversation = std::vector<llm_message>;

} // namespace steward::inline v0::adapters
