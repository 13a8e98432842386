// SPDX-License-Identifier: BSL-1.0
#include "known_adapters.hpp"

#include "names.hpp"

#include <steward/settings.hpp>
#include <steward/steward.hpp>

// Each adapter is a component, which may not be there.
#if __has_include(<steward/adapters/database.hpp>)
#include <steward/adapters/database.hpp>
#endif
#if __has_include(<steward/adapters/filesystem.hpp>)
#include <steward/adapters/filesystem.hpp>
#endif
#if __has_include(<steward/adapters/http.hpp>)
#include <steward/adapters/http.hpp>
#endif
#if __has_include(<steward/adapters/llm.hpp>)
#include <steward/adapters/llm.hpp>
#endif

#include <algorithm>
#include <array>
#include <span>
#include <utility>

namespace steward::gen {

namespace {

template <class Adapter>
void check_as(settings_reader& reader, const settings_node& config)
{
    steward::detail::resource_settings<resource<"resource", Adapter>, defaults<>>{}.read(reader, config);
}

// An adapter that is chosen by a type, and by a word in its config if there are several of that type.
struct choice {
    std::string_view type;
    std::string_view word;
    known_adapter adapter;
};

#if __has_include(<steward/adapters/database.hpp>)
template <class Backend>
choice database_backend(std::string_view word)
{
    return {"database",
            word,
            {"steward::adapters::database<steward::adapters::" + std::string{word} + ">",
             "steward/adapters/database.hpp", false, false, &check_as<adapters::database<Backend>>}};
}
#endif

#if __has_include(<steward/adapters/llm.hpp>)
template <class Provider>
choice llm_provider()
{
    return {"llm",
            Provider::name,
            {"steward::adapters::llm<steward::adapters::" + std::string{Provider::name} + ">",
             "steward/adapters/llm.hpp", false, true, &check_as<adapters::llm<Provider>>}};
}
#endif

std::span<const choice> choices()
{
    static const std::array known{
#if __has_include(<steward/adapters/filesystem.hpp>)
        choice{"filesystem",
               "",
               {"steward::adapters::filesystem", "steward/adapters/filesystem.hpp", true, false,
                &check_as<adapters::filesystem>}},
#endif
#if __has_include(<steward/adapters/database.hpp>)
        database_backend<adapters::memory>("memory"),
        database_backend<adapters::sqlite>("sqlite"),
        database_backend<adapters::flat_file>("flat_file"),
        database_backend<adapters::postgresql>("postgresql"),
        database_backend<adapters::mysql>("mysql"),
#endif
#if __has_include(<steward/adapters/http.hpp>)
        choice{"http",
               "",
               {"steward::adapters::http", "steward/adapters/http.hpp", false, true, &check_as<adapters::http>}},
#endif
#if __has_include(<steward/adapters/llm.hpp>)
        llm_provider<adapters::openai>(),
        llm_provider<adapters::anthropic>(),
        llm_provider<adapters::ollama>(),
        llm_provider<adapters::huggingface>(),
#endif
        choice{"custom", "class", {}},
    };
    return known;
}

// Takes a key out of the config; its place is none if it is not there.
[[nodiscard]] named taken(settings_reader& reader, settings_node& config, std::string_view name,
                          std::string_view expected)
{
    const settings_node* const item = config.find(name);
    if (item == nullptr)
        return {{}, {0, 0}};
    named value = read_name(reader, *item, expected);
    const auto place = item - config.items.data();
    config.names.erase(config.names.begin() + place);
    config.items.erase(config.items.begin() + place);
    return value;
}

// The words of one type, or all types if none is given: for a message.
[[nodiscard]] std::vector<std::string_view> words(std::string_view type)
{
    std::vector<std::string_view> found;
    for (const choice& c : choices())
        if (const std::string_view word = type.empty() ? c.type : c.word;
            (type.empty() || c.type == type) && std::ranges::find(found, word) == found.end())
            found.push_back(word);
    return found;
}

[[nodiscard]] std::string expected_one_of(std::span<const std::string_view> names, const named& got)
{
    std::string text{"expected "};
    for (std::size_t i = 0; i != names.size(); ++i)
        text.append(i == 0 ? "" : i + 1 == names.size() ? " or " : ", ").append(names[i]);
    if (got.where.line != 0)
        text.append(", got '").append(got.text).append("'").append(suggestion(got.text, names));
    return text;
}

[[nodiscard]] known_adapter custom_adapter(settings_reader& reader, resource_description& resource)
{
    known_adapter adapter{.retries = true};
    const named type = taken(reader, resource.config, "class", "the C++ type of an adapter");
    const named module = taken(reader, resource.config, "module", "a header");
    if (type.where.line == 0)
        reader.wrong(resource.config.where, "config: missing: expected class, the C++ type of an adapter");
    else if (!type.empty() && !is_type_name(type.text))
        reader.wrong(type.where,
                     "class: expected the C++ type of an adapter, such as shop::cache, got '" + type.text + "'");
    else
        adapter.type = type.text;
    if (!module.empty() && !is_header(module.text))
        reader.wrong(module.where,
                     "module: expected a header, such as cache.hpp or <shop/cache.hpp>, got '" + module.text + "'");
    adapter.header = module.text;
    return adapter;
}

} // namespace

known_adapter adapter_of(settings_reader& reader, resource_description& resource)
{
    const named& type = resource.type;
    if (type.empty() || resource.config.broken)
        return {};
    if (type.text == "custom")
        return custom_adapter(reader, resource);
    if (type.text == "async_database") {
        reader.wrong(type.where,
                     "type: refused: states wait for what they ask for; take database, and several workers");
        return {};
    }
    const std::vector<std::string_view> found = words(type.text);
    if (found.empty()) {
        reader.wrong(type.where, "type: " + expected_one_of(words(""), type));
        return {};
    }
    const std::string_view chooser = type.text == "database" ? "backend" : "provider";
    named word{{}, {0, 0}};
    if (!found.front().empty())
        word = taken(reader, resource.config, chooser, "a name");
    for (const choice& c : choices())
        if (c.type == type.text && c.word == word.text)
            return c.adapter;
    if (word.where.line == 0)
        reader.wrong(resource.config.where,
                     "config: missing: " + std::string{chooser} + ", " + expected_one_of(found, word));
    else if (!word.empty())
        reader.wrong(word.where, std::string{chooser} + ": " + expected_one_of(found, word));
    return {};
}

} // namespace steward::gen
