// SPDX-License-Identifier: BSL-1.0
#include <steward/adapters/llm/openai.hpp>

#include "common_settings.hpp"
#include "json.hpp"

#include <utility>

namespace steward::adapters {

namespace {

using nlohmann::json;

bool is_openais_own(const openai_settings& wanted) { return wanted.base_url == openai_settings{}.base_url; }

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

json tool_of(const llm_tool& tool, const openai_settings& wanted)
{
    json function{{"name", tool.name}};
    if (!tool.description.empty())
        function["description"] = tool.description;
    if (!tool.parameters.empty())
        function["parameters"] =
            detail::object_of(tool.parameters, "the parameters of tool " + tool.name, openai::name, wanted.model);
    return {{"type", "function"}, {"function", std::move(function)}};
}

void add_format(json& body, const llm_options& options, const openai_settings& wanted)
{
    if (!options.json_schema.empty())
        body["response_format"] = {
            {"type", "json_schema"},
            {"json_schema",
             {{"name", "answer"},
              {"schema", detail::object_of(options.json_schema, "json_schema", openai::name, wanted.model)},
              {"strict", true}}}};
    else if (options.json)
        body["response_format"] = {{"type", "json_object"}};
}

http_request post(std::string path, const json& body, const openai_settings& wanted)
{
    return {.method = "POST",
            .path = std::move(path),
            .body = detail::body_of(body, openai::name, wanted.model),
            .content_type = "application/json",
            .repeatable = true}; // a second answer costs money, but does no harm
}

} // namespace

void openai::check(const settings& wanted, configuration_check& check)
{
    detail::check_key(wanted, is_openais_own(wanted), check);
    detail::check_common(wanted, 2, check);
}

http_settings openai::service(const settings& wanted)
{
    http_settings result = detail::anonymous_service(wanted);
    if (std::string key = detail::needed_key(wanted.api_key, name); !key.empty())
        result.auth = bearer{std::move(key)};
    return result;
}

http_request openai::request(const settings& wanted, std::span<const llm_message> conversation,
                             const llm_options& options, bool streamed)
{
    json body{{"model", wanted.model}, {"messages", messages_of(conversation, options)}};
    if (options.temperature)
        body["temperature"] = *options.temperature;
    // OpenAI's newer models refuse max_tokens, other services do not know its successor.
    if (options.max_tokens)
        body[is_openais_own(wanted) ? "max_completion_tokens" : "max_tokens"] = *options.max_tokens;
    if (!options.stop.empty())
        body["stop"] = options.stop;
    if (options.seed)
        body["seed"] = *options.seed;
    for (const llm_tool& tool : options.tools)
        body["tools"].push_back(tool_of(tool, wanted));
    add_format(body, options, wanted);
    if (streamed) {
        body["stream"] = true;
        body["stream_options"] = {{"include_usage", true}};
    }
    return post("/chat/completions", body, wanted);
}

http_request openai::embedding_request(const settings& wanted, std::span<const std::string> texts)
{
    return post("/embeddings",
                {{"model", wanted.model},
                 {"input", std::vector<std::string>{texts.begin(), texts.end()}},
                 {"encoding_format", "float"}},
                wanted);
}

} // namespace steward::adapters
