// SPDX-License-Identifier: BSL-1.0
#include "requests.hpp"

#include "json.hpp"

#include <utility>

namespace steward::inline v0::adapters::detail {

namespace {

using nlohmann::json;

json call_of(const llm_tool_call& call)
{
    return {{"id", call.id}, {"type", "function"}, {"function", {{"name", call.name}, {"arguments", call.arguments}}}};
}

json message_of(const llm_message& message)
{
    json result{{"role", to_string(message.role)}, {"content", message.text}};
    if (!message.tool_calls.empty()) {
        if (message.text.empty())
            result["content"] = nullptr;
        for (const llm_tool_call& call : message.tool_calls)
            result["tool_calls"].push_back(call_of(call));
    }
    if (message.role == llm_role::tool)
        result["tool_call_id"] = message.tool_call_id;
    return result;
}

json messages_of(std::span<const llm_message> conversation, const llm_options& options)
{
    json messages = json::array();
    if (!options.system.empty())
        messages.push_back({{"role", "system"}, {"content", options.system}});
    for (const llm_message& message : conversation)
        messages.push_back(message_of(message));
    return messages;
}

void add_format(json& body, const llm_options& options, const asked_model& asked)
{
    if (!options.json_schema.empty())
        body["response_format"] = {
            {"type", "json_schema"},
            {"json_schema",
             {{"name", "answer"}, {"schema", schema_of(options.json_schema, "json_schema", asked)}, {"strict", true}}}};
    else if (options.json)
        body["response_format"] = {{"type", "json_object"}};
}

} // namespace

http_request post_of(std::string path, const json& body, const asked_model& asked)
{
    return {.method = "POST",
            .path = std::move(path),
            .body = body_of(body, asked.provider, asked.model),
            .content_type = "application/json",
            .repeatable = true};
}

json schema_of(std::string_view text, std::string_view what, const asked_model& asked)
{
    if (text.empty())
        return {{"type", "object"}};
    return object_of(text, what, asked.provider, asked.model);
}

json function_of(const llm_tool& tool, const asked_model& asked)
{
    json function{{"name", tool.name}};
    if (!tool.description.empty())
        function["description"] = tool.description;
    if (!tool.parameters.empty())
        function["parameters"] = schema_of(tool.parameters, "the parameters of tool " + tool.name, asked);
    return {{"type", "function"}, {"function", std::move(function)}};
}

json chat_completion(const asked_model& asked, std::span<const llm_message> conversation, const llm_options& options,
                     bool streamed)
{
    json body{{"model", asked.model}, {"messages", messages_of(conversation, options)}};
    if (options.temperature)
        body["temperature"] = *options.temperature;
    if (!options.stop.empty())
        body["stop"] = options.stop;
    if (options.seed)
        body["seed"] = *options.seed;
    for (const llm_tool& tool : options.tools)
        body["tools"].push_back(function_of(tool, asked));
    add_format(body, options, asked);
    if (streamed) {
        body["stream"] = true;
        body["stream_options"] = {{"include_usage", true}};
    }
    return body;
}

} // namespace steward::inline v0::adapters::detail
